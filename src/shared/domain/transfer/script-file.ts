import { z } from 'zod';
import { LIMITS } from '../common.ts';
import { LINT_MESSAGES, type LintCode } from '../scripts/lint-messages.ts';
import { refusedRowSchema } from './problems.ts';

/** Forms a file of call scripts may have: our own records, or one of the public ones. */
export const SCRIPT_FORMATS = ['callside', 'retailer-flows', 'task-flows'] as const;
export type ScriptFormat = (typeof SCRIPT_FORMATS)[number];

/** Scripts taken from one file at most. */
export const MOST_SCRIPTS = 2_000;
/** Findings sent of one script; a script with more is in trouble anyway. */
export const MOST_FINDINGS = 30;

/** What the linter has to say about a script that can be taken. */
const findingSchema = z.strictObject({
  code: z.enum(Object.keys(LINT_MESSAGES) as [LintCode, ...LintCode[]]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** A script of the file as it would come to this desk. */
export const previewScriptSchema = z.strictObject({
  id: z.string().max(LIMITS.id),
  row: z.int().min(1),
  /** Where in the file it stands. */
  place: z.string().max(LIMITS.line),
  title: z.string().max(LIMITS.text),
  description: z.string().max(LIMITS.text),
  steps: z.int().min(1),
  /** Whether this desk has a script of that id, and whether it says the same. */
  here: z.enum(['new', 'changed', 'same']),
  findings: z.array(findingSchema).max(MOST_FINDINGS),
});
export type PreviewScript = z.infer<typeof previewScriptSchema>;

export const scriptPreviewSchema = z.strictObject({
  format: z.enum(SCRIPT_FORMATS),
  scripts: z.array(previewScriptSchema).max(MOST_SCRIPTS),
  /** Scripts that cannot be taken, each with its places. The first thousand. */
  refused: z.array(refusedRowSchema).max(1_000),
  refusedCount: z.int().min(0),
});
export type ScriptPreview = z.infer<typeof scriptPreviewSchema>;
