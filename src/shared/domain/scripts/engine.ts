import { localize } from '../common.ts';
import type { FieldValue, Frame, HowArrived, HowLeft, ScriptEvent, ScriptEventOf, Visit } from './events.ts';
import type { ScriptLibrary } from './library.ts';
import { scriptMessage, type ScriptMessageKey } from './messages.ts';
import { passedOver } from './must-say.ts';
import { isExit } from './graph.ts';
import { leaveScript, missingRequired, offeredAnswers, routeOf, skipRoute, travel } from './navigation.ts';
import type { Answer } from './schema.ts';
import {
  currentVisit, emptyScriptState, isRefused, itemKey, lookUp, MAX_DEPTH, positionOf, Refusal, UNDO_DEPTH, visitOf,
  type Context, type Core, type Position, type Refused, type ScriptState,
} from './state.ts';
import { parseField } from './validate.ts';

/**
 * The script engine. `apply` is the only way state changes, `replay` is its fold. What must-say means:
 * a step that must be said counts as said when the agent moves on from it by an answer or by next, or
 * marks it; a jump or a skip over it leaves it owed (see must-say.ts), going back lifts what that jump
 * made owed. Captured fields survive everything but undo and being cleared by hand.
 */

function refuse(key: ScriptMessageKey, params: Record<string, string | number> = {}, fields?: readonly string[]): never {
  throw new Refusal(scriptMessage(key, params), fields);
}

/** One operation. Returns the new state, or why not; never changes its arguments. */
export function apply(state: ScriptState, event: ScriptEvent, library: ScriptLibrary): ScriptState | Refused {
  try {
    return reduce(state, event, library);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.fields === undefined ? { refused: true, reason: error.reason } : { refused: true, reason: error.reason, fields: error.fields };
  }
}

/**
 * Folds events into a state. An event the library of today refuses (a step was removed since) is left
 * out, so that a call can always be offered again after a crash.
 */
export function replay(events: Iterable<ScriptEvent>, library: ScriptLibrary, language = 'en'): ScriptState {
  let state = emptyScriptState(language);
  for (const event of events) {
    const result = apply(state, event, library);
    if (!isRefused(result)) state = result;
  }
  return state;
}

function reduce(state: ScriptState, event: ScriptEvent, library: ScriptLibrary): ScriptState {
  const at = event.at;
  if (event.type === 'start') return start(state, event, library);
  if (event.type === 'call') return { ...state, call: { ...state.call, ...event.facts }, changedAt: at };
  const { core } = state;
  if (core === null) return refuse('script.refused.notStarted');
  switch (event.type) {
    case 'pause': return state.paused === null ? { ...state, paused: { at, reason: event.reason }, changedAt: at } : refuse('script.refused.paused');
    case 'resume': return state.paused === null ? refuse('script.refused.notPaused') : { ...state, paused: null, changedAt: at };
    case 'undo': {
      const before = state.past[state.past.length - 1];
      if (before === undefined) return refuse('script.refused.nothingToUndo');
      return { ...state, core: before, past: state.past.slice(0, -1), future: [...state.future, core], changedAt: at };
    }
    case 'redo': {
      const after = state.future[state.future.length - 1];
      if (after === undefined) return refuse('script.refused.nothingToRedo');
      return { ...state, core: after, past: [...state.past, core], future: state.future.slice(0, -1), changedAt: at };
    }
    default: {
      const next = step(core, event, state, library);
      return { ...state, core: next, past: [...state.past, core].slice(-UNDO_DEPTH), future: [], changedAt: at };
    }
  }
}

type CoreEvent = Exclude<ScriptEvent, { type: 'start' | 'call' | 'pause' | 'resume' | 'undo' | 'redo' }>;

function step(core: Core, event: CoreEvent, state: ScriptState, library: ScriptLibrary): Core {
  const context: Context = { library, call: state.call, at: event.at };
  switch (event.type) {
    case 'setField': return setField(core, event, state, library);
    case 'markSaid': return markSaid(core, event, library);
    case 'unsay': return unsay(core, event);
    case 'noteFact': return noteFact(core, event);
    default:
  }
  if (state.paused !== null) refuse('script.refused.paused');
  switch (event.type) {
    case 'answer': return answer(core, event, state, context);
    case 'next': return next(core, event, state, context);
    case 'back': return back(core);
    case 'jump': return jump(core, event, context);
    case 'skip': return skip(core, event, context);
    case 'switchScript': return switchScript(core, event, context);
    case 'enter': return enter(core, event, context);
    case 'return': return returnEarly(core, context);
    default: return event satisfies never;
  }
}

