import { assertNever } from '../common.ts';

/** `ringing → talking ⇄ on-hold → wrap-up → ended`. Wrap-up is after-call work (ACW). */
export const CALL_STATES = ['ringing', 'talking', 'on-hold', 'wrap-up', 'ended'] as const;
export type CallState = (typeof CALL_STATES)[number];
export type CallDirection = 'in' | 'out';

/** How a call came out, as far as the telephone knows. */
export type CallOutcome = 'answered' | 'missed' | 'rejected' | 'transferred';
export type HungUpBy = 'caller' | 'agent' | 'unknown';
export type TransferKind = 'blind' | 'attended';

/** One stay in one state. `to` is absent while it lasts. UTC epoch milliseconds. */
export type CallSpan = { state: Exclude<CallState, 'ended'>; from: number; to?: number };

/** Everything the machine knows of one call. Plain data: it is stored and sent as is. */
export type CallMachine = {
  state: CallState;
  direction: CallDirection;
  /** When the present state began. */
  since: number;
  spans: CallSpan[];
  answeredAt?: number;
  hungUpAt?: number;
  hungUpBy?: HungUpBy;
  endedAt?: number;
  outcome?: CallOutcome;
  /** Another call is ringing or parked while this one is in front, by call id. */
  waiting: string[];
  /** Who passed the call to this desk. */
  transferredFrom?: string;
  /** Where this desk passed it to. */
  transferredTo?: string;
  transferKind?: TransferKind;
  /** Set while an attended transfer is being talked over; the caller is on hold meanwhile. */
  consulting?: string;
};

export type CallEvent =
  | { type: 'answer' }
  | { type: 'reject' }
  | { type: 'missed' }
  | { type: 'hold' }
  | { type: 'resume' }
  | { type: 'hang-up'; by: HungUpBy }
  | { type: 'consult'; to: string }
  | { type: 'transfer-out'; to: string; kind: TransferKind }
  | { type: 'transfer-in'; from: string }
  | { type: 'second-call'; callId: string }
  | { type: 'second-call-gone'; callId: string }
  | { type: 'finish' }
  /** The program was gone from `lastSeen` (UTC ms) until now: that time belongs to no state. */
  | { type: 'interrupted'; lastSeen: number };

/** What the rest of the desk has to do about a change; plain data, carried out by whoever holds the call. */
export type CallEffect =
  | { type: 'state-changed'; from: CallState; to: CallState }
  | { type: 'open-live-call' }
  | { type: 'freeze-script' }
  | { type: 'pause-script' }
  | { type: 'resume-script' }
  | { type: 'open-wrap-up' }
  | { type: 'show-waiting'; callId: string }
  | { type: 'hide-waiting'; callId: string }
  | { type: 'offer-next-call'; callId: string }
  | { type: 'record-missed' }
  | { type: 'apply-held-updates' }
  | { type: 'start-clean' };

export type RefusalReason = 'not-ringing' | 'not-live' | 'already-on-hold' | 'not-on-hold' | 'already-live' | 'still-live' | 'over' | 'itself';
export type Transition = { ok: true; machine: CallMachine; effects: CallEffect[] } | { ok: false; reason: RefusalReason };

export type CallStart = {
  direction: CallDirection;
  /** False on a desk without telephony, and when the softphone tells us only of the answer. */
  ringing: boolean;
  transferredFrom?: string;
};

/** A call begins: ringing, or at once talking. */
export function startCall(start: CallStart, at: number): CallMachine {
  const state = start.ringing ? 'ringing' : 'talking';
  return {
    state,
    direction: start.direction,
    since: at,
    spans: [{ state, from: at }],
    waiting: [],
    ...(start.ringing ? {} : { answeredAt: at }),
    ...(start.transferredFrom === undefined ? {} : { transferredFrom: start.transferredFrom }),
  };
}

/** A person is on the line, or about to be: nothing may be shown over it. */
export function isLive(state: CallState): boolean {
  return state === 'ringing' || state === 'talking' || state === 'on-hold';
}

/** Ends the running span and begins the next. A clock set back gives an empty span, never a negative one. */
function move(machine: CallMachine, to: CallState, at: number): CallMachine {
  const when = Math.max(at, machine.since);
  const spans = machine.spans.map((span) => (span.to === undefined ? { ...span, to: when } : span));
  if (to !== 'ended') spans.push({ state: to, from: when });
  return { ...machine, state: to, since: when, spans };
}

function changed(from: CallMachine, to: CallMachine, ...effects: CallEffect[]): Transition {
  return { ok: true, machine: to, effects: [{ type: 'state-changed', from: from.state, to: to.state }, ...effects] };
}

const refuse = (reason: RefusalReason): Transition => ({ ok: false, reason });

/**
 * The whole life of one call. Pure: the same machine, event and time always give the same answer.
 * A refused event changes nothing; the reason says why, for a quiet message.
 */
