import { describe, expect, it, onTestFinished } from 'vitest';
import { createCare, SENSITIVE_DAYS } from '#main/features/prompts/index.ts';
import { createExampleStore, createExamplesRepository, suggestRestorer } from '#main/processes/suggest-examples.ts';
import { createSuggestService, type SuggestKnowledge } from '#main/processes/suggest-service.ts';
import { createTriggers } from '#main/processes/suggest-triggers.ts';
import { openTestRecords } from '../calls/helpers.ts';

const knowledge: SuggestKnowledge = {
  scripts: [
    { id: 'late', title: 'Late delivery', description: 'An order past its promised date.', steps: ['Own the wait'], examples: ['my parcel is late', 'still waiting for my delivery'] },
    { id: 'bill', title: 'Explain a bill', description: 'A bill that is higher than expected.', steps: ['From the total to the line'], examples: ['my bill went up', 'what is this charge'] },
    { id: 'lost', title: 'Lost or stolen card', description: 'Blocks first and asks later.', steps: ['Block the card'], examples: ['I lost my card', 'somebody stole my card'] },
  ],
  articles: [{ id: 'delivery-times', title: 'Delivery times', description: 'How long a delivery takes and when a parcel counts as late.', steps: [] }],
  prompts: [{ id: 'own-the-wait', title: 'Own the wait', situation: 'waiting', triggers: ['still waiting'] }],
};

function open() {
  const records = openTestRecords();
  onTestFinished(() => { records.close(); records.remove(); });
  const waiting: (() => void)[] = [];
  const make = () => createSuggestService({ store: createExampleStore({ db: records.db, ledger: records.ledger, keep: 3 }), defer: (run) => void waiting.push(run) });
  const settle = (): void => { for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) run(); };
  const service = make();
  return { records, service, make, settle };
}
const scripts = (items: { kind: string; id: string }[]): string[] => items.filter((item) => item.kind === 'script').map((item) => item.id);

describe('suggestions of a desk', () => {
  it('answers nothing until the knowledge is in, then the likeliest script with the words that made it so', () => {
    const { service, settle } = open();
    expect(service.query('my parcel is late')).toEqual({ items: [], ready: false });
    service.setKnowledge(knowledge);
    expect(service.query('my parcel is late').ready).toBe(false);
    settle();
    const { items, ready } = service.query('my parcel is still late');
    expect(ready).toBe(true);
    expect(scripts(items)[0]).toBe('late');
    expect(items[0]?.because).toContain('parcel');
  });

  it('says nothing about words no record holds', () => {
    const { service, settle } = open();
    service.setKnowledge(knowledge);
    settle();
    expect(service.query('qwertz asdf').items).toEqual([]);
  });

  it('offers words by the phrases a person wrote, whole and in order', () => {
    const find = createTriggers(knowledge.prompts);
    expect(find('I am still waiting, you know', 3).map((hit) => hit.phrase)).toEqual(['still waiting']);
    expect(find('waiting still', 3)).toEqual([]);
  });

  it('keeps one example per call, the newest ones, without any number a caller gave', () => {
    const { service, settle, records } = open();
    service.setKnowledge(knowledge);
    settle();
    service.learn('a', { callId: 'call-1', text: 'the telly 4929 1234 never came', script: 'bill', source: 'chosen' });
    service.learn('b', { callId: 'call-1', text: 'the telly 4929 1234 never came', script: 'late', source: 'wrap-up' });
    expect(service.export().split('\n')).toHaveLength(1);
    expect(service.export()).not.toMatch(/4929|1234/);
    for (const n of [2, 3, 4]) service.learn(`c${n}`, { callId: `call-${n}`, text: `words ${n}`, script: 'bill', source: 'chosen' });
    expect(createExamplesRepository(records.db).newest(10)).toHaveLength(3);
    expect(service.export()).not.toContain('call-');
  });

  it('forgets one call and erases everything, on the disk as well', () => {
    const { service, settle, records } = open();
    service.setKnowledge(knowledge);
    settle();
    service.learn('a', { callId: 'call-1', text: 'gadget broke', script: 'bill', source: 'wrap-up' });
    expect(service.forget('b', 'call-1')).toBe(true);
    expect(service.export()).toBe('');
    service.learn('c', { callId: 'call-2', text: 'gadget broke', script: 'bill', source: 'wrap-up' });
    service.erase('d');
    settle();
    expect(createExamplesRepository(records.db).newest(10)).toEqual([]);
    expect(suggestRestorer.snapshot(records.db, 0)).toEqual([]);
  });

  it('still knows after a restart what it learned', () => {
    const { service, make, settle } = open();
    service.setKnowledge(knowledge);
    settle();
    for (const n of [1, 2, 3]) service.learn(`a${n}`, { callId: `call-${n}`, text: 'the zorblatt is humming', script: 'lost', source: 'wrap-up' });
    const next = make();
    next.setKnowledge(knowledge);
    settle();
    expect(scripts(next.query('my zorblatt is humming').items)[0]).toBe('lost');
  });
});

describe('consent and the sensitive note', () => {
  const DAY = 86_400_000;
  function withCall() {
    const { records } = open();
    const { calls, id } = records;
    calls.start(id(), { id: 'call-1', direction: 'in' });
    const care = createCare({ db: records.db, calls, newId: id });
    return { records, calls, care, id };
  }
  it('refuses a note without consent, and erases it when consent is taken back', () => {
    const { care, calls, id } = withCall();
    expect(() => care.sensitiveNote(id(), 'call-1', 'reads slowly')).toThrow();
    expect(care.consent(id(), 'call-1', true).consent?.given).toBe(true);
    expect(care.sensitiveNote(id(), 'call-1', 'reads slowly').note).toBe('reads slowly');
    expect(calls.get('call-1')?.note.text).toBe('');
    expect(care.consent(id(), 'call-1', false)).toMatchObject({ note: '', consent: { given: false } });
    expect(calls.events('call-1').filter((event) => event.type === 'consent').map((event) => event.data['given'])).toEqual([true, false]);
  });

  it('erases sensitive values after their own time, long before the call, and nothing else', () => {
    const { care, calls, id, records } = withCall();
    care.consent(id(), 'call-1', true);
    care.sensitiveNote(id(), 'call-1', 'reads slowly');
    calls.saveNote(id(), { callId: 'call-1', text: 'ordinary note', seq: 1 });
    const set = (field: string, value: string) => ({ type: 'setField', at: 1, field, value });
    calls.setScriptState(id(), 'call-1', { script: [{ type: 'start', at: 0, script: 'x' }, set('secret', 'illness'), set('name', 'Ada')], prompts: [], sensitive: ['secret'] });
    calls.apply(id(), 'call-1', { type: 'hang-up', by: 'caller' });
    calls.wrapUp(id(), { callId: 'call-1', close: true });
    const now = records.clock.now();
    expect(care.purge(now + (SENSITIVE_DAYS - 1) * DAY)).toBe(0);
    expect(care.purge(now + (SENSITIVE_DAYS + 1) * DAY)).toBe(1);
    expect(care.care('call-1').note).toBe('');
    const state = JSON.stringify(calls.get('call-1')?.scriptState);
    expect(state).not.toContain('illness');
    expect(state).toContain('Ada');
    expect(calls.get('call-1')?.note.text).toBe('ordinary note');
    expect(care.purge(now + (SENSITIVE_DAYS + 2) * DAY)).toBe(0);
  });
});
