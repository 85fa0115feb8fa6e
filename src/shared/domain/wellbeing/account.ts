import type { PlannerEffect } from './events.ts';
import { localDay, shiftAt, type Now } from './hours.ts';
import { trustedWall } from './clock.ts';
import { SCHEDULED_KINDS, type BreakRule, type Grant, type ScheduledKind } from './rules.ts';
import { emptyLedger, type Account, type PlannerState } from './state.ts';

/** A working day ends when someone was away this long and the date is another one. */
const NEW_DAY_MS = 3 * 3_600_000;
/** The length of a shift where no working hours are set. */
const USUAL_SHIFT_MS = 8 * 3_600_000;

/** Everything the accounting needs besides the state it changes. */
export interface Books {
  readonly now: Now;
  readonly effects: PlannerEffect[];
}

export function ruleOf(state: PlannerState, kind: ScheduledKind): BreakRule | null {
  return state.rules[kind];
}

/** Work (talking, wrap-up, waiting) for `ms`: ends an absence, lets runs grow, grants what the rules grant. */
export function addWork(state: PlannerState, ms: number, books: Books, talking: boolean): void {
  if (ms <= 0) return;
  endAbsence(state, books);
  if (state.ledger.startedAt === null) beginDay(state, ms, books);
  state.ledger.effectiveMs += ms;
  if (talking) state.ledger.talkMs += ms;
  for (const kind of SCHEDULED_KINDS) state.ledger[kind].runMs += ms;
  updateGrants(state);
  const limit = state.rules.dailyLimitMs;
  if (limit !== null && !state.ledger.limitTold && state.ledger.effectiveMs >= limit) state.ledger.limitTold = true;
}

/**
 * The agent is back. An absence as long as a break settles an owed one where the rules let it, one per
 * absence and kind; it is judged only now, because going home is no break. After a night, yesterday's
 * ledger is closed instead.
 */
export function endAbsence(state: PlannerState, books: Books): void {
  if (state.absentMs === 0) return;
  const { ledger } = state;
  if (ledger.startedAt !== null && state.absentMs >= NEW_DAY_MS && localDay(trustedWall(state, books.now), books.now.offset) !== ledger.day) closeDay(state, books);
  else settleAbsence(state, books);
  state.absentMs = 0;
  state.absenceSettled = [];
}

function settleAbsence(state: PlannerState, books: Books): void {
  for (const kind of SCHEDULED_KINDS) {
    const rule = ruleOf(state, kind);
    const account = state.ledger[kind];
    if (rule === null || !rule.absenceSettles || state.absentMs < rule.lengthMs || account.granted <= used(account) || state.absenceSettled.includes(kind)) continue;
    account.covered += 1;
    books.effects.push({ type: 'record', entry: { at: recordTime(state, books), what: 'absence', kind, ms: state.absentMs, counted: true } });
  }
  const { recovery } = state;
  if (recovery === null || state.absentMs < recovery.lengthMs) return;
  if (recovery.granted && state.rules.rest?.absenceSettles !== false) state.ledger.recovery.covered += 1;
  state.recovery = null;
}

/** Opens the day's ledger with its first work; `ms` of that work have passed already. */
function beginDay(state: PlannerState, ms: number, books: Books): void {
  const startedAt = Math.max(0, Math.round(trustedWall(state, books.now) - ms));
  const shift = shiftAt(state.hours, startedAt, books.now.offset);
  state.ledger = {
    ...state.ledger, startedAt, elapsedMs: ms,
    day: localDay(trustedWall(state, books.now), books.now.offset),
    shiftStartMs: shift === undefined ? 0 : shift.positionMs,
    shiftLengthMs: shift?.lengthMs ?? state.rules.dailyLimitMs ?? USUAL_SHIFT_MS,
  };
}

/** Hands the day over and starts an empty one. */
export function closeDay(state: PlannerState, books: Books): void {
  if (state.ledger.startedAt !== null) books.effects.push({ type: 'dayClosed', ledger: state.ledger });
  state.ledger = emptyLedger(localDay(trustedWall(state, books.now), books.now.offset));
  state.skipped = null;
  state.recovery = null;
}

