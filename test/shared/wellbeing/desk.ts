import type { PlannerEffect, PlannerEvent } from '#shared/domain/wellbeing/events.ts';
import { planBreaks } from '#shared/domain/wellbeing/planner.ts';
import { DEFAULT_RULES } from '#shared/domain/wellbeing/presets.ts';
import type { BreakRules, WorkingHours } from '#shared/domain/wellbeing/rules.ts';
import { initialPlanner, type PlannerState } from '#shared/domain/wellbeing/state.ts';
import { parsePlannerState } from '#shared/domain/wellbeing/stored-state.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export interface Seen { readonly effect: PlannerEffect; readonly phase: string; readonly at: number }

/** A desk on a simulated clock: both clocks run together unless told otherwise. Reads as a timeline. */
export function desk(rules: BreakRules = DEFAULT_RULES, hours: WorkingHours = null, startAt = Date.UTC(2026, 4, 4, 8)): {
  seen: Seen[]; state: () => PlannerState; now: { mono: number; wall: number; offset: number };
  send: (...events: PlannerEvent[]) => void; run: (ms: number, options?: { tick?: number; input?: number; idle?: boolean }) => void;
  jump: (mono: number, wall: number) => void; restart: () => void; cards: () => string[]; count: (type: PlannerEffect['type']) => number; minute: () => number;
} {
  let state = initialPlanner(rules, hours);
  const seen: Seen[] = [];
  const now = { mono: 5_000, wall: startAt, offset: 0 };
  const send = (...events: PlannerEvent[]): void => {
    for (const event of events) {
      const result = planBreaks(state, event, { ...now });
      state = result.state;
      for (const effect of result.effects) seen.push({ effect, phase: state.phase, at: now.wall - startAt });
    }
  };
  send({ type: 'boot' });
  return {
    seen, now, send,
    state: () => state,
    minute: () => Math.round((now.wall - startAt) / MINUTE),
    /** Lets time pass in ticks; `input`: a key every so many ms; `idle`: report system idle time. */
    run: (ms, options = {}) => {
      const tick = options.tick ?? SECOND;
      let sinceInput = 0;
      for (let left = ms; left > 0; left -= tick) {
        const step = Math.min(tick, left);
        now.mono += step;
        now.wall += step;
        sinceInput += step;
        if (options.input !== undefined && sinceInput >= options.input) { send({ type: 'input' }); sinceInput = 0; }
        if (options.idle === true) send({ type: 'idle', ms: sinceInput });
        send({ type: 'tick' });
      }
    },
    jump: (mono, wall) => { now.mono += mono; now.wall += wall; },
    /** The process dies and comes back: state through JSON, a new monotonic clock. */
    restart: () => {
      const parsed = parsePlannerState(JSON.parse(JSON.stringify(state)));
      if (parsed === undefined) throw new Error('state does not survive storing');
      state = parsed;
      now.mono = 17;
      send({ type: 'boot' });
    },
    cards: () => seen.flatMap(({ effect, at }) => (effect.type === 'showCard' ? [`${Math.floor(at / MINUTE)}:${effect.kind}`] : [])),
    count: (type) => seen.filter(({ effect }) => effect.type === type).length,
  };
}
