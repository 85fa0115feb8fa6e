import { z } from 'zod';
import { LIMITS, languageSchema, localTextSchema, localWordsSchema, recordBase, type InOneLanguage } from '../common.ts';

/** What the caller or the moment is like. The agent picks one by key; it is never inferred. */
export const SITUATIONS = [
  'angry', 'anxious', 'grieving', 'confused', 'disappointed', 'rushed', 'abusive', 'vulnerable', 'silent', 'delighted',
  'apology', 'bad-news', 'hold', 'after-hold', 'transfer', 'cannot-do', 'waiting', 'repeat-caller', 'language-barrier',
  'talkative', 'supervisor', 'privacy', 'payment', 'closing', 'opening', 'thanks', 'follow-up', 'technical',
] as const;
export const situationSchema = z.enum(SITUATIONS);
export type Situation = z.infer<typeof situationSchema>;

/**
 * One way to say it. `text` may hold slots (`{{item}}`, `{{call.name}}`, `{{date}}`); `bare` is said
 * when a slot has no value, so that an agent never sees an empty or wrong one.
 */
export const wordingSchema = z.strictObject({
  text: z.string().min(1).max(LIMITS.line),
  bare: z.string().min(1).max(LIMITS.line).optional(),
});
export type Wording = z.infer<typeof wordingSchema>;

export const promptSchema = z.strictObject({
  ...recordBase,
  situation: situationSchema,
  /** What this prompt does, in three to six words ("own the delay"). */
  title: z.string().min(1).max(LIMITS.line),
  framework: z.string().max(60).optional(),
  /** Stage of the framework it belongs to, for example `acknowledge`. */
  stage: z.string().max(60).optional(),
  tone: z.enum(['formal', 'plain']),
  wordings: z.array(wordingSchema).min(1).max(20),
  /** Plain phrases, written by a person, that bring this prompt up ("still waiting"). */
  triggers: z.array(z.string().max(LIMITS.line)).max(50).optional(),
});
export type Prompt = z.infer<typeof promptSchema>;

/** A de-escalation framework as a map: stages shown one line at a time, each skippable. */
export const frameworkSchema = z.strictObject({
  id: z.string().max(60),
  title: localWordsSchema,
  use: localTextSchema,
  language: languageSchema.optional(),
  stages: z.array(z.strictObject({ id: z.string().max(60), title: localWordsSchema, cue: localTextSchema })).min(2).max(10),
  source: z.string().max(LIMITS.line).optional(),
});
export type Framework = InOneLanguage<z.infer<typeof frameworkSchema>>;