/** Recomputes grants from the day's totals; they never go down. */
export function updateGrants(state: PlannerState): void {
  for (const kind of SCHEDULED_KINDS) {
    const rule = ruleOf(state, kind);
    if (rule !== null) grant(state.ledger[kind], rule.grant, state);
  }
}

function grant(account: Account, rule: Grant, state: PlannerState): void {
  switch (rule.kind) {
    case 'continuous': {
      const reached = Math.floor(account.runMs / rule.everyMs);
      if (reached > account.runGrants) {
        account.granted += reached - account.runGrants;
        account.runGrants = reached;
      }
      break;
    }
    case 'effective': account.granted = Math.max(account.granted, Math.floor(state.ledger.effectiveMs / rule.everyMs)); break;
    case 'fixed': account.granted = Math.max(account.granted, pointsPassed(state, rule.count, rule.edgeMs)); break;
    default: rule satisfies never;
  }
  // A break taken ahead of its grant leaves nothing to show a card for.
  account.settled = Math.max(account.settled, Math.min(account.granted, used(account)));
}

/** Grants that were answered by a break or an absence. */
function used(account: Account): number {
  return account.taken + account.covered;
}

/** Points of a fixed rule that lie behind the agent, those before the agent came not counted. */
function pointsPassed(state: PlannerState, count: number, edgeMs: number): number {
  const { shiftStartMs, shiftLengthMs, elapsedMs, startedAt } = state.ledger;
  if (startedAt === null) return 0;
  const position = shiftStartMs + elapsedMs;
  return fixedPoints(shiftLengthMs, count, edgeMs).filter((point) => point > shiftStartMs && point <= position).length;
}

/** Evenly spaced points of a shift, none nearer than `edgeMs` to its ends. */
export function fixedPoints(lengthMs: number, count: number, edgeMs: number): number[] {
  return Array.from({ length: count }, (_unused, index) => {
    const even = (lengthMs * (index + 1)) / (count + 1);
    return Math.max(Math.min(edgeMs, lengthMs / 2), Math.min(even, Math.max(lengthMs - edgeMs, lengthMs / 2)));
  });
}

/**
 * Absence for `ms`. Once as long as a break it discharges that break: no card is shown for it and its run
 * begins anew. A shorter absence changes nothing.
 */
export function addAbsence(state: PlannerState, ms: number): void {
  if (ms <= 0) return;
  state.absentMs += ms;
  for (const kind of SCHEDULED_KINDS) {
    const rule = ruleOf(state, kind);
    if (rule !== null && state.absentMs >= rule.lengthMs) rest(state.ledger[kind]);
  }
}

/** The run of a kind begins anew and no card is due for it. */
export function rest(account: Account): void {
  account.runMs = 0;
  account.runGrants = 0;
  account.settled = account.granted;
}

export function recordTime(state: PlannerState, books: Books): number {
  return Math.max(0, Math.round(trustedWall(state, books.now)));
}

/** A break of `kind` that lasted its whole length: counts against one grant, or as one more than granted. */
export function settleTaken(state: PlannerState, kind: ScheduledKind, tookMs: number): boolean {
  const rule = ruleOf(state, kind);
  const account = state.ledger[kind];
  if (rule === null || tookMs < rule.lengthMs) {
    account.extra += 1;
    return false;
  }
  if (!state.absenceSettled.includes(kind)) state.absenceSettled = [...state.absenceSettled, kind];
  if (account.granted > used(account) || mayTakeAhead(state, rule, account)) {
    account.taken += 1;
    account.settled = Math.max(account.settled, Math.min(account.granted, used(account)));
    return true;
  }
  account.extra += 1;
  return false;
}

/** Effective-hour rules let the next break begin a little before its hour is full. */
function mayTakeAhead(state: PlannerState, rule: BreakRule, account: Account): boolean {
  if (rule.grant.kind !== 'effective' || used(account) > account.granted) return false;
  const missing = (account.granted + 1) * rule.grant.everyMs - state.ledger.effectiveMs;
  return missing <= rule.grant.earlyMs;
}
