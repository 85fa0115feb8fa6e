import { z } from 'zod';
import { idSchema, instantSchema, LIMITS } from '../domain/common.ts';
import { scriptEventSchema } from '../domain/scripts/events.ts';
import { command, query } from './define.ts';

const callId = z.string().min(1).max(LIMITS.id);
const text = z.string().max(LIMITS.line);
const nothing = z.strictObject({});

export const callStateSchema = z.enum(['ringing', 'talking', 'on-hold', 'wrap-up', 'ended']);
export type CallState = z.infer<typeof callStateSchema>;

export const directionSchema = z.enum(['in', 'out']);

/** How long a call has been in each state, in ms; the running state counts up to `stateSince` only. */
export const durationsSchema = z.strictObject({ ringing: z.number(), talking: z.number(), onHold: z.number(), wrapUp: z.number() });

export const usedPromptSchema = z.strictObject({ prompt: idSchema, text, at: instantSchema });
export type UsedPrompt = z.infer<typeof usedPromptSchema>;

/** Everything a screen needs of one call. */
export const callViewSchema = z.strictObject({
  id: callId,
  state: callStateSchema,
  direction: directionSchema,
  number: text.optional(),
  name: text.optional(),
  queue: text.optional(),
  startedAt: instantSchema,
  stateSince: instantSchema,
  durations: durationsSchema,
  note: z.strictObject({ text: z.string().max(LIMITS.note), seq: z.int().min(0), savedAt: instantSchema.optional() }),
  /** Every script operation of this call, in order; the screen folds them. */
  guidance: z.array(scriptEventSchema).max(20_000),
  promptsUsed: z.array(usedPromptSchema).max(2_000),
  /** The call this one calls back. */
  linkedTo: callId.optional(),
  /** Earlier calls of the same number on this desk. */
  earlier: z.int().min(0),
});
export type CallView = z.infer<typeof callViewSchema>;

/** What moves a call on. */
export const callEventSchema = z.enum(['answer', 'hold', 'resume', 'hang-up', 'miss', 'transfer-out', 'end']);
export type CallEvent = z.infer<typeof callEventSchema>;

export const complaintSchema = z.strictObject({
  category: text,
  promised: z.string().max(LIMITS.text),
  resolved: z.boolean(),
});
export type Complaint = z.infer<typeof complaintSchema>;

export const followUpKindSchema = z.enum(['promise', 'call-back', 'e-mail']);

export const followUpSchema = z.strictObject({
  id: callId,
  callId: callId.optional(),
  kind: followUpKindSchema,
  text: z.string().max(LIMITS.text),
  number: text.optional(),
  name: text.optional(),
  dueAt: instantSchema,
  createdAt: instantSchema,
  doneAt: instantSchema.optional(),
  outcome: z.string().max(LIMITS.text).optional(),
  /** Text of a paused script, to be resumed in the linked call. */
  paused: z.string().max(LIMITS.body).optional(),
});
export type FollowUp = z.infer<typeof followUpSchema>;

export const newFollowUpSchema = z.strictObject({
  callId: callId.optional(),
  kind: followUpKindSchema,
  text: z.string().max(LIMITS.text),
  number: text.optional(),
  name: text.optional(),
  dueAt: instantSchema,
  paused: z.string().max(LIMITS.body).optional(),
});

