import type { HowArrived } from './events.ts';
import type { IndexedScript } from './library.ts';
import { scriptMessage } from './messages.ts';
import { ruleHolds } from './rules.ts';
import type { Answer, Step } from './schema.ts';
import { itemKey, lookUp, MAX_DEPTH, Refusal, ruleContext, type Context, type Core, type Position } from './state.ts';
import { validateField } from './validate.ts';

/** Answers that apply to this caller now. */
export function offeredAnswers(step: Step, core: Core, context: Context): Answer[] {
  const rules = ruleContext(core.fields, context.call);
  return (step.answers ?? []).filter((answer) => answer.when === undefined || ruleHolds(answer.when, rules));
}

/** The first branch that holds, else `next`; undefined when neither leads on. */
export function routeOf(step: Step, core: Core, context: Context): string | undefined {
  const rules = ruleContext(core.fields, context.call);
  return step.branches?.find((branch) => ruleHolds(branch.when, rules))?.to ?? step.next;
}

function heldBranch(step: Step, core: Core, context: Context): string | undefined {
  const rules = ruleContext(core.fields, context.call);
  return step.branches?.find((branch) => ruleHolds(branch.when, rules))?.to;
}

/** Something of the step is for the agent to say, do or fill in. */
function hasContent(step: Step): boolean {
  return step.say !== undefined || step.doThis !== undefined || step.mustSay !== undefined || (step.capture?.length ?? 0) > 0;
}

/** Required fields of a step that are empty or wrong. */
export function missingRequired(step: Step, indexed: IndexedScript, core: Core, language: string): string[] {
  return (step.capture ?? []).filter((capture) => {
    if (capture.required !== true) return false;
    const field = indexed.field(capture.field);
    return field !== undefined && validateField(field, core.fields[capture.field], language, true) !== undefined;
  }).map((capture) => capture.field);
}

/**
 * Where a step passes on to without being shown; undefined when it has to be shown.
 * A pure junction (only branches and next) always passes on. A question passes on when one of its
 * branches holds, that is when the answer is known, unless it has something that must be said or filled in.
 */
function passesTo(step: Step, core: Core, context: Context, explicit: boolean): string | undefined {
  const answers = step.answers?.length ?? 0;
  const branches = step.branches?.length ?? 0;
  if (answers === 0 && branches > 0 && !hasContent(step)) return routeOf(step, core, context);
  if (explicit || answers === 0 || branches === 0) return undefined;
  if (step.mustSay !== undefined || step.capture?.some((capture) => capture.required === true) === true) return undefined;
  return heldBranch(step, core, context);
}

/** How a step skipped ahead of time is passed: branch, next, or its only answer. */
export function skipRoute(step: Step, core: Core, context: Context, answerId?: string): { to: string; answer?: Answer } | undefined {
  const offered = offeredAnswers(step, core, context);
  const chosen = answerId === undefined ? undefined : offered.find((answer) => answer.id === answerId);
  if (chosen !== undefined) return { to: chosen.to, answer: chosen };
  const route = routeOf(step, core, context);
  if (route !== undefined) return { to: route };
  const only = offered.length === 1 ? offered[0] : undefined;
  return only === undefined ? undefined : { to: only.to, answer: only };
}

/** The end of travelling: a step to show, or the end of the script. */
export interface Arrival {
  readonly position: Position | 'finished';
  readonly by: HowArrived;
  /** Steps passed on the way because the caller did them already. */
  readonly passedSkips: readonly string[];
  /** Values the only answer of such a step settles. */
  readonly set: Core['fields'];
}

/**
 * Follows junctions, sub-scripts, known answers and skipped steps from `start` until a step has to be
 * shown. `explicit` (a jump) shows the step itself even when its answer is known. Ends always: a place
 * seen twice on the way is shown.
 */
export function travel(start: Position, startBy: HowArrived, core: Core, context: Context, explicit = false): Arrival {
  const passedSkips: string[] = [];
  const seen = new Set<string>();
  let position = start;
  let by = startBy;
  let fields = core.fields;
  for (;;) {
    const found = lookUp(context.library, position);
    if (found === undefined) throw new Refusal(scriptMessage('script.refused.unknownStep', { step: position.step, script: position.script }));
    const { step } = found;
    const place = `${position.script}/${position.step}/${position.frames.length}/${position.returned}`;
    if (seen.has(place)) return { position, by, passedSkips, set: fields };
    seen.add(place);

    const inside = position.returned ? undefined : subScriptOf(step, position, context);
    if (inside !== undefined) { position = inside; by = 'enter'; continue; }

    const now = fields === core.fields ? core : { ...core, fields };
    const isStart = explicit && position === start;
    const key = itemKey(position.script, position.step);
    if (!isStart && core.skipped.includes(key)) {
      const route = skipRoute(step, now, context);
      if (route !== undefined) {
        passedSkips.push(key);
        fields = { ...fields, ...route.answer?.set };
        position = { script: position.script, step: route.to, frames: position.frames, returned: false };
        by = 'skip';
        continue;
      }
    }
    const onward = passesTo(step, now, context, isStart);
    if (onward !== undefined) {
      position = { script: position.script, step: onward, frames: position.frames, returned: false };
      by = 'branch';
      continue;
    }
    if (position.returned && !hasContent(step) && (step.answers?.length ?? 0) === 0 && (step.branches?.length ?? 0) === 0) {
      // A step that was only the door to its sub-script: go on behind it.
      const after = step.next === undefined ? leaveScript(position) : { ...position, step: step.next, returned: false };
      if (after === 'finished') return { position: 'finished', by, passedSkips, set: fields };
      by = step.next === undefined ? 'return' : by;
      position = after;
      continue;
    }
    return { position, by, passedSkips, set: fields };
  }
}

function subScriptOf(step: Step, position: Position, context: Context): Position | undefined {
  if (step.subScript === undefined || position.frames.length >= MAX_DEPTH) return undefined;
  const sub = context.library.get(step.subScript);
  if (sub === undefined || sub.step(sub.script.entry) === undefined) return undefined;
  return {
    script: step.subScript,
    step: sub.script.entry,
    frames: [...position.frames, { script: position.script, step: position.step }],
    returned: false,
  };
}

/** Back to the waiting step of the calling script, or the end. */
export function leaveScript(position: Position): Position | 'finished' {
  const frame = position.frames[position.frames.length - 1];
  if (frame === undefined) return 'finished';
  const frames = position.frames.slice(0, -1);
  const returned = frame.manual === true ? frame.returned === true : true;
  return { script: frame.script, step: frame.step, frames, returned };
}
