import { de } from './de.ts';
import { en } from './en.ts';

export { en };
export type MessageKey = keyof typeof en;

/** Interface languages by tag. English is complete by definition; a gap in another falls back to it. */
export const catalogues: Readonly<Record<string, Partial<Record<MessageKey, string>>>> = { en, de };
