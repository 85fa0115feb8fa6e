import { z } from 'zod';

/** Length caps, in UTF-16 code units. Every text that crosses a process border has one. */
export const LIMITS = { id: 120, line: 400, text: 4_000, body: 200_000, note: 50_000, list: 500 } as const;

export const SECTORS = ['retail', 'telecom', 'finance', 'health', 'public'] as const;
export const sectorSchema = z.enum(SECTORS);
export type Sector = z.infer<typeof sectorSchema>;

/** Lower-case slug: letters, digits, dot, dash. Stable for the life of the record. */
export const idSchema = z.string().max(LIMITS.id).regex(/^[a-z0-9][a-z0-9._-]*$/, 'use lower-case letters, digits, dot, dash');

/** BCP 47 primary tag with optional region: `en`, `de`, `pt-BR`. */
export const languageSchema = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/);

/** UTC epoch milliseconds. */
export const instantSchema = z.int().min(0).max(8_640_000_000_000_000);

/** Calendar day `YYYY-MM-DD`, for facts checked by people. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/**
 * Text an author may give in several languages. A plain string is in the record's own language;
 * an object maps language tags to text.
 */
export const localTextSchema = z.union([
  z.string().max(LIMITS.text),
  z.record(languageSchema, z.string().max(LIMITS.text)),
]);
export type LocalText = z.infer<typeof localTextSchema>;

/** The same where something must be said. */
export const localWordsSchema = localTextSchema.refine((text) => (typeof text === 'string' ? text !== '' : Object.values(text).some((words) => words !== '')), { message: 'write something', params: { finding: 'needed' } });

/** A record as one language has it: every text given in several is one string. */
export type InOneLanguage<T> = LocalText extends T ? string : T extends object ? { [K in keyof T]: InOneLanguage<T[K]> } : T;

/** Who a record is meant for; empty lists mean everybody. */
export const targetsSchema = z.strictObject({
  teams: z.array(z.string().max(LIMITS.id)).max(LIMITS.list).optional(),
  queues: z.array(z.string().max(LIMITS.id)).max(LIMITS.list).optional(),
});
export type Targets = z.infer<typeof targetsSchema>;

/** Fields every knowledge record shares. */
export const recordBase = {
  id: idSchema,
  sectors: z.array(sectorSchema).max(SECTORS.length).optional(),
  language: languageSchema.optional(),
  targets: targetsSchema.optional(),
  validFrom: instantSchema.optional(),
  validUntil: instantSchema.optional(),
  owner: z.string().max(LIMITS.line).optional(),
  /** Days after `verifiedAt` at which the owner must look again. */
  reviewDays: z.int().min(1).max(3_650).optional(),
  verifiedAt: daySchema.optional(),
  verifiedBy: z.string().max(LIMITS.line).optional(),
  tags: z.array(z.string().max(LIMITS.id)).max(LIMITS.list).optional(),
} as const;

/**
 * Picks the text for `language`: exact tag, then the same primary language, then `fallback`, then
 * English, then whatever there is. A plain string is returned as is.
 */
export function localize(text: LocalText, language: string, fallback = 'en'): string {
  if (typeof text === 'string') return text;
  const primary = language.split('-')[0] ?? language;
  const hit = text[language] ?? text[primary] ?? text[fallback] ?? text['en'];
  return hit ?? Object.values(text)[0] ?? '';
}

/** Ends a `switch` over a union: adding a member without handling it does not compile. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled variant: ${JSON.stringify(value)}`);
}
