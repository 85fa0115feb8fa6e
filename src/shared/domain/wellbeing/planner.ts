import { advance, callArrived, commitPending, endBreak, scheduled, signOfLife } from './advance.ts';
import { endAbsence, recordTime, ruleOf, type Books } from './account.ts';
import { elapsedSince, GAP_MS } from './clock.ts';
import { decide, hideCard, lengthOf, waitsForQuiet } from './decide.ts';
import type { PlannerEffect, PlannerEvent } from './events.ts';
import type { Now } from './hours.ts';
import { SCHEDULED_KINDS, type BreakKind } from './rules.ts';
import { isLivePhase, type PlannerState } from './state.ts';

/** A key this recent means somebody is there, whatever the lock said. */
const PRESENT_MS = 5_000;
const IDLE_GRAIN_MS = 1_500;

/**
 * The break planner: what happened, and when by both clocks, in; the new state and what the app has to
 * do out. Pure: the state given is not changed, the same input gives the same output. Store the state
 * after each call: it is all there is, and `boot` picks it up after any crash.
 */
export function planBreaks(state: PlannerState, event: PlannerEvent, now: Now): { state: PlannerState; effects: PlannerEffect[] } {
  const draft = copy(state);
  const effects: PlannerEffect[] = [];
  const books: Books = { now, effects };
  const wasTold = draft.ledger.limitTold;
  const elapsed = elapsedSince(draft, event, now, effects);
  advance(draft, elapsed, event, books);
  draft.waitedMs = waitsForQuiet(draft) ? draft.waitedMs + elapsed.ms : 0;
  // A long gap after "going to sleep" is the waking up, announced or not.
  if (draft.asleep && elapsed.ms > GAP_MS) draft.asleep = false;
  handle(draft, event, books);
  draft.last = { mono: now.mono, wall: now.wall, offset: now.offset };
  decide(draft, books);
  tellLimit(draft, wasTold, books);
  return { state: draft, effects };
}

function copy(state: PlannerState): PlannerState {
  const { ledger } = state;
  return { ...state, ledger: { ...ledger, micro: { ...ledger.micro }, rest: { ...ledger.rest }, meal: { ...ledger.meal }, recovery: { ...ledger.recovery } } };
}

/** The day's limit is told once, and like everything else not in a call. */
function tellLimit(state: PlannerState, wasTold: boolean, books: Books): void {
  const { ledger, rules } = state;
  if (rules.dailyLimitMs === null || !ledger.limitTold || wasTold) return;
  if (state.phase !== 'none') { ledger.limitTold = false; return; }
  books.effects.push({ type: 'dailyLimit', workedMs: ledger.effectiveMs, limitMs: rules.dailyLimitMs });
}

function handle(state: PlannerState, event: PlannerEvent, books: Books): void {
  switch (event.type) {
    case 'tick': case 'boot': break;
    case 'call': setPhase(state, event.phase, books); break;
    case 'input': state.ownQuietMs = 0; present(state, 0, books); break;
    case 'idle': idle(state, event.ms, books); break;
    case 'lock': state.locked = true; break;
    case 'unlock': present(state, 0, books); break;
    case 'sleep': state.asleep = true; break;
    case 'wake': state.asleep = false; break;
    case 'dnd': state.dnd = event.on; break;
    case 'rules': setRules(state, event.rules, books); break;
    case 'hours': state.hours = event.hours; break;
    case 'take': take(state, event, books); break;
    case 'finish': endBreak(state, 'agent', books); break;
    case 'postpone': postpone(state, event.ms, event.byKey === true, books); break;
    case 'skip': skip(state, event.reason, event.byKey === true, books); break;
    case 'resumeSkipped': resumeSkipped(state, books); break;
    case 'pause': state.manualPause = { leftMs: event.ms ?? null }; break;
    case 'unpause': state.manualPause = null; break;
    case 'hardCall': hardCall(state, event, books); break;
    default: event satisfies never;
  }
}

function setPhase(state: PlannerState, phase: PlannerState['phase'], books: Books): void {
  if (phase === state.phase) return;
  const speaking = (candidate: PlannerState['phase']): boolean => candidate === 'talking' || candidate === 'on-hold';
  const answered = speaking(phase) && !speaking(state.phase);
  state.phase = phase;
  state.freeMs = 0;
  callArrived(state, books);
  if (answered) present(state, 0, books);
}

/** A sign of the agent: ends lock and sleep whose end was never announced. */
function present(state: PlannerState, agoMs: number, books: Books): void {
  if (agoMs <= PRESENT_MS) { state.locked = false; state.asleep = false; }
  signOfLife(state, agoMs, books);
}

/** System idle time: short means somebody is there, long is only believed because it is reported at all. */
function idle(state: PlannerState, ms: number, books: Books): void {
  state.idleKnown = true;
  if (state.locked || state.asleep) return;
  // Systems report whole seconds: only a clearly shorter time is a new sign.
  if (ms + IDLE_GRAIN_MS < state.quietMs) present(state, ms, books);
}

