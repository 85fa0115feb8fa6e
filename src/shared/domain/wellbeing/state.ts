import { z } from 'zod';
import { daySchema, instantSchema } from '../common.ts';
import { breakKindSchema, breakRulesSchema, hardCallKindSchema, workingHoursSchema, type BreakRules, type ScheduledKind } from './rules.ts';

/** `none`: no call and no wrap-up. */
export const callPhaseSchema = z.enum(['none', 'ringing', 'talking', 'on-hold', 'wrap-up']);
export type CallPhase = z.infer<typeof callPhaseSchema>;

const ms = z.number().min(0).max(4_000_000_000_000);
const count = z.int().min(0).max(1_000_000);

/** What the rules grant against what was taken, for one kind of break on one working day. */
export const accountSchema = z.strictObject({
  granted: count,
  taken: count,
  /** Settled by an absence as long as the break, or by a longer break. */
  covered: count,
  /** Grants no card is shown for any more: taken, skipped, or slept off. */
  settled: count,
  /** Taken without a grant. */
  extra: count,
  skipped: count,
  /** Work since the last rest as long as this break, ms. */
  runMs: ms,
  /** Grants of the present run (continuous rules). */
  runGrants: count,
});
export type Account = z.infer<typeof accountSchema>;

/** One working day. Closed when a new day begins after a long absence. */
export const ledgerSchema = z.strictObject({
  day: daySchema,
  /** UTC epoch ms of the first work; null before any. */
  startedAt: instantSchema.nullable(),
  /** Trusted ms since the first work. */
  elapsedMs: ms,
  /** Work, waiting and breaks of the day. */
  effectiveMs: ms,
  talkMs: ms,
  /** Where in the shift the first work was, and how long the shift is, ms. */
  shiftStartMs: z.number(),
  shiftLengthMs: ms,
  micro: accountSchema, rest: accountSchema, meal: accountSchema,
  recovery: z.strictObject({ granted: count, taken: count, covered: count, skipped: count }),
  limitTold: z.boolean(),
});
export type Ledger = z.infer<typeof ledgerSchema>;

/** Counts up when a stored state means something else than before; a field more or less needs no new number. */
const PLANNER_VERSION = 2;

export const plannerStateSchema = z.strictObject({
  version: z.literal(PLANNER_VERSION),
  rules: breakRulesSchema,
  hours: workingHoursSchema,
  last: z.strictObject({ mono: z.number(), wall: z.number(), offset: z.number() }).nullable(),
  /** Wall minus trusted wall after a clock change that has not stood long enough to be believed. */
  skewMs: z.number(),
  skewAgeMs: ms,
  phase: callPhaseSchema,
  locked: z.boolean(),
  asleep: z.boolean(),
  dnd: z.boolean(),
  /** Set by the agent; `leftMs` null: until taken back. Survives lock, sleep and restart. */
  manualPause: z.strictObject({ leftMs: ms.nullable() }).nullable(),
  /** System idle times are reported, so that silence of our own window means something. */
  idleKnown: z.boolean(),
  /** Since the last sign of the agent anywhere. */
  quietMs: ms,
  /** Part of `quietMs` counted neither as work nor as absence yet. */
  pendingMs: ms,
  /** Since the last key or click in our own windows: reliable everywhere. */
  ownQuietMs: ms,
  /** A card waits for a quiet moment for so long. */
  waitedMs: ms,
  /** Since calls and wrap-up ended. */
  freeMs: ms,
  /** Length of the present absence, 0 while working. */
  absentMs: ms,
  /** Owed breaks the present absence settled already, by kind. */
  absenceSettled: z.array(z.enum(['micro', 'rest', 'meal'])).max(3),
  /** Time before a card may come (again): postponed, or not answered. */
  holdMs: ms,
  /** The break that time is for: it keeps no longer one waiting. */
  heldFor: breakKindSchema.nullable(),
  /** Cards for the break that is due that nobody answered: each waits longer for the next. */
  unanswered: count,
  /** Postponements of the break that is due. */
  postponed: z.strictObject({ times: count, totalMs: ms }),
  card: z.strictObject({ id: count, kind: breakKindSchema, lengthMs: ms, shownMs: ms }).nullable(),
  running: z.strictObject({ id: count, kind: breakKindSchema, lengthMs: ms, tookMs: ms, postponedMs: ms, wasSkipped: z.boolean() }).nullable(),
  /** A hard call waits for its pause. */
  recovery: z.strictObject({ kind: hardCallKindSchema, lengthMs: ms, granted: z.boolean() }).nullable(),
  /** The last break skipped, while it can still be resumed. */
  skipped: z.strictObject({ kind: breakKindSchema, lengthMs: ms }).nullable(),
  level: z.enum(['calm', 'soon', 'due', 'break']),
  ledger: ledgerSchema,
  nextId: count,
});
export type PlannerState = z.infer<typeof plannerStateSchema>;

const noAccount: Account = { granted: 0, taken: 0, covered: 0, settled: 0, extra: 0, skipped: 0, runMs: 0, runGrants: 0 };

export function emptyLedger(day: string): Ledger {
  return {
    day, startedAt: null, elapsedMs: 0, effectiveMs: 0, talkMs: 0, shiftStartMs: 0, shiftLengthMs: 0,
    micro: noAccount, rest: noAccount, meal: noAccount, recovery: { granted: 0, taken: 0, covered: 0, skipped: 0 }, limitTold: false,
  };
}

export function initialPlanner(rules: BreakRules, hours: PlannerState['hours'] = null): PlannerState {
  return {
    version: PLANNER_VERSION, rules, hours, last: null, skewMs: 0, skewAgeMs: 0, phase: 'none', locked: false, asleep: false, dnd: false, manualPause: null,
    idleKnown: false, quietMs: 0, pendingMs: 0, ownQuietMs: 0, waitedMs: 0, freeMs: 0, absentMs: 0, absenceSettled: [], holdMs: 0, heldFor: null, unanswered: 0,
    postponed: { times: 0, totalMs: 0 }, card: null, running: null, recovery: null, skipped: null, level: 'calm',
    ledger: emptyLedger('1970-01-01'), nextId: 1,
  };
}

/** Ringing, talking, on hold: nothing is shown or sounded. */
export function isLivePhase(phase: CallPhase): boolean {
  return phase === 'ringing' || phase === 'talking' || phase === 'on-hold';
}

/** Breaks of a kind that the rules granted today and that were not taken. */
export function owedOf(ledger: Ledger, kind: ScheduledKind | 'recovery'): number {
  return Math.max(0, ledger[kind].granted - ledger[kind].taken - ledger[kind].covered);
}


