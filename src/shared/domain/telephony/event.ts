import { z } from 'zod';
import { CAPS, cleanText } from './clean.ts';

/** What a telephone can tell us; `said` comes from a transcription beside it. Anything else is not a verb and is dropped. */
export const TELEPHONY_VERBS = ['ring', 'answer', 'hold', 'resume', 'end', 'said'] as const;
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
});
export type TelephonyEvent = z.infer<typeof telephonyEventSchema>;

/** Parameter names understood in addresses and form bodies; the rest is ignored. */
export type RawParameters = { readonly [name: string]: string | undefined };

/**
 * Reads parameters named as ours (`event`, `id`, `number`, `name`, `queue`, `dialled`, `direction`, `text`).
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
  if (own('event') === undefined && facts.number === undefined && facts.id === undefined) return undefined;
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return { verb, direction: own('direction')?.trim().toLowerCase() === 'out' ? 'out' : 'in', ...known, ...(line === undefined ? {} : { text: line }) };
}

/** No verb given means the telephone rings: that is all the simplest ones can say. */
function readVerb(raw: string | undefined): TelephonyVerb | undefined {
  if (raw === undefined) return 'ring';
  const word = raw.trim().toLowerCase();
  return TELEPHONY_VERBS.find((verb) => verb === word);
}
