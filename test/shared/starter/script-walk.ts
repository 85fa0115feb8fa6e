import type { Field, Rule, Script, Step } from '#shared/domain/scripts/schema.ts';
import { localize } from '#shared/domain/common.ts';

/** An edge of the graph, with the fields that hold a value for certain once it has been taken. */
export interface Edge {
  readonly to: string;
  readonly proves: ReadonlySet<string>;
}

const SLOT = /\{\{\s*([^}]*?)\s*\}\}/g;

/** Names inside `{{…}}`, in order. */
export function slotsOf(text: string): string[] {
  return [...text.matchAll(SLOT)].map((match) => match[1] ?? '');
}

/** Every text of a step that may hold slots. */
export function textsOf(step: Step): string[] {
  return [step.cue, step.say, step.doThis, step.mustSay].filter((text) => text !== undefined).map((text) => localize(text, 'en'));
}

function fieldOf(rule: Rule | undefined): string | undefined {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return undefined;
  const path = rule['var'];
  return typeof path === 'string' && path.startsWith('fields.') ? path.slice('fields.'.length) : undefined;
}

/** Fields that must hold a value for this rule to be true: `!!` a field, `==` a literal, `>` a number, `and` of these. */
export function provedBy(rule: Rule): Set<string> {
  const proved = new Set<string>();
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return proved;
  for (const [operator, operands] of Object.entries(rule)) {
    const list: Rule[] = Array.isArray(operands) ? operands : [operands];
    if (operator === 'and') for (const part of list) for (const field of provedBy(part)) proved.add(field);
    if (operator === '!!' || operator === '==' || operator === '>') {
      const field = fieldOf(list[0]);
      if (field !== undefined) proved.add(field);
    }
  }
  return proved;
}

/** The ways out of a step. An empty list is an exit. */
export function edgesOf(step: Step): Edge[] {
  const edges: Edge[] = [];
  for (const answer of step.answers ?? []) edges.push({ to: answer.to, proves: new Set(Object.keys(answer.set ?? {})) });
  for (const branch of step.branches ?? []) edges.push({ to: branch.to, proves: provedBy(branch.when) });
  if (step.next !== undefined) edges.push({ to: step.next, proves: new Set() });
  return edges;
}

/** Step ids reachable from `from`, itself included. */
export function reachable(script: Script, from: string): Set<string> {
  const steps = new Map(script.steps.map((step) => [step.id, step]));
  const seen = new Set<string>();
  const queue = [from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const step = steps.get(id);
    if (step === undefined || seen.has(id)) continue;
    seen.add(id);
    queue.push(...edgesOf(step).map((edge) => edge.to));
  }
  return seen;
}

function meet(a: ReadonlySet<string> | undefined, b: ReadonlySet<string>): Set<string> {
  return a === undefined ? new Set(b) : new Set([...a].filter((field) => b.has(field)));
}

/** What a step itself leaves filled: required captures, and what its sub-script fills whichever way it ends. */
function filledBy(step: Step, scripts: ReadonlyMap<string, Script>): Set<string> {
  const filled = new Set((step.capture ?? []).filter((item) => item.required === true).map((item) => item.field));
  const called = step.subScript === undefined ? undefined : scripts.get(step.subScript);
  if (called !== undefined) for (const field of filledAtExit(called, scripts)) filled.add(field);
  return filled;
}

/**
 * Fields certainly filled when each step is entered, whichever path led there: a forward data-flow
 * analysis that meets by intersection and repeats until nothing changes.
 */
export function filledOnEntry(script: Script, scripts: ReadonlyMap<string, Script>): Map<string, ReadonlySet<string>> {
  const steps = new Map(script.steps.map((step) => [step.id, step]));
  const known = new Map<string, ReadonlySet<string>>([[script.entry, new Set()]]);
  const queue = [script.entry];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const step = steps.get(id);
    if (step === undefined) continue;
    const after = new Set([...(known.get(id) ?? []), ...filledBy(step, scripts)]);
    for (const edge of edgesOf(step)) {
      const before = known.get(edge.to);
      const met = meet(before, new Set([...after, ...edge.proves]));
      if (before !== undefined && met.size === before.size) continue;
      known.set(edge.to, met);
      queue.push(edge.to);
    }
  }
  return known;
}

/** Fields certainly filled when a script has ended, whichever exit was taken. */
function filledAtExit(script: Script, scripts: ReadonlyMap<string, Script>): Set<string> {
  const entry = filledOnEntry(script, scripts);
  let met: Set<string> | undefined;
  for (const step of script.steps) {
    const before = entry.get(step.id);
    if (before === undefined || edgesOf(step).length > 0) continue;
    met = meet(met, new Set([...before, ...filledBy(step, scripts)]));
  }
  return met ?? new Set();
}

/** The script's own fields and those of the sub-scripts it calls, by id. */
export function fieldsInScope(script: Script, scripts: ReadonlyMap<string, Script>): Map<string, Field> {
  const fields = new Map<string, Field>();
  const visit = (current: Script, depth: number): void => {
    for (const field of current.fields ?? []) fields.set(field.id, field);
    if (depth > 5) throw new Error(`sub-scripts nested too deeply at ${current.id}`);
    for (const step of current.steps) {
      const called = step.subScript === undefined ? undefined : scripts.get(step.subScript);
      if (called !== undefined) visit(called, depth + 1);
    }
  };
  visit(script, 0);
  return fields;
}
