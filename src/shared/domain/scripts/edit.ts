import { isExit, targetsOf } from './graph.ts';
import { mapTargets, renameFieldEverywhere } from './edit-refs.ts';
import type { Answer, Branch, Field, Script, Step } from './schema.ts';

/** A patch: a value sets, `null` takes the property away, what is left out stays. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | null };

/** The way a step goes on by. */
export type Way = { readonly kind: 'next' } | { readonly kind: 'answer'; readonly at: number } | { readonly kind: 'branch'; readonly at: number };

/** Everything an author can do to a script. Pure data, so that it can be tested, replayed and undone. */
export type ScriptEdit =
  | { readonly type: 'head'; readonly patch: Patch<Omit<Script, 'id' | 'steps' | 'fields' | 'entry'>> }
  | { readonly type: 'entry'; readonly id: string }
  /** A new step behind `after` in the outline (at the end without it), joined to `from` when given. */
  | { readonly type: 'add-step'; readonly step: Step; readonly after?: string; readonly from?: { readonly id: string; readonly way: Way | 'open' } }
  | { readonly type: 'step'; readonly id: string; readonly patch: Patch<Omit<Step, 'id'>> }
  | { readonly type: 'rename-step'; readonly id: string; readonly to: string }
  | { readonly type: 'remove-step'; readonly id: string }
  /** To this place in the outline, from 0. */
  | { readonly type: 'move-step'; readonly id: string; readonly to: number }
  | { readonly type: 'connect'; readonly id: string; readonly way: Way | 'open'; readonly to: string }
  | { readonly type: 'disconnect'; readonly id: string; readonly way: Way }
  | { readonly type: 'add-answer'; readonly id: string; readonly answer: Answer; readonly at?: number }
  | { readonly type: 'answer'; readonly id: string; readonly at: number; readonly patch: Patch<Omit<Answer, 'id'>> }
  | { readonly type: 'move-way'; readonly id: string; readonly way: Exclude<Way, { kind: 'next' }>; readonly to: number }
  | { readonly type: 'add-branch'; readonly id: string; readonly branch: Branch }
  | { readonly type: 'branch'; readonly id: string; readonly at: number; readonly patch: Patch<Branch> }
  | { readonly type: 'add-field'; readonly field: Field }
  | { readonly type: 'field'; readonly id: string; readonly patch: Patch<Omit<Field, 'id'>> }
  | { readonly type: 'rename-field'; readonly id: string; readonly to: string }
  | { readonly type: 'remove-field'; readonly id: string };

/** Caps of the schema: an edit beyond one changes nothing. */
export const EDIT_LIMITS = { steps: 400, answers: 12, branches: 12, capture: 12, fields: 100 } as const;

/** The script after one edit. The same object when the edit does not apply: its step is gone, or a cap is reached. */
export function editScript(script: Script, edit: ScriptEdit): Script {
  switch (edit.type) {
    case 'head': return patched(script, edit.patch);
    case 'entry': return script.entry === edit.id || !hasStep(script, edit.id) ? script : { ...script, entry: edit.id };
    case 'add-step': return addStep(script, edit);
    case 'step': return onStep(script, edit.id, (step) => patched(step, edit.patch));
    case 'rename-step': return renameStep(script, edit.id, edit.to);
    case 'remove-step': return removeStep(script, edit.id);
    case 'move-step': return moveStep(script, edit.id, edit.to);
    case 'connect': return hasStep(script, edit.to) ? onStep(script, edit.id, (step) => connect(step, edit.way, edit.to)) : script;
    case 'disconnect': return onStep(script, edit.id, (step) => disconnect(step, edit.way));
    case 'add-answer': return onStep(script, edit.id, (step) => addAnswer(step, edit.answer, edit.at));
    case 'answer': return onStep(script, edit.id, (step) => changeAt(step, 'answers', edit.at, edit.patch));
    case 'move-way': return onStep(script, edit.id, (step) => moveWay(step, edit.way, edit.to));
    case 'add-branch': return onStep(script, edit.id, (step) => ((step.branches?.length ?? 0) >= EDIT_LIMITS.branches ? step : { ...step, branches: [...(step.branches ?? []), edit.branch] }));
    case 'branch': return onStep(script, edit.id, (step) => changeAt(step, 'branches', edit.at, edit.patch));
    case 'add-field': return (script.fields?.length ?? 0) >= EDIT_LIMITS.fields || script.fields?.some((field) => field.id === edit.field.id) === true ? script : { ...script, fields: [...(script.fields ?? []), edit.field] };
    case 'field': return { ...script, fields: (script.fields ?? []).map((field) => (field.id === edit.id ? patched(field, edit.patch) : field)) };
    case 'rename-field': return edit.id === edit.to || script.fields?.some((field) => field.id === edit.to) === true || script.fields?.some((field) => field.id === edit.id) !== true ? script : renameFieldEverywhere(script, edit.id, edit.to);
    case 'remove-field': return removeField(script, edit.id);
    default: return edit satisfies never;
  }
}

