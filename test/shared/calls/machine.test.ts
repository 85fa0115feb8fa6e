import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { durationsOf } from '#shared/domain/calls/durations.ts';
import { isLive, startCall, transition, type CallEvent, type CallMachine, type CallState } from '#shared/domain/calls/machine.ts';

const run = (machine: CallMachine, ...events: [CallEvent, number][]): CallMachine =>
  events.reduce((now, [event, at]) => {
    const next = transition(now, event, at);
    if (!next.ok) throw new Error(`refused ${event.type}: ${next.reason}`);
    return next.machine;
  }, machine);

const hangUp: CallEvent = { type: 'hang-up', by: 'caller' };
const inbound = (at = 0): CallMachine => startCall({ direction: 'in', ringing: true }, at);
const talking = (): CallMachine => run(inbound(), [{ type: 'answer' }, 5]);
const inState: Record<CallState, CallMachine> = {
  ringing: inbound(),
  talking: talking(),
  'on-hold': run(talking(), [{ type: 'hold' }, 10]),
  'wrap-up': run(talking(), [hangUp, 10]),
  ended: run(talking(), [hangUp, 10], [{ type: 'finish' }, 20]),
};

/** Every event in every state: the state it leads to, or why it is refused. */
const TABLE: Record<CallState, Record<string, string>> = {
  ringing: { answer: 'talking', reject: 'ended', missed: 'ended', hold: '!not-live', resume: '!not-on-hold', 'hang-up': 'ended', consult: '!not-live', 'transfer-out': '!not-live', 'transfer-in': 'ringing', 'second-call': 'ringing', 'second-call-gone': 'ringing', finish: '!still-live', interrupted: 'ended' },
  talking: { answer: '!already-live', reject: '!not-ringing', missed: '!not-ringing', hold: 'on-hold', resume: '!not-on-hold', 'hang-up': 'wrap-up', consult: 'on-hold', 'transfer-out': 'wrap-up', 'transfer-in': 'talking', 'second-call': 'talking', 'second-call-gone': 'talking', finish: '!still-live', interrupted: 'wrap-up' },
  'on-hold': { answer: '!already-live', reject: '!not-ringing', missed: '!not-ringing', hold: '!already-on-hold', resume: 'talking', 'hang-up': 'wrap-up', consult: 'on-hold', 'transfer-out': 'wrap-up', 'transfer-in': 'on-hold', 'second-call': 'on-hold', 'second-call-gone': 'on-hold', finish: '!still-live', interrupted: 'wrap-up' },
  'wrap-up': { answer: '!not-ringing', reject: '!not-ringing', missed: '!not-ringing', hold: '!not-live', resume: '!not-on-hold', 'hang-up': '!not-live', consult: '!not-live', 'transfer-out': 'wrap-up', 'transfer-in': '!not-live', 'second-call': 'wrap-up', 'second-call-gone': 'wrap-up', finish: 'ended', interrupted: 'wrap-up' },
  ended: { answer: '!over', reject: '!over', missed: '!over', hold: '!over', resume: '!over', 'hang-up': '!over', consult: '!over', 'transfer-out': '!over', 'transfer-in': '!over', 'second-call': '!over', 'second-call-gone': '!over', finish: '!over', interrupted: '!over' },
};
const EVENTS: Record<string, CallEvent> = {
  answer: { type: 'answer' }, reject: { type: 'reject' }, missed: { type: 'missed' }, hold: { type: 'hold' }, resume: { type: 'resume' }, 'hang-up': hangUp,
  consult: { type: 'consult', to: 'Bo' }, 'transfer-out': { type: 'transfer-out', to: 'billing', kind: 'blind' }, 'transfer-in': { type: 'transfer-in', from: 'sales' },
  'second-call': { type: 'second-call', callId: 'b' }, 'second-call-gone': { type: 'second-call-gone', callId: 'b' }, finish: { type: 'finish' },
  interrupted: { type: 'interrupted', lastSeen: 60 },
};

describe('every event in every state', () => {
  for (const [state, row] of Object.entries(TABLE) as [CallState, Record<string, string>][]) {
    it.each(Object.entries(row))(`${state} + %s → %s`, (name, expected) => {
      const event = EVENTS[name];
      if (event === undefined) throw new Error(name);
      const before = structuredClone(inState[state]);
      const result = transition(inState[state], event, 100);
      expect(result.ok ? result.machine.state : `!${result.reason}`).toBe(expected);
      expect(inState[state]).toEqual(before);
    });
  }
});