export function transition(machine: CallMachine, event: CallEvent, at: number): Transition {
  if (machine.state === 'ended') return refuse('over');
  switch (event.type) {
    case 'answer':
      return answer(machine, at);
    case 'reject':
    case 'missed':
      return leaveUnanswered(machine, event.type === 'missed' ? 'missed' : 'rejected', at);
    case 'hold':
      return hold(machine, at);
    case 'resume':
      return resume(machine, at);
    case 'hang-up':
      return hangUp(machine, event.by, at);
    case 'consult':
      return consult(machine, event.to, at);
    case 'transfer-out':
      return transferOut(machine, event.to, event.kind, at);
    case 'transfer-in':
      return isLive(machine.state) ? { ok: true, machine: { ...machine, transferredFrom: event.from }, effects: [] } : refuse('not-live');
    case 'second-call':
      return { ok: true, machine: { ...machine, waiting: [...machine.waiting.filter((id) => id !== event.callId), event.callId] }, effects: [{ type: 'show-waiting', callId: event.callId }] };
    case 'second-call-gone':
      return { ok: true, machine: { ...machine, waiting: machine.waiting.filter((id) => id !== event.callId) }, effects: machine.waiting.includes(event.callId) ? [{ type: 'hide-waiting', callId: event.callId }] : [] };
    case 'finish':
      return finish(machine, at);
    case 'interrupted':
      return interrupted(machine, event.lastSeen, at);
    default:
      return assertNever(event);
  }
}

function answer(machine: CallMachine, at: number): Transition {
  if (machine.state !== 'ringing') return refuse(machine.state === 'wrap-up' ? 'not-ringing' : 'already-live');
  const next = move(machine, 'talking', at);
  return changed(machine, { ...next, answeredAt: next.since }, { type: 'open-live-call' });
}

/** The caller gave up, or the agent declined: nothing was said, so there is nothing to wrap up. */
function leaveUnanswered(machine: CallMachine, outcome: 'missed' | 'rejected', at: number): Transition {
  if (machine.state !== 'ringing') return refuse('not-ringing');
  const next = move(machine, 'ended', at);
  return changed(machine, { ...next, outcome, hungUpAt: next.since, endedAt: next.since }, { type: 'record-missed' }, ...afterwards(machine));
}

function hold(machine: CallMachine, at: number): Transition {
  if (machine.state === 'on-hold') return refuse('already-on-hold');
  if (machine.state !== 'talking') return refuse('not-live');
  return changed(machine, move(machine, 'on-hold', at), { type: 'pause-script' });
}

function resume(machine: CallMachine, at: number): Transition {
  if (machine.state !== 'on-hold') return refuse('not-on-hold');
  const { consulting: _consulting, ...rest } = move(machine, 'talking', at);
  return changed(machine, rest, { type: 'resume-script' });
}

function hangUp(machine: CallMachine, by: HungUpBy, at: number): Transition {
  if (machine.state === 'ringing') return leaveUnanswered(machine, by === 'agent' ? 'rejected' : 'missed', at);
  if (machine.state === 'wrap-up') return refuse('not-live');
  const { consulting: _consulting, ...next } = move(machine, 'wrap-up', at);
  return changed(machine, { ...next, outcome: 'answered', hungUpAt: next.since, hungUpBy: by }, { type: 'freeze-script' }, { type: 'open-wrap-up' });
}

/** The agent speaks to a colleague first; the caller waits. */
function consult(machine: CallMachine, to: string, at: number): Transition {
  if (machine.state === 'on-hold') return { ok: true, machine: { ...machine, consulting: to }, effects: [] };
  if (machine.state !== 'talking') return refuse('not-live');
  return changed(machine, { ...move(machine, 'on-hold', at), consulting: to }, { type: 'pause-script' });
}

function transferOut(machine: CallMachine, to: string, kind: TransferKind, at: number): Transition {
  // Some telephones say first that the call ended and then where it went: the time is right already, the facts are added.
  if (machine.state === 'wrap-up' && machine.outcome !== 'transferred') {
    const { hungUpBy: _by, ...rest } = machine;
    return { ok: true, machine: { ...rest, outcome: 'transferred', transferredTo: to, transferKind: kind }, effects: [] };
  }
  if (machine.state !== 'talking' && machine.state !== 'on-hold') return refuse('not-live');
  const { consulting: _consulting, ...next } = move(machine, 'wrap-up', at);
  return changed(
    machine,
    { ...next, outcome: 'transferred', hungUpAt: next.since, transferredTo: to, transferKind: kind },
    { type: 'freeze-script' },
    { type: 'open-wrap-up' },
  );
}

/**
 * A call found open after a crash or a night. A call that was live goes to wrap-up, because nobody
 * is on the line any more; nothing is dropped.
 */
function interrupted(machine: CallMachine, lastSeen: number, at: number): Transition {
  const until = Math.max(machine.since, Math.min(lastSeen, at));
  const spans = machine.spans.map((span) => (span.to === undefined ? { ...span, to: until } : span));
  const { consulting: _consulting, ...rest } = machine;
  if (machine.state === 'ringing') {
    return changed(machine, { ...rest, state: 'ended', since: until, spans, outcome: 'missed', hungUpAt: until, endedAt: until }, { type: 'record-missed' });
  }
  const next: CallMachine = { ...rest, state: 'wrap-up', since: Math.max(at, until), spans: [...spans, { state: 'wrap-up', from: Math.max(at, until) }] };
  if (machine.state === 'wrap-up') return changed(machine, next);
  return changed(machine, { ...next, outcome: 'answered', hungUpAt: until, hungUpBy: 'unknown' }, { type: 'freeze-script' }, { type: 'open-wrap-up' });
}

function finish(machine: CallMachine, at: number): Transition {
  if (machine.state !== 'wrap-up') return refuse('still-live');
  const next = move(machine, 'ended', at);
  return changed(machine, { ...next, endedAt: next.since }, ...afterwards(machine));
}

function afterwards(machine: CallMachine): CallEffect[] {
  const first = machine.waiting[0];
  return [{ type: 'apply-held-updates' }, first === undefined ? { type: 'start-clean' } : { type: 'offer-next-call', callId: first }];
}
