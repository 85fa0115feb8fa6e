import { recoveryOffer, type SupportContacts } from '#shared/domain/wellbeing/hard-call.ts';
import { isLivePhase, owedOf, type PlannerState } from '#shared/domain/wellbeing/state.ts';
import { breakClock } from '#shared/domain/wellbeing/view.ts';
import type { BreaksView } from '#shared/ipc/wellbeing.ts';
import type { Side } from './stored.ts';

const MINUTE = 60_000;
/** An offer is made for this long after the mark. */
const OFFER_MS = 45 * MINUTE;

/** What windows see. Times are whole minutes (seconds in a break), so that nothing is sent while nothing changes. */
export function viewOf(state: PlannerState, side: Side, support: SupportContacts | null, wall: number): BreaksView {
  const clock = breakClock(state);
  const { rules, ledger, card } = state;
  const [nextKind, nextInMs] = nextOf(clock.restInMs, clock.microInMs);
  const grant = nextKind === null ? undefined : rules[nextKind]?.grant;
  const everyMs = grant === undefined || grant.kind === 'fixed' ? null : grant.everyMs;
  return {
    phase: state.phase, level: clock.level, quiet: clock.quiet, due: clock.due,
    nextInMs: nextInMs === null ? null : Math.ceil(nextInMs / MINUTE) * MINUTE, nextKind,
    progress: progressOf(state, nextInMs, everyMs),
    running: state.running === null || clock.running === null ? null : { id: state.running.id, kind: clock.running.kind, leftMs: Math.ceil(clock.running.leftMs / 1_000) * 1_000, lengthMs: clock.running.lengthMs },
    card: card === null ? null : {
      id: card.id, kind: card.kind, lengthMs: card.lengthMs, guardMs: rules.guardMs, shownMs: Math.min(Math.floor(card.shownMs / 1_000) * 1_000, rules.guardMs),
      owed: owedOf(ledger, card.kind), postpones: postponesOf(state), cost: rules.postpone.cost, hardCall: state.recovery?.kind ?? null,
    },
    owed: clock.owed, taken: clock.taken,
    workedMs: Math.floor(ledger.effectiveMs / MINUTE) * MINUTE,
    postponedMs: Math.ceil(clock.postponedMs / MINUTE) * MINUTE,
    skipped: clock.skipped, paused: clock.paused,
    offer: offerOf(state, side, support, wall),
    limitMs: side.limitMs,
    ask: state.phase === 'none' && state.card === null && state.running === null ? (side.ask?.what ?? null) : null,
    preset: rules.preset,
  };
}

function nextOf(restInMs: number | null, microInMs: number | null): readonly ['rest' | 'micro' | null, number | null] {
  if (restInMs === null && microInMs === null) return [null, null];
  if (restInMs === null) return ['micro', microInMs];
  return microInMs !== null && microInMs < restInMs ? ['micro', microInMs] : ['rest', restInMs];
}

function progressOf(state: PlannerState, nextInMs: number | null, everyMs: number | null): number {
  if (state.running !== null) return round(state.running.tookMs / state.running.lengthMs);
  if (state.level === 'due') return 1;
  return nextInMs === null || everyMs === null ? 0 : round(1 - nextInMs / everyMs);
}

function round(share: number): number {
  return Math.min(1, Math.max(0, Math.round(share * 100) / 100));
}

/** Postponements the limits still allow. */
export function postponesOf({ rules, postponed }: PlannerState): number[] {
  if (postponed.times >= rules.postpone.max) return [];
  return rules.postpone.stepsMs.filter((ms) => postponed.totalMs + ms <= rules.postpone.totalMs);
}

/** In a live call nothing is offered; marked in a call, the offer comes with the card and not before. */
function offerOf(state: PlannerState, side: Side, support: SupportContacts | null, wall: number): BreaksView['offer'] {
  const mark = side.hardCall;
  if (mark === null || mark.settled || isLivePhase(state.phase) || state.running !== null || wall - mark.at > OFFER_MS || wall < mark.at - OFFER_MS) return null;
  if (!mark.direct && state.card?.kind !== 'recovery') return null;
  const { kind, minMs, offerMs, maxMs, granted, support: shown } = recoveryOffer(mark.kind, state.rules, support);
  return { kind, minMs, offerMs, maxMs, granted, support: shown === null ? null : { people: [...shown.people], ...(shown.words === undefined ? {} : { words: shown.words }), ...(shown.emergency === undefined ? {} : { emergency: shown.emergency }) } };
}
