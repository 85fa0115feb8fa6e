import { z } from 'zod';
import { daySchema, instantSchema, LIMITS } from '../domain/common.ts';
import { breakRecordSchema } from '../domain/wellbeing/events.ts';
import { breakKindSchema, hardCallKindSchema } from '../domain/wellbeing/rules.ts';
import { callPhaseSchema, ledgerSchema } from '../domain/wellbeing/state.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});
const ms = z.number().min(0);
const count = z.int().min(0);
const line = z.string().max(LIMITS.line);
const value = z.int().min(1).max(5);

/** Whom to turn to after the worst calls, as the organisation configured it. */
export const supportSchema = z.strictObject({
  words: line.optional(),
  people: z.array(z.strictObject({ name: line, how: line })).max(20),
  emergency: line.optional(),
});

/** A pause of the right size after a hard call: offered, never begun by itself. */
const offerSchema = z.strictObject({
  kind: hardCallKindSchema,
  minMs: ms, offerMs: ms, maxMs: ms,
  granted: z.boolean(),
  support: supportSchema.nullable(),
});

/** What every window shows of breaks. Small, and without anything the agent wrote. */
export const breaksViewSchema = z.strictObject({
  phase: callPhaseSchema,
  level: z.enum(['calm', 'soon', 'due', 'break']),
  /** In a call: drawn calm, whatever is due. */
  quiet: z.boolean(),
  due: breakKindSchema.nullable(),
  /** Work left until the next break, ms, whole minutes; null where the rules have none by the clock. */
  nextInMs: ms.nullable(),
  nextKind: breakKindSchema.nullable(),
  /** Share of the way to the next break, 0 to 1. */
  progress: z.number().min(0).max(1),
  running: z.strictObject({ id: count, kind: breakKindSchema, leftMs: ms, lengthMs: ms }).nullable(),
  card: z.strictObject({
    id: count, kind: breakKindSchema, lengthMs: ms, owed: count,
    /** Keys before this much time since it appeared are not for it, ms. */
    guardMs: ms, shownMs: ms,
    /** Postponements still possible, ms each; empty: none. */
    postpones: z.array(ms).max(6),
    /** Share of a postponement by which the next session shrinks. */
    cost: z.number().min(0).max(1),
    hardCall: hardCallKindSchema.nullable(),
  }).nullable(),
  owed: z.strictObject({ rest: count, meal: count, recovery: count }),
  taken: z.strictObject({ micro: count, rest: count, meal: count, recovery: count }),
  workedMs: ms,
  postponedMs: ms,
  skipped: breakKindSchema.nullable(),
  paused: z.enum(['by-agent', 'do-not-disturb']).nullable(),
  offer: offerSchema.nullable(),
  /** The day's limit of work was reached, ms. */
  limitMs: ms.nullable(),
  /** A gentle question for a quiet moment. */
  ask: z.enum(['check-in', 'shift-start', 'shift-end']).nullable(),
  preset: z.string().max(130),
});
export type BreaksView = z.infer<typeof breaksViewSchema>;

/** What an agent can do about breaks. */
export const breakActionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('take'), kind: breakKindSchema, lengthMs: z.int().min(10_000).max(7_200_000).optional(), byKey: z.boolean().optional() }),
  z.strictObject({ type: z.literal('finish') }),
  z.strictObject({ type: z.literal('postpone'), ms: z.int().min(1_000).max(3_600_000), byKey: z.boolean().optional() }),
  z.strictObject({ type: z.literal('skip'), reason: line.optional(), byKey: z.boolean().optional() }),
  z.strictObject({ type: z.literal('resumeSkipped') }),
  z.strictObject({ type: z.literal('pause'), ms: z.int().min(60_000).max(86_400_000).optional() }),
  z.strictObject({ type: z.literal('unpause') }),
  /** The agent says the present or last call was hard. */
  z.strictObject({ type: z.literal('hardCall'), kind: hardCallKindSchema, callId: z.string().max(LIMITS.id).optional() }),
  /** Takes the offer off the screen; the mark stays in the private log. */
  z.strictObject({ type: z.literal('dropOffer') }),
  z.strictObject({ type: z.literal('checkIn'), value, note: line.optional() }),
  z.strictObject({ type: z.literal('dropAsk') }),
]);
export type BreakAction = z.infer<typeof breakActionSchema>;

