import { describe, expect, it } from 'vitest';
import { callIdOf, createIntake, type CallRecords, type IntakeReport } from '#main/features/telephony/intake.ts';
import { startCall, transition, type CallMachine } from '#shared/domain/calls/machine.ts';
import type { TelephonyEvent } from '#shared/domain/telephony/event.ts';

type Kept = { id: string; machine: CallMachine; number?: string | undefined; name?: string | undefined; queue?: string | undefined };

/** Records in memory over the real call machine, as slow as asked. */
function memoryRecords(now: () => number, delay = 0): CallRecords & { calls: Map<string, Kept>; commands: () => number } {
  const calls = new Map<string, Kept>();
  let count = 0;
  let commands = 0;
  const wait = (): Promise<void> => (delay === 0 ? Promise.resolve() : new Promise((done) => setTimeout(done, delay)));
  const known = (kept: Kept) => ({ id: kept.id, state: kept.machine.state, number: kept.number, name: kept.name, queue: kept.queue, since: kept.machine.since, transferredTo: kept.machine.transferredTo, transferredFrom: kept.machine.transferredFrom });
  return {
    calls,
    commands: () => commands,
    start: async (input) => {
      commands += 1;
      await wait();
      const id = input.id ?? `made-${(count += 1)}`;
      if (calls.has(id)) return { callId: id, created: false };
      calls.set(id, { id, machine: startCall({ direction: input.direction, ringing: input.ringing ?? false }, now()), number: input.number, name: input.name, queue: input.queue });
      return { callId: id, created: true };
    },
    event: async (callId, event) => {
      commands += 1;
      await wait();
      const kept = calls.get(callId);
      if (kept === undefined) throw new Error('no such call');
      const result = transition(kept.machine, event, now());
      if (!result.ok) throw new Error(result.reason);
      kept.machine = result.machine;
    },
    describe: async (callId, facts) => {
      Object.assign(calls.get(callId) ?? {}, facts);
    },
    get: async (callId) => {
      const kept = calls.get(callId);
      return kept === undefined ? undefined : known(kept);
    },
    open: async () => [...calls.values()].filter((one) => one.machine.state !== 'ended').map(known).toReversed(),
  };
}

function desk(delay = 0) {
  let now = 1_000_000;
  const records = memoryRecords(() => now, delay);
  const reports: IntakeReport[] = [];
  const intake = createIntake({ records, now: () => now, onReport: (report) => reports.push(report), warn: () => undefined });
  const say = (verb: TelephonyEvent['verb'], rest: Partial<TelephonyEvent> = {}): boolean => intake.accept({ verb, direction: 'in', ...rest }, 'arguments');
  const states = (): string[] => [...records.calls.values()].map((one) => one.machine.state);
  return { records, reports, intake, say, states, pass: (ms: number) => (now += ms) };
}

