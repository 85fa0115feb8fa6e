import { z } from 'zod';
import { callEventSchema, callIdSchema, callStateSchema, complaintSchema, directionSchema, historyQuerySchema, saveNoteSchema, startCallSchema } from '../domain/calls/schema.ts';
import { instantSchema, LIMITS } from '../domain/common.ts';
import { abuseEventSchema } from '../domain/abuse/ladder.ts';
import { promptEventSchema } from '../domain/prompts/usage.ts';
import { scriptEventSchema } from '../domain/scripts/events.ts';
import { command, query } from './define.ts';

const text = z.string().max(LIMITS.line);
const nothing = z.strictObject({});

/** Time in each state, in ms. */
const durationsSchema = z.strictObject({ ringMs: z.number(), talkMs: z.number(), holdMs: z.number(), wrapUpMs: z.number() });

/** What was done with scripts and prompts in a call, as operations; screens fold them. */
export const guidanceSchema = z.strictObject({
  script: z.array(scriptEventSchema).max(20_000),
  prompts: z.array(promptEventSchema).max(20_000),
  /** Fields among the script's that hold sensitive values: they are erased sooner than the call. */
  sensitive: z.array(z.string().max(60)).max(200).optional(),
  /** What was marked on the abuse ladder; absent in calls without any. */
  abuse: z.array(abuseEventSchema).max(500).optional(),
});
export type Guidance = z.infer<typeof guidanceSchema>;

const pickedDispositionSchema = z.strictObject({ id: z.string().max(LIMITS.id), group: text, label: text, solved: z.boolean() });

/** Everything a screen needs of one call. */
export const callViewSchema = z.strictObject({
  id: callIdSchema,
  state: callStateSchema,
  direction: directionSchema,
  number: text.optional(),
  name: text.optional(),
  queue: text.optional(),
  dialled: text.optional(),
  startedAt: instantSchema,
  /** When the present state began. */
  stateSince: instantSchema,
  durations: durationsSchema,
  note: z.strictObject({ text: z.string().max(LIMITS.note), seq: z.int().min(0), savedAt: instantSchema.optional() }),
  summary: z.string().max(LIMITS.note),
  guidance: guidanceSchema,
  disposition: pickedDispositionSchema.optional(),
  complaint: complaintSchema.optional(),
  linkedCall: callIdSchema.optional(),
  /** Whom the agent asks first while the caller waits; whom the call was handed to; who handed it to this desk. */
  consulting: text.optional(),
  transferredTo: text.optional(),
  transferredFrom: text.optional(),
  /** Ids of calls ringing or parked behind this one. */
  waiting: z.array(callIdSchema).max(100),
  /** Earlier calls of the same number on this desk, newest first. */
  earlier: z.array(z.strictObject({ id: callIdSchema, startedAt: instantSchema, disposition: text.optional(), solved: z.boolean().optional(), excerpt: text })).max(10),
});
export type CallView = z.infer<typeof callViewSchema>;
export { callEventSchema };
export type CallEvent = z.infer<typeof callEventSchema>;

/** A line of the history list. */
const callLineSchema = z.strictObject({
  id: callIdSchema,
  startedAt: instantSchema,
  direction: directionSchema,
  outcome: z.enum(['answered', 'missed', 'rejected', 'transferred']).optional(),
  number: text.optional(),
  name: text.optional(),
  queue: text.optional(),
  disposition: text.optional(),
  solved: z.boolean().optional(),
  talkMs: z.number(),
  /** Start of the note, or the place that matched with ‹ › around the words. */
  excerpt: z.string().max(2_000),
});
export type CallLine = z.infer<typeof callLineSchema>;

const dayMetricsSchema = z.strictObject({
  calls: z.int(), missed: z.int(), talkMs: z.number(), holdMs: z.number(), acwMs: z.number(), idleMs: z.number(),
  notReadyMs: z.record(z.string(), z.number()), ahtMs: z.number().optional(), occupancy: z.number().optional(), fcr: z.number().optional(),
  byDisposition: z.array(z.strictObject({ id: z.string(), label: text, calls: z.int(), solved: z.int(), ahtMs: z.number() })),
});

