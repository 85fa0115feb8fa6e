import { z } from 'zod';
import { LIMITS } from '../domain/common.ts';
import { failureSchema, importResultSchema } from '../domain/transfer/job.ts';
import { refusedRowSchema } from '../domain/transfer/problems.ts';
import { previewSchema, readingChoiceSchema } from '../domain/transfer/reading.ts';
import { MOST_SCRIPTS, scriptPreviewSchema } from '../domain/transfer/script-file.ts';
import { mappingSchema } from '../domain/transfer/targets.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});
const token = z.string().max(LIMITS.id);
const job = z.string().max(LIMITS.id);
const failed = z.strictObject({ ok: z.literal(false), reason: failureSchema });
const name = z.string().max(1_000);

/** The import of this desk: none yet, one under way, or how the last one ended. */
export const importStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('running'), job, name }),
  z.strictObject({ state: z.literal('ended'), job, name, result: importResultSchema }),
]);
export type ImportState = z.infer<typeof importStateSchema>;

const chosen = z.discriminatedUnion('chosen', [z.strictObject({ chosen: z.literal(false) }), z.strictObject({ chosen: z.literal(true), token, name, size: z.number() })]);
const started = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), job }), failed]);

/** Imports of catalogues and scripts. Files are chosen in a dialog of the main process; pages hold a token, never a path. */
export const transferContract = {
  'transfer.choose': command({ home: 'main', input: nothing, output: chosen }),
  /** Looks at a chosen file: columns, first rows, a suggested mapping. */
  'transfer.preview': query({
    home: 'main',
    input: z.strictObject({ token, choice: readingChoiceSchema }),
    output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), preview: previewSchema }), failed]),
  }),
  /** Starts the import; `job.changed` tells how it goes and `transfer.state` how it ended. */
  'transfer.start': command({
    home: 'main',
    input: z.strictObject({ token, mapping: mappingSchema }),
    output: started,
  }),
  'transfer.choose-scripts': command({ home: 'main', input: nothing, output: chosen }),
  /** Looks at a chosen file of scripts: what each would be, what the linter says, what is refused and where. */
  'transfer.preview-scripts': query({
    home: 'main',
    input: z.strictObject({ token }),
    output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), preview: scriptPreviewSchema }), failed]),
  }),
  /** Starts the import of the scripts with these ids; cancel and report are those of any import. */
  'transfer.start-scripts': command({ home: 'main', input: z.strictObject({ token, take: z.array(z.string().max(LIMITS.id)).min(1).max(MOST_SCRIPTS) }), output: started }),
  'transfer.scripts-state': query({ home: 'main', input: nothing, output: importStateSchema }),
  /** Ends an import; nothing of it stays. */
  'transfer.cancel': command({ home: 'main', input: z.strictObject({ job }), output: nothing }),
  'transfer.state': query({ home: 'main', input: nothing, output: importStateSchema }),
  /** Rows the last import refused, a page of them. */
  'transfer.report': query({
    home: 'main',
    input: z.strictObject({ job, from: z.int().min(0), count: z.int().min(1).max(500) }),
    output: z.strictObject({ rows: z.array(refusedRowSchema) }),
  }),
  /** Asks where to save, and writes every product there; imported again, the file gives the same products. */
  'transfer.export': command({ home: 'main', input: z.strictObject({ format: z.enum(['csv', 'xlsx', 'json']) }), output: z.strictObject({ saved: z.boolean(), count: z.int() }) }),
  /** Asks where to save, and writes every refused row there as CSV. */
  'transfer.save-report': command({ home: 'main', input: z.strictObject({ job }), output: z.strictObject({ saved: z.boolean() }) }),
} as const;