const refusalSchema = z.enum(['inCall', 'noCard', 'postponeLimit', 'nothingSkipped', 'guard', 'alreadyRunning']);
export type BreakRefusal = z.infer<typeof refusalSchema>;

const checkInSchema = z.strictObject({ at: instantSchema, value, note: line });
const hardCallSchema = z.strictObject({ at: instantSchema, kind: hardCallKindSchema });
export const winKindSchema = z.enum(['helped', 'went-well']);
const winSchema = z.strictObject({ id: z.string().max(LIMITS.id), at: instantSchema, kind: winKindSchema, text: z.string().max(LIMITS.text) });
export type Win = z.infer<typeof winSchema>;

/** Everything stored between two moments, oldest first. */
const historySchema = z.strictObject({
  breaks: z.array(breakRecordSchema),
  checkIns: z.array(checkInSchema),
  hardCalls: z.array(hardCallSchema),
  /** Closed days and today, as the planner booked them. */
  days: z.array(ledgerSchema),
});
export type WellbeingHistory = z.infer<typeof historySchema>;

const loadSchema = z.strictObject({
  level: z.number(),
  band: z.enum(['light', 'steady', 'heavy']),
  contributions: z.array(z.strictObject({ key: z.string(), params: z.record(z.string(), z.number()), points: z.number() })),
  /** The level over the day, for a chart. */
  course: z.array(z.strictObject({ at: instantSchema, level: z.number() })),
});
export type LoadView = z.infer<typeof loadSchema>;

const ideaUseSchema = z.strictObject({ idea: z.string().max(LIMITS.id), at: instantSchema, started: count, finished: count });
export type IdeaUse = z.infer<typeof ideaUseSchema>;

const fileSchema = z.strictObject({ name: line, text: z.string() });

export const wellbeingContract = {
  'breaks.view': query({ home: 'main', input: nothing, output: breaksViewSchema }),
  'breaks.do': command({ home: 'main', input: breakActionSchema, output: z.strictObject({ refused: refusalSchema.optional(), view: breaksViewSchema }) }),
  /** There was a key or click in one of our windows; which one is nobody's business. At most every 5 s. */
  'breaks.ping': command({ home: 'main', input: nothing, output: nothing }),
  'wellbeing.history': query({ home: 'records', input: z.strictObject({ from: instantSchema, to: instantSchema, fromDay: daySchema, toDay: daySchema }), output: historySchema }),
  'wellbeing.load': query({ home: 'records', input: z.strictObject({ from: instantSchema, to: instantSchema }), output: loadSchema }),
  'wellbeing.wins': query({ home: 'records', input: z.strictObject({ search: line.optional() }), output: z.array(winSchema) }),
  'wellbeing.add-wins': command({ home: 'records', input: z.strictObject({ kind: winKindSchema, lines: z.array(z.string().min(1).max(LIMITS.line)).min(1).max(3) }), output: nothing }),
  'wellbeing.remove-win': command({ home: 'records', input: z.strictObject({ id: z.string().max(LIMITS.id) }), output: nothing }),
  'wellbeing.ideas': query({ home: 'records', input: nothing, output: z.array(ideaUseSchema) }),
  'wellbeing.idea-used': command({ home: 'records', input: z.strictObject({ idea: z.string().min(1).max(LIMITS.id), finished: z.boolean() }), output: nothing }),
  /** The agent's own copy of everything here, as a file's text. */
  'wellbeing.export': query({ home: 'records', input: z.strictObject({ format: z.enum(['json', 'csv']) }), output: fileSchema }),
  /** Breaks granted, taken and owed by day, signed with this desk's key. Hard-call pauses only on request. */
  'wellbeing.statement': command({ home: 'records', input: z.strictObject({ fromDay: daySchema, toDay: daySchema, name: line, recovery: z.boolean() }), output: fileSchema }),
  /** Removes everything of this contract from the database, its WAL, the journal and every backup. */
  'wellbeing.erase': command({
    home: 'records',
    input: nothing,
    output: z.strictObject({ complete: z.boolean(), left: z.int(), files: z.array(z.strictObject({ file: z.string(), result: z.enum(['checked', 'removed', 'unreadable']) })) }),
  }),
} as const;
