import { createHash } from 'node:crypto';
import type { StartCall } from '#shared/domain/calls/schema.ts';
import { CAPS } from '#shared/domain/telephony/clean.ts';
import { decide, findMeant, newFacts, type KnownCall, type TelephonyMove } from '#shared/domain/telephony/decide.ts';
import type { TelephonyEvent } from '#shared/domain/telephony/event.ts';

/** The entrance an event came through. */
export type TelephonySource = 'arguments' | 'link' | 'http' | 'ami';
export type IntakeOutcome = 'started' | 'moved' | 'said' | 'duplicate' | 'no-such-call' | 'does-not-fit' | 'failed';
export type IntakeReport = { source: TelephonySource; event: TelephonyEvent; outcome: IntakeOutcome; callId?: string };

/** What the intake needs of the records; every function rejects when the records refuse. */
export type CallRecords = {
  start(call: StartCall): Promise<{ callId: string; created: boolean }>;
  event(callId: string, event: TelephonyMove): Promise<void>;
  describe(callId: string, facts: { number?: string; name?: string; queue?: string }): Promise<void>;
  get(callId: string): Promise<(KnownCall & { since: number }) | undefined>;
  /** Calls not ended, newest first. */
  open(): Promise<KnownCall[]>;
};

export type IntakeOptions = {
  records: CallRecords;
  now: () => number;
  /** After each event was applied; must not throw. */
  onReport: (report: IntakeReport) => void;
  warn: (message: string, details?: Record<string, unknown>) => void;
};

export type Intake = {
  /** Takes one event. False when so much is waiting that it cannot be taken: the sender may try again. */
  accept(event: TelephonyEvent, source: TelephonySource): boolean;
  /** Resolves when everything taken so far is applied. */
  idle(): Promise<void>;
  waiting(): number;
};

/** Calls that may wait to be recorded. Beyond that a sender is refused rather than the desk stopped. */
const MOST_WAITING = 20_000;
/** Different moves of one call kept while it waits; more of them say nothing new. */
const MOST_PER_CALL = 16;
/** One desk cannot ring with more calls than this: the oldest becomes a missed call, in the records like any other. */
const MOST_RINGING = 20;
/** A telephone that counts its calls from 1 uses an id again; after this long it is another call (ms). */
const ID_REUSED_MS = 600_000;
/** Ids remembered with their generation. */
const REMEMBERED = 5_000;

type Waiting = { event: TelephonyEvent; source: TelephonySource };

/**
 * The one door of telephony into the records. Events are put in line per call, repetitions melt into
 * one, and the line is worked off one command at a time, so that a storm of events neither loses a
 * call nor crowds out the notes being saved.
 */
