import { z } from 'zod';
import { LIMITS, localWordsSchema, recordBase } from '../common.ts';

/** A piece of note an agent writes again and again. */
export const noteTemplateSchema = z.strictObject({
  id: z.string().min(1).max(LIMITS.id),
  title: z.string().min(1).max(LIMITS.line),
  /** `{caller}` and the like stand for facts of the call, `[words]` for what is typed over. */
  text: z.string().min(1).max(LIMITS.text),
});
export type NoteTemplate = z.infer<typeof noteTemplateSchema>;

/** The same from a supervisor, for every desk it is meant for; agents cannot change it. */
export const sharedNoteTemplateSchema = z.strictObject({ ...recordBase, title: localWordsSchema, text: localWordsSchema, order: z.int().min(0).max(10_000).optional() });

const SLOT = /\{([\p{L}\p{N}_.-]{1,60})\}/gu;
const GAP = /\[[^[\]\n]{1,80}\]/gu;

/** Puts the facts of the call into a template; a fact nobody knows yet becomes a gap to type over. */
export function fillNoteTemplate(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replaceAll(SLOT, (_whole, name: string) => {
    const fact = Object.hasOwn(facts, name) ? (facts[name] ?? '') : '';
    return fact === '' ? `[${name}]` : fact;
  });
}

/** The first gap at or behind `from` (UTF-16 index), or the first of all where none follows. */
export function nextGap(text: string, from: number): { start: number; end: number } | undefined {
  const gaps = [...text.matchAll(GAP)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  return gaps.find((gap) => gap.start >= from) ?? gaps[0];
}
