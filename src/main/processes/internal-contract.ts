import { z } from 'zod';
import { channelPlaceSchema } from '#main/features/channels/index.ts';
import { COUNTED_KINDS, countsSchema, useCountSchema } from '#shared/domain/news/counts.ts';
import { unusedSchema } from '#shared/ipc/counts.ts';
import { recordRulesSchema } from '#shared/domain/record-rules.ts';
import { failureSchema, importCountsSchema } from '#shared/domain/transfer/job.ts';
import { daySchema, LIMITS } from '#shared/domain/common.ts';
import { previewSchema, readingChoiceSchema, readingSchema } from '#shared/domain/transfer/reading.ts';
import { MOST_SCRIPTS, scriptPreviewSchema } from '#shared/domain/transfer/script-file.ts';
import { mappingSchema } from '#shared/domain/transfer/targets.ts';
import { installedKbSchema } from '#shared/domain/packs/combine.ts';
import { packRefusalSchema } from '#shared/domain/packs/refusal.ts';
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
  /** Knowledge bases as they are installed, the deciding one first. */
  'releases.installed': query({ home: 'knowledge', input: z.strictObject({}), output: z.array(installedKbSchema) }),
  /** What this desk counted; `whole`: only days that are over. */
  'counts.days': query({ home: 'knowledge', input: z.strictObject({ days: z.int().min(1).max(400), whole: z.boolean() }), output: countsSchema }),
  /** Records nobody opened since a day, given how all desks used them. */
  'counts.unopened': query({ home: 'knowledge', input: z.strictObject({ kinds: z.array(z.enum(COUNTED_KINDS)).max(COUNTED_KINDS.length), before: daySchema, used: z.array(useCountSchema).max(200_000) }), output: z.strictObject({ records: z.array(unusedSchema).max(500), total: z.int() }) }),
  /** Ranks knowledge bases and decides again where they differ; `changed` is -1 while an import or install writes. */
  'releases.order': command({ home: 'knowledge', input: z.strictObject({ orders: z.array(z.strictObject({ kb: z.string().max(LIMITS.id), order: z.int().min(0).max(1_000) })).max(100) }), output: z.strictObject({ changed: z.int() }) }),
  /** Takes a knowledge base off this desk. */
  'releases.forget': command({ home: 'knowledge', input: z.strictObject({ kb: z.string().max(LIMITS.id) }), output: z.strictObject({ removed: z.boolean() }) }),
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

const nothing = z.strictObject({});
/** One channel to follow. */
const liveWantedSchema = z.strictObject({
  id: z.string().max(LIMITS.id),
  place: channelPlaceSchema,
  kb: z.string().max(LIMITS.id),
  order: z.int().min(0).max(1_000),
  /** Desks spread over this when they start or come back (ms). */
  spreadMs: z.int().min(0),
  onlyWhenAsked: z.boolean(),
});
export type LiveWanted = z.infer<typeof liveWantedSchema>;

const refused = z.strictObject({ outcome: z.literal('refused'), refusal: packRefusalSchema });
const title = z.string().max(LIMITS.line);

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
  /** Looks at a channel and checks what is new; nothing is written into the knowledge. */
  'release.check': query({
    home: 'knowledge',
    input: z.strictObject({ place: channelPlaceSchema, kb: z.string().max(LIMITS.id), /** Nothing stored is taken for granted: for mending. */ mend: z.boolean().optional() }),
    output: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('verified'), release: z.int(), title, expires: z.number() }),
      z.strictObject({ outcome: z.literal('up-to-date'), title, expires: z.number() }),
      z.strictObject({ outcome: z.literal('nothing-published'), title, expires: z.number() }),
      refused,
    ]),
  }),
  /** Installs the newest checked release from the data folder, in one transaction. */
  'release.install': command({
    home: 'knowledge',
    input: z.strictObject({ kb: z.string().max(LIMITS.id), order: z.int().min(0).max(1_000) }),
    output: z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), release: z.int(), changed: z.int(), ms: z.int() }),
      z.strictObject({ ok: z.literal(false), reason: z.enum(['nothing-checked', 'refused', 'failed']), refusal: packRefusalSchema.optional() }),
    ]),
  }),
  /** Follows single changes of a channel from now on. The process then stays until it is closed. */
  'live.follow': command({ home: 'knowledge', input: liveWantedSchema, output: nothing }),
  /** Leave to write, as asked for by `live.ask`. */
  'live.grant': command({ home: 'knowledge', input: z.strictObject({ ask: z.int() }), output: nothing }),
  /** What was asked for by `live.release` was done, or a release came by another way. */
  'live.released': command({ home: 'knowledge', input: z.strictObject({ ask: z.int().optional() }), output: nothing }),
  /** The share of a limited line that following may use from now on, 0 to 1. */
  'live.line': command({ home: 'knowledge', input: z.strictObject({ share: z.number().gt(0).max(1) }), output: nothing }),
  /** Looks now: everything there is comes. */
  'live.catch-up': command({ home: 'knowledge', input: nothing, output: nothing }),
  /** Writes every product into a file. */
  export: query({ home: 'knowledge', input: z.strictObject({ file: z.string(), format: z.enum(['csv', 'xlsx', 'json']) }), output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), count: z.int() }), failed]) }),
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