const missingSchema = z.array(z.enum(['note', 'follow-up', 'complaint']));
const callReply = z.strictObject({ call: callViewSchema });

export const callsContract = {
  /** Calls that are not ended: the live one, one waiting, or one to recover after a crash. Newest first. */
  'calls.open': query({ home: 'records', input: nothing, output: z.array(callViewSchema) }),
  'calls.get': query({ home: 'records', input: z.strictObject({ callId: callIdSchema }), output: z.strictObject({ call: callViewSchema.optional() }) }),
  'calls.start': command({ home: 'records', input: startCallSchema, output: z.strictObject({ call: callViewSchema, created: z.boolean() }) }),
  'calls.event': command({ home: 'records', input: z.strictObject({ callId: callIdSchema, event: callEventSchema }), output: callReply }),
  /** Saved means: committed with synchronous FULL and in the fsynced journal. `seq` counts up per call. */
  'calls.save-note': command({
    home: 'records',
    input: saveNoteSchema,
    output: z.strictObject({
      savedAt: instantSchema,
      seq: z.int(),
      /** False only while no folder can be written. */
      durable: z.boolean(),
      /** The stored text, when masking changed it; the screen takes it over. */
      masked: z.string().max(LIMITS.note).optional(),
      /** A number being typed is stored hidden for now; the settled text must be sent once the caret has left it. */
      held: z.boolean().optional(),
    }),
  }),
  /** Earlier saves of a call's note up to save `upTo`, oldest first, so that undo outlives a crash. */
  'calls.note-versions': query({ home: 'records', input: z.strictObject({ callId: callIdSchema, upTo: z.int().min(0) }), output: z.strictObject({ texts: z.array(z.string().max(LIMITS.note)).max(1_000) }) }),
  /** Stores the script or prompt operations of a call, all of them: saving twice changes nothing. */
  'calls.save-guidance': command({ home: 'records', input: z.strictObject({ callId: callIdSchema, guidance: guidanceSchema.partial() }), output: nothing }),
  'calls.describe': command({ home: 'records', input: z.strictObject({ callId: callIdSchema, number: text.optional(), name: text.optional(), queue: text.optional() }), output: callReply }),
  'calls.wrap-up': command({
    home: 'records',
    input: z.strictObject({
      callId: callIdSchema,
      disposition: pickedDispositionSchema.extend({ requires: missingSchema.max(3).optional() }).optional(),
      summary: z.string().max(LIMITS.note).optional(),
      complaint: complaintSchema.optional(),
      /** True closes the call; false only keeps what was typed so far. */
      close: z.boolean(),
    }),
    output: z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true) }),
      z.strictObject({ ok: z.literal(false), missing: missingSchema, reason: z.enum(['still-live', 'over']).optional() }),
    ]),
  }),
  'calls.history': query({ home: 'records', input: historyQuerySchema, output: z.strictObject({ lines: z.array(callLineSchema), cursor: z.string().optional() }) }),
  /** The agent's own calls as a file's text. */
  'calls.export': query({ home: 'records', input: z.strictObject({ format: z.enum(['json', 'csv']) }), output: z.strictObject({ name: text, text: z.string() }) }),
  /** Removes one call, or everything, from the database, its WAL, the journal and every backup, and reports what was looked at. */
  'calls.erase': command({
    home: 'records',
    input: z.union([z.strictObject({ callId: callIdSchema }), z.strictObject({ everything: z.literal(true) })]),
    output: z.strictObject({ complete: z.boolean(), left: z.int(), files: z.array(z.strictObject({ file: z.string(), result: z.enum(['checked', 'removed', 'unreadable']) })) }),
  }),
  /** How the records were opened, with a sentence for each thing a person should know. */
  'records.state': query({
    home: 'records',
    input: nothing,
    output: z.strictObject({
      state: z.enum(['ok', 'new', 'restored', 'rebuilt-from-journal', 'beside', 'memory']),
      messages: z.array(z.strictObject({ severity: z.enum(['info', 'warning', 'problem']), text: z.string() })).max(100),
    }),
  }),
  'calls.day': query({ home: 'records', input: z.strictObject({ from: instantSchema, to: instantSchema }), output: dayMetricsSchema }),
} as const;
