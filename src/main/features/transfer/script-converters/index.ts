import type { Script } from '#shared/domain/scripts/schema.ts';
import { convertRetailerFlows, retailerFileSchema } from './retailer-flows.ts';
import { convertTasks, taskFileSchema } from './task-flows.ts';

export type ConvertedScripts =
  | { kind: 'converted'; format: 'retailer-flows' | 'task-flows'; scripts: Script[] }
  | { kind: 'unknown-format' };

/**
 * Turns a file of call scripts in a public form into Callside scripts: flows of ordered steps with notes
 * (ABCD) or replies with a graph (STAR). The form is recognised by its content; anything else is refused.
 */
export function convertScriptFile(content: unknown): ConvertedScripts {
  if (typeof content !== 'object' || content === null || Object.keys(content).length === 0) return { kind: 'unknown-format' };
  const tasks = taskFileSchema.safeParse(content);
  if (tasks.success) return { kind: 'converted', format: 'task-flows', scripts: convertTasks(tasks.data) };
  const flows = retailerFileSchema.safeParse(content);
  if (flows.success) return { kind: 'converted', format: 'retailer-flows', scripts: convertRetailerFlows(flows.data) };
  return { kind: 'unknown-format' };
}
