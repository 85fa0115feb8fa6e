import { z } from 'zod';
import { callIdSchema } from '../domain/calls/schema.ts';
import { idSchema, LIMITS } from '../domain/common.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});
/** What the caller said, as typed or as a transcript line gave it. */
const heard = z.string().max(LIMITS.text);

export const suggestionSchema = z.strictObject({
  kind: z.enum(['script', 'article', 'prompt']),
  id: idSchema,
  title: z.string().max(LIMITS.line),
  /** The caller's words that made it so, strongest first. */
  because: z.array(z.string().max(LIMITS.line)).max(6),
  /** Situation of a prompt, so that its words can be shown. */
  situation: z.string().max(60).optional(),
});
export type SuggestionView = z.infer<typeof suggestionSchema>;

/** What one call taught, as it is kept: folded words, every number masked. */
export const learnedSchema = z.strictObject({
  callId: callIdSchema,
  words: z.string().max(LIMITS.text),
  /** The script the words stand for; null: none of those on this desk. */
  script: idSchema.nullable(),
  title: z.string().max(LIMITS.text),
  source: z.enum(['chosen', 'accepted', 'wrap-up', 'correction']),
  at: z.int(),
});
export type Learned = z.infer<typeof learnedSchema>;

export const suggestContract = {
  /** At most three of each kind, likeliest first; empty when unsure. */
  'suggest.query': query({ home: 'records', input: z.strictObject({ text: heard, language: z.string().max(20).optional() }), output: z.strictObject({ items: z.array(suggestionSchema).max(9), /** False while the desk is still reading its knowledge: ask again shortly. */ ready: z.boolean() }) }),
  /** Learns which script a call was really for. One example per call: a later, better source replaces the earlier. */
  'suggest.learn': command({
    home: 'records',
    input: z.strictObject({ text: heard, script: idSchema.nullable(), source: z.enum(['chosen', 'accepted', 'wrap-up', 'correction']), callId: callIdSchema }),
    output: nothing,
  }),
  /** What was learned, newest first: how much in all, and one page of it. */
  'suggest.memory': query({
    home: 'records',
    input: z.strictObject({ from: z.int().min(0), count: z.int().min(1).max(200) }),
    output: z.strictObject({ calls: z.int(), scripts: z.int(), since: z.int().optional(), examples: z.array(learnedSchema).max(200) }),
  }),
  /** Takes out what was learned from one call, as if it had never been; a backup brought back does not bring it back. */
  'suggest.forget': command({ home: 'records', input: z.strictObject({ callId: callIdSchema }), output: z.strictObject({ forgotten: z.boolean() }) }),
  /** What this desk has learned, for its agent: folded words and script ids, one example per line. */
  'suggest.export': query({ home: 'records', input: nothing, output: z.strictObject({ name: z.string(), text: z.string() }) }),
  /** Erases everything learned, in backups too; suggestions start again from the knowledge alone. */
  'suggest.erase': command({ home: 'records', input: nothing, output: z.strictObject({ complete: z.boolean(), left: z.int() }) }),
} as const;
