import { localize } from '../common.ts';
import { distances } from './graph.ts';
import type { IndexedScript, ScriptLibrary } from './library.ts';
import { currentVisit, itemKey, type Core } from './state.ts';

/** How a step stands to the walk: `beside` means it can no longer be reached from here without going back. */
export type OutlineState = 'current' | 'done' | 'skipped' | 'ahead' | 'beside';

export interface OutlineItem {
  readonly script: string;
  readonly step: string;
  readonly cue: string;
  readonly state: OutlineState;
  readonly mustSay: boolean;
  readonly owed: boolean;
  /** Forks between the script's entry and this step: indentation. */
  readonly level: number;
}

/** Every step of the open script in the author's order. */
export function outlineOf(core: Core, library: ScriptLibrary, language: string): OutlineItem[] {
  const visit = currentVisit(core);
  const indexed = library.get(visit.script);
  if (indexed === undefined) return [];
  const { graph, script } = indexed;
  const here = graph.index.get(visit.step) ?? -1;
  const ahead = distances(graph.out, here < 0 ? [] : [here], graph.ids.length);
  const levels = forkLevels(indexed);
  const left = new Map<string, 'done' | 'skipped'>();
  for (const stop of core.trail) {
    if (stop.script === visit.script && stop.left !== undefined) left.set(stop.step, stop.left.by === 'skip' ? 'skipped' : 'done');
  }
  const owed = new Set(core.owed);
  const skipped = new Set(core.skipped);
  return script.steps.map((step, index) => {
    const key = itemKey(visit.script, step.id);
    const reachable: OutlineState = (ahead[index] ?? -1) > 0 ? 'ahead' : 'beside';
    const state = index === here && !core.finished ? 'current' : (left.get(step.id) ?? (skipped.has(key) ? 'skipped' : reachable));
    return { script: visit.script, step: step.id, cue: localize(step.cue, language), state, mustSay: step.mustSay !== undefined, owed: owed.has(key), level: levels[index] ?? 0 };
  });
}

const levelCache = new WeakMap<IndexedScript, readonly number[]>();

/** Fewest forks on a way from the entry (a step with one way on is no fork); 0 for unreachable steps. */
function forkLevels(indexed: IndexedScript): readonly number[] {
  const cached = levelCache.get(indexed);
  if (cached !== undefined) return cached;
  const { graph } = indexed;
  const levels = graph.ids.map(() => Number.POSITIVE_INFINITY);
  const entry = graph.index.get(indexed.script.entry);
  const queue: number[] = [];
  if (entry !== undefined) { levels[entry] = 0; queue.push(entry); }
  // 0-1 breadth-first search: straight edges go to the front, forks to the back.
  while (queue.length > 0) {
    const from = queue.shift() as number;
    const ways = graph.out[from] ?? [];
    const cost = ways.length > 1 ? 1 : 0;
    for (const to of ways) {
      const level = (levels[from] as number) + cost;
      if (level >= (levels[to] as number)) continue;
      levels[to] = level;
      if (cost === 0) queue.unshift(to); else queue.push(to);
    }
  }
  const result = levels.map((level) => (Number.isFinite(level) ? level : 0));
  levelCache.set(indexed, result);
  return result;
}