function start(state: ScriptState, event: ScriptEventOf<'start'>, library: ScriptLibrary): ScriptState {
  if (state.core !== null) refuse('script.refused.alreadyStarted');
  const call = { ...state.call, ...event.call };
  const base = { ...state, call, language: event.language ?? state.language, startedAt: event.at, changedAt: event.at };
  const context: Context = { library, call, at: event.at };
  if (event.from !== undefined) return { ...base, core: restore(event.from, event.script, context) };
  const blank: Core = { trail: [], fields: {}, said: [], owed: [], skipped: [], facts: [], missed: [], finished: false, scripts: [] };
  return { ...base, core: openScript(blank, event.script, 'start', context) };
}

/** A paused script comes back where it was; where its step is gone from the library, at the last step still there. */
function restore(from: Core, script: string, context: Context): Core {
  const known = (position: { script: string; step: string }): boolean => lookUp(context.library, position) !== undefined;
  const trail = [...from.trail];
  while (trail.length > 0 && !(known(trail[trail.length - 1] as Visit) && (trail[trail.length - 1] as Visit).frames.every(known))) trail.pop();
  const last = trail.pop();
  if (last === undefined) return openScript({ ...from, trail: [], finished: false }, script, 'start', context);
  const { left, ...here } = last;
  const keepLeft = from.finished && left !== undefined && trail.length + 1 === from.trail.length;
  return { ...from, finished: keepLeft, trail: [...trail, keepLeft ? { ...here, left } : here] };
}

function openScript(core: Core, script: string, by: HowArrived, context: Context): Core {
  const indexed = context.library.get(script);
  if (indexed === undefined) return refuse('script.refused.unknownScript', { script });
  const scripts = core.scripts[core.scripts.length - 1] === script ? core.scripts : [...core.scripts, script];
  return arrive({ ...core, scripts, finished: false }, { script, step: indexed.script.entry, frames: [], returned: false }, by, context);
}

/** Travels to the next step to show and puts it on the trail. `owes` were passed over on the way. */
function arrive(core: Core, target: Position | 'finished', by: HowArrived, context: Context, owes: readonly string[] = [], explicit = false): Core {
  const arrival = target === 'finished' ? undefined : travel(target, by, core, context, explicit);
  const skippedItems = (arrival?.passedSkips ?? []).filter((key) => mustSayKey(key, context.library));
  const owed = [...new Set([...owes, ...skippedItems])].filter((item) => !core.owed.includes(item) && !isSaid(core, item));
  const after: Core = { ...withOwed(core, owed), fields: arrival?.set ?? core.fields };
  if (arrival === undefined || arrival.position === 'finished') return { ...after, finished: true };
  return { ...after, finished: false, trail: [...after.trail, visitOf(arrival.position, context.at, arrival.by)] };
}

/** Remembers on the visit that was left what leaving it made owed. */
function withOwed(core: Core, owed: readonly string[]): Core {
  if (owed.length === 0) return core;
  const after: Core = { ...core, owed: [...core.owed, ...owed] };
  const last = core.trail[core.trail.length - 1];
  if (last?.left === undefined) return after;
  const left = { ...last.left, owes: [...(last.left.owes ?? []), ...owed] };
  return { ...after, trail: [...core.trail.slice(0, -1), { ...last, left }] };
}

function mustSayKey(key: string, library: ScriptLibrary): boolean {
  const slash = key.indexOf('/');
  return library.get(key.slice(0, slash))?.step(key.slice(slash + 1))?.mustSay !== undefined;
}

function isSaid(core: Core, item: string): boolean {
  return core.said.some((entry) => entry.item === item);
}

function say(core: Core, item: string): Core {
  if (isSaid(core, item)) return core;
  const wasOwed = core.owed.includes(item);
  return {
    ...core,
    said: [...core.said, wasOwed ? { item, owed: true } : { item }],
    owed: wasOwed ? core.owed.filter((other) => other !== item) : core.owed,
  };
}

function leaving(core: Core, by: HowLeft, at: number, answerId?: string): Core {
  const here = currentVisit(core);
  const left = answerId === undefined ? { by, at } : { by, at, answer: answerId };
  return { ...core, trail: [...core.trail.slice(0, -1), { ...here, left }] };
}

/** The step on screen; refused when the script is over or its step no longer exists. */
function here(core: Core, context: Context): { visit: Visit; position: Position } & NonNullable<ReturnType<typeof lookUp>> {
  if (core.finished) refuse('script.refused.finished');
  const visit = currentVisit(core);
  const found = lookUp(context.library, visit);
  if (found === undefined) return refuse('script.refused.unknownStep', { step: visit.step, script: visit.script });
  return { visit, position: positionOf(visit), ...found };
}

