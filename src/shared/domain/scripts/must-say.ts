import { onEveryWay, reaches } from './graph.ts';
import type { IndexedScript, ScriptLibrary } from './library.ts';
import { currentVisit, itemKey, type Core, type Position } from './state.ts';

/**
 * Which must-say items a jump or a skip passes over. The rule, exactly:
 * an item is passed over when it lies on **every** way from where the agent was to where the agent went,
 * the sub-scripts on those ways included. Items that only some ways carry are not: the author made
 * them depend on an answer that was never given. A jump to a step already on the trail goes back and
 * passes over nothing but the step that is left.
 */

/** For each item the steps that carry it for certain: their own line, or one their sub-script cannot avoid. */
type Carriers = ReadonlyMap<string, readonly number[]>;
const carrierCache = new WeakMap<ScriptLibrary, Map<string, Carriers>>();

/** One run of working out carriers. A script met again while it is being worked out (scripts that open each other) adds nothing. */
interface Search { readonly library: ScriptLibrary; readonly done: Map<string, Carriers | null>; cyclic: boolean }

function carriersOf(indexed: IndexedScript, library: ScriptLibrary): Carriers {
  let cache = carrierCache.get(library);
  if (cache === undefined) { cache = new Map(); carrierCache.set(library, cache); }
  const cached = cache.get(indexed.script.id);
  if (cached !== undefined) return cached;
  const search: Search = { library, done: new Map(cache), cyclic: false };
  const carriers = findCarriers(indexed, search);
  // In a circle only the script that was asked about is worked out in full.
  if (search.cyclic) cache.set(indexed.script.id, carriers);
  else for (const [id, found] of search.done) if (found !== null) cache.set(id, found);
  return carriers;
}

function findCarriers(indexed: IndexedScript, search: Search): Carriers {
  const { id } = indexed.script;
  const known = search.done.get(id);
  if (known === null) { search.cyclic = true; return new Map(); }
  if (known !== undefined) return known;
  search.done.set(id, null);
  const carriers = new Map<string, number[]>();
  const add = (item: string, index: number): void => {
    const list = carriers.get(item);
    if (list === undefined) carriers.set(item, [index]); else if (!list.includes(index)) list.push(index);
  };
  indexed.script.steps.forEach((step, index) => {
    if (step.mustSay !== undefined) add(itemKey(id, step.id), index);
    const sub = step.subScript === undefined ? undefined : search.library.get(step.subScript);
    if (sub !== undefined) for (const item of itemsOfScript(sub, search)) add(item, index);
  });
  search.done.set(id, carriers);
  return carriers;
}

/** Items no way from the entry to an end of a script avoids. */
function itemsOfScript(indexed: IndexedScript, search: Search): string[] {
  const entry = indexed.graph.index.get(indexed.script.entry);
  return entry === undefined ? [] : (certainItems(indexed, entry, 'exit', true, findCarriers(indexed, search)) ?? []);
}

/**
 * Items on every way from `start` to `goal`, the goal's own not counted, the start's only with `withStart`;
 * undefined where no way leads. A single step on every way settles most; an item several steps carry
 * (two answers, both leading through the same sub-script) is tried by closing all of them.
 */
function certainItems(indexed: IndexedScript, start: number, goal: number | 'exit', withStart: boolean, carriers: Carriers): string[] | undefined {
  const { graph } = indexed;
  const way = onEveryWay(graph, start, goal);
  if (way.length === 0) return undefined;
  const place = new Map(way.map((index, position) => [index, position]));
  if (!withStart) place.delete(start);
  if (goal !== 'exit') place.delete(goal);
  const found: { item: string; position: number }[] = [];
  for (const [item, steps] of carriers) {
    const positions = steps.flatMap((index) => place.get(index) ?? []);
    if (positions.length > 0) { found.push({ item, position: Math.min(...positions) }); continue; }
    if (steps.length < 2) continue;
    const closed = new Set(steps.filter((index) => index !== goal && (withStart || index !== start)));
    if (closed.size >= 2 && !reaches(graph, start, goal, closed)) found.push({ item, position: way.length });
  }
  return found.sort((left, right) => left.position - right.position).map(({ item }) => item);
}

/** The left step itself when it must be said: being read and left by a jump is not being said. */
function itemOfLeft(from: Position, library: ScriptLibrary): string[] {
  const step = library.get(from.script)?.step(from.step);
  return step?.mustSay === undefined ? [] : [itemKey(from.script, from.step)];
}

/**
 * Items passed over by going from `from` to `to` (null: to the end of the open sub-script). Frames of
 * `to` are a beginning of the frames of `from`, or equal.
 */
export function passedOver(from: Position, to: Position | null, core: Core, library: ScriptLibrary): string[] {
  const passed = [...itemOfLeft(from, library), ...(to !== null && goesBack(from, to, core) ? [] : onTheWay(from, to, library))];
  const said = new Set(core.said.map((entry) => entry.item));
  return [...new Set(passed)].filter((item) => !said.has(item));
}

/** The target was on the trail before, or is the very step whose sub-script is open. */
function goesBack(from: Position, to: Position, core: Core): boolean {
  const waiting = from.frames[to.frames.length];
  if (waiting?.script === to.script && waiting.step === to.step) return true;
  return core.trail.some((visit) => visit.script === to.script && visit.step === to.step && visit.frames.length === to.frames.length);
}

/** Items between two positions, out of the open sub-scripts and on; none at all where no way leads there. */
function onTheWay(from: Position, to: Position | null, library: ScriptLibrary): string[] {
  const goalDepth = to === null ? from.frames.length - 1 : to.frames.length;
  const passed: string[] = [];
  let place: { script: string; step: string } = from;
  for (let depth = from.frames.length; depth > goalDepth; depth--) {
    const out = between(place, null, library);
    const frame = from.frames[depth - 1];
    if (out === undefined || frame === undefined) return [];
    passed.push(...out);
    place = frame;
    // The waiting step's own line comes after its sub-script, so it is passed over as well.
    const waiting = library.get(frame.script)?.step(frame.step);
    if (waiting?.mustSay !== undefined && to !== null) passed.push(itemKey(frame.script, frame.step));
  }
  if (to === null || (place.script === to.script && place.step === to.step)) return passed;
  const rest = between(place, to.step, library);
  return rest === undefined ? [] : [...passed, ...rest];
}

/** Items strictly between two steps of one script (to null, its end: the last step included); undefined without a way. */
function between(from: { script: string; step: string }, to: string | null, library: ScriptLibrary): string[] | undefined {
  const indexed = library.get(from.script);
  const start = indexed?.graph.index.get(from.step);
  const goal = to === null ? 'exit' : indexed?.graph.index.get(to);
  if (indexed === undefined || start === undefined || goal === undefined) return undefined;
  return certainItems(indexed, start, goal, false, carriersOf(indexed, library));
}

/** Items on every way from the step on screen to the end of all open scripts, in walking order. */
export function itemsAhead(core: Core, library: ScriptLibrary): string[] {
  const visit = currentVisit(core);
  const here = library.get(visit.script)?.step(visit.step);
  const items = here?.mustSay === undefined ? [] : [itemKey(visit.script, visit.step)];
  items.push(...(between(visit, null, library) ?? []));
  for (const frame of [...visit.frames].reverse()) {
    const waiting = library.get(frame.script)?.step(frame.step);
    if (waiting?.mustSay !== undefined) items.push(itemKey(frame.script, frame.step));
    items.push(...(between(frame, null, library) ?? []));
  }
  return [...new Set(items)];
}
