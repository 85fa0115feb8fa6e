import { addAbsence, addWork, closeDay, endAbsence, recordTime, rest, ruleOf, settleTaken, updateGrants, type Books } from './account.ts';
import { trustedWall, type Elapsed } from './clock.ts';
import type { PlannerEvent } from './events.ts';
import { localDay } from './hours.ts';
import type { BreakKind, ScheduledKind } from './rules.ts';
import { isLivePhase, type PlannerState } from './state.ts';

/** In wrap-up people read and think longer without a key. */
const WRAP_UP_IDLE_MS = 300_000;

export function scheduled(kind: BreakKind): ScheduledKind | null {
  return kind === 'recovery' ? null : kind;
}

/** Books the time that passed before `event` as work, rest, absence, or not decided yet. */
export function advance(state: PlannerState, elapsed: Elapsed, event: PlannerEvent, books: Books): void {
  const { ms, away } = elapsed;
  if (elapsed.unknown && state.ledger.startedAt !== null && localDay(trustedWall(state, books.now), books.now.offset) !== state.ledger.day) closeDay(state, books);
  state.holdMs = Math.max(0, state.holdMs - ms);
  state.ownQuietMs += ms;
  if (state.card !== null) state.card = { ...state.card, shownMs: state.card.shownMs + ms };
  const pauseLeft = state.manualPause?.leftMs ?? null;
  if (pauseLeft !== null) state.manualPause = pauseLeft <= ms ? null : { leftMs: pauseLeft - ms };
  state.freeMs = state.phase === 'none' ? state.freeMs + ms : 0;
  let remaining = ms;
  if (state.running !== null) remaining = progressBreak(state, ms, away || state.asleep, books);
  if (remaining > 0) bookSpan(state, remaining, away, books);
  if (event.type === 'boot') state.asleep = false;
}

function bookSpan(state: PlannerState, ms: number, away: boolean, books: Books): void {
  const begun = state.ledger.startedAt !== null;
  const undecided = state.pendingMs;
  if (begun) state.ledger.elapsedMs += ms;
  bookAs(state, ms, away, books);
  // The day began with time that was undecided before this span: the span comes on top.
  if (!begun && state.ledger.startedAt !== null && undecided > 0 && state.pendingMs === 0) state.ledger.elapsedMs += ms;
}

function bookAs(state: PlannerState, ms: number, away: boolean, books: Books): void {
  const talking = state.phase === 'talking' || state.phase === 'on-hold';
  if (away || state.asleep || (state.locked && !talking)) {
    absent(state, ms);
    return;
  }
  if (talking || (state.phase === 'ringing' && state.absentMs === 0)) {
    commitPending(state, books);
    addWork(state, ms, books, talking);
    state.quietMs = 0;
    return;
  }
  if (state.phase === 'ringing') { absent(state, ms); return; }
  quiet(state, ms, books);
}

/** Certain absence. What was undecided before it is absence too: nobody touched anything since. */
function absent(state: PlannerState, ms: number): void {
  const before = state.pendingMs;
  state.pendingMs = 0;
  state.quietMs += ms;
  addAbsence(state, before + ms);
}

/** No call: waiting counts as work when the agent shows up again in time, and as absence from the last input on otherwise. */
function quiet(state: PlannerState, ms: number, books: Books): void {
  state.quietMs += ms;
  const threshold = idleThreshold(state);
  if (threshold === null) {
    commitPending(state, books);
    addWork(state, ms, books, false);
    return;
  }
  // An absence lasts until somebody shows up: the end of a break is no sign of anybody.
  if (state.absentMs > 0 && state.pendingMs === 0) {
    addAbsence(state, ms);
    return;
  }
  state.pendingMs += ms;
  if (state.quietMs < threshold) return;
  const undecided = state.pendingMs;
  state.pendingMs = 0;
  addAbsence(state, undecided);
}

function idleThreshold(state: PlannerState): number | null {
  const { idleAfterMs } = state.rules;
  if (idleAfterMs === null || !state.idleKnown) return null;
  return state.phase === 'wrap-up' ? Math.max(idleAfterMs, WRAP_UP_IDLE_MS) : idleAfterMs;
}

