import type { MessageKey } from '#renderer/messages/messages.tsx';

const NAMES = ['callside', 'uk', 'es', 'it', 'br', 'kr'] as const;

/** Message key of a preset's name, or of the sentence that says what it grants. */
export function presetKey(id: string, part: 'name' | 'lead' = 'name'): MessageKey {
  const known = NAMES.find((name) => name === id) ?? 'callside';
  return part === 'name' ? `my-day.preset.${known}` : `my-day.preset-lead.${known}`;
}
