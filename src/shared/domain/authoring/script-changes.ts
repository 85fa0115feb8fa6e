import { localize, type LocalText } from '../common.ts';
import type { Answer, Script, Step } from '../scripts/schema.ts';
import { changesBetween, type Change } from './changes.ts';
import type { Json } from './merge.ts';

/** One way out of a step, as the graph draws it. */
export type EdgeChange = {
  what: 'added' | 'removed' | 'changed';
  /** An answer, a condition, or the way on without either. */
  kind: 'answer' | 'branch' | 'next';
  /** The words of the answer, before and after. */
  label: { before: string | undefined; after: string | undefined };
  /** Cues of the steps it leads to; undefined where it is not there. */
  to: { before: string | undefined; after: string | undefined };
};

/** What happened to one step. */
export type StepChange = {
  id: string;
  what: 'added' | 'removed' | 'changed';
  /** Its cue now, or as it was when it is gone. */
  cue: string;
  fields: readonly Change[];
  edges: readonly EdgeChange[];
};

export type ScriptChanges = {
  steps: readonly StepChange[];
  /** What changed outside of steps: title, fields, examples and so on. */
  rest: readonly Change[];
};

const EDGE_FIELDS = new Set(['answers', 'branches', 'next']);

/** The difference of two scripts as a person would tell it: steps added, removed and changed, ways added and removed. */
export function scriptChanges(before: Script | undefined, after: Script | undefined, language: string): ScriptChanges {
  const was = stepsOf(before);
  const is = stepsOf(after);
  const cue = (steps: ReadonlyMap<string, Step>, id: string | undefined): string | undefined => {
    const step = id === undefined ? undefined : steps.get(id);
    return step === undefined ? id : words(step.cue, language);
  };
  const steps: StepChange[] = [];
  const add = (id: string, old: Step | undefined, next: Step | undefined): void => {
    const all = changesBetween(old as Json | undefined, next as Json | undefined);
    if (all.length === 0) return;
    const fields = old === undefined || next === undefined ? [] : all.filter(({ path }) => !EDGE_FIELDS.has(path[0] ?? ''));
    const edges = edgeChanges(old, next, language, (target) => cue(was, target), (target) => cue(is, target));
    // Answers may have changed in ways the graph does not draw (what they set, when they show).
    const hidden = old === undefined || next === undefined || edges.length > 0 ? [] : all.filter(({ path }) => EDGE_FIELDS.has(path[0] ?? ''));
    steps.push({ id, what: old === undefined ? 'added' : next === undefined ? 'removed' : 'changed', cue: words((next ?? old)?.cue ?? id, language), fields: [...fields, ...hidden], edges });
  };
  for (const [id, step] of is) add(id, was.get(id), step);
  for (const [id, step] of was) if (!is.has(id)) add(id, step, undefined);
  const without = (script: Script | undefined): Json | undefined => {
    if (script === undefined) return undefined;
    const { steps: _steps, ...rest } = script;
    return rest as Json;
  };
  const rest = before === undefined || after === undefined ? [] : changesBetween(without(before), without(after));
  const moved = before === undefined || after === undefined ? [] : changesBetween(before.steps.map(({ id }) => ({ id })), after.steps.map(({ id }) => ({ id }))).filter(({ what }) => what === 'moved');
  return { steps, rest: [...rest, ...moved.map((change) => ({ ...change, path: ['steps', ...change.path] }))] };
}

function stepsOf(script: Script | undefined): Map<string, Step> {
  return new Map((script?.steps ?? []).map((step) => [step.id, step]));
}

function words(text: LocalText, language: string): string {
  return localize(text, language);
}

type Edge = { key: string; kind: EdgeChange['kind']; label: string; to: string };

function edgesOf(step: Step | undefined, language: string): Map<string, Edge> {
  const edges: Edge[] = [
    ...(step?.answers ?? []).map((answer: Answer): Edge => ({ key: `answer ${answer.id}`, kind: 'answer', label: words(answer.label, language), to: answer.to })),
    ...(step?.branches ?? []).map((branch): Edge => ({ key: `branch ${JSON.stringify(branch.when)}`, kind: 'branch', label: JSON.stringify(branch.when), to: branch.to })),
    ...(step?.next === undefined ? [] : [{ key: 'next', kind: 'next' as const, label: '', to: step.next }]),
  ];
  return new Map(edges.map((edge) => [edge.key, edge]));
}

function edgeChanges(old: Step | undefined, next: Step | undefined, language: string, cueBefore: (id: string) => string | undefined, cueAfter: (id: string) => string | undefined): EdgeChange[] {
  const was = edgesOf(old, language);
  const is = edgesOf(next, language);
  const out: EdgeChange[] = [];
  for (const key of new Set([...is.keys(), ...was.keys()])) {
    const [a, b] = [was.get(key), is.get(key)];
    const kind = (b ?? a)?.kind;
    if (kind === undefined || (a !== undefined && b !== undefined && a.label === b.label && a.to === b.to)) continue;
    out.push({
      what: a === undefined ? 'added' : b === undefined ? 'removed' : 'changed', kind,
      label: { before: a?.label, after: b?.label },
      to: { before: a === undefined ? undefined : cueBefore(a.to), after: b === undefined ? undefined : cueAfter(b.to) },
    });
  }
  return out;
}
