import type { LocalText } from '../common.ts';
import type { Script, Step } from '../scripts/schema.ts';
import { targetsOf } from '../scripts/graph.ts';

type Loose = Readonly<Record<string, unknown>>;

/**
 * An unfinished record as a script the editor can show: what is missing is empty, what has the wrong shape is left
 * out. A sound script comes back as the very same object, so that nothing is rewritten by looking at it.
 */
export function asScript(record: Loose): Script {
  const steps = Array.isArray(record['steps']) ? record['steps'] : [];
  const sound = steps.length > 0 && steps.every(isStep) && isText(record['title']) && isText(record['description']) && typeof record['entry'] === 'string' && typeof record['id'] === 'string';
  if (sound) return record as unknown as Script;
  const kept = steps.filter(isStep);
  const first: Step = { id: 'start', cue: '' };
  const shown = kept.length === 0 ? [first] : kept;
  return {
    ...(record as object),
    id: typeof record['id'] === 'string' ? record['id'] : '',
    kind: record['kind'] === 'sub-script' ? 'sub-script' : 'call',
    title: isText(record['title']) ? record['title'] : '',
    description: isText(record['description']) ? record['description'] : '',
    entry: typeof record['entry'] === 'string' ? record['entry'] : (shown[0] as Step).id,
    steps: shown,
  };
}

function isText(value: unknown): value is LocalText {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

function isStep(value: unknown): value is Step {
  if (typeof value !== 'object' || value === null) return false;
  const step = value as Loose;
  return typeof step['id'] === 'string' && isText(step['cue']) && ['answers', 'branches', 'capture'].every((list) => step[list] === undefined || Array.isArray(step[list]));
}

/** One way on, as the graph and the outline draw it. */
export interface WayEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'answer' | 'branch' | 'next';
  /** Place in its list; 0 for `next`. */
  readonly at: number;
}

/** Every way of a step, answers first, then conditions, then what follows without asking. */
export function waysOf(step: Step): WayEdge[] {
  const edge = (kind: WayEdge['kind'], at: number, to: string): WayEdge => ({ id: `${step.id}>${kind}${at}`, from: step.id, to, kind, at });
  return [
    ...(step.answers ?? []).map((answer, at) => edge('answer', at, answer.to)),
    ...(step.branches ?? []).map((branch, at) => edge('branch', at, branch.to)),
    ...(step.next === undefined ? [] : [edge('next', 0, step.next)]),
  ];
}

/** The step an arrow key leads to in the graph: on, back, or beside (the next way of the step before). */
export function neighbour(script: Script, from: string, direction: 'on' | 'back' | 'before' | 'after'): string | undefined {
  const known = new Set(script.steps.map((step) => step.id));
  const here = script.steps.find((step) => step.id === from);
  if (here === undefined) return script.steps[0]?.id;
  if (direction === 'on') return targetsOf(here).find((to) => known.has(to) && to !== from);
  const parents = script.steps.filter((step) => step.id !== from && targetsOf(step).includes(from));
  if (direction === 'back') return parents[0]?.id;
  const family = parents[0] === undefined ? [] : targetsOf(parents[0]).filter((to) => known.has(to));
  const at = family.indexOf(from);
  return family[at + (direction === 'before' ? -1 : 1)];
}
