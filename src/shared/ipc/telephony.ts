import { z } from 'zod';
import { callIdSchema, callStateSchema } from '../domain/calls/schema.ts';
import { instantSchema, LIMITS } from '../domain/common.ts';
import { telephonyEventSchema } from '../domain/telephony/event.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});
const text = z.string().max(LIMITS.line);

export const telephonyStatusSchema = z.strictObject({
  http: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('off') }),
    z.strictObject({ kind: z.literal('on'), port: z.int() }),
    z.strictObject({ kind: z.literal('failed'), reason: z.enum(['port-taken', 'not-allowed', 'other']) }),
  ]),
  ami: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('off') }),
    z.strictObject({ kind: z.literal('connecting') }),
    z.strictObject({ kind: z.literal('on') }),
    z.strictObject({ kind: z.literal('waiting'), reason: z.enum(['unreachable', 'lost', 'not-asterisk', 'refused']), retryMs: z.number() }),
  ]),
  /** Belongs in the addresses a softphone opens. Whoever has it can ring this desk and nothing else. */
  token: z.string().max(200),
  /** Whether a manager password is stored; it is never read back. */
  passwordSet: z.boolean(),
  /** The command that starts this program, for softphones that start one, with its own arguments. */
  program: z.strictObject({ path: z.string().max(LIMITS.text), arguments: z.array(z.string().max(LIMITS.text)).max(10) }),
  /** Whether the system hands `callside:` addresses to us. */
  links: z.boolean(),
  shortcuts: z.strictObject({ strip: z.enum(['on', 'off', 'taken']), search: z.enum(['on', 'off', 'taken']) }),
});
export type TelephonyStatus = z.infer<typeof telephonyStatusSchema>;

/** One event as it was understood, for the set-up page's tester. */
export const heardSchema = z.strictObject({
  at: instantSchema,
  source: z.enum(['arguments', 'link', 'http', 'ami']),
  outcome: z.enum(['started', 'moved', 'said', 'duplicate', 'no-such-call', 'does-not-fit', 'failed', 'unreadable']),
  event: telephonyEventSchema.optional(),
});
export type Heard = z.infer<typeof heardSchema>;

/** What the strip shows: made by the main window, which alone holds the call. */
export const stripViewSchema = z.strictObject({
  call: z
    .strictObject({
      id: callIdSchema,
      state: callStateSchema,
      stateSince: instantSchema,
      who: text,
      number: text.optional(),
      queue: text.optional(),
      waiting: z.int().min(0),
      /** The last line of the note, which the strip edits, and whether it is saved. */
      noteLine: z.string().max(LIMITS.note),
      /** The number of the last line taken from the strip; what is older than its own words, the strip does not show. */
      noteSeq: z.int().min(0),
      noteState: z.enum(['saved', 'saving', 'typing', 'failed']),
    })
    .optional(),
  script: z
    .strictObject({
      title: text,
      cue: z.string().max(LIMITS.text),
      verbatim: z.boolean(),
      answers: z.array(z.strictObject({ id: z.string().max(LIMITS.id), label: z.string().max(LIMITS.text) })).max(10),
      canNext: z.boolean(),
    })
    .optional(),
  /** A promise whose time has come; only between two calls. */
  due: z.strictObject({ id: z.string().max(LIMITS.id), text: z.string().max(LIMITS.text), when: text, more: z.int().min(0) }).optional(),
});
export type StripView = z.infer<typeof stripViewSchema>;

/** What the agent does in the strip; carried out by the main window on the same stores as its own keys. */
export const stripCommandSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), callId: callIdSchema, answer: z.string().max(LIMITS.id) }),
  z.strictObject({ kind: z.literal('next'), callId: callIdSchema }),
  z.strictObject({ kind: z.literal('call'), callId: callIdSchema, event: z.enum(['answer', 'hold', 'resume', 'hang-up']) }),
  /** Replaces the last line of the note. A line break in it begins a new line. */
  z.strictObject({ kind: z.literal('note-line'), callId: callIdSchema, text: z.string().max(LIMITS.text), seq: z.int().min(1) }),
  /** About the promise that is shown: call, a little later, done, or put away until it is overdue. */
  z.strictObject({ kind: z.literal('promise'), id: z.string().max(LIMITS.id), act: z.enum(['call', 'later', 'done', 'seen']) }),
  z.strictObject({ kind: z.literal('search'), text }),
  z.strictObject({ kind: z.literal('open') }),
]);
export type StripCommand = z.infer<typeof stripCommandSchema>;

/** Whether this desk takes calls: without a reason it does. `since` is when the reason was set, UTC ms. */
const presenceViewSchema = z.strictObject({ reason: z.string().max(LIMITS.id).optional(), since: instantSchema.optional() });
export type PresenceView = z.infer<typeof presenceViewSchema>;

export const telephonyContract = {
  'telephony.status': query({ home: 'main', input: nothing, output: telephonyStatusSchema }),
  /** Makes a new token; addresses with the old one stop working at once. */
  'telephony.new-token': command({ home: 'main', input: nothing, output: telephonyStatusSchema }),
  'telephony.set-password': command({ home: 'main', input: z.strictObject({ password: z.string().max(200) }), output: telephonyStatusSchema }),
  /** While on, each event is published as `telephony.heard`, the unreadable ones too. Ends by itself after five minutes. */
  'telephony.listen': command({ home: 'main', input: z.strictObject({ on: z.boolean() }), output: nothing }),
  /** Tells the telephone system that this desk takes no calls (a reason) or takes them again (none). */
  'telephony.not-ready': command({ home: 'main', input: z.strictObject({ reason: z.string().min(1).max(LIMITS.id).optional() }), output: nothing }),
  'telephony.presence': query({ home: 'main', input: nothing, output: presenceViewSchema }),
  /** Lets the softphone of this machine call a number; by user action only. */
  'telephony.dial': command({ home: 'main', input: z.strictObject({ number: text }), output: z.strictObject({ dialled: z.boolean() }) }),
  'strip.present': command({ home: 'main', input: stripViewSchema, output: nothing }),
  'strip.get': query({ home: 'main', input: nothing, output: stripViewSchema }),
  'strip.do': command({ home: 'main', input: stripCommandSchema, output: nothing }),
} as const;

export const telephonyEvents = {
  'telephony.changed': telephonyStatusSchema,
  'telephony.heard': heardSchema,
  'telephony.presence': presenceViewSchema,
  /** One line of what the caller of an open call said, from a transcription on this machine. Stored nowhere. */
  'telephony.said': z.strictObject({ callId: callIdSchema, text: z.string().max(1_000) }),
  'strip.changed': stripViewSchema,
  'strip.command': stripCommandSchema,
} as const;
