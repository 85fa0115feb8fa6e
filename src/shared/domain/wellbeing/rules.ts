import { z } from 'zod';
import { LIMITS } from '../common.ts';

/** Breaks the rules know. `recovery` follows a hard call and has no schedule. */
export const SCHEDULED_KINDS = ['micro', 'rest', 'meal'] as const;
export type ScheduledKind = (typeof SCHEDULED_KINDS)[number];
export const breakKindSchema = z.enum(['micro', 'rest', 'meal', 'recovery']);
export type BreakKind = z.infer<typeof breakKindSchema>;

/** What the agent says was hard. Self-reported, never inferred. */
export const hardCallKindSchema = z.enum(['draining', 'abusive', 'threat', 'distressing']);
export type HardCallKind = z.infer<typeof hardCallKindSchema>;

const duration = z.int().min(0).max(86_400_000);
const positive = z.int().min(1_000).max(86_400_000);

/**
 * When a break is granted. All times in ms.
 * `continuous`: after `everyMs` of work without a rest as long as the break (and again after each further
 * `everyMs`). `effective`: for each `everyMs` of the day's work, breaks included; it may be taken up
 * to `earlyMs` before. `fixed`: `count` times a shift, evenly spaced, none in the first or last `edgeMs`.
 */
export const grantSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('continuous'), everyMs: positive }),
  z.strictObject({ kind: z.literal('effective'), everyMs: positive, earlyMs: duration }),
  z.strictObject({ kind: z.literal('fixed'), count: z.int().min(1).max(12), edgeMs: duration }),
]);
export type Grant = z.infer<typeof grantSchema>;

export const breakRuleSchema = z.strictObject({
  lengthMs: positive,
  grant: grantSchema,
  /** An absence as long as the break counts as having taken an owed one. Where pauses have to be recorded as such it does not. */
  absenceSettles: z.boolean(),
});
export type BreakRule = z.infer<typeof breakRuleSchema>;

export const breakRulesSchema = z.strictObject({
  preset: z.string().max(60),
  micro: breakRuleSchema.nullable(),
  rest: breakRuleSchema.nullable(),
  meal: breakRuleSchema.nullable(),
  /** No card in the first and last so many ms of the shift. */
  edgeMs: duration,
  /** Work per day after which the agent is told so; null: no limit. */
  dailyLimitMs: duration.nullable(),
  recovery: z.strictObject({
    /** Offered as soon as the call is over, without waiting for wrap-up. */
    immediate: z.boolean(),
    /** Hard calls after which the rules grant a pause (it then shows as owed). */
    granted: z.array(hardCallKindSchema).max(4),
  }),
  postpone: z.strictObject({
    /** Choices offered, ms. */
    stepsMs: z.array(positive).max(6),
    max: z.int().min(0).max(20),
    /** All postponements of one break together. */
    totalMs: duration,
    /** Share of the postponed time by which the next session shrinks, 0 to 1. */
    cost: z.number().min(0).max(1),
  }),
  /** Without keys and system input for so long, and no call, the agent is away (from the last input on); null: waiting is work. */
  idleAfterMs: positive.nullable(),
  /** Quiet needed before a card: since the last key, and since the end of wrap-up. */
  naturalPauseMs: duration,
  /** Keys within this time after a card appears were meant for something else. */
  guardMs: duration,
  /** A card not answered goes away after this. */
  cardMs: positive,
  /** And comes back after this, later each time. */
  reofferMs: positive,
  sound: z.boolean(),
});
export type BreakRules = z.infer<typeof breakRulesSchema>;

/** Local times as minutes from midnight; `to` may be up to 2880 for a shift past midnight. Monday is 0. */
export const workingHoursSchema = z.strictObject({
  days: z.array(z.array(z.strictObject({ from: z.int().min(0).max(1_439), to: z.int().min(1).max(2_880) })).max(8)).length(7),
}).nullable();
export type WorkingHours = z.infer<typeof workingHoursSchema>;

/** Laws, agreements and studies the presets rest on. */
const BREAK_SOURCES = [
  'micro-breaks', 'hourly', 'self-ended', 'hse', 'dse', 'uk-call-centres',
  'es-agreement', 'it-decree', 'br-day', 'br-abuse', 'kr-act', 'kr-one-year',
] as const;

export const presetSchema = z.strictObject({
  id: z.string().max(60),
  rules: breakRulesSchema,
  /** Named by message key `my-day.source.<id>`. */
  sources: z.array(z.strictObject({ id: z.enum(BREAK_SOURCES), url: z.string().max(LIMITS.line) })).max(10),
});
export type BreakPreset = z.infer<typeof presetSchema>;

/**
 * The agent's own rules with the organisation's as a minimum: for each kind of break the shorter interval
 * and the longer length win; the agent may always have more. Where the two count differently
 * (`effective` against `continuous`), the organisation's way of counting is kept.
 */
export function withMinimum(own: BreakRules, minimum: BreakRules): BreakRules {
  const merged = { ...own };
  for (const kind of SCHEDULED_KINDS) merged[kind] = stricter(own[kind], minimum[kind]);
  return {
    ...merged,
    preset: own.preset === minimum.preset ? own.preset : `${minimum.preset}+${own.preset}`.slice(0, 60),
    edgeMs: minimum.edgeMs,
    dailyLimitMs: least(own.dailyLimitMs, minimum.dailyLimitMs),
    recovery: {
      immediate: own.recovery.immediate || minimum.recovery.immediate,
      granted: [...new Set([...own.recovery.granted, ...minimum.recovery.granted])],
    },
    idleAfterMs: minimum.idleAfterMs === null ? null : own.idleAfterMs,
    // A break may drift no further than the organisation's rule lets it.
    postpone: { ...own.postpone, totalMs: Math.min(own.postpone.totalMs, minimum.postpone.totalMs) },
  };
}

function least(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.min(left, right);
}

function stricter(own: BreakRule | null, minimum: BreakRule | null): BreakRule | null {
  if (own === null || minimum === null) return own ?? minimum;
  const lengthMs = Math.max(own.lengthMs, minimum.lengthMs);
  const absenceSettles = own.absenceSettles && minimum.absenceSettles;
  if (own.grant.kind === 'continuous' && minimum.grant.kind === 'continuous') return { lengthMs, absenceSettles, grant: { kind: 'continuous', everyMs: Math.min(own.grant.everyMs, minimum.grant.everyMs) } };
  if (own.grant.kind === 'effective' && minimum.grant.kind === 'effective') {
    return { lengthMs, absenceSettles, grant: { kind: 'effective', everyMs: Math.min(own.grant.everyMs, minimum.grant.everyMs), earlyMs: minimum.grant.earlyMs } };
  }
  if (own.grant.kind === 'fixed' && minimum.grant.kind === 'fixed') {
    return { lengthMs, absenceSettles, grant: { kind: 'fixed', count: Math.max(own.grant.count, minimum.grant.count), edgeMs: minimum.grant.edgeMs } };
  }
  return { ...minimum, lengthMs, absenceSettles };
}
