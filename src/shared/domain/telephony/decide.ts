import { assertNever } from '../common.ts';
import type { CallEvent, CallState } from '../calls/machine.ts';
import { sameNumber } from './clean.ts';
import type { TelephonyEvent } from './event.ts';

/** The moves a telephone can make. */
export type TelephonyMove = Extract<CallEvent, { type: 'answer' | 'hold' | 'resume' | 'hang-up' | 'missed' | 'transfer-out' | 'transfer-in' }>;

/** A call of this desk as far as telephony needs to know it. */
export type KnownCall = {
  id: string; state: CallState; number?: string | undefined; name?: string | undefined; queue?: string | undefined;
  /** Where it was passed on to, and who passed it here. */
  transferredTo?: string | undefined; transferredFrom?: string | undefined;
};

/** What one event of the telephone means for the desk. */
export type Decision =
  | { kind: 'start'; ringing: boolean }
  | { kind: 'event'; callId: string; event: TelephonyMove }
  /** The caller of this call said something. */
  | { kind: 'said'; callId: string }
  /** The call is known already; the event may have brought a fact that was missing. */
  | { kind: 'same'; callId: string }
  | { kind: 'ignore'; why: 'no-such-call' | 'does-not-fit' };

/** Decides by the state of the call that is meant, or `undefined` when the desk knows none. */
export function decide(event: TelephonyEvent, known: KnownCall | undefined): Decision {
  switch (event.verb) {
    case 'ring':
      return known === undefined ? { kind: 'start', ringing: true } : { kind: 'same', callId: known.id };
    case 'answer':
      if (known === undefined) return { kind: 'start', ringing: false };
      return known.state === 'ringing' ? { kind: 'event', callId: known.id, event: { type: 'answer' } } : { kind: 'same', callId: known.id };
    case 'hold':
      return move(known, ['talking'], { type: 'hold' }, 'on-hold');
    case 'resume':
      return move(known, ['on-hold'], { type: 'resume' }, 'talking');
    case 'end':
      return move(known, ['ringing', 'talking', 'on-hold'], { type: 'hang-up', by: event.by ?? 'unknown' }, 'wrap-up');
    case 'transfer':
      return transfer(event, known);
    case 'said':
      if (known === undefined) return { kind: 'ignore', why: 'no-such-call' };
      return known.state === 'talking' || known.state === 'on-hold' ? { kind: 'said', callId: known.id } : { kind: 'ignore', why: 'does-not-fit' };
    default:
      return assertNever(event.verb);
  }
}

/** Passed on by this desk, or to it. Some telephones tell it after the end of the call, and some tell it twice. */
function transfer({ to, from, attended }: TelephonyEvent, known: KnownCall | undefined): Decision {
  if (known === undefined) return { kind: 'ignore', why: 'no-such-call' };
  if (to !== undefined) {
    if (known.state === 'ringing' || known.state === 'ended') return { kind: 'ignore', why: 'does-not-fit' };
    if (known.state === 'wrap-up' && known.transferredTo !== undefined) return { kind: 'same', callId: known.id };
    return { kind: 'event', callId: known.id, event: { type: 'transfer-out', to, kind: attended === true ? 'attended' : 'blind' } };
  }
  const live = known.state === 'ringing' || known.state === 'talking' || known.state === 'on-hold';
  if (from === undefined || !live) return { kind: 'ignore', why: 'does-not-fit' };
  return known.transferredFrom === from ? { kind: 'same', callId: known.id } : { kind: 'event', callId: known.id, event: { type: 'transfer-in', from } };
}

function move(known: KnownCall | undefined, from: readonly CallState[], event: TelephonyMove, after: CallState): Decision {
  if (known === undefined) return { kind: 'ignore', why: 'no-such-call' };
  if (from.includes(known.state)) return { kind: 'event', callId: known.id, event };
  return known.state === after || known.state === 'ended' ? { kind: 'same', callId: known.id } : { kind: 'ignore', why: 'does-not-fit' };
}

/** Which state the meant call is most likely in, for telephones that give neither id nor number. */
const LIKELY: Readonly<Record<TelephonyEvent['verb'], readonly CallState[]>> = {
  ring: ['ringing'],
  answer: ['ringing', 'talking'],
  hold: ['talking', 'on-hold'],
  resume: ['on-hold', 'talking'],
  end: ['talking', 'on-hold', 'ringing'],
  transfer: ['talking', 'on-hold', 'ringing'],
  said: ['talking', 'on-hold'],
};

/**
 * Finds the call an event without an id means: the one with the same number, else (when the event
 * has no number either) the one in the likeliest state. `open` is newest first.
 */
export function findMeant(event: TelephonyEvent, open: readonly KnownCall[]): KnownCall | undefined {
  const alive = open.filter((call) => call.state === 'ringing' || call.state === 'talking' || call.state === 'on-hold');
  const likely = LIKELY[event.verb].flatMap((state) => alive.filter((call) => call.state === state));
  const { number } = event;
  if (number === undefined) return event.verb === 'ring' ? likely.find((call) => call.number === undefined) : likely[0];
  const same = (call: KnownCall): boolean => call.number !== undefined && sameNumber(call.number, number);
  return likely.find(same) ?? alive.find(same);
}

/** Facts the event brings that the call does not have yet; undefined when there are none. */
export function newFacts(event: TelephonyEvent, known: KnownCall): { number?: string; name?: string; queue?: string } | undefined {
  const { number, name, queue } = event;
  // Passed on by a colleague: the number so far was the colleague's, the caller's comes with the transfer.
  const over = event.verb === 'transfer' && event.from !== undefined;
  const facts = {
    ...(number !== undefined && (known.number === undefined || over) ? { number } : {}),
    ...(name !== undefined && (known.name === undefined || over) ? { name } : {}),
    ...(queue !== undefined && known.queue === undefined ? { queue } : {}),
  };
  return Object.keys(facts).length === 0 ? undefined : facts;
}