export const historyEntrySchema = z.strictObject({
  id: callId,
  direction: directionSchema,
  number: text.optional(),
  name: text.optional(),
  queue: text.optional(),
  startedAt: instantSchema,
  durations: durationsSchema,
  disposition: z.strictObject({ id: idSchema, group: text, label: text }).optional(),
  summary: z.string().max(LIMITS.note),
  note: z.string().max(LIMITS.note),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

const callReply = z.strictObject({ call: callViewSchema });

export const callsContract = {
  /** Calls that are not ended, newest first: the live one, a second one waiting, or one to recover after a crash. */
  'calls.open': query({ home: 'records', input: nothing, output: z.array(callViewSchema) }),
  'calls.start': command({
    home: 'records',
    input: z.strictObject({
      /** Made by the caller of the route, so that a replay starts no second call. */
      id: callId,
      direction: directionSchema,
      /** A desk without telephony starts in `talking`. */
      state: z.enum(['ringing', 'talking']),
      number: text.optional(),
      name: text.optional(),
      queue: text.optional(),
      linkedTo: callId.optional(),
    }),
    output: callReply,
  }),
  'calls.event': command({ home: 'records', input: z.strictObject({ callId, event: callEventSchema }), output: callReply }),
  /** Saved means: committed with synchronous FULL and in the fsynced journal. `seq` counts up per call. */
  'calls.save-note': command({
    home: 'records',
    input: z.strictObject({ callId, text: z.string().max(LIMITS.note), seq: z.int().min(1) }),
    output: z.strictObject({
      savedAt: instantSchema,
      seq: z.int(),
      /** The stored text, when masking changed it; the screen takes it over. */
      masked: z.string().max(LIMITS.note).optional(),
    }),
  }),
  /** Stores the script operations of a call, all of them: saving twice changes nothing. */
  'calls.save-guidance': command({
    home: 'records',
    input: z.strictObject({ callId, events: z.array(scriptEventSchema).max(20_000) }),
    output: nothing,
  }),
  'calls.prompt-used': command({ home: 'records', input: z.strictObject({ callId, prompt: idSchema, text }), output: nothing }),
  'calls.identify': command({ home: 'records', input: z.strictObject({ callId, number: text.optional(), name: text.optional(), queue: text.optional() }), output: callReply }),
  'calls.wrap-up': command({
    home: 'records',
    input: z.strictObject({
      callId,
      disposition: z.strictObject({ id: idSchema, group: text, label: text, solved: z.boolean() }),
      summary: z.string().max(LIMITS.note),
      complaint: complaintSchema.optional(),
      followUps: z.array(newFollowUpSchema).max(20),
    }),
    output: nothing,
  }),
  'calls.history': query({
    home: 'records',
    input: z.strictObject({
      text: z.string().max(LIMITS.line).optional(),
      number: text.optional(),
      disposition: idSchema.optional(),
      from: instantSchema.optional(),
      to: instantSchema.optional(),
      limit: z.int().min(1).max(100).default(50),
      /** `startedAt` of the last entry seen. */
      before: instantSchema.optional(),
    }),
    output: z.array(historyEntrySchema),
  }),
  'calls.recent-dispositions': query({ home: 'records', input: nothing, output: z.array(idSchema) }),
  'calls.day': query({
    home: 'records',
    input: z.strictObject({ from: instantSchema, to: instantSchema }),
    output: z.strictObject({
      calls: z.int(),
      talkMs: z.number(),
      holdMs: z.number(),
      wrapUpMs: z.number(),
      /** Average handling time: (talk + hold + wrap-up) / calls. */
      ahtMs: z.number(),
      solvedShare: z.number().optional(),
    }),
  }),
  'calls.erase': command({ home: 'records', input: z.strictObject({ callId: callId.optional(), all: z.boolean().optional() }), output: z.strictObject({ erased: z.int() }) }),
  'calls.export': query({ home: 'records', input: z.strictObject({ format: z.enum(['json', 'csv']) }), output: z.strictObject({ text: z.string() }) }),
  'follow-ups.list': query({ home: 'records', input: z.strictObject({ done: z.boolean().default(false) }), output: z.array(followUpSchema) }),
  'follow-ups.add': command({ home: 'records', input: newFollowUpSchema, output: followUpSchema }),
  'follow-ups.snooze': command({ home: 'records', input: z.strictObject({ id: callId, dueAt: instantSchema }), output: nothing }),
  'follow-ups.done': command({ home: 'records', input: z.strictObject({ id: callId, outcome: z.string().max(LIMITS.text) }), output: nothing }),
  'follow-ups.ics': query({ home: 'records', input: z.strictObject({ id: callId }), output: z.strictObject({ text: z.string() }) }),
  /** The whole state of the break planner, as the planner wrote it. */
  'wellbeing.load': query({ home: 'records', input: nothing, output: z.strictObject({ state: z.string().max(LIMITS.body).optional() }) }),
  'wellbeing.save': command({ home: 'records', input: z.strictObject({ state: z.string().max(LIMITS.body) }), output: nothing }),
} as const;