/** New rules count from now on: at most one break becomes due by the change itself. */
function setRules(state: PlannerState, rules: PlannerState['rules'], books: Books): void {
  commitPending(state, books);
  state.rules = rules;
  for (const kind of SCHEDULED_KINDS) {
    const grant = ruleOf(state, kind)?.grant;
    if (grant?.kind !== 'continuous') continue;
    const account = state.ledger[kind];
    const reached = Math.floor(account.runMs / grant.everyMs);
    const due = account.granted > account.settled;
    account.runGrants = reached <= account.runGrants || due ? reached : Math.max(account.runGrants, reached - 1);
  }
  if (state.card !== null && state.card.kind !== 'recovery') hideCard(state, 'rules', books.effects);
}

/** True when a key came too soon after the card to be meant for it. */
function guarded(state: PlannerState, byKey: boolean, books: Books): boolean {
  if (!byKey || state.card === null || state.card.shownMs >= state.rules.guardMs) return false;
  books.effects.push({ type: 'refused', reason: 'guard' });
  return true;
}

function take(state: PlannerState, event: Extract<PlannerEvent, { type: 'take' }>, books: Books): void {
  if (guarded(state, event.byKey === true, books)) return;
  begin(state, event.kind, event.lengthMs ?? lengthOf(state, event.kind), false, books);
}

function begin(state: PlannerState, kind: BreakKind, lengthMs: number, wasSkipped: boolean, books: Books): void {
  if (isLivePhase(state.phase)) { books.effects.push({ type: 'refused', reason: 'inCall' }); return; }
  if (state.running !== null) { books.effects.push({ type: 'refused', reason: 'alreadyRunning' }); return; }
  commitPending(state, books);
  hideCard(state, 'taken', books.effects);
  const id = state.nextId++;
  endAbsence(state, books);
  state.holdMs = 0;
  state.unanswered = 0;
  state.running = { id, kind, lengthMs, tookMs: 0, postponedMs: state.postponed.totalMs, wasSkipped };
  books.effects.push({ type: 'breakStarted', id, kind, lengthMs });
  books.effects.push({ type: 'notReady', reason: kind === 'meal' ? 'lunch' : kind === 'recovery' ? 'recovery' : 'break' });
}

function postpone(state: PlannerState, ms: number, byKey: boolean, books: Books): void {
  const { card, postponed, rules } = state;
  if (card === null) { books.effects.push({ type: 'refused', reason: 'noCard' }); return; }
  if (guarded(state, byKey, books)) return;
  if (postponed.times >= rules.postpone.max || postponed.totalMs + ms > rules.postpone.totalMs) {
    books.effects.push({ type: 'refused', reason: 'postponeLimit' });
    return;
  }
  state.postponed = { times: postponed.times + 1, totalMs: postponed.totalMs + ms };
  state.holdMs = ms;
  state.heldFor = card.kind;
  hideCard(state, 'postponed', books.effects);
  books.effects.push({ type: 'record', entry: { at: recordTime(state, books), what: 'postponed', kind: card.kind, ms, counted: false } });
}

/** Skipping is always possible. The break stays owed where the rules granted it, and can be resumed. */
function skip(state: PlannerState, reason: string | undefined, byKey: boolean, books: Books): void {
  const { card } = state;
  if (card === null) { books.effects.push({ type: 'refused', reason: 'noCard' }); return; }
  if (guarded(state, byKey, books)) return;
  const kind = scheduled(card.kind);
  if (kind === null) {
    state.recovery = null;
    state.ledger.recovery.skipped += 1;
  } else {
    state.ledger[kind].skipped += 1;
    // Who skips the long break is not asked about the short one a moment later.
    for (const other of SCHEDULED_KINDS) if (lengthOf(state, other) <= card.lengthMs) state.ledger[other].settled = state.ledger[other].granted;
  }
  state.skipped = { kind: card.kind, lengthMs: card.lengthMs };
  state.postponed = { times: 0, totalMs: 0 };
  hideCard(state, 'skipped', books.effects);
  const entry = { at: recordTime(state, books), what: 'skipped' as const, kind: card.kind, ms: card.lengthMs, counted: false };
  books.effects.push({ type: 'record', entry: reason === undefined ? entry : { ...entry, reason } });
}

function resumeSkipped(state: PlannerState, books: Books): void {
  const { skipped } = state;
  if (skipped === null) { books.effects.push({ type: 'refused', reason: 'nothingSkipped' }); return; }
  begin(state, skipped.kind, skipped.lengthMs, true, books);
}

/** The agent's own mark. The longest pause asked for stands. */
function hardCall(state: PlannerState, event: Extract<PlannerEvent, { type: 'hardCall' }>, books: Books): void {
  commitPending(state, books);
  const granted = state.rules.recovery.granted.includes(event.kind);
  if (granted) state.ledger.recovery.granted += 1;
  state.holdMs = 0;
  state.unanswered = 0;
  const { recovery } = state;
  const longer = recovery === null || event.lengthMs >= recovery.lengthMs;
  state.recovery = { kind: longer ? event.kind : recovery.kind, lengthMs: Math.max(event.lengthMs, recovery?.lengthMs ?? 0), granted: granted || recovery?.granted === true };
  if (state.card !== null && state.card.kind !== 'recovery') hideCard(state, 'settled', books.effects);
}