/** Moving on in the ordinary way: required fields, then the must-say line counts as said. */
function moveOn(core: Core, event: ScriptEventOf<'answer' | 'next'>, state: ScriptState, context: Context, chosen?: Answer): Core {
  const { indexed, step: present, visit } = here(core, context);
  const set = chosen?.set === undefined ? core.fields : { ...core.fields, ...chosen.set };
  const missing = missingRequired(present, indexed, { ...core, fields: set }, state.language);
  if (missing.length > 0 && event.force !== true) {
    const labels = missing.map((id) => { const field = indexed.field(id); return field === undefined ? id : localize(field.label, state.language); });
    refuse('script.refused.requiredMissing', { fields: labels.join(', ') }, missing);
  }
  const missed = missing.length === 0 ? core.missed : [...new Set([...core.missed, ...missing])];
  const moved = leaving({ ...core, fields: set, missed }, event.type, event.at, chosen?.id);
  return present.mustSay === undefined ? moved : say(moved, itemKey(visit.script, visit.step));
}

function answer(core: Core, event: ScriptEventOf<'answer'>, state: ScriptState, context: Context): Core {
  const { step: present, position } = here(core, context);
  const chosen = present.answers?.find((candidate) => candidate.id === event.answer);
  if (chosen === undefined) return refuse('script.refused.unknownAnswer');
  if (!offeredAnswers(present, core, context).includes(chosen)) return refuse('script.refused.answerNotOffered');
  const moved = moveOn(core, event, state, context, chosen);
  return arrive(moved, { ...position, step: chosen.to, returned: false }, 'answer', context);
}

function next(core: Core, event: ScriptEventOf<'next'>, state: ScriptState, context: Context): Core {
  const { step: present, position } = here(core, context);
  const route = routeOf(present, core, context);
  if (route !== undefined) {
    const by = route === present.next ? 'next' : 'branch';
    return arrive(moveOn(core, event, state, context), { ...position, step: route, returned: false }, by, context);
  }
  if (isExit(present)) return arrive(moveOn(core, event, state, context), leaveScript(position), 'return', context);
  return refuse(offeredAnswers(present, core, context).length > 0 ? 'script.refused.needsAnswer' : 'script.refused.noWayOn');
}

/** Undoes the last way on: the trail gets shorter, what that way made owed is lifted, fields and said lines stay. */
function back(core: Core): Core {
  if (!core.finished && core.trail.length < 2) refuse('script.refused.atStart');
  const trail = core.finished ? core.trail : core.trail.slice(0, -1);
  const { left, ...visit } = trail[trail.length - 1] as Visit;
  const lifted = new Set(left?.owes);
  return { ...core, finished: false, owed: core.owed.filter((item) => !lifted.has(item)), trail: [...trail.slice(0, -1), visit] };
}

/** The place a jump means: in the open script, in one that waits for its return, or a stop of the trail. */
function jumpTarget(core: Core, event: ScriptEventOf<'jump'>, context: Context): Position {
  const visit = currentVisit(core);
  const script = event.script ?? visit.script;
  const target = (frames: readonly Frame[]): Position => ({ script, step: event.step, frames, returned: false });
  let found: Position | undefined;
  if (script === visit.script) found = target(visit.frames);
  for (let depth = visit.frames.length - 1; depth >= 0 && found === undefined; depth--) {
    if (visit.frames[depth]?.script === script) found = target(visit.frames.slice(0, depth));
  }
  // A script that was left (returned from, switched away) can be gone back into where it was walked.
  const walked = found === undefined ? core.trail.findLast((stop) => stop.script === script && stop.step === event.step) : undefined;
  if (walked !== undefined) found = target(walked.frames);
  if (found === undefined) return refuse('script.refused.notOpen');
  if (lookUp(context.library, found) === undefined) return refuse('script.refused.unknownStep', { step: event.step, script });
  return found;
}

function jump(core: Core, event: ScriptEventOf<'jump'>, context: Context): Core {
  const target = jumpTarget(core, event, context);
  const from = positionOf(currentVisit(core));
  const owes = core.finished ? [] : passedOver(from, target, core, context.library);
  const key = itemKey(target.script, target.step);
  const left = core.finished ? core : leaving(core, 'jump', event.at);
  return arrive({ ...left, skipped: core.skipped.filter((skipped) => skipped !== key) }, target, 'jump', context, owes, true);
}