/** An id no step of the script has: `step-12`. */
export function freeStepId(script: Script, like = 'step'): string {
  const taken = new Set(script.steps.map((step) => step.id));
  if (like !== 'step' && !taken.has(like)) return like;
  for (let number = like === 'step' ? script.steps.length + 1 : 2; ; number++) if (!taken.has(`${like}-${number}`)) return `${like}-${number}`;
}

/** An id no answer of the step has. */
export function freeAnswerId(step: Step): string {
  const taken = new Set((step.answers ?? []).map((answer) => answer.id));
  for (let number = taken.size + 1; ; number++) if (!taken.has(`answer-${number}`)) return `answer-${number}`;
}

/** A field id no field of the script has. */
export function freeFieldId(script: Script, like = 'field'): string {
  const taken = new Set((script.fields ?? []).map((field) => field.id));
  if (!taken.has(like)) return like;
  for (let number = 2; ; number++) if (!taken.has(`${like}${number}`)) return `${like}${number}`;
}

function hasStep(script: Script, id: string): boolean {
  return script.steps.some((step) => step.id === id);
}

function patched<T extends object>(value: T, patch: Patch<NoInfer<T>>): T {
  const entries = Object.entries(patch) as [keyof T & string, T[keyof T] | null][];
  if (entries.every(([key, next]) => (next === null ? !(key in value) : value[key] === next))) return value;
  const next: Record<string, unknown> = Object.fromEntries(Object.entries(value));
  for (const [key, one] of entries) {
    if (one === null) delete next[key];
    else if (one !== undefined) next[key] = one;
  }
  return next as T;
}

/** Changes the first step of that id; duplicates are a finding of the linter, not something to make worse. */
function onStep(script: Script, id: string, change: (step: Step) => Step): Script {
  const at = script.steps.findIndex((step) => step.id === id);
  const before = script.steps[at];
  if (before === undefined) return script;
  const after = change(before);
  return after === before ? script : { ...script, steps: script.steps.with(at, after) };
}

function addStep(script: Script, edit: Extract<ScriptEdit, { type: 'add-step' }>): Script {
  if (script.steps.length >= EDIT_LIMITS.steps || hasStep(script, edit.step.id)) return script;
  const after = edit.after === undefined ? -1 : script.steps.findIndex((step) => step.id === edit.after);
  const steps = after < 0 ? [...script.steps, edit.step] : script.steps.toSpliced(after + 1, 0, edit.step);
  const grown = { ...script, steps };
  const { from } = edit;
  return from === undefined ? grown : onStep(grown, from.id, (step) => connect(step, from.way, edit.step.id));
}

function renameStep(script: Script, id: string, to: string): Script {
  if (id === to || !hasStep(script, id) || hasStep(script, to)) return script;
  const swap = (target: string): string => (target === id ? to : target);
  return { ...script, entry: swap(script.entry), steps: script.steps.map((step) => mapTargets(step.id === id ? { ...step, id: to } : step, swap)) };
}

/**
 * Takes a step out. What led to it leads to its follower when it had exactly one; otherwise those ways stay, name a
 * step that is gone, and the linter says so: silently dropping an answer would lose the author's words.
 */
