import type { z } from 'zod';
import { idSchema } from '#shared/domain/common.ts';
import { scriptSchema, type Script } from '#shared/domain/scripts/schema.ts';
import { problem, type Problem, type RefusedRow } from '#shared/domain/transfer/problems.ts';
import type { ScriptFormat } from '#shared/domain/transfer/script-file.ts';
import { ownScripts } from './own-scripts.ts';
import { convertRetailerFlows, sourceScriptSchema, type RetailerFlows } from './retailer-flows.ts';
import { convertTasks, taskSchema } from './task-flows.ts';
import { slug } from './text.ts';

/** A script of a file, with its number and where in the file it stands ("orders › refund"). */
export type FoundScript = { row: number; place: string; script: Script };
export type ConvertedScripts = { kind: 'converted'; format: ScriptFormat; found: FoundScript[]; refused: RefusedRow[] } | { kind: 'unknown-format' };

type Part = { row: number; place: string; make: () => unknown };
type Parts = { format: ScriptFormat; parts: Part[]; refused: RefusedRow[] };

/** Problems told of one script; the rest is seen when these are put right. */
const MOST_PROBLEMS = 20;

/**
 * Turns the content of a file of call scripts into Callside scripts: our own records, flows of ordered steps
 * with notes (ABCD), or replies with a graph (STAR). The form is recognised by its content. Each script is
 * judged by itself: one that cannot be taken says where and why, and the others are taken all the same.
 */
export function convertScriptFile(content: unknown): ConvertedScripts {
  const parts = taskParts(content) ?? retailerParts(content) ?? ownParts(content);
  if (parts === undefined) return { kind: 'unknown-format' };
  const found: FoundScript[] = [];
  const refused = [...parts.refused];
  const ids = new Set<string>();
  for (const { row, place, make } of parts.parts) {
    const made = attempt(make);
    const problems = made.ok ? [] : made.problems(place);
    if (made.ok && ids.has(made.script.id)) problems.push(problem('script-twice', place, made.script.id));
    if (made.ok && problems.length === 0) {
      ids.add(made.script.id);
      found.push({ row, place, script: made.script });
    } else refused.push({ row, problems: problems.slice(0, MOST_PROBLEMS) });
  }
  return { kind: 'converted', format: parts.format, found, refused: refused.toSorted((a, b) => a.row - b.row) };
}

type Made = { ok: true; script: Script } | { ok: false; problems: (place: string) => Problem[] };

/** A source that the converter itself stumbles over is refused like any other. */
function attempt(make: () => unknown): Made {
  try {
    const parsed = scriptSchema.safeParse(make());
    return parsed.success ? { ok: true, script: parsed.data } : { ok: false, problems: (place) => shapeProblems(parsed.error, place) };
  } catch (cause) {
    return { ok: false, problems: (place) => [problem('other', place, '', { detail: cause instanceof Error ? cause.message.slice(0, 200) : '' })] };
  }
}

/** What a schema found, as problems with the place inside the script. */
function shapeProblems(error: z.ZodError, place: string): Problem[] {
  return error.issues.slice(0, MOST_PROBLEMS).map((issue) => {
    const at = [place, ...issue.path.map((part) => (typeof part === 'number' ? String(part + 1) : String(part)))].filter((part) => part !== '').join(' › ');
    if (issue.code === 'invalid_type' && issue.message.includes('received undefined')) return problem('script-part-missing', at, '');
    if (issue.code === 'too_big') return problem('script-part-long', at, '', { max: Number(issue.maximum) });
    return problem('script-part-wrong', at, '', { detail: issue.message.slice(0, 200) });
  });
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0 ? Object.entries(value) : undefined;
}

function hasParts(value: unknown, ...names: string[]): boolean {
  const entries = entriesOf(value);
  return entries !== undefined && names.every((name) => entriesOf(Object.fromEntries(entries)[name]) !== undefined);
}

function taskParts(content: unknown): Parts | undefined {
  const entries = entriesOf(content);
  if (entries === undefined || !entries.some(([, task]) => hasParts(task, 'replies', 'graph'))) return undefined;
  const parts: Part[] = [];
  const refused: RefusedRow[] = [];
  entries.forEach(([id, source], at) => {
    const task = taskSchema.safeParse(source);
    if (task.success) parts.push({ row: at + 1, place: id, make: () => convertTasks({ [id]: task.data })[0] });
    else refused.push({ row: at + 1, problems: shapeProblems(task.error, id) });
  });
  return { format: 'task-flows', parts, refused };
}

function retailerParts(content: unknown): Parts | undefined {
  const entries = entriesOf(content);
  if (entries === undefined || !entries.some(([, flow]) => hasParts(flow, 'subflows'))) return undefined;
  const refused: RefusedRow[] = [];
  const places = new Map<string, { row: number; place: string }>();
  const whole: RetailerFlows = {};
  let row = 0;
  for (const [flowId, flow] of entries) {
    const { title, subflows } = flow as { title?: unknown; subflows?: unknown };
    const kept: RetailerFlows[string] = { title: typeof title === 'string' ? title : flowId, subflows: {} };
    for (const [id, source] of entriesOf(subflows) ?? [['', undefined] as const]) {
      row += 1;
      const place = id === '' ? flowId : `${flowId} › ${id}`;
      const parsed = sourceScriptSchema.safeParse(source);
      const own = idSchema.safeParse(id).success ? id : slug(id);
      if (!parsed.success) refused.push({ row, problems: shapeProblems(parsed.error, place) });
      else if (places.has(own)) refused.push({ row, problems: [problem('script-twice', place, own)] });
      else {
        kept.subflows[own] = parsed.data;
        places.set(own, { row, place });
      }
    }
    whole[flowId] = kept;
  }
  const make = convertRetailerFlows(whole);
  return { format: 'retailer-flows', parts: [...places].map(([id, at]) => ({ ...at, make: () => make(id) })), refused };
}

function ownParts(content: unknown): Parts | undefined {
  const scripts = ownScripts(content);
  if (scripts === undefined) return undefined;
  return { format: 'callside', parts: scripts.map(({ value, place }, at) => ({ row: at + 1, place, make: () => value })), refused: [] };
}
