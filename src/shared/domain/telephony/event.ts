import { z } from 'zod';
import { CAPS, cleanText } from './clean.ts';

/**
 * What a telephone can tell us; `said` comes from a transcription beside it, `transfer` says that the call went to
 * somebody else (`to`) or came from somebody (`from`). Anything else is not a verb and is dropped.
 */
export const TELEPHONY_VERBS = ['ring', 'answer', 'hold', 'resume', 'end', 'transfer', 'said'] as const;
export type TelephonyVerb = (typeof TELEPHONY_VERBS)[number];

/** One thing the telephone said about one call, already cleaned. Every text in it is data, never a command. */
export const telephonyEventSchema = z.strictObject({
  verb: z.enum(TELEPHONY_VERBS),
  direction: z.enum(['in', 'out']),
  /** The telephone system's own id of the call. */
  id: z.string().max(CAPS.id).optional(),
  number: z.string().max(CAPS.number).optional(),
  name: z.string().max(CAPS.name).optional(),
  queue: z.string().max(CAPS.queue).optional(),
  dialled: z.string().max(CAPS.dialled).optional(),
  /** What the caller said, with `said`: one line of a transcript made on this machine. */
  text: z.string().max(CAPS.text).optional(),
  /** Who hung up, with `end`. */
  by: z.enum(['caller', 'agent', 'unknown']).optional(),
  /** With `transfer`: where the call went, or who passed it to this desk. One of them. */
  to: z.string().max(CAPS.number).optional(),
  from: z.string().max(CAPS.number).optional(),
  /** With `transfer`: whether the agent talked to the other one first. Blind unless said. */
  attended: z.boolean().optional(),
});
export type TelephonyEvent = z.infer<typeof telephonyEventSchema>;

/** Parameter names understood in addresses and form bodies; the rest is ignored. */
export type RawParameters = { readonly [name: string]: string | undefined };

/**
 * Reads parameters named as ours (`event`, `id`, `number`, `name`, `queue`, `dialled`, `direction`, `text`, `to`, `from`, `attended`).
 * Undefined when the verb is not one of ours, or when nothing says which call is meant.
 */
export function readParameters(raw: RawParameters): TelephonyEvent | undefined {
  const text = (name: keyof typeof CAPS): string | undefined => {
    const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
    return value === undefined ? undefined : cleanText(value, CAPS[name]);
  };
  const own = (name: string): string | undefined => (Object.hasOwn(raw, name) ? raw[name] : undefined);
  const verb = readVerb(own('event'));
  if (verb === undefined) return undefined;
  const facts = { id: text('id'), number: text('number'), name: text('name'), queue: text('queue'), dialled: text('dialled') };
  const line = verb === 'said' ? text('text') : undefined;
  if (verb === 'said' && line === undefined) return undefined;
  const passed = verb === 'transfer' ? transferOf(text('to'), text('from'), own('attended')) : {};
  if (passed === undefined) return undefined;
  if (own('event') === undefined && facts.number === undefined && facts.id === undefined) return undefined;
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return { verb, direction: own('direction')?.trim().toLowerCase() === 'out' ? 'out' : 'in', ...known, ...passed, ...(line === undefined ? {} : { text: line }) };
}

/** A transfer that names nobody says nothing. */
function transferOf(to: string | undefined, from: string | undefined, attended: string | undefined): Pick<TelephonyEvent, 'to' | 'from' | 'attended'> | undefined {
  const kind = /^(?:1|true|yes|attended)$/i.test(attended ?? '') ? { attended: true } : {};
  if (to !== undefined) return { to, ...kind };
  return from === undefined ? undefined : { from, ...kind };
}

/** No verb given means the telephone rings: that is all the simplest ones can say. */
function readVerb(raw: string | undefined): TelephonyVerb | undefined {
  if (raw === undefined) return 'ring';
  const word = raw.trim().toLowerCase();
  return TELEPHONY_VERBS.find((verb) => verb === word);
}
