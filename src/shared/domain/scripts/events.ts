import { z } from 'zod';
import { idSchema, instantSchema, languageSchema, LIMITS } from '../common.ts';

/** A captured value. Numbers and money as numbers, days `YYYY-MM-DD`, times `HH:MM`, yes/no as booleans. */
export const fieldValueSchema = z.union([z.string().max(LIMITS.text), z.number(), z.boolean()]);
export type FieldValue = z.infer<typeof fieldValueSchema>;

/** What is known of the call itself: `name`, `number`, `queue`, `direction`, `today` and the like. */
export const callFactsSchema = z.record(z.string().max(60), z.union([z.string().max(LIMITS.line), z.number(), z.boolean()]));
export type CallFacts = z.infer<typeof callFactsSchema>;

const stepId = z.string().max(60);

/** A caller of a sub-script, waiting for its return. */
export const frameSchema = z.strictObject({
  script: idSchema,
  step: stepId,
  /** Opened by the agent from a step on screen: return shows that step again. */
  manual: z.boolean().optional(),
  /** Whether that step had itself been returned to. */
  returned: z.boolean().optional(),
});
export type Frame = z.infer<typeof frameSchema>;

const HOW_ARRIVED = ['start', 'answer', 'next', 'branch', 'jump', 'skip', 'switch', 'enter', 'return', 'restore'] as const;
const HOW_LEFT = ['answer', 'next', 'jump', 'skip', 'switch', 'enter', 'return'] as const;
export type HowArrived = (typeof HOW_ARRIVED)[number];
export type HowLeft = (typeof HOW_LEFT)[number];

/** One stop on the trail. */
export const visitSchema = z.strictObject({
  script: idSchema,
  step: stepId,
  frames: z.array(frameSchema).max(32),
  /** The step's sub-script has run; the step itself is on screen now. */
  returned: z.boolean().optional(),
  at: instantSchema,
  by: z.enum(HOW_ARRIVED),
  left: z.strictObject({
    by: z.enum(HOW_LEFT),
    at: instantSchema,
    answer: z.string().max(60).optional(),
    /** Must-say items that became owed by leaving this way; going back lifts them again. */
    owes: z.array(z.string().max(200)).max(400).optional(),
  }).optional(),
});
export type Visit = z.infer<typeof visitSchema>;

/** Something the caller said that the script did not ask. */
export const notedFactSchema = z.strictObject({
  id: z.string().min(1).max(LIMITS.id),
  text: z.string().min(1).max(LIMITS.text),
  at: instantSchema,
  script: idSchema,
  step: stepId,
});
export type NotedFact = z.infer<typeof notedFactSchema>;

/** Everything an agent would miss if it were gone; plain data, so a pause is a copy of it. */
export const checkpointSchema = z.strictObject({
  trail: z.array(visitSchema).min(1).max(10_000),
  fields: z.record(z.string().max(60), fieldValueSchema),
  /** Must-say items said, `script/step`, each with whether it was owed before. */
  said: z.array(z.strictObject({ item: z.string().max(200), owed: z.boolean().optional() })).max(5_000),
  owed: z.array(z.string().max(200)).max(5_000),
  /** Steps the caller did already, `script/step`, passed when reached. */
  skipped: z.array(z.string().max(200)).max(5_000),
  facts: z.array(notedFactSchema).max(1_000),
  /** Required fields the agent carried on without. */
  missed: z.array(z.string().max(60)).max(1_000),
  finished: z.boolean(),
  /** Scripts opened at the top, in order. */
  scripts: z.array(idSchema).max(1_000),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

const at = { at: instantSchema };
const force = { force: z.boolean().optional() };

/** Every operation on a script. State is the fold of these; they are what is stored. */
export const scriptEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...at, type: z.literal('start'), script: idSchema, language: languageSchema.optional(), call: callFactsSchema.optional(), from: checkpointSchema.optional() }),
  /** The call itself became better known (name found, queue changed). Not undone by undo. */
  z.strictObject({ ...at, type: z.literal('call'), facts: callFactsSchema }),
  z.strictObject({ ...at, ...force, type: z.literal('answer'), answer: z.string().max(60) }),
  z.strictObject({ ...at, ...force, type: z.literal('next') }),
  z.strictObject({ ...at, type: z.literal('back') }),
  z.strictObject({ ...at, type: z.literal('jump'), script: idSchema.optional(), step: stepId }),
  /** "The caller already did this": the present step, or one ahead by id. */
  z.strictObject({ ...at, type: z.literal('skip'), step: stepId.optional(), answer: z.string().max(60).optional() }),
  z.strictObject({ ...at, type: z.literal('setField'), field: z.string().max(60).regex(/^[a-z][A-Za-z0-9]*$/), value: fieldValueSchema.nullable() }),
  z.strictObject({ ...at, type: z.literal('markSaid'), script: idSchema.optional(), step: stepId }),
  z.strictObject({ ...at, type: z.literal('unsay'), script: idSchema.optional(), step: stepId }),
  z.strictObject({ ...at, type: z.literal('noteFact'), id: z.string().min(1).max(LIMITS.id), text: z.string().min(1).max(LIMITS.text) }),
  z.strictObject({ ...at, type: z.literal('pause'), reason: z.enum(['follow-up', 'hand-over', 'interruption']) }),
  z.strictObject({ ...at, type: z.literal('resume') }),
  z.strictObject({ ...at, type: z.literal('switchScript'), script: idSchema }),
  /** The agent opens a sub-script from where they are; it comes back here. */
  z.strictObject({ ...at, type: z.literal('enter'), script: idSchema }),
  /** Leaves the open sub-script before its end. */
  z.strictObject({ ...at, type: z.literal('return') }),
  z.strictObject({ ...at, type: z.literal('undo') }),
  z.strictObject({ ...at, type: z.literal('redo') }),
]);
export type ScriptEvent = z.infer<typeof scriptEventSchema>;
export type ScriptEventOf<T extends ScriptEvent['type']> = Extract<ScriptEvent, { type: T }>;
