import { onEveryWay } from './graph.ts';
import type { IndexedScript, ScriptLibrary } from './library.ts';
import type { Step } from './schema.ts';
import { currentVisit, itemKey, MAX_DEPTH, type Core, type Position } from './state.ts';

/**
 * Which must-say items a jump or a skip passes over. The rule, exactly:
 * an item is passed over when it lies on **every** way from where the agent was to where the agent went,
 * the sub-scripts on those ways included. Items that only some ways carry are not: the author made
 * them depend on an answer that was never given. A jump to a step already on the trail goes back and
 * passes over nothing but the step that is left.
 */

/** Must-say items inside `step`: its own, and those its sub-script cannot avoid. */
function itemsOfStep(script: string, step: Step, library: ScriptLibrary, depth: number): string[] {
  const own = step.mustSay === undefined ? [] : [itemKey(script, step.id)];
  const sub = step.subScript === undefined || depth >= MAX_DEPTH ? undefined : library.get(step.subScript);
  if (sub === undefined) return own;
  const entry = sub.graph.index.get(sub.script.entry);
  if (entry === undefined) return own;
  return [...itemsOnWay(sub, onEveryWay(sub.graph, entry, 'exit'), library, depth + 1), ...own];
}

function itemsOnWay(indexed: IndexedScript, way: readonly number[], library: ScriptLibrary, depth: number): string[] {
  return way.flatMap((index) => {
    const id = indexed.graph.ids[index];
    const step = id === undefined ? undefined : indexed.step(id);
    return step === undefined ? [] : itemsOfStep(indexed.script.id, step, library, depth);
  });
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
  const way = onEveryWay(indexed.graph, start, goal);
  if (way.length === 0) return undefined;
  return itemsOnWay(indexed, way.filter((index) => index !== start && index !== goal), library, 0);
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
