import { trustedWall } from './clock.ts';
import { scheduled } from './advance.ts';
import { fixedPoints, ruleOf, type Books } from './account.ts';
import type { ClockLevel, PlannerEffect } from './events.ts';
import { withinHours } from './hours.ts';
import type { BreakKind, ScheduledKind } from './rules.ts';
import { isLivePhase, owedOf, type PlannerState } from './state.ts';

/** The break clock changes this long before a break is due. */
const SOON_MS = 180_000;
/** No card for a micro-break when a longer one is this near. */
const NEARBY_MS = 300_000;

/** From 5 minutes to 20 with the usual rules. */
const MOST_DOUBLINGS = 2;

/** Some systems report input all the time (idle time under Wayland): after this our own windows' quiet is enough. */
const PATIENCE_MS = 300_000;

/** Longest first: taking it covers the shorter ones. */
const BY_LENGTH = ['meal', 'rest', 'micro'] as const;

/** The break a card would be for; null when none is due. Never more than one, however many are owed. */
export function dueKind(state: PlannerState): BreakKind | null {
  if (state.recovery !== null) return 'recovery';
  for (const kind of BY_LENGTH) {
    const account = state.ledger[kind];
    if (ruleOf(state, kind) !== null && account.granted > account.settled) return kind;
  }
  return null;
}

/** Work (for fixed points: time) left until the next grant of a kind, ms; undefined without a rule, or behind the last point of a shift. */
export function untilDue(state: PlannerState, kind: ScheduledKind): number | undefined {
  const grant = ruleOf(state, kind)?.grant;
  const { ledger } = state;
  switch (grant?.kind) {
    case undefined: return undefined;
    case 'continuous': return grant.everyMs - ((ledger[kind].runMs + state.pendingMs) % grant.everyMs);
    case 'effective': return grant.everyMs - ((ledger.effectiveMs + state.pendingMs) % grant.everyMs);
    case 'fixed': return untilPoint(state, grant.count, grant.edgeMs);
    default: return grant satisfies never;
  }
}

function untilPoint(state: PlannerState, count: number, edgeMs: number): number | undefined {
  const { startedAt, shiftStartMs, shiftLengthMs, elapsedMs } = state.ledger;
  if (startedAt === null) return undefined;
  const position = shiftStartMs + elapsedMs;
  const next = fixedPoints(shiftLengthMs, count, edgeMs).find((point) => point > position && point > shiftStartMs);
  return next === undefined ? undefined : next - position;
}

export function lengthOf(state: PlannerState, kind: BreakKind): number {
  if (kind === 'recovery') return state.recovery?.lengthMs ?? 300_000;
  const fallback = { micro: 60_000, rest: 300_000, meal: 1_200_000 }[kind];
  return ruleOf(state, kind)?.lengthMs ?? fallback;
}

type Block = 'call' | 'away' | 'paused' | 'wait';

/** What forbids a card now: `wait` keeps one from appearing, the others also take one away. */
function blockOf(state: PlannerState, kind: BreakKind, books: Books): Block | null {
  const recovery = kind === 'recovery';
  if (isLivePhase(state.phase)) return 'call';
  if (state.phase === 'wrap-up' && !(recovery && state.rules.recovery.immediate)) return 'call';
  if (state.locked || state.asleep || state.absentMs > 0) return 'away';
  if (!recovery && (state.dnd || state.manualPause !== null)) return 'paused';
  if (!recovery && outsideShift(state, books)) return 'paused';
  if (state.running !== null) return 'paused';
  if (!isQuiet(state) || state.holdMs > 0) return 'wait';
  if (state.phase === 'none' && state.freeMs < state.rules.naturalPauseMs) return 'wait';
  return nearLonger(state, kind) ? 'wait' : null;
}

/** A natural pause: hands off our windows, and off everything else as far as the system can tell. */
function isQuiet(state: PlannerState): boolean {
  const { naturalPauseMs } = state.rules;
  if (state.ownQuietMs < naturalPauseMs) return false;
  return state.quietMs >= naturalPauseMs || state.waitedMs >= PATIENCE_MS;
}

/** A break is due, no call is on, and only busy hands keep its card away. */
export function waitsForQuiet(state: PlannerState): boolean {
  return state.phase === 'none' && state.card === null && state.running === null && state.holdMs === 0 && state.absentMs === 0 && dueKind(state) !== null;
}

