import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Suggestible } from '#main/features/suggest/engine/types.ts';
import { DATA } from './suggest-data.ts';

type RetailFlow = { title: string; description: string; subflows: Record<string, { title: string; description: string; steps: { text: string; notes: string[] }[] }> };
type Task = { title: string; replies: Record<string, string> };

function read<T>(file: string): Record<string, T> {
  return JSON.parse(readFileSync(resolve(DATA, file), 'utf8')) as Record<string, T>;
}

/** The retailer's 55 scripts: title, description, step texts with their notes. */
export function retailerScripts(): Suggestible[] {
  return Object.values(read<RetailFlow>('abcd_scripts.json')).flatMap((flow) =>
    Object.entries(flow.subflows).map(([id, script]) => ({
      id,
      title: script.title,
      description: script.description,
      steps: script.steps.map((step) => [step.text, ...step.notes].join(' ')),
    })));
}

/** The 24 task scripts: title and what the agent says. */
export function taskScripts(): Suggestible[] {
  return Object.entries(read<Task>('star_scripts.json')).map(([id, task]) => ({ id, title: task.title, steps: Object.values(task.replies) }));
}
