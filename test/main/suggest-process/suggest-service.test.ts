import { describe, expect, it, onTestFinished } from 'vitest';
import { allCopies } from '#main/db/backup.ts';
import { createEraser } from '#main/db/erase.ts';
import { createLedger } from '#main/db/ledger.ts';
import { openDatabase } from '#main/db/open.ts';
import { callRestorers, createCallsService } from '#main/features/calls/index.ts';
import { createTestClock } from '#main/lib/clock.ts';
import { createCare, SENSITIVE_DAYS } from '#main/features/prompts/index.ts';
import { createExampleStore, createExamplesRepository, suggestRestorer } from '#main/processes/suggest-examples.ts';
import { createSuggestService, type SuggestKnowledge } from '#main/processes/suggest-service.ts';
import { createTriggers } from '#main/processes/suggest-triggers.ts';
import { openTestRecords } from '../calls/helpers.ts';
import { openTest, tempDir, testKey } from '../db/helpers.ts';

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
  const make = () => createSuggestService({ store: createExampleStore({ db: records.db, ledger: records.ledger, keep: 3 }), erase: () => { throw new Error('not here'); }, defer: (run) => void waiting.push(run) });
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

  it('shows what it learned, newest first, a page at a time, and forgets one call', () => {
    const { service, settle, records } = open();
    service.setKnowledge(knowledge);
    settle();
    expect(service.memory(0, 10)).toEqual({ calls: 0, scripts: 0, examples: [] });
    service.learn('a', { callId: 'call-1', text: 'gadget broke', script: 'bill', source: 'wrap-up' });
    const since = records.clock.now();
    records.clock.advance(1_000);
    service.learn('b', { callId: 'call-2', text: 'gizmo 4929 late', script: 'late', source: 'chosen' });
    records.clock.advance(1_000);
    service.learn('c', { callId: 'call-3', text: 'pizza menu', script: null, source: 'correction' });
    const page = service.memory(0, 2);
    expect(page).toMatchObject({ calls: 3, scripts: 2, since });
    expect(page.examples.map(({ callId, title }) => `${callId} ${title}`)).toEqual(['call-3 ', 'call-2 Late delivery']);
    expect(page.examples[1]?.words).not.toContain('4929');
    expect(service.memory(2, 2).examples.map(({ callId }) => callId)).toEqual(['call-1']);
    expect(service.forget('d', 'call-1')).toBe(true);
    expect(service.forget('e', 'call-1')).toBe(false);
    expect(service.memory(0, 9).calls).toBe(2);
    expect(service.export()).not.toContain('gadget');
  });

  it('erases everything learned, in the journal and in backups as well, and nothing of the calls', () => {
    const dir = tempDir();
    const key = testKey();
    const restorers = [...callRestorers, suggestRestorer];
    const records = openTest(dir, key, { restorers });
    onTestFinished(() => records.close());
    const clock = createTestClock();
    const ledger = createLedger({ db: records.db, journal: records.journal, clock });
    const calls = createCallsService({ db: records.db, journal: records.journal, clock, ledger });
    const service = createSuggestService({ store: createExampleStore({ db: records.db, ledger, keep: 100 }), erase: createEraser({ records, ledger, restorers }).erase, defer: (run) => run() });
    calls.start('a', { id: 'call-1', direction: 'in' });
    service.learn('b', { callId: 'call-1', text: 'the zorblatt is humming', script: 'bill', source: 'wrap-up' });
    records.backups.make();
    expect(service.erase('c')).toEqual({ complete: true, left: 0 });
    expect(service.memory(0, 10).examples).toEqual([]);
    expect(JSON.stringify(records.journal.records())).not.toContain('zorblatt');
    const copies = allCopies(records.paths.backups);
    expect(copies.length).toBeGreaterThan(0);
    for (const file of copies) {
      const copy = openDatabase({ file, kind: 'records', key, readonly: true });
      expect(suggestRestorer.snapshot(copy, 0)).toEqual([]);
      copy.close();
    }
    expect(calls.get('call-1')).toBeDefined();
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
