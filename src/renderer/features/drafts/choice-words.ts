import { en } from '#shared/messages/en.ts';
import type { MessageKey } from '#renderer/messages/messages.tsx';

/** Where the words of a field's choices stand; of several, the one that has the value. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  kind: ['edit.article', 'edit.script', 'edit.reason', 'edit.idea'],
  importance: ['edit.news'],
  acknowledge: ['edit.news'],
  tone: ['edit.prompt'],
  situation: ['situation'],
  interval: ['edit.billing'],
  line: ['edit.line'],
  type: ['edit.field.type'],
  requires: ['edit.disposition'],
  sectors: ['edit.sector'],
};
/** Choices whose words go by another name. */
const OTHERWISE: Readonly<Record<string, string>> = { 'edit.script.sub-script': 'edit.script.sub', 'edit.disposition.complaint': 'edit.disposition.complaint-form' };

/** The words of a choice as the editors show it; undefined where the field is no choice. */
export function choiceKey(field: string, value: string): MessageKey | undefined {
  if (!Object.hasOwn(CHOICES, field)) return undefined;
  for (const group of CHOICES[field] ?? []) {
    const key = OTHERWISE[`${group}.${value}`] ?? `${group}.${value}`;
    if (Object.hasOwn(en, key)) return key as MessageKey;
  }
  return undefined;
}
