import { z } from 'zod';
import { instantSchema, LIMITS } from '../common.ts';
import { breakKindSchema, breakRulesSchema, hardCallKindSchema, workingHoursSchema, type BreakKind, type HardCallKind } from './rules.ts';
import { callPhaseSchema, type Ledger } from './state.ts';

/** Everything the planner hears. No voice, no face, no rhythm of keys: only that there was a key. */
export const plannerEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('tick') }),
  /** The process started: its monotonic clock began anew. */
  z.strictObject({ type: z.literal('boot') }),
  z.strictObject({ type: z.literal('call'), phase: callPhaseSchema }),
  /** A key or click in one of our windows. */
  z.strictObject({ type: z.literal('input') }),
  /** Ms since the last input anywhere, as the system reports it. */
  z.strictObject({ type: z.literal('idle'), ms: z.number().min(0) }),
  z.strictObject({ type: z.literal('lock') }),
  z.strictObject({ type: z.literal('unlock') }),
  z.strictObject({ type: z.literal('sleep') }),
  z.strictObject({ type: z.literal('wake') }),
  z.strictObject({ type: z.literal('dnd'), on: z.boolean() }),
  z.strictObject({ type: z.literal('rules'), rules: breakRulesSchema }),
  z.strictObject({ type: z.literal('hours'), hours: workingHoursSchema }),
  /** Begins a break now. `byKey`: pressed on the card, so that a key in flight is not taken for it. */
  z.strictObject({ type: z.literal('take'), kind: breakKindSchema, lengthMs: z.int().min(10_000).max(7_200_000).optional(), byKey: z.boolean().optional() }),
  z.strictObject({ type: z.literal('finish') }),
  z.strictObject({ type: z.literal('postpone'), ms: z.int().min(1_000).max(3_600_000), byKey: z.boolean().optional() }),
  z.strictObject({ type: z.literal('skip'), reason: z.string().max(LIMITS.line).optional(), byKey: z.boolean().optional() }),
  z.strictObject({ type: z.literal('resumeSkipped') }),
  /** The agent wants no cards for a while. */
  z.strictObject({ type: z.literal('pause'), ms: z.int().min(60_000).max(86_400_000).optional() }),
  z.strictObject({ type: z.literal('unpause') }),
  z.strictObject({ type: z.literal('hardCall'), kind: hardCallKindSchema, lengthMs: z.int().min(10_000).max(7_200_000) }),
]);
export type PlannerEvent = z.infer<typeof plannerEventSchema>;

/** A line of the agent's private break log. */
export const breakRecordSchema = z.strictObject({
  at: instantSchema,
  what: z.enum(['taken', 'ended-early', 'skipped', 'postponed', 'absence', 'resumed']),
  kind: breakKindSchema,
  /** How long it took, or was postponed by, ms. */
  ms: z.number().min(0),
  /** Counted against an owed break. */
  counted: z.boolean(),
  reason: z.string().max(LIMITS.line).optional(),
});
export type BreakRecord = z.infer<typeof breakRecordSchema>;

export type ClockLevel = 'calm' | 'soon' | 'due' | 'break';

/** What the app has to do. Data: the planner itself shows, sounds and stores nothing. */
export type PlannerEffect =
  /** First, quiet phase: the break clock looks different. */
  | { readonly type: 'clock'; readonly level: ClockLevel }
  /** Second phase: a small card that takes no focus. Keys in its first `guardMs` are not for it. */
  | { readonly type: 'showCard'; readonly id: number; readonly kind: BreakKind; readonly lengthMs: number; readonly guardMs: number; readonly owed: number; readonly postponesLeft: number; readonly hardCall: HardCallKind | null }
  | { readonly type: 'hideCard'; readonly id: number; readonly why: 'call' | 'away' | 'taken' | 'skipped' | 'postponed' | 'unanswered' | 'paused' | 'settled' | 'rules' }
  | { readonly type: 'sound'; readonly name: 'card' | 'break-over' }
  | { readonly type: 'breakStarted'; readonly id: number; readonly kind: BreakKind; readonly lengthMs: number }
  | { readonly type: 'breakEnded'; readonly id: number; readonly kind: BreakKind; readonly complete: boolean; readonly tookMs: number; readonly why: 'done' | 'agent' | 'call' }
  /** Not-ready reason to set, null to take it back. */
  | { readonly type: 'notReady'; readonly reason: 'break' | 'lunch' | 'recovery' | null }
  | { readonly type: 'record'; readonly entry: BreakRecord }
  | { readonly type: 'dayClosed'; readonly ledger: Ledger }
  | { readonly type: 'dailyLimit'; readonly workedMs: number; readonly limitMs: number }
  | { readonly type: 'clockChanged'; readonly ms: number }
  | { readonly type: 'refused'; readonly reason: 'inCall' | 'noCard' | 'postponeLimit' | 'nothingSkipped' | 'guard' | 'alreadyRunning' };