export function createIntake({ records, now, onReport, warn }: IntakeOptions): Intake {
  const line = new Map<string, Waiting[]>();
  const generations = new Map<string, number>();
  const ringing = new Set<string>();
  let running: Promise<void> | undefined;

  const accept = (event: TelephonyEvent, source: TelephonySource): boolean => {
    const key = keyOf(event);
    const queued = line.get(key);
    if (queued === undefined) {
      if (line.size >= MOST_WAITING) return false;
      line.set(key, [{ event, source }]);
    } else {
      const last = queued.at(-1);
      if (last?.event.verb === 'said' && event.verb === 'said') last.event = { ...last.event, ...event, text: joined(last.event.text, event.text) };
      else if (last?.event.verb === event.verb) last.event = { ...last.event, ...event };
      else if (queued.length < MOST_PER_CALL) queued.push({ event, source });
      // The end is what must not be missed of a call that flutters.
      else if (event.verb === 'end') queued[queued.length - 1] = { event, source };
    }
    start();
    return true;
  };

  function start(): void {
    running ??= work().finally(() => {
      running = undefined;
      // An event that came between the last look at the line and here.
      if (line.size > 0) start();
    });
  }

  async function work(): Promise<void> {
    // Events of the same turn gather first: a burst of repetitions becomes one command.
    await Promise.resolve();
    for (let next = first(line); next !== undefined; next = first(line)) {
      const [key, queued] = next;
      line.delete(key);
      for (const { event, source } of queued) onReport(await apply(event, source));
    }
  }

  async function apply(event: TelephonyEvent, source: TelephonySource): Promise<IntakeReport> {
    try {
      const meant = await find(event);
      const decision = decide(event, meant.known);
      switch (decision.kind) {
        case 'start': {
          const { callId, created } = await records.start(startOf(event, decision.ringing, meant));
          if (decision.ringing && created) await ring(callId);
          return { source, event, outcome: created ? 'started' : 'duplicate', callId };
        }
        case 'event':
          await describe(event, meant.known);
          await records.event(decision.callId, decision.event);
          ringing.delete(decision.callId);
          return { source, event, outcome: 'moved', callId: decision.callId };
        case 'said':
          return { source, event, outcome: 'said', callId: decision.callId };
        case 'same':
          await describe(event, meant.known);
          return { source, event, outcome: 'duplicate', callId: decision.callId };
        case 'ignore':
          return { source, event, outcome: decision.why };
      }
    } catch (cause) {
      warn('an event of the telephone could not be applied', { type: event.verb, reason: cause instanceof Error ? cause.name : 'unknown' });
      return { source, event, outcome: 'failed' };
    }
  }

  type Meant = { known: KnownCall | undefined; generation: number };

  async function find(event: TelephonyEvent): Promise<Meant> {
    if (event.id === undefined) return { known: findMeant(event, await records.open()), generation: 1 };
    for (let generation = generations.get(event.id) ?? 1; ; generation += 1) {
      const known = await records.get(callIdOf(event.id, generation));
      const begins = event.verb === 'ring' || event.verb === 'answer';
      const reused = known?.state === 'ended' && begins && now() - known.since > ID_REUSED_MS;
      if (reused) continue;
      remember(event.id, generation);
      return { known, generation };
    }
  }

  function remember(id: string, generation: number): void {
    generations.delete(id);
    generations.set(id, generation);
    const oldest = generations.keys().next();
    if (generations.size > REMEMBERED && oldest.done !== true) generations.delete(oldest.value);
  }

  async function describe(event: TelephonyEvent, known: KnownCall | undefined): Promise<void> {
    const facts = known === undefined || known.state === 'ended' ? undefined : newFacts(event, known);
    if (known !== undefined && facts !== undefined) await records.describe(known.id, facts);
  }

  /** Keeps the number of ringing calls bounded; one answered meanwhile at the screen refuses `missed`, which is right. */
  async function ring(callId: string): Promise<void> {
    ringing.add(callId);
    if (ringing.size <= MOST_RINGING) return;
    const [oldest] = ringing;
    if (oldest === undefined) return;
    ringing.delete(oldest);
    await records.event(oldest, { type: 'missed' }).catch(() => undefined);
  }

  return {
    accept,
    waiting: () => line.size,
    idle: async () => {
      while (running !== undefined) await running;
    },
  };
}

function startOf(event: TelephonyEvent, ringing: boolean, { generation }: { generation: number }): StartCall {
  const { direction, number, name, queue, dialled, id } = event;
  const ids = id === undefined ? {} : { id: callIdOf(id, generation), externalId: generation === 1 ? id : `${id}~${generation}` };
  const facts = Object.fromEntries(Object.entries({ number, name, queue, dialled }).filter(([, value]) => value !== undefined));
  return { direction, ringing, ...ids, ...facts };
}

/** The call an id of the telephone belongs to has the same public id after every restart, without a look-up table. */
export function callIdOf(externalId: string, generation = 1): string {
  return `tel-${createHash('sha256').update(`${externalId}\n${generation}`).digest('hex').slice(0, 32)}`;
}

/** Two lines of one caller that wait together; the newest words are kept. */
function joined(before: string | undefined, line: string | undefined): string {
  return [before, line].filter((part) => part !== undefined).join(' ').slice(-CAPS.text);
}

function keyOf(event: TelephonyEvent): string {
  return event.id === undefined ? `n:${event.number ?? ''}` : `i:${event.id}`;
}

function first<K, V>(map: ReadonlyMap<K, V>): [K, V] | undefined {
  const next = map.entries().next();
  return next.done === true ? undefined : next.value;
}