describe('a call as it goes', () => {
  const effects = (machine: CallMachine, event: CallEvent): string[] => {
    const result = transition(machine, event, 50);
    return result.ok ? result.effects.map((effect) => effect.type) : [];
  };

  it('freezes the script when the caller hangs up in mid-sentence, and opens wrap-up', () => {
    expect(effects(talking(), hangUp)).toEqual(['state-changed', 'freeze-script', 'open-wrap-up']);
    const over = run(talking(), [hangUp, 30]);
    expect(over).toMatchObject({ outcome: 'answered', hungUpBy: 'caller', hungUpAt: 30 });
  });

  it('counts the hold when the caller hangs up on hold', () => {
    const over = run(talking(), [{ type: 'hold' }, 1_000], [hangUp, 4_000], [{ type: 'finish' }, 9_000]);
    expect(durationsOf(over, 99_999)).toEqual({ ringMs: 5, talkMs: 995, holdMs: 3_000, wrapUpMs: 5_000 });
  });

  it('offers a waiting call after wrap-up, otherwise starts clean', () => {
    const two = run(talking(), [{ type: 'second-call', callId: 'b' }, 6], [hangUp, 10]);
    const done = transition(two, { type: 'finish' }, 20);
    expect(done.ok && done.effects).toEqual([{ type: 'state-changed', from: 'wrap-up', to: 'ended' }, { type: 'apply-held-updates' }, { type: 'offer-next-call', callId: 'b' }]);
    expect(effects(inState['wrap-up'], { type: 'finish' })).toEqual(['state-changed', 'apply-held-updates', 'start-clean']);
  });

  it('takes a transfer that is told after the end of the call, once, and moves no clock for it', () => {
    const over = inState['wrap-up'];
    const told = run(over, [{ type: 'transfer-out', to: '102', kind: 'blind' }, 60]);
    expect(told).toMatchObject({ state: 'wrap-up', since: over.since, outcome: 'transferred', transferredTo: '102', transferKind: 'blind' });
    expect(told.spans).toEqual(over.spans);
    expect(transition(told, { type: 'transfer-out', to: '103', kind: 'blind' }, 70)).toEqual({ ok: false, reason: 'not-live' });
  });

  it('keeps the caller on hold while a transfer is talked over, and takes them back', () => {
    const consulting = run(talking(), [{ type: 'consult', to: 'Bo' }, 10]);
    expect(consulting).toMatchObject({ state: 'on-hold', consulting: 'Bo' });
    expect(run(consulting, [{ type: 'resume' }, 20])).not.toHaveProperty('consulting');
    expect(run(consulting, [{ type: 'transfer-out', to: 'Bo', kind: 'attended' }, 20])).toMatchObject({ outcome: 'transferred', transferredTo: 'Bo', transferKind: 'attended' });
  });

  it('starts talking at once on a desk without telephony', () => {
    expect(startCall({ direction: 'in', ringing: false, transferredFrom: 'sales' }, 7)).toMatchObject({ state: 'talking', answeredAt: 7, transferredFrom: 'sales' });
  });

  it('counts no night as talk time when the program was gone', () => {
    const found = run(talking(), [{ type: 'interrupted', lastSeen: 65_005 }, 60_000_000], [{ type: 'finish' }, 60_010_000]);
    expect(durationsOf(found, 0)).toEqual({ ringMs: 5, talkMs: 65_000, holdMs: 0, wrapUpMs: 10_000 });
    expect(found).toMatchObject({ outcome: 'answered', hungUpAt: 65_005, hungUpBy: 'unknown' });
    const inWrapUp = run(inState['wrap-up'], [{ type: 'interrupted', lastSeen: 40 }, 1_000], [{ type: 'finish' }, 1_100]);
    expect(durationsOf(inWrapUp, 0).wrapUpMs).toBe(130);
  });

  it('rings until somebody gives up', () => {
    expect(run(inbound(), [hangUp, 9])).toMatchObject({ state: 'ended', outcome: 'missed' });
    expect(run(inbound(), [{ type: 'hang-up', by: 'agent' }, 9])).toMatchObject({ state: 'ended', outcome: 'rejected' });
  });
});

describe('whatever happens', () => {
  const anyEvent = fc.constantFrom(...Object.values(EVENTS).filter((event) => event.type !== 'interrupted'));
  it('spans follow each other without gaps, and time never runs backwards', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyEvent, fc.integer({ min: -5_000, max: 60_000 })), { maxLength: 40 }), (steps) => {
        let machine = inbound(1_000_000);
        let clock = 1_000_000;
        for (const [event, delta] of steps) {
          clock += delta;
          const result = transition(machine, event, clock);
          if (result.ok) machine = result.machine;
        }
        expect(machine.spans.filter((span) => span.to !== undefined && span.to < span.from)).toEqual([]);
        expect(machine.spans.slice(1).filter((span, index) => machine.spans[index]?.to !== span.from)).toEqual([]);
        expect(machine.spans.filter((span) => span.to === undefined)).toHaveLength(machine.state === 'ended' ? 0 : 1);
        expect(isLive(machine.state)).toBe(!['wrap-up', 'ended'].includes(machine.state));
        const sums = durationsOf(machine, machine.since);
        expect(Object.values(sums).reduce((a, b) => a + b, 0)).toBe(machine.since - 1_000_000);
      }),
      { numRuns: 1_000 },
    );
  });
});
