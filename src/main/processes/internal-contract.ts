import { z } from 'zod';
import { recordRulesSchema } from '#shared/domain/record-rules.ts';
import { failureSchema, importCountsSchema } from '#shared/domain/transfer/job.ts';
import { LIMITS } from '#shared/domain/common.ts';
import { previewSchema, readingChoiceSchema, readingSchema } from '#shared/domain/transfer/reading.ts';
import { MOST_SCRIPTS, scriptPreviewSchema } from '#shared/domain/transfer/script-file.ts';
import { mappingSchema } from '#shared/domain/transfer/targets.ts';
import { command, query, type InputOf, type OutputOf } from '#shared/ipc/define.ts';

/**
 * What the main process asks of its data processes and no page can: these routes are not in the public
 * contract, so the router refuses them, and file paths travel here only.
 */
export const internalContract = {
  /** Settings or the policy changed: from now on this holds for what is stored. */
  'records.rules': command({ home: 'records', input: recordRulesSchema, output: z.strictObject({}) }),
  /** A key from the recovery sheet: does it fit, and if it does, what is only in memory is put where the next start finds it. */
  'records.unlock': command({ home: 'records', input: z.strictObject({ key: z.base64() }), output: z.strictObject({ fits: z.boolean(), kept: z.int() }) }),
  'knowledge.rules': command({ home: 'knowledge', input: recordRulesSchema, output: z.strictObject({}) }),
  /** From now on the knowledge process writes nothing: what wants to be written waits. */
  'writes.hold': command({ home: 'knowledge', input: z.strictObject({}), output: z.strictObject({ held: z.boolean() }) }),
  /** Writes may go on. Tells whether the import with this job id was committed. */
  'writes.release': command({
    home: 'knowledge',
    input: z.strictObject({ source: z.string().max(LIMITS.line), job: z.string().max(LIMITS.id) }),
    output: z.strictObject({ committed: z.boolean() }),
  }),
} as const;
export type InternalContract = typeof internalContract;

const taskBase = {
  job: z.string().max(LIMITS.id),
  file: z.string(),
  source: z.string().max(LIMITS.line),
  /** Where refused rows are written, one JSON line each. */
  report: z.string(),
} as const;
const importTaskSchema = z.strictObject({ ...taskBase, size: z.number(), reading: readingSchema, mapping: mappingSchema });
const scriptTaskSchema = z.strictObject({ ...taskBase, take: z.array(z.string().max(LIMITS.id)).max(MOST_SCRIPTS) });

const failed = z.strictObject({ ok: z.literal(false), reason: failureSchema });

const outcome = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), counts: importCountsSchema, cancelled: z.literal(false) }), z.strictObject({ ok: z.literal(true), cancelled: z.literal(true) }), failed]);

/** What the import process does. It lives for one file: it looks at it, or takes it in. */
export const importContract = {
  inspect: query({
    home: 'knowledge',
    input: z.strictObject({ file: z.string(), choice: readingChoiceSchema }),
    output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), preview: previewSchema }), failed]),
  }),
  'inspect-scripts': query({
    home: 'knowledge',
    input: z.strictObject({ file: z.string(), language: z.string().max(20) }),
    output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), preview: scriptPreviewSchema }), failed]),
  }),
  /** Moves the log of changes of knowledge.db into the file. */
  settle: command({ home: 'knowledge', input: z.strictObject({}), output: z.strictObject({}) }),
  run: command({ home: 'knowledge', input: importTaskSchema, output: outcome }),
  'run-scripts': command({ home: 'knowledge', input: scriptTaskSchema, output: outcome }),
  /** Ends what runs at its next step; nothing of it stays. */
  cancel: command({ home: 'knowledge', input: z.strictObject({}), output: z.strictObject({}) }),
} as const;
export type ImportContract = typeof importContract;
export type ImportRoute = keyof ImportContract;
export type ImportInput<R extends ImportRoute> = InputOf<ImportContract, R>;
export type ImportOutput<R extends ImportRoute> = OutputOf<ImportContract, R>;