function nearLonger(state: PlannerState, kind: BreakKind): boolean {
  if (kind !== 'micro') return false;
  const next = untilDue(state, 'rest');
  return next !== undefined && next <= NEARBY_MS;
}

/** Outside working hours, or in the quiet first and last part of a shift. */
function outsideShift(state: PlannerState, books: Books): boolean {
  if (!withinHours(state.hours, trustedWall(state, books.now), books.now.offset)) return true;
  const { edgeMs } = state.rules;
  if (edgeMs === 0 || state.ledger.startedAt === null) return false;
  const position = state.ledger.shiftStartMs + state.ledger.elapsedMs;
  return position < edgeMs || position > state.ledger.shiftLengthMs - edgeMs;
}

/** Longest first, recovery before all. */
const RANK: Readonly<Record<BreakKind, number>> = { recovery: 3, meal: 2, rest: 1, micro: 0 };

/** A card put off, or not answered, keeps its own break waiting: a longer one that becomes due meanwhile comes when it is due. */
function releaseHold(state: PlannerState, due: BreakKind | null): void {
  const outranked = due !== null && state.heldFor !== null && RANK[due] > RANK[state.heldFor];
  if (outranked && state.postponed.times > 0) state.postponed = { times: 0, totalMs: 0 };
  if (due === null || outranked) { state.holdMs = 0; state.unanswered = 0; }
  if (state.holdMs === 0 && state.unanswered === 0 && state.postponed.times === 0) state.heldFor = null;
}

/** After time and event are booked: show, hide, change the clock. In a call only hiding is possible. */
export function decide(state: PlannerState, books: Books): void {
  const due = dueKind(state);
  if (due === null && state.postponed.times > 0) state.postponed = { times: 0, totalMs: 0 };
  releaseHold(state, due);
  reviewCard(state, due, books);
  if (state.card === null && due !== null && blockOf(state, due, books) === null) showCard(state, due, books.effects);
  if (!isLivePhase(state.phase)) setLevel(state, due, books.effects);
}

function reviewCard(state: PlannerState, due: BreakKind | null, books: Books): void {
  const { card } = state;
  if (card === null) return;
  const block = blockOf(state, card.kind, books);
  if (block === 'call' || block === 'away' || block === 'paused') hideCard(state, block, books.effects);
  else if (due !== card.kind) hideCard(state, 'settled', books.effects);
  else if (card.shownMs >= state.rules.cardMs) {
    hideCard(state, 'unanswered', books.effects);
    leaveAlone(state, card.kind);
  }
}

/** Nobody answered: the next card waits twice as long each time, and an unwanted recovery pause is let go after the third. */
function leaveAlone(state: PlannerState, kind: BreakKind): void {
  state.unanswered += 1;
  state.heldFor = kind;
  state.holdMs = state.rules.reofferMs * 2 ** Math.min(state.unanswered - 1, MOST_DOUBLINGS);
  if (kind === 'recovery' && state.unanswered > MOST_DOUBLINGS) state.recovery = null;
}

export function hideCard(state: PlannerState, why: Extract<PlannerEffect, { type: 'hideCard' }>['why'], effects: PlannerEffect[]): void {
  if (state.card === null) return;
  effects.push({ type: 'hideCard', id: state.card.id, why });
  state.card = null;
}

function showCard(state: PlannerState, kind: BreakKind, effects: PlannerEffect[]): void {
  const lengthMs = lengthOf(state, kind);
  const id = state.nextId++;
  state.card = { id, kind, lengthMs, shownMs: 0 };
  effects.push({
    type: 'showCard', id, kind, lengthMs, guardMs: state.rules.guardMs,
    owed: owedOf(state.ledger, scheduled(kind) ?? 'recovery'),
    postponesLeft: Math.max(0, state.rules.postpone.max - state.postponed.times),
    hardCall: state.recovery?.kind ?? null,
  });
  if (state.rules.sound && !state.dnd) effects.push({ type: 'sound', name: 'card' });
}

function setLevel(state: PlannerState, due: BreakKind | null, effects: PlannerEffect[]): void {
  const level = levelOf(state, due);
  if (level === state.level) return;
  state.level = level;
  effects.push({ type: 'clock', level });
}

function levelOf(state: PlannerState, due: BreakKind | null): ClockLevel {
  if (state.running !== null) return 'break';
  if (due !== null) return 'due';
  const next = untilDue(state, 'rest') ?? untilDue(state, 'micro');
  return next !== undefined && next <= SOON_MS ? 'soon' : 'calm';
}
