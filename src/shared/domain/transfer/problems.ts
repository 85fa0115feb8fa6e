import { z } from 'zod';
import { LIMITS } from '../common.ts';

/** Why a row cannot be taken; the message catalogue has the sentence for each under `transfer.problem.`. */
export const PROBLEM_CODES = [
  'missing-sku', 'missing-name', 'too-long', 'too-many', 'not-a-number', 'negative', 'too-many-decimals', 'too-large', 'unknown-currency',
  'no-currency', 'not-a-day', 'not-whole', 'unknown-interval', 'barcode-shortened', 'bad-reference', 'unknown-sector', 'not-yes-no',
  'bad-fact', 'interval-missing', 'bad-language', 'out-of-range', 'too-many-cells', 'quote', 'bad-json', 'not-an-object', 'row-too-long', 'bad-cell', 'other',
  'script-twice', 'script-part-missing', 'script-part-long', 'script-part-wrong', 'script-lint',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export const problemSchema = z.strictObject({
  code: z.enum(PROBLEM_CODES),
  /** The column as the file names it; empty when it is about the whole row. */
  column: z.string().max(LIMITS.line),
  /** What stood there, shortened. */
  value: z.string().max(LIMITS.line),
  /** Numbers and names for the sentence. */
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A row that was not taken, numbered as a person sees it: the header is row 1, in NDJSON the line counts. */
export const refusedRowSchema = z.strictObject({ row: z.int().min(1), problems: z.array(problemSchema).min(1).max(20) });
export type RefusedRow = z.infer<typeof refusedRowSchema>;

/** Longest excerpt of a cell kept in a report, in UTF-16 units. */
const EXCERPT = 80;

export function problem(code: ProblemCode, column: string, value: string, values?: Problem['values']): Problem {
  const short = value.length > EXCERPT ? `${value.slice(0, EXCERPT - 1)}…` : value;
  return { code, column: column.slice(0, LIMITS.line), value: short, ...(values === undefined ? {} : { values }) };
}