function removeStep(script: Script, id: string): Script {
  const at = script.steps.findIndex((step) => step.id === id);
  const gone = script.steps[at];
  if (gone === undefined || script.steps.length === 1) return script;
  const followers = targetsOf(gone).filter((target) => target !== id && hasStep(script, target));
  const heir = followers.length === 1 ? followers[0] : undefined;
  const kept = script.steps.toSpliced(at, 1);
  const steps = kept.map((step) => {
    if (heir !== undefined) return mapTargets(step, (to) => (to === id ? (step.id === heir ? id : heir) : to));
    // A bare "goes on to" carries no words; without it the step ends the script.
    return step.next === id && isExit(gone) ? patched(step, { next: null }) : step;
  });
  return { ...script, steps, entry: script.entry === id ? (heir ?? (steps[0] as Step).id) : script.entry };
}

function moveStep(script: Script, id: string, to: number): Script {
  const at = script.steps.findIndex((step) => step.id === id);
  const step = script.steps[at];
  const place = Math.min(script.steps.length - 1, Math.max(0, to));
  return step === undefined || place === at ? script : { ...script, steps: script.steps.toSpliced(at, 1).toSpliced(place, 0, step) };
}

/** `open`: the first way that leads nowhere yet, or a new answer. */
function connect(step: Step, way: Way | 'open', to: string): Step {
  if (way === 'open') {
    if (isExit(step)) return { ...step, next: to };
    if (step.next === to) return step;
    return addAnswer(step, { id: freeAnswerId(step), label: '', to });
  }
  switch (way.kind) {
    case 'next': return patched(step, { next: to });
    case 'answer': return changeAt(step, 'answers', way.at, { to });
    case 'branch': return changeAt(step, 'branches', way.at, { to });
  }
}

function disconnect(step: Step, way: Way): Step {
  if (way.kind === 'next') return patched(step, { next: null });
  const list = way.kind === 'answer' ? 'answers' : 'branches';
  const ways: readonly unknown[] = step[list] ?? [];
  if (ways[way.at] === undefined) return step;
  return withList(step, list, ways.toSpliced(way.at, 1) as never);
}

function addAnswer(step: Step, answer: Answer, at = step.answers?.length ?? 0): Step {
  const answers = step.answers ?? [];
  return answers.length >= EDIT_LIMITS.answers || answers.some((one) => one.id === answer.id) ? step : { ...step, answers: answers.toSpliced(at, 0, answer) };
}

function withList(step: Step, list: 'answers' | 'branches', ways: Answer[] & Branch[]): Step {
  return ways.length === 0 ? patched(step, { [list]: null }) : { ...step, [list]: ways };
}

function changeAt(step: Step, list: 'answers' | 'branches', at: number, patch: Patch<Answer> | Patch<Branch>): Step {
  const ways: readonly object[] = step[list] ?? [];
  const before = ways[at];
  if (before === undefined) return step;
  const after = patched(before, patch as Patch<object>);
  return after === before ? step : withList(step, list, ways.with(at, after) as never);
}

function moveWay(step: Step, way: Exclude<Way, { kind: 'next' }>, to: number): Step {
  const list = way.kind === 'answer' ? 'answers' : 'branches';
  const ways: readonly object[] = step[list] ?? [];
  const moved = ways[way.at];
  const place = Math.min(ways.length - 1, Math.max(0, to));
  if (moved === undefined || place === way.at) return step;
  return withList(step, list, ways.toSpliced(way.at, 1).toSpliced(place, 0, moved) as never);
}

/** Takes a field out with the places that ask for it; conditions and words that name it stay, and the linter points at them. */
function removeField(script: Script, id: string): Script {
  if (script.fields?.some((field) => field.id === id) !== true) return script;
  const { fields, ...rest } = script;
  const left = (fields ?? []).filter((field) => field.id !== id);
  const steps = script.steps.map((step) => {
    const capture = step.capture?.filter((one) => one.field !== id);
    return capture === undefined || capture.length === step.capture?.length ? step : patched(step, { capture: capture.length === 0 ? null : capture });
  });
  return { ...rest, steps, ...(left.length === 0 ? {} : { fields: left }) };
}
