import { z } from 'zod';
import { idSchema, LIMITS, localTextSchema, localWordsSchema, recordBase, type InOneLanguage } from './common.ts';

/** A wrap-up code. Two levels: a group ("Delivery") holds outcomes ("Late, new date given"). */
export const dispositionSchema = z.strictObject({
  ...recordBase,
  group: localWordsSchema,
  label: localWordsSchema,
  /** Counts as solved in first contact (FCR). */
  solved: z.boolean(),
  complaint: z.boolean().optional(),
  /** What wrap-up must hold before it can be closed. */
  requires: z.array(z.enum(['note', 'follow-up', 'complaint'])).max(3).optional(),
  order: z.int().min(0).max(10_000),
});
export type Disposition = InOneLanguage<z.infer<typeof dispositionSchema>>;

/** Why an agent is not taking calls (aux code). */
export const notReadyReasonSchema = z.strictObject({
  ...recordBase,
  label: localTextSchema,
  kind: z.enum(['break', 'lunch', 'training', 'meeting', 'coaching', 'admin', 'system-issue', 'recovery', 'personal']),
  order: z.int().min(0).max(10_000),
});
export type NotReadyReason = z.infer<typeof notReadyReasonSchema>;

/** Something good to do in a break. Reading news is not offered as rest. */
export const breakIdeaSchema = z.strictObject({
  ...recordBase,
  kind: z.enum(['relaxing', 'social', 'stretching', 'eyes', 'breathing', 'walking', 'water']),
  title: localWordsSchema,
  /** One or two sentences, or the steps of an exercise one per line. */
  text: localWordsSchema,
  /** How long it takes, in seconds. */
  seconds: z.int().min(10).max(1_800),
  /** Breathing pattern in seconds: in, hold, out, hold. */
  pattern: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
});
export type BreakIdea = InOneLanguage<z.infer<typeof breakIdeaSchema>>;

/** Packs may bring words that mean the same in this organisation's catalogue. */
export const synonymSchema = z.strictObject({ ...recordBase, words: z.array(z.string().min(1).max(LIMITS.id)).min(2).max(50) });
export type Synonyms = z.infer<typeof synonymSchema>;

/** A prepared difficult caller for practice. */
export const practiceCallerSchema = z.strictObject({
  ...recordBase,
  id: idSchema,
  script: idSchema,
  name: z.string().min(1).max(LIMITS.line),
  /** What the agent is told before the call starts. */
  brief: z.string().min(1).max(LIMITS.text),
  mood: z.string().min(1).max(60),
  /** Seconds of the agent's silence after which this caller says an impatient line. */
  patienceSeconds: z.int().min(5).max(600),
  opening: z.string().min(1).max(LIMITS.text),
  /** What the caller says at a step of the script, by step id. */
  lines: z.array(z.strictObject({ step: z.string().max(60), says: z.string().min(1).max(LIMITS.text) })).max(60),
  impatient: z.array(z.string().min(1).max(LIMITS.text)).min(1).max(10),
  /** Unexpected turns, each thrown in after a number of steps. */
  twists: z.array(z.strictObject({ afterSteps: z.int().min(1).max(100), says: z.string().min(1).max(LIMITS.text), goodAnswer: z.string().max(LIMITS.text) })).max(6),
});
export type PracticeCaller = z.infer<typeof practiceCallerSchema>;
