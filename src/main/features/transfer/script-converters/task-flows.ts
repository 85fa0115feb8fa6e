import { z } from 'zod';
import { LIMITS } from '#shared/domain/common.ts';
import type { Field, Script } from '#shared/domain/scripts/schema.ts';
import { addAnswer, camel, captures, createFields, draft, finished, sentence, slug, tidy, type Draft, type Fields } from './text.ts';
import { connectTask, type TaskNode, type TaskSource } from './task-graph.ts';

/** Task scripts: what the desk says by name, and a graph of names (the form of the public STAR dialogues). */
export const taskSchema = z.object({
  domain: z.string().max(LIMITS.line),
  title: z.string().max(LIMITS.line),
  replies: z.record(z.string().max(LIMITS.id), z.string().max(LIMITS.text)),
  graph: z.record(z.string().max(LIMITS.id), z.string().max(LIMITS.id)),
});

/** Looks like `{flight_id:d}` in the source. */
const SLOT = /\{([a-z][a-z0-9_]*)(?::[a-z])?\}/giu;
const SECRET = /(^|_)(pin|password|account_number|dob|mothers_maiden_name|childhood_pets_name)$/u;

/** One script per task; ids are kept. */
export function convertTasks(file: Readonly<Record<string, z.infer<typeof taskSchema>>>): Script[] {
  return Object.entries(file).map(([id, task]) => convertTask(id, task));
}

function convertTask(id: string, task: TaskSource): Script {
  const fields = createFields();
  const nodes = connectTask(task);
  const reachable = reach(nodes, 'hello');
  const steps = new Map<string, Draft>();
  for (const name of reachable) steps.set(name, stepOf(name, task, nodes.get(name)!, fields));
  for (const name of reachable) captureSlots(name, task, nodes, steps, fields);
  return {
    id: slugId(id),
    kind: 'call',
    language: 'en',
    title: sentence(task.title),
    description: describe(task),
    entry: slug('hello'),
    ...(fields.list().length > 0 ? { fields: fields.list() } : {}),
    steps: [...steps.values()].map(finished),
    tags: [slugId(task.domain)],
  };
}

function slugId(id: string): string {
  return id.toLowerCase().replaceAll(/[^a-z0-9._-]+/gu, '-').replace(/^[^a-z0-9]+/u, '') || 'x';
}

function reach(nodes: ReadonlyMap<string, TaskNode>, from: string): string[] {
  const found = new Set<string>([from]);
  for (const name of found) {
    const node = nodes.get(name);
    if (node?.next !== undefined && node.edges.length === 0) found.add(node.next);
    for (const edge of node?.edges ?? []) found.add(edge.to);
  }
  return [...found];
}

function stepOf(name: string, task: TaskSource, node: TaskNode, fields: Fields): Draft {
  const words = tidy(name.replace(new RegExp(`^${task.domain}_`, 'u'), '').replace(/_\d+$/u, '').replaceAll('_', ' '));
  const step = draft(slug(name), sentence(words));
  const reply = task.replies[name];
  if (name.startsWith('query')) {
    step.cue = /check/u.test(name) ? 'Check in the system' : /book/u.test(name) ? 'Book in the system' : 'Look it up';
    step.doThis = 'Enter what the caller said, and pick what the system answers.';
  } else if (reply !== undefined) {
    step.say = reply.replaceAll(SLOT, (_, slot: string) => `{{${camel(slot)}}}`);
    step.line = 'talking-point';
  } else step.say = 'Thank you and goodbye.';
  const asked = /(?:^|_)ask_(.+)$/u.exec(name)?.[1];
  const tellsIt = asked !== undefined && (reply ?? '').trim().startsWith(`{${asked}`);
  if (asked !== undefined && !tellsIt && !/confirm|proceed|next|more|continue|different/u.test(asked)) captures(step, fieldFor(asked, fields));
  if (node.edges.length > 0) for (const edge of node.edges) addAnswer(step, edge.label, slug(edge.to));
  else if (node.next !== undefined) step.next = slug(node.next);
  return step;
}

function fieldFor(asked: string, fields: Fields): string {
  const numeric = /^(num|number_of)_/u.test(asked);
  const more: Partial<Field> = { ...(numeric ? { type: 'number', min: 0 } : {}), ...(SECRET.test(asked) ? { sensitive: true } : {}) };
  return fields.need(asked, asked.replaceAll('_', ' ').replace(/^num /u, 'number of '), more);
}

/** What a line says from the system is noted in the steps that lead to it, unless the caller was asked for it. */
function captureSlots(name: string, task: TaskSource, nodes: ReadonlyMap<string, TaskNode>, steps: ReadonlyMap<string, Draft>, fields: Fields): void {
  for (const [, slot = ''] of (task.replies[name] ?? '').matchAll(SLOT)) {
    const asked = [...steps.values()].some((step) => step.capture.some((entry) => entry.field === camel(slot)));
    const id = fields.need(slot, slot.replaceAll('_', ' '));
    if (asked && !fields.list().some((field) => field.id === id && field.placeholder === 'from the system')) continue;
    for (const [from, node] of nodes) {
      const leads = node.edges.some((edge) => edge.to === name) || (node.edges.length === 0 && node.next === name);
      const step = steps.get(from);
      if (leads && step && from !== name) captures(step, id);
    }
  }
}

function describe(task: TaskSource): string {
  const scope = /only able to (?:help you )?(.+?)\.?\s*$/u.exec(tidy(task.replies['out_of_scope'] ?? ''))?.[1];
  return scope === undefined ? sentence(task.title) : `For callers who want help: ${scope}.`;
}
