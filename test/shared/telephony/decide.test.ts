import { describe, expect, it } from 'vitest';
import { sameNumber } from '#shared/domain/telephony/clean.ts';
import { decide, findMeant, newFacts, type KnownCall } from '#shared/domain/telephony/decide.ts';
import { readParameters, type TelephonyEvent } from '#shared/domain/telephony/event.ts';
import { scriptForCall } from '#shared/domain/telephony/script-for-call.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';

const say = (verb: TelephonyEvent['verb'], rest: Partial<TelephonyEvent> = {}): TelephonyEvent => ({ verb, direction: 'in', ...rest });
const call = (state: KnownCall['state'], rest: Partial<KnownCall> = {}): KnownCall => ({ id: state, state, ...rest });

describe('what an event means', () => {
  it.each([
    ['ring', undefined, 'start ringing'], ['answer', undefined, 'start talking'], ['hold', undefined, 'ignore'], ['resume', undefined, 'ignore'], ['end', undefined, 'ignore'], ['said', undefined, 'ignore'],
    ['said', 'ringing', 'ignore'], ['said', 'talking', 'said'], ['said', 'on-hold', 'said'], ['said', 'wrap-up', 'ignore'], ['said', 'ended', 'ignore'],
    ['ring', 'ringing', 'same'], ['answer', 'ringing', 'answer'], ['hold', 'ringing', 'ignore'], ['resume', 'ringing', 'ignore'], ['end', 'ringing', 'hang-up'],
    ['ring', 'talking', 'same'], ['answer', 'talking', 'same'], ['hold', 'talking', 'hold'], ['resume', 'talking', 'same'], ['end', 'talking', 'hang-up'],
    ['ring', 'on-hold', 'same'], ['answer', 'on-hold', 'same'], ['hold', 'on-hold', 'same'], ['resume', 'on-hold', 'resume'], ['end', 'on-hold', 'hang-up'],
    ['ring', 'wrap-up', 'same'], ['answer', 'wrap-up', 'same'], ['hold', 'wrap-up', 'ignore'], ['resume', 'wrap-up', 'ignore'], ['end', 'wrap-up', 'same'],
    ['ring', 'ended', 'same'], ['answer', 'ended', 'same'], ['hold', 'ended', 'same'], ['resume', 'ended', 'same'], ['end', 'ended', 'same'],
  ] as const)('%s on a call that is %s: %s', (verb, state, expected) => {
    const decision = decide(say(verb), state === undefined ? undefined : call(state));
    const said = decision.kind === 'start' ? `start ${decision.ringing ? 'ringing' : 'talking'}` : decision.kind === 'event' ? decision.event.type : decision.kind;
    expect(said).toBe(expected);
  });

  it.each([
    ['talking', undefined, 'transfer-out'], ['on-hold', undefined, 'transfer-out'], ['wrap-up', undefined, 'transfer-out'], ['wrap-up', '250', 'same'], ['ringing', undefined, 'ignore'], ['ended', undefined, 'ignore'],
  ] as const)('a transfer of a call that is %s (passed on: %s): %s', (state, transferredTo, expected) => {
    const decision = decide(say('transfer', { to: '250', attended: true }), call(state, { transferredTo }));
    expect(decision.kind === 'event' ? decision.event.type : decision.kind).toBe(expected);
    if (decision.kind === 'event') expect(decision.event).toEqual({ type: 'transfer-out', to: '250', kind: 'attended' });
  });

  it("a call handed over by a colleague shows the caller's number, not the colleague's, and is told once", () => {
    const event = say('transfer', { from: '103', number: '07700900456', name: 'Cem' });
    expect(decide(event, call('talking', { number: '103' }))).toMatchObject({ event: { type: 'transfer-in', from: '103' } });
    expect(decide(event, call('talking', { transferredFrom: '103' })).kind).toBe('same');
    expect(newFacts(event, call('talking', { number: '103', name: 'Desk 103' }))).toEqual({ number: '07700900456', name: 'Cem' });
    expect(newFacts(say('answer', { number: '9' }), call('talking', { number: '103' }))).toBeUndefined();
  });

  it('a transfer that names nobody is no event', () => {
    expect(readParameters({ event: 'transfer', id: '1' })).toBeUndefined();
    expect(readParameters({ event: 'transfer', id: '1', to: '250', attended: '1' })).toMatchObject({ verb: 'transfer', to: '250', attended: true });
  });

  it('without an id the number tells which call is meant', () => {
    const open = [call('talking', { number: '+447700900123' }), call('ringing', { number: '0301234567' })];
    expect(findMeant(say('end', { number: '07700900123' }), open)?.id).toBe('talking');
    expect(findMeant(say('answer', { number: '+49301234567' }), open)?.id).toBe('ringing');
    expect(findMeant(say('end', { number: '0999888777' }), open)).toBeUndefined();
  });

  it('with neither id nor number the likeliest call is meant', () => {
    const open = [call('ringing', { number: '1' }), call('on-hold'), call('talking')];
    expect(findMeant(say('answer'), open)?.id).toBe('ringing');
    expect(findMeant(say('hold'), open)?.id).toBe('talking');
    expect(findMeant(say('resume'), open)?.id).toBe('on-hold');
    expect(findMeant(say('end'), open)?.id).toBe('talking');
    expect(findMeant(say('ring'), open)).toBeUndefined();
  });

  it('a caller who rings again during wrap-up is a new call', () => {
    expect(findMeant(say('ring', { number: '0301234567' }), [call('wrap-up', { number: '0301234567' })])).toBeUndefined();
  });
});

