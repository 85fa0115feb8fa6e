import { z } from 'zod';
import { idSchema, LIMITS, localTextSchema, recordBase } from '../common.ts';

/** A value the agent captures in a script step. */
export const fieldSchema = z.strictObject({
  id: z.string().max(60).regex(/^[a-z][A-Za-z0-9]*$/, 'use camelCase letters and digits'),
  label: localTextSchema,
  type: z.enum(['text', 'long-text', 'number', 'money', 'date', 'time', 'phone', 'email', 'choice', 'yes-no']),
  choices: z.array(z.strictObject({ value: z.string().max(LIMITS.line), label: localTextSchema })).max(50).optional(),
  /** A regular expression the whole text must match (no lookbehind, checked by the linter). */
  pattern: z.string().max(200).optional(),
  patternHelp: localTextSchema.optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** ISO 4217, for `money`. */
  currency: z.string().length(3).optional(),
  placeholder: localTextSchema.optional(),
  /** Kept out of summaries and copied text; its own retention applies. */
  sensitive: z.boolean().optional(),
});
export type Field = z.infer<typeof fieldSchema>;

/** A JSON Logic rule over `{ fields, call }`. Kept as data; evaluated by the engine. */
export const ruleSchema = z.json();
export type Rule = z.infer<typeof ruleSchema>;

export const answerSchema = z.strictObject({
  id: z.string().max(60).regex(/^[a-z0-9][a-z0-9-]*$/),
  /** What the caller said, in few words: the agent picks it by number key. */
  label: localTextSchema,
  to: z.string().max(60),
  /** Fields this answer settles, by field id. */
  set: z.record(z.string().max(60), z.union([z.string().max(LIMITS.line), z.number(), z.boolean()])).optional(),
  when: ruleSchema.optional(),
});
export type Answer = z.infer<typeof answerSchema>;

/** A condition edge, taken without asking when its rule holds; the first that holds wins. */
export const branchSchema = z.strictObject({ when: ruleSchema, to: z.string().max(60) });
export type Branch = z.infer<typeof branchSchema>;

export const stepSchema = z.strictObject({
  id: z.string().max(60).regex(/^[a-z0-9][a-z0-9-]*$/),
  /** About five words: enough for an agent who knows the script. */
  cue: localTextSchema,
  /** The full wording to say; `{{field}}`, `{{call.name}}`, `{{agent.name}}`, `{{company}}` are slots. */
  say: localTextSchema.optional(),
  /** What the agent does rather than says ("open the order in the CRM"). */
  doThis: localTextSchema.optional(),
  /** `verbatim`: legal, read as is. `talking-point`: in one's own words. */
  line: z.enum(['verbatim', 'talking-point']).optional(),
  /** Short name shown in the must-say checklist; its presence makes the step a must-say item. */
  mustSay: localTextSchema.optional(),
  capture: z.array(z.strictObject({ field: z.string().max(60), required: z.boolean().optional() })).max(12).optional(),
  answers: z.array(answerSchema).max(12).optional(),
  branches: z.array(branchSchema).max(12).optional(),
  /** Where to go when there are no answers, or no branch holds. */
  next: z.string().max(60).optional(),
  /** Run this script first, then go on with `branches`/`answers`/`next`. */
  subScript: idSchema.optional(),
  /** Prompt situation to offer beside this step. */
  situation: z.string().max(60).optional(),
  /** Framework stage of this step, for example `LAST:apologise`. */
  stage: z.string().max(60).optional(),
  article: idSchema.optional(),
});
export type Step = z.infer<typeof stepSchema>;

/** A graph of steps. A step with no answers, branches and next is an exit. */
export const scriptSchema = z.strictObject({
  ...recordBase,
  kind: z.enum(['call', 'sub-script']),
  title: localTextSchema,
  description: localTextSchema,
  entry: z.string().max(60),
  fields: z.array(fieldSchema).max(100).optional(),
  steps: z.array(stepSchema).min(1).max(400),
  /** Words callers use; they seed the suggestion and the palette. */
  examples: z.array(z.string().max(LIMITS.line)).max(200).optional(),
  /** Queues or dialled numbers that open this script by themselves. */
  queues: z.array(z.string().max(LIMITS.id)).max(100).optional(),
  framework: z.string().max(60).optional(),
});
export type Script = z.infer<typeof scriptSchema>;