describe('calls from a telephone', () => {
  it.each([['end', 'transfer'], ['transfer', 'end']] as const)('a call passed on (told as %s, then %s) is recorded with its target, once', async (first, second) => {
    const { say, intake, records, reports } = desk();
    say('answer', { id: 'a', number: '0301234567' });
    for (const verb of [first, second, 'transfer'] as const) {
      say(verb, { id: 'a', ...(verb === 'transfer' ? { to: '250', attended: true } : {}) });
      await intake.idle();
    }
    expect([...records.calls.values()].map(({ machine }) => machine)).toMatchObject([{ state: 'wrap-up', outcome: 'transferred', transferredTo: '250', transferKind: 'attended' }]);
    expect(reports.map(({ outcome }) => outcome)).toEqual(first === 'end' ? ['started', 'moved', 'moved', 'duplicate'] : ['started', 'moved', 'duplicate', 'duplicate']);
  });

  it("a call a colleague hands over gets the caller's number in place of the colleague's", async () => {
    const { say, intake, records } = desk();
    say('answer', { id: 'a', number: '103' });
    await intake.idle();
    say('transfer', { id: 'a', from: '103', number: '07700900456', name: 'Cem' });
    await intake.idle();
    expect([...records.calls.values()]).toMatchObject([{ number: '07700900456', name: 'Cem', machine: { state: 'talking', transferredFrom: '103' } }]);
  });

  it('walks one call by its id; repetitions change nothing', async () => {
    const { say, intake, states, records } = desk();
    for (const verb of ['ring', 'ring', 'answer', 'answer', 'hold', 'hold', 'resume', 'end', 'end'] as const) {
      say(verb, { id: 'a', number: '0301234567' });
      await intake.idle();
    }
    expect(states()).toEqual(['wrap-up']);
    expect(records.calls.get(callIdOf('a'))?.machine.spans.map((span) => span.state)).toEqual(['ringing', 'talking', 'on-hold', 'talking', 'wrap-up']);
  });

  it('takes a burst of one call in order, even when it all arrives at once', async () => {
    const { say, intake, states, records } = desk(1);
    for (const verb of ['ring', 'ring', 'ring', 'answer', 'hold', 'resume', 'end'] as const) say(verb, { id: 'b' });
    await intake.idle();
    expect(states()).toEqual(['wrap-up']);
    expect(records.commands()).toBe(5);
  });

  it('what the caller said reaches the call in order with its other events, line after line, and starts none', async () => {
    const { say, intake, states, reports } = desk(1);
    say('said', { text: 'to nobody' });
    await intake.idle();
    say('ring', { id: 's' });
    say('answer', { id: 's' });
    say('said', { id: 's', text: 'my parcel' });
    say('said', { id: 's', text: 'never came' });
    say('said', { id: 's', text: 'x'.repeat(5_000) });
    await intake.idle();
    say('said', { text: 'without an id it is the one who talks' });
    await intake.idle();
    say('end', { id: 's' });
    say('said', { id: 's', text: 'after the end' });
    await intake.idle();
    expect(states()).toEqual(['wrap-up']);
    const lines = reports.filter((one) => one.event.verb === 'said');
    expect(lines.map((one) => one.outcome)).toEqual(['no-such-call', 'said', 'said', 'does-not-fit']);
    expect(lines[1]).toMatchObject({ callId: callIdOf('s') });
    expect(lines[1]?.event.text).toHaveLength(1_000);
    expect(lines[2]?.event.text).toBe('without an id it is the one who talks');
  });

  it('without an id the number binds the events of a call together', async () => {
    const { say, intake, states } = desk();
    say('ring', { number: '+447700900123' });
    await intake.idle();
    say('ring', { number: '07700900123' });
    await intake.idle();
    say('answer', { number: '07700900123' });
    await intake.idle();
    expect(states()).toEqual(['talking']);
  });

  it('an answer or end learned first: the call begins talked, the end of an unknown one is nothing', async () => {
    const { say, intake, states, reports } = desk();
    say('end', { id: 'unknown' });
    say('answer', { id: 'c', number: '0301234567' });
    await intake.idle();
    expect(states()).toEqual(['talking']);
    expect(reports.map((one) => one.outcome)).toEqual(['no-such-call', 'started']);
  });

  it('adds the name a later event brings, and keeps the one it has', async () => {
    const { say, intake, records } = desk();
    say('ring', { id: 'd', number: '0301234567' });
    await intake.idle();
    say('answer', { id: 'd', name: 'Ann', number: '999999999' });
    await intake.idle();
    expect(records.calls.get(callIdOf('d'))).toMatchObject({ name: 'Ann', number: '0301234567' });
  });

  it('a telephone that counts from 1 again each day makes new calls; a late repetition does not', async () => {
    const { say, intake, states, pass } = desk();
    say('ring', { id: '1' });
    await intake.idle();
    say('end', { id: '1' });
    await intake.idle();
    say('ring', { id: '1' });
    await intake.idle();
    expect(states()).toEqual(['ended']);
    pass(3_600_000);
    say('ring', { id: '1' });
    await intake.idle();
    say('answer', { id: '1' });
    await intake.idle();
    expect(states()).toEqual(['ended', 'talking']);
  });

  it('a failing command is reported and the line goes on', async () => {
    const { say, intake, records, reports } = desk();
    records.start = async () => Promise.reject(new Error('disk full'));
    say('ring', { id: 'e' });
    say('hold', { id: 'f' });
    await intake.idle();
    expect(reports.map((one) => one.outcome)).toEqual(['failed', 'no-such-call']);
  });
});

describe('a storm', () => {
  it('5,000 events in bursts over 500 calls: every call is there, in its last state', async () => {
    const { say, intake, records } = desk();
    const verbs = ['ring', 'ring', 'ring', 'answer', 'answer', 'hold', 'resume', 'resume', 'end', 'end'] as const;
    for (const verb of verbs) {
      for (let call = 0; call < 500; call += 1) expect(say(verb, { id: `storm-${call}`, number: `0770090${call}` })).toBe(true);
      await new Promise((done) => setTimeout(done, 1));
    }
    await intake.idle();
    expect(records.calls.size).toBe(500);
    const states = new Set([...records.calls.values()].map((one) => one.machine.state));
    // Rung out by the cap before their answer came through, or walked to the end: none is left on the line.
    expect([...states].every((state) => state === 'wrap-up' || state === 'ended')).toBe(true);
  });

  it('5,000 different calls ringing at once are all recorded; no more than 20 still ring', async () => {
    const { say, intake, records } = desk();
    for (let call = 0; call < 5_000; call += 1) say('ring', { id: `many-${call}` });
    await intake.idle();
    expect(records.calls.size).toBe(5_000);
    const states = [...records.calls.values()].map((one) => one.machine.state);
    expect(states.filter((state) => state === 'ringing')).toHaveLength(20);
    expect(states.filter((state) => state === 'ended')).toHaveLength(4_980);
  });

  it('refuses rather than growing without end', () => {
    const { say, intake } = desk(50);
    let refused = 0;
    for (let call = 0; call < 20_100; call += 1) if (!say('ring', { id: `flood-${call}` })) refused += 1;
    expect(refused).toBeGreaterThanOrEqual(100);
    expect(intake.waiting()).toBeLessThanOrEqual(20_000);
  });
});
