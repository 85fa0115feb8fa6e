import { z } from 'zod';
import { instantSchema, LIMITS } from '../common.ts';
import type { CallDurations } from './durations.ts';
import { CALL_STATES, type CallMachine, type CallOutcome } from './machine.ts';

/** A call's public id: made by whoever starts the call, opaque, never shown. */
export const callIdSchema = z.string().min(1).max(LIMITS.id).regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/);
export const callStateSchema = z.enum(CALL_STATES);
export const directionSchema = z.enum(['in', 'out']);
const line = z.string().max(LIMITS.line);

export const startCallSchema = z.strictObject({
  /** Given by the caller so that a repeated start is the same call; made up when absent. */
  id: callIdSchema.optional(),
  direction: directionSchema,
  /** False: the call is talked already (a desk without telephony, an answer event without a ring). */
  ringing: z.boolean().optional(),
  /** As the telephone gave it: E.164, national, `sip:` address, `anonymous`. */
  number: line.optional(),
  name: line.optional(),
  queue: line.optional(),
  /** The number that was dialled, for choosing the script. */
  dialled: line.optional(),
  /** The telephone system's own id of the call: a second event with the same one is the same call. */
  externalId: line.optional(),
  /** The call this one belongs to, by public id. */
  linkedCall: callIdSchema.optional(),
  linkedAs: z.enum(['call-back', 'transfer', 'repeat']).optional(),
  transferredFrom: line.optional(),
});
export type StartCall = z.infer<typeof startCallSchema>;

export const callEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer') }),
  z.strictObject({ type: z.literal('reject') }),
  z.strictObject({ type: z.literal('missed') }),
  z.strictObject({ type: z.literal('hold') }),
  z.strictObject({ type: z.literal('resume') }),
  z.strictObject({ type: z.literal('hang-up'), by: z.enum(['caller', 'agent', 'unknown']) }),
  z.strictObject({ type: z.literal('consult'), to: line }),
  z.strictObject({ type: z.literal('transfer-out'), to: line, kind: z.enum(['blind', 'attended']) }),
  z.strictObject({ type: z.literal('transfer-in'), from: line }),
  z.strictObject({ type: z.literal('second-call'), callId: callIdSchema }),
  z.strictObject({ type: z.literal('second-call-gone'), callId: callIdSchema }),
  z.strictObject({ type: z.literal('finish') }),
]);

export const saveNoteSchema = z.strictObject({
  callId: callIdSchema,
  text: z.string().max(LIMITS.note),
  /** Rises with every save of this call; an older one arriving late never overwrites a newer. */
  seq: z.int().min(1),
  /**
   * Where the caret stands while typing (UTF-16 index): a number being typed there is stored hidden until
   * it is clear what it is. Absent when the text is settled: the field was left, the call ended, a long pause.
   */
  caret: z.int().min(0).max(LIMITS.note).optional(),
});
export type SaveNote = z.infer<typeof saveNoteSchema>;

export const capturedFieldSchema = z.strictObject({
  field: z.string().min(1).max(60),
  label: line,
  /** As shown; an empty text removes the field. */
  value: z.string().max(LIMITS.text),
  sensitive: z.boolean().optional(),
});
export type CapturedField = z.infer<typeof capturedFieldSchema>;
const setFieldsSchema = z.strictObject({ callId: callIdSchema, fields: z.array(capturedFieldSchema).max(100) });
export type SetFields = z.infer<typeof setFieldsSchema>;

/** What happened in a call beside its state: steps walked, prompts used, products shown, warnings given. */
export const LOG_TYPES = [
  'script-opened', 'script-step', 'script-answer', 'script-back', 'script-skipped', 'script-closed', 'script-paused', 'must-said',
  'prompt-used', 'product-shown', 'article-shown', 'aside', 'warning', 'consent', 'flag', 'search',
] as const;
export const logEventSchema = z.strictObject({
  callId: callIdSchema,
  type: z.enum(LOG_TYPES),
  /** Flat details, for example `{ script, step, answer }` or `{ prompt, text }`. */
  data: z.record(z.string().max(60), z.union([z.string().max(LIMITS.text), z.number(), z.boolean()])),
});
export type LogEvent = z.infer<typeof logEventSchema>;

export const complaintSchema = z.strictObject({
  category: z.string().min(1).max(LIMITS.line),
  promised: z.string().max(LIMITS.text),
  resolved: z.boolean(),
  resolution: z.string().max(LIMITS.text),
});
export type Complaint = z.infer<typeof complaintSchema>;

export const wrapUpSchema = z.strictObject({
  callId: callIdSchema,
  /** The wrap-up code as it stood then: packs may change it later. */
  disposition: z.strictObject({ id: z.string().max(LIMITS.id), group: line, label: line, solved: z.boolean(), requires: z.array(z.enum(['note', 'follow-up', 'complaint'])).max(3).optional() }).optional(),
  summary: z.string().max(LIMITS.note).optional(),
  complaint: complaintSchema.optional(),
  /** True closes the call; false only saves what is there (auto-wrap-up, switching away). */
  close: z.boolean(),
});
export type WrapUp = z.infer<typeof wrapUpSchema>;

export const incidentSchema = z.strictObject({
  id: callIdSchema.optional(),
  callId: callIdSchema.optional(),
  category: z.string().min(1).max(LIMITS.line),
  warnings: z.int().min(0).max(20),
  endedCall: z.boolean(),
  words: z.string().max(LIMITS.text),
});
export type IncidentInput = z.infer<typeof incidentSchema>;
export type Incident = { id: string; callId?: string; at: number; category: string; warnings: number; endedCall: boolean; words: string };

export const historyQuerySchema = z.strictObject({
  text: z.string().max(LIMITS.line).optional(),
  number: line.optional(),
  disposition: z.string().max(LIMITS.id).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  limit: z.int().min(1).max(200),
  /** Opaque; from the previous page. */
  cursor: z.string().max(200).optional(),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** One call as screens see it. */
export type CallView = {
  id: string;
  machine: CallMachine;
  durations: CallDurations;
  number?: string;
  /** E.164; absent for anonymous and unreadable numbers. */
  e164?: string;
  name?: string;
  queue?: string;
  dialled?: string;
  externalId?: string;
  linkedCall?: string;
  linkedAs?: 'call-back' | 'transfer' | 'repeat';
  startedAt: number;
  outcome?: CallOutcome;
  disposition?: { id: string; group: string; label: string; solved: boolean };
  note: { text: string; seq: number; savedAt?: number };
  summary: string;
  fields: (CapturedField & { at: number })[];
  /** The script runner's own state, as it was stored. */
  scriptState?: unknown;
};

export type LoggedEvent = { seq: number; at: number; type: string; data: Record<string, string | number | boolean> };

/** A line of the history list. */
export type CallLine = {
  id: string;
  startedAt: number;
  direction: 'in' | 'out';
  outcome?: CallOutcome;
  number?: string;
  name?: string;
  queue?: string;
  disposition?: string;
  solved?: boolean;
  talkMs: number;
  /** Start of the note or summary; for a search, the place that matched, with ‹ › around the words. */
  excerpt: string;
};

export type NoteSaved = {
  seq: number;
  savedAt: number;
  /** False only while no folder can be written: the text lives as long as the program. */
  durable: boolean;
  /** How many pieces were masked before saving, those still being typed left out; above 0 the screen takes over `shown`. */
  masked: number;
  /** True while a number at the caret is stored hidden that may turn out to be an ordinary one: the settled text must follow. */
  held: boolean;
};