describe('numbers in different clothes', () => {
  it.each([
    ['+447700900123', '07700900123', true], ['sip:+4930123456@pbx;user=phone', '0049 30 123456', true], ['"Ann" <sip:1001@pbx>', '1001', true],
    ['1001', '4930441001', false], ['07700900123', '07700900124', false], ['anonymous', 'Anonymous', true], ['anonymous', '07700900123', false], ['', '07700900123', false],
  ])('%s and %s', (a, b, same) => {
    expect(sameNumber(a, b)).toBe(same);
  });
});

describe('the script of a queue', () => {
  const script = (id: string, queues?: string[], kind: 'call' | 'sub-script' = 'call'): Script => ({ id, kind, title: id, description: '', entry: 's', steps: [{ id: 's', cue: 'x' }], ...(queues === undefined ? {} : { queues }) }) as Script;
  const scripts = [script('identify', ['orders'], 'sub-script'), script('plain'), script('orders', ['orders']), script('line', ['+44 20 7946 0000'])];
  it.each([
    [{ queue: 'Orders' }, 'orders'], [{ dialled: '02079460000' }, 'line'], [{ queue: 'orders', dialled: '02079460000' }, 'orders'], [{ queue: 'unknown' }, undefined], [{}, undefined],
  ])('%j opens %s', (facts, expected) => {
    expect(scriptForCall(scripts, facts)).toBe(expected);
  });

  it('what the desk set comes first, the queue before the number; a script that is not there counts as not set', () => {
    const [first, second] = scripts.filter((script) => script.kind === 'call');
    const [one, two] = [first?.id ?? '', second?.id ?? ''];
    const routes = [{ match: 'VIP', script: one }, { match: '030 1234567', script: two }, { match: 'gone', script: 'not-on-this-desk' }];
    expect(scriptForCall(scripts, { queue: 'vip', dialled: '+49301234567' }, routes)).toBe(one);
    expect(scriptForCall(scripts, { queue: 'other', dialled: '+49301234567' }, routes)).toBe(two);
    expect(scriptForCall(scripts, { queue: 'gone' }, routes)).toBeUndefined();
    expect(scriptForCall(scripts, { dialled: '999' }, routes)).toBeUndefined();
  });
});
