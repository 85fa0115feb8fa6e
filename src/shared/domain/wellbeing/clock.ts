import type { PlannerEffect, PlannerEvent } from './events.ts';
import type { Now } from './hours.ts';
import { isLivePhase, type PlannerState } from './state.ts';

/** No tick for longer than this: the machine or the agent was away. */
export const GAP_MS = 30_000;
/** A process that stood still this long in a call was busy, not asleep: the agent went on talking. */
const LIVE_GAP_MS = 300_000;
/** Clocks drift and ticks are late; beyond this the wall clock was set. */
const WALL_TOLERANCE_MS = 2_000;
/** A wall clock that stays changed this long is believed. */
const BELIEVE_MS = 900_000;
/** More than this is no absence but a clock that was never right. */
const LONGEST_GAP_MS = 30 * 86_400_000;

export interface Elapsed {
  readonly ms: number;
  /** Nobody was there: asleep, not running, or no tick for more than GAP_MS. */
  readonly away: boolean;
  /** How much passed is not known (the wall clock went back while nothing ran). */
  readonly unknown: boolean;
}

/**
 * Time since the last event, from both clocks. Neither is enough alone: the monotonic one may stand still
 * in sleep, the wall clock may be set. While the process ticks, only the monotonic one counts; over an
 * announced sleep or a restart the longer plausible one does.
 */
export function elapsedSince(state: PlannerState, event: PlannerEvent, now: Now, effects: PlannerEffect[]): Elapsed {
  const { last } = state;
  if (last === null) return { ms: 0, away: false, unknown: false };
  const mono = Math.max(0, now.mono - last.mono);
  const wall = now.wall - last.wall;
  const plausible = wall >= 0 && wall <= LONGEST_GAP_MS;
  const live = isLivePhase(state.phase);
  if (event.type === 'boot') {
    state.skewMs = 0;
    state.skewAgeMs = 0;
    const ms = plausible ? wall : 0;
    return { ms, away: isAway(ms, live), unknown: !plausible };
  }
  if (state.asleep || event.type === 'wake') {
    state.skewMs = 0;
    state.skewAgeMs = 0;
    return { ms: plausible ? Math.max(mono, wall) : mono, away: true, unknown: false };
  }
  followWall(state, wall - mono, mono, effects);
  return { ms: mono, away: isAway(mono, live), unknown: false };
}

function isAway(ms: number, live: boolean): boolean {
  return ms > (live ? LIVE_GAP_MS : GAP_MS);
}

/** Keeps the trusted wall clock steady over a jump until the jump has stood for a while. */
function followWall(state: PlannerState, jump: number, mono: number, effects: PlannerEffect[]): void {
  if (Math.abs(jump) > WALL_TOLERANCE_MS) {
    effects.push({ type: 'clockChanged', ms: Math.round(jump) });
    state.skewMs += jump;
    state.skewAgeMs = 0;
    if (Math.abs(state.skewMs) <= WALL_TOLERANCE_MS) state.skewMs = 0;
    return;
  }
  if (state.skewMs === 0) return;
  state.skewAgeMs += mono;
  if (state.skewAgeMs >= BELIEVE_MS) { state.skewMs = 0; state.skewAgeMs = 0; }
}

/** The wall clock as the planner believes it. */
export function trustedWall(state: PlannerState, now: Now): number {
  return now.wall - state.skewMs;
}
