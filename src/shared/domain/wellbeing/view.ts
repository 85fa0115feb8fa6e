import { dueKind, untilDue } from './decide.ts';
import type { ClockLevel } from './events.ts';
import type { BreakKind } from './rules.ts';
import { isLivePhase, owedOf, type PlannerState } from './state.ts';

/** What the break clock in window and strip shows. Calls change nothing of it but that it keeps quiet. */
export interface BreakClock {
  readonly level: ClockLevel;
  /** In a call: draw it calm, whatever is due. */
  readonly quiet: boolean;
  readonly due: BreakKind | null;
  /** Work left until the next rest and micro-break, ms; null where the rules have none. */
  readonly restInMs: number | null;
  readonly microInMs: number | null;
  readonly running: { readonly kind: BreakKind; readonly leftMs: number; readonly lengthMs: number } | null;
  readonly owed: { readonly rest: number; readonly meal: number; readonly recovery: number };
  /** Rests owed for longer than they may drift: what to show as a number. The one that just became due is not yet one of them. */
  readonly restsOverdue: number;
  readonly taken: { readonly micro: number; readonly rest: number; readonly meal: number; readonly recovery: number };
  readonly postponedMs: number;
  readonly skipped: BreakKind | null;
  readonly paused: 'by-agent' | 'do-not-disturb' | null;
}

export function breakClock(state: PlannerState): BreakClock {
  const { ledger, running } = state;
  return {
    level: state.level,
    quiet: isLivePhase(state.phase),
    due: dueKind(state),
    restInMs: untilDue(state, 'rest') ?? null,
    microInMs: untilDue(state, 'micro') ?? null,
    running: running === null ? null : { kind: running.kind, leftMs: Math.max(0, running.lengthMs - running.tookMs), lengthMs: running.lengthMs },
    owed: { rest: owedOf(ledger, 'rest'), meal: owedOf(ledger, 'meal'), recovery: owedOf(ledger, 'recovery') },
    restsOverdue: overdueRests(state),
    taken: { micro: ledger.micro.taken + ledger.micro.extra, rest: ledger.rest.taken + ledger.rest.extra, meal: ledger.meal.taken + ledger.meal.extra, recovery: ledger.recovery.taken },
    postponedMs: state.holdMs,
    skipped: state.skipped?.kind ?? null,
    paused: state.manualPause !== null ? 'by-agent' : state.dnd ? 'do-not-disturb' : null,
  };
}

/** A rest may come this much later than due before it is called owed on screen. */
const DRIFT_MS = 900_000;

function overdueRests(state: PlannerState): number {
  const owed = owedOf(state.ledger, 'rest');
  const rule = state.rules.rest;
  if (owed === 0 || rule === null || rule.grant.kind === 'fixed' || dueKind(state) !== 'rest') return owed;
  const { everyMs } = rule.grant;
  const since = (rule.grant.kind === 'continuous' ? state.ledger.rest.runMs : state.ledger.effectiveMs) % everyMs;
  return since < Math.min(DRIFT_MS, everyMs) ? owed - 1 : owed;
}
