import { z } from 'zod';

export const importCountsSchema = z.strictObject({
  rows: z.int().min(0),
  added: z.int().min(0),
  changed: z.int().min(0),
  /** Rows that say what was there already. */
  same: z.int().min(0),
  refused: z.int().min(0),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

/** Why a file could not be read or an import did not come to its end; a sentence for each is under `transfer.failure.`. */
export const FAILURES = [
  'empty', 'not-a-table', 'damaged', 'old-excel', 'encrypted-excel', 'no-sheet', 'no-columns', 'too-many-columns',
  'cannot-open', 'disk-full', 'database', 'stopped', 'changed', 'busy', 'rebuilding',
  'not-scripts', 'too-large',
] as const;
export const failureSchema = z.enum(FAILURES);
export type Failure = z.infer<typeof failureSchema>;

export const importResultSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('done'), counts: importCountsSchema, ms: z.number() }),
  z.strictObject({ state: z.literal('cancelled') }),
  z.strictObject({ state: z.literal('failed'), reason: failureSchema }),
]);
export type ImportResult = z.infer<typeof importResultSchema>;