function skip(core: Core, event: ScriptEventOf<'skip'>, context: Context): Core {
  const { step: present, position, indexed } = here(core, context);
  if (event.step !== undefined && event.step !== position.step) {
    if (indexed.step(event.step) === undefined) refuse('script.refused.unknownStep', { step: event.step, script: position.script });
    const key = itemKey(position.script, event.step);
    return core.skipped.includes(key) ? core : { ...core, skipped: [...core.skipped, key] };
  }
  const key = itemKey(position.script, position.step);
  const owes = present.mustSay === undefined ? [] : [key];
  const route = skipRoute(present, core, context, event.answer);
  if (route === undefined && !isExit(present)) refuse('script.refused.skipNeedsAnswer');
  const left = leaving({ ...core, fields: { ...core.fields, ...route?.answer?.set } }, 'skip', event.at, route?.answer?.id);
  const target = route === undefined ? leaveScript(position) : { ...position, step: route.to, returned: false };
  return arrive(left, target, 'skip', context, owes);
}

function switchScript(core: Core, event: ScriptEventOf<'switchScript'>, context: Context): Core {
  const visit = currentVisit(core);
  if (visit.script === event.script && visit.frames.length === 0 && !core.finished) refuse('script.refused.sameScript');
  return openScript(core.finished ? core : leaving(core, 'switch', event.at), event.script, 'switch', context);
}

function enter(core: Core, event: ScriptEventOf<'enter'>, context: Context): Core {
  const { visit } = here(core, context);
  const indexed = context.library.get(event.script);
  if (indexed === undefined) return refuse('script.refused.unknownScript', { script: event.script });
  if (visit.frames.length >= MAX_DEPTH) refuse('script.refused.tooDeep');
  const frame: Frame = { script: visit.script, step: visit.step, manual: true, ...(visit.returned === true ? { returned: true } : {}) };
  return arrive(leaving(core, 'enter', event.at), { script: event.script, step: indexed.script.entry, frames: [...visit.frames, frame], returned: false }, 'enter', context);
}

function returnEarly(core: Core, context: Context): Core {
  const { position } = here(core, context);
  const target = leaveScript(position);
  if (target === 'finished') return refuse('script.refused.notInSubScript');
  const owes = passedOver(position, null, core, context.library);
  return arrive(leaving(core, 'return', context.at), target, 'return', context, owes, true);
}

/** Typed text becomes a value of the field's type where it can; otherwise it is kept as typed, never lost. */
function setField(core: Core, event: ScriptEventOf<'setField'>, state: ScriptState, library: ScriptLibrary): Core {
  const missed = core.missed.filter((id) => id !== event.field);
  if (event.value === null) {
    const { [event.field]: _cleared, ...rest } = core.fields;
    return { ...core, fields: rest, missed };
  }
  const definition = findField(core, event.field, library);
  let value: FieldValue = event.value;
  if (definition !== undefined && typeof value === 'string') {
    const parsed = parseField(definition, value, state.language);
    if (parsed.kind === 'value') value = parsed.value;
  }
  return { ...core, fields: { ...core.fields, [event.field]: value }, missed };
}

/** The definition of a field: of the open script, of those waiting, of those walked before. */
export function findField(core: Core, id: string, library: ScriptLibrary): ReturnType<NonNullable<ReturnType<ScriptLibrary['get']>>['field']> {
  const visit = currentVisit(core);
  const nearest = [visit.script, ...visit.frames.map((frame) => frame.script).reverse()];
  for (const script of nearest) {
    const field = library.get(script)?.field(id);
    if (field !== undefined) return field;
  }
  for (let index = core.trail.length - 1; index >= 0; index--) {
    const field = library.get((core.trail[index] as Visit).script)?.field(id);
    if (field !== undefined) return field;
  }
  return undefined;
}

function markSaid(core: Core, event: ScriptEventOf<'markSaid'>, library: ScriptLibrary): Core {
  const item = itemKey(event.script ?? currentVisit(core).script, event.step);
  if (!mustSayKey(item, library)) refuse('script.refused.noMustSay');
  return say(core, item);
}

/** Takes a mark back. The item is owed again when it was owed before, or when its step has been left since. */
function unsay(core: Core, event: ScriptEventOf<'unsay'>): Core {
  const script = event.script ?? currentVisit(core).script;
  const item = itemKey(script, event.step);
  const entry = core.said.find((candidate) => candidate.item === item);
  if (entry === undefined) return refuse('script.refused.notSaid');
  const passed = core.trail.some((visit) => visit.script === script && visit.step === event.step && visit.left !== undefined && visit.left.by !== 'enter');
  const said = core.said.filter((candidate) => candidate !== entry);
  return entry.owed === true || passed ? { ...core, said, owed: [...core.owed, item] } : { ...core, said };
}

function noteFact(core: Core, event: ScriptEventOf<'noteFact'>): Core {
  if (core.facts.some((fact) => fact.id === event.id)) refuse('script.refused.factExists');
  const visit = currentVisit(core);
  return { ...core, facts: [...core.facts, { id: event.id, text: event.text, at: event.at, script: visit.script, step: visit.step }] };
}
