/**
 * The pure rules an agent's call and day run on. `npm run bench:rules [steps]`, one JSON line.
 *
 * Claims: an operation on a 150-step script takes less than 1 ms, what is shown of a step less than 4 ms, one look of the
 * linter at most 20 ms, a day of 86,400 ticks of the break planner less than 2 s.
 */
import { replay } from '#shared/domain/scripts/engine.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { lintScript } from '#shared/domain/scripts/lint.ts';
import { viewOf } from '#shared/domain/scripts/view.ts';
import { planBreaks } from '#shared/domain/wellbeing/planner.ts';
import { DEFAULT_RULES } from '#shared/domain/wellbeing/presets.ts';
import { initialPlanner } from '#shared/domain/wellbeing/state.ts';
import { busyCall, longScript } from '../shared/scripts/long-script.ts';
import { percentile, round } from './numbers.ts';

const steps = Number(process.argv[2] ?? 150);
const script = longScript(steps);
const library = createScriptLibrary([script]);

const operations = new Map<string, number[]>();
const state = busyCall(replay([{ type: 'start', at: 0, script: 'long' }], library), library, steps, 1, 3_000, (kind, ms) => {
  operations.set(kind, [...(operations.get(kind) ?? []), ms]);
});
const timed = (times: number, work: () => void): number[] => Array.from({ length: times }, () => {
  const from = performance.now();
  work();
  return performance.now() - from;
});
const spread = (times: readonly number[]) => ({ p50: round(percentile(times, 0.5), 3), p95: round(percentile(times, 0.95), 3), max: round(Math.max(...times), 3) });
const view = timed(200, () => void viewOf(state, library, { language: 'en', wording: 'full', slots: {} }));
const lint = timed(50, () => void lintScript(script, library));
const [day = 0] = timed(1, () => {
  let planner = initialPlanner(DEFAULT_RULES);
  for (let second = 0; second < 86_400; second++) planner = planBreaks(planner, { type: 'tick' }, { mono: second * 1_000, wall: Date.UTC(2026, 4, 4) + second * 1_000, offset: 0 }).state;
});
console.log(JSON.stringify({ bench: 'rules', unit: 'ms', steps, operations: Object.fromEntries([...operations].map(([kind, times]) => [kind, spread(times)])), view: spread(view), lint: spread(lint), dayOfTicks: round(day, 0) }));
