const NAMES = { callside: 'my-day.preset.callside', uk: 'my-day.preset.uk', es: 'my-day.preset.es', it: 'my-day.preset.it', br: 'my-day.preset.br', kr: 'my-day.preset.kr' } as const;

/** Message key of a preset's name. */
export function presetName(id: string): (typeof NAMES)[keyof typeof NAMES] {
  return NAMES[id as keyof typeof NAMES] ?? NAMES.callside;
}