/** The agent is there: what was undecided was work. */
export function commitPending(state: PlannerState, books: Books): void {
  const undecided = state.pendingMs;
  if (undecided === 0) return;
  state.pendingMs = 0;
  addWork(state, undecided, books, false);
}

/** A sign of the agent `agoMs` ago. */
export function signOfLife(state: PlannerState, agoMs: number, books: Books): void {
  if (agoMs > state.quietMs) return;
  const workedMs = Math.max(0, state.pendingMs - agoMs);
  if (state.running === null && state.pendingMs > 0) {
    const kept = state.pendingMs - workedMs;
    const begun = state.ledger.startedAt !== null;
    state.pendingMs = 0;
    addWork(state, workedMs, books, false);
    state.pendingMs = kept;
    if (!begun && workedMs > 0) state.ledger.elapsedMs += kept;
  }
  state.quietMs = agoMs;
  if (state.running === null) endAbsence(state, books);
}

/** Lets a running break go on; returns the time left over when it came to its end. */
function progressBreak(state: PlannerState, ms: number, away: boolean, books: Books): number {
  const running = state.running;
  if (running === null) return ms;
  const portion = Math.min(ms, running.lengthMs - running.tookMs);
  state.running = { ...running, tookMs: running.tookMs + portion };
  if (state.ledger.startedAt !== null) {
    state.ledger.elapsedMs += portion;
    // Pauses are working time, meals are not.
    if (running.kind !== 'meal') state.ledger.effectiveMs += portion;
  }
  updateGrants(state);
  addAbsence(state, portion);
  if (running.tookMs + portion >= running.lengthMs) endBreak(state, 'done', books, away);
  return ms - portion;
}

/** Ends the running break; it counts when it lasted as long as the rules ask. */
export function endBreak(state: PlannerState, why: 'done' | 'agent' | 'call', books: Books, silent = false): void {
  const running = state.running;
  if (running === null) return;
  state.running = null;
  state.quietMs = 0;
  const kind = scheduled(running.kind);
  const needed = kind === null ? running.lengthMs : (ruleOf(state, kind)?.lengthMs ?? running.lengthMs);
  const complete = running.tookMs >= needed;
  let counted = false;
  if (complete && kind !== null) {
    counted = settleTaken(state, kind, running.tookMs);
    rest(state.ledger[kind]);
    charge(state, kind, running.postponedMs);
    if (running.wasSkipped && counted) state.ledger[kind].skipped = Math.max(0, state.ledger[kind].skipped - 1);
  }
  if (complete && kind === null) counted = settleRecovery(state, running.wasSkipped);
  if (complete) { state.postponed = { times: 0, totalMs: 0 }; if (state.skipped?.kind === running.kind) state.skipped = null; }
  if (!complete && why === 'agent') { state.holdMs = state.rules.reofferMs; state.heldFor = running.kind; }
  books.effects.push({ type: 'breakEnded', id: running.id, kind: running.kind, complete, tookMs: running.tookMs, why });
  books.effects.push({ type: 'notReady', reason: null });
  if (state.rules.sound && why === 'done' && !silent && !state.dnd) books.effects.push({ type: 'sound', name: 'break-over' });
  books.effects.push({ type: 'record', entry: { at: recordTime(state, books), what: complete ? 'taken' : 'ended-early', kind: running.kind, ms: running.tookMs, counted } });
}

function settleRecovery(state: PlannerState, wasSkipped: boolean): boolean {
  state.recovery = null;
  const account = state.ledger.recovery;
  if (account.taken + account.covered >= account.granted) return false;
  account.taken += 1;
  if (wasSkipped) account.skipped = Math.max(0, account.skipped - 1);
  return true;
}

/** Postponing has its price: the next session is shorter by what the last one was longer, by half at most. */
function charge(state: PlannerState, kind: ScheduledKind, postponedMs: number): void {
  const grant = ruleOf(state, kind)?.grant;
  if (grant?.kind !== 'continuous' || postponedMs === 0) return;
  state.ledger[kind].runMs = Math.min(postponedMs * state.rules.postpone.cost, grant.everyMs / 2);
}

/** A call takes the agent out of a break; a ringing phone at an empty desk ends nothing else. */
export function callArrived(state: PlannerState, books: Books): void {
  if (state.running !== null && isLivePhase(state.phase)) endBreak(state, 'call', books, true);
}
