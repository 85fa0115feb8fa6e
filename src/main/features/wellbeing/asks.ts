import { mayAskCheckIn, NO_LOAD } from '#shared/domain/wellbeing/load.ts';
import { shiftAt, type Now } from '#shared/domain/wellbeing/hours.ts';
import type { PlannerState } from '#shared/domain/wellbeing/state.ts';
import type { Ask, Side } from './stored.ts';

/** How often the agent lets itself be asked. */
export type AskConfig = { perDay: number; everyMs: number; shiftStart: boolean; shiftEnd: boolean };

/** A question nobody answers goes away after this. */
const ASK_MS = 120_000;
/** The first question of a shift is for its beginning. */
const START_MS = 20 * 60_000;
const END_MS = 15 * 60_000;

/** The question to show now, if any. At most one, only in a quiet moment, never in a call, wrap-up, break or beside a card. */
export function nextAsk(state: PlannerState, side: Side, config: AskConfig, now: Now): Side {
  const today = side.day === state.ledger.day ? side : { ...side, day: state.ledger.day, askedAt: [], startAsked: false, endAsked: false, ask: null, limitMs: null };
  if (today.ask !== null) return now.wall - today.ask.at > ASK_MS ? { ...today, ask: null } : today;
  if (!isQuiet(state)) return today;
  const what = wanted(state, today, config, now);
  if (what === undefined) return today;
  return {
    ...today,
    ask: { what, at: Math.round(now.wall) },
    startAsked: today.startAsked || what === 'shift-start',
    endAsked: today.endAsked || what === 'shift-end',
    askedAt: what === 'check-in' ? [...today.askedAt, Math.round(now.wall)].slice(-100) : today.askedAt,
  };
}

export function isQuiet(state: PlannerState): boolean {
  return state.phase === 'none' && state.running === null && state.card === null && state.recovery === null && state.manualPause === null && !state.dnd && !state.locked && !state.asleep && state.absentMs === 0 && state.quietMs >= state.rules.naturalPauseMs;
}

function wanted(state: PlannerState, side: Side, config: AskConfig, now: Now): Ask | undefined {
  const { startedAt, effectiveMs, shiftStartMs, elapsedMs, shiftLengthMs } = state.ledger;
  if (startedAt === null) return undefined;
  if (config.shiftStart && !side.startAsked && effectiveMs < START_MS) return 'shift-start';
  // Without working hours, or on a day off, the day is as long as the planner takes it to be.
  const shift = shiftAt(state.hours, now.wall, now.offset) ?? { positionMs: shiftStartMs + elapsedMs, lengthMs: shiftLengthMs };
  if (config.shiftEnd && !side.endAsked && shift.positionMs >= shift.lengthMs - END_MS) return 'shift-end';
  const known = { ...NO_LOAD, since: startedAt, checkIn: side.lastCheckIn };
  return mayAskCheckIn(known, now.wall, config, side.askedAt, false) ? 'check-in' : undefined;
}
