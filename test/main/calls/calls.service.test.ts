import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestRecords } from './helpers.ts';

let records: ReturnType<typeof openTestRecords>;
beforeEach(() => {
  records = openTestRecords();
});
afterEach(() => {
  records.close();
  records.remove();
});

const startTalking = (extra: Record<string, unknown> = {}): string => records.calls.start(records.id(), { direction: 'in', number: '0301234567', name: 'Ada', queue: 'orders', ...extra }).id;

describe('calls from start to end', () => {
  it('keeps times of every state and closes with an outcome', () => {
    const { calls, clock, id } = records;
    const call = calls.start(id(), { direction: 'in', ringing: true, number: '+49301234567', externalId: 'ast-1' }).id;
    clock.advance(4_000);
    expect(calls.apply(id(), call, { type: 'answer' })).toMatchObject({ ok: true });
    clock.advance(60_000);
    calls.apply(id(), call, { type: 'hold' });
    clock.advance(15_000);
    calls.apply(id(), call, { type: 'resume' });
    clock.advance(5_000);
    calls.apply(id(), call, { type: 'hang-up', by: 'caller' });
    clock.advance(20_000);
    const closed = calls.wrapUp(id(), { callId: call, close: true, summary: 'Parcel traced.', disposition: { id: 'late', group: 'Delivery', label: 'Late', solved: true } });
    expect(closed).toMatchObject({ ok: true, closed: true });
    const view = calls.get(call);
    expect(view?.durations).toEqual({ ringMs: 4_000, talkMs: 65_000, holdMs: 15_000, wrapUpMs: 20_000 });
    expect(view).toMatchObject({ outcome: 'answered', summary: 'Parcel traced.', disposition: { id: 'late', solved: true } });
    expect(calls.openCalls()).toEqual([]);
    expect(calls.events(call).map((event) => event.type)).toEqual(['start', 'answer', 'hold', 'resume', 'hang-up', 'finish']);
  });

  it('takes a second event with the same telephone id as the same call', () => {
    const first = records.calls.start(records.id(), { direction: 'in', ringing: true, externalId: 'ast-9' });
    const again = records.calls.start(records.id(), { direction: 'in', ringing: true, externalId: 'ast-9' });
    expect(again).toEqual({ id: first.id, created: false });
    expect(records.calls.openCalls()).toHaveLength(1);
  });

  it('shows a second ringing call as waiting and takes it away when it is gone', () => {
    const { calls, id } = records;
    const first = startTalking();
    const second = calls.start(id(), { direction: 'in', ringing: true, number: '+4917012345678' });
    expect(second.waitingBehind).toBe(first);
    expect(calls.get(first)?.machine.waiting).toEqual([second.id]);
    calls.apply(id(), second.id, { type: 'missed' });
    expect(calls.get(first)?.machine.waiting).toEqual([]);
    expect(calls.get(second.id)?.outcome).toBe('missed');
  });

  it('refuses to close a live call but keeps the text', () => {
    const call = startTalking();
    expect(records.calls.wrapUp(records.id(), { callId: call, close: true, summary: 'early' })).toEqual({ ok: false, missing: [], reason: 'still-live' });
    expect(records.calls.get(call)?.summary).toBe('early');
  });

  it('asks for what the disposition requires', () => {
    const { calls, id } = records;
    const call = startTalking();
    calls.apply(id(), call, { type: 'hang-up', by: 'caller' });
    const disposition = { id: 'complaint', group: 'Complaint', label: 'Complaint', solved: false, requires: ['note', 'complaint', 'follow-up'] as ('note' | 'complaint' | 'follow-up')[] };
    expect(calls.wrapUp(id(), { callId: call, close: true, disposition })).toEqual({ ok: false, missing: ['note', 'complaint', 'follow-up'] });
    calls.saveNote(id(), { callId: call, text: 'told me all', seq: 1 });
    expect(calls.wrapUp(id(), { callId: call, close: true, disposition, complaint: { category: 'delay', promised: 'refund', resolved: false, resolution: '' } })).toEqual({ ok: false, missing: ['follow-up'] });
    expect(calls.complaint(call)).toEqual({ category: 'delay', promised: 'refund', resolved: false, resolution: '' });
  });

  it('links a call-back to its first call', () => {
    const first = startTalking();
    const back = records.calls.start(records.id(), { direction: 'out', linkedCall: first, linkedAs: 'call-back', number: '0301234567' });
    expect(records.calls.get(back.id)).toMatchObject({ linkedCall: first, linkedAs: 'call-back' });
  });
});

describe('notes', () => {
  it('answers only with the stored sequence, and never lets an older save win', () => {
    const { calls, id } = records;
    const call = startTalking();
    expect(calls.saveNote(id(), { callId: call, text: 'two', seq: 2 })).toMatchObject({ seq: 2, durable: true, masked: 0 });
    expect(calls.saveNote(id(), { callId: call, text: 'one', seq: 1 })).toMatchObject({ seq: 2 });
    expect(calls.get(call)?.note.text).toBe('two');
  });

  it('applies a command once however often it is repeated', () => {
    const { calls, journal } = records;
    const call = startTalking();
    const before = journal.lastSeq();
    const first = calls.saveNote('same', { callId: call, text: 'a', seq: 1 });
    expect(calls.saveNote('same', { callId: call, text: 'other', seq: 9 })).toEqual(first);
    expect(journal.lastSeq()).toBe(before + 1);
    expect(calls.get(call)?.note.text).toBe('a');
  });

  it('keeps undo history within the call', () => {
    const { calls, id } = records;
    const call = startTalking();
    for (const [index, text] of ['a', 'ab', 'ab', 'abc'].entries()) calls.saveNote(id(), { callId: call, text, seq: index + 1 });
    expect(calls.noteVersions(call).map((version) => version.text)).toEqual(['a', 'ab', 'abc']);
  });

  it('writes the journal before it answers, with the same text', () => {
    const call = startTalking();
    records.calls.saveNote(records.id(), { callId: call, text: 'caller is waiting', seq: 1 });
    const newest = records.journal.records().at(-1);
    expect(newest?.entries).toEqual([{ kind: 'note', id: call, data: { text: 'caller is waiting', summary: '', rev: 1, seq: 1, saved_at: records.clock.now() } }]);
  });

  it('takes the journal record back when the database refuses', () => {
    const call = startTalking();
    const before = records.journal.lastSeq();
    records.db.exec("CREATE TRIGGER no_more BEFORE INSERT ON commands BEGIN SELECT raise(ABORT, 'full'); END");
    expect(() => records.calls.saveNote(records.id(), { callId: call, text: 'lost?', seq: 1 })).toThrow('full');
    expect(records.journal.lastSeq()).toBe(before);
    expect(records.calls.get(call)?.note.text).toBe('');
  });
});

it('tells a full disk as such, keeps journal and rows alike, and goes on when there is room', () => {
  const { calls, db, journal, id } = records;
  const call = startTalking();
  calls.saveNote(id(), { callId: call, text: 'before', seq: 1 });
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  const before = journal.lastSeq();
  const long = 'many words '.repeat(4_000);
  expect(() => calls.saveNote('full', { callId: call, text: long, seq: 2 })).toThrow(expect.objectContaining({ code: 'disk-full', reason: 'disk-full' }));
  expect([journal.lastSeq(), calls.get(call)?.note.text]).toEqual([before, 'before']);
  db.pragma('max_page_count = 100000');
  expect(calls.saveNote('full', { callId: call, text: long, seq: 2 }).seq).toBe(2);
  expect(calls.get(call)?.note.text).toBe(long);
});

describe('masking on the way in', () => {
  const PAN = '4111 1111 1111 1111';
  it('never lets a card number reach any file', () => {
    const { calls, id, dir } = records;
    const call = startTalking({ name: 'Card 4111111111111111' });
    calls.saveNote(id(), { callId: call, text: `card ${PAN} cvv 987`, seq: 1 });
    calls.setFields(id(), { callId: call, fields: [{ field: 'card', label: 'Card', value: PAN }] });
    calls.recordEvent(id(), { callId: call, type: 'aside', data: { text: PAN, number: 4_111_111_111_111_111 } });
    calls.setScriptState(id(), call, { step: 'pay', fields: { card: PAN, raw: 4_111_111_111_111_111 } });
    calls.recordIncident(id(), { callId: call, category: 'threat', warnings: 1, endedCall: false, words: PAN });
    calls.apply(id(), call, { type: 'hang-up', by: 'caller' });
    calls.wrapUp(id(), { callId: call, close: true, summary: PAN, complaint: { category: PAN, promised: PAN, resolved: true, resolution: PAN } });
    expect(calls.get(call)?.note.text).toBe('card 4111 11** **** 1111 cvv ***');
    // Copied by another process: opening a live file in this one would drop SQLite's locks.
    const copy = join(dir, 'copy');
    mkdirSync(copy);
    const files = ['records.db', 'records.db-wal', 'notes.journal'];
    execFileSync('cp', [...files.map((name) => join(dir, name)), copy]);
    for (const file of files) {
      const bytes = readFileSync(join(copy, file));
      expect([PAN, '4111111111111111', '1111 1111 1111', '987'].filter((canary) => bytes.includes(canary))).toEqual([]);
    }
  });

  it('removes drafts that held the beginning of what became a card', () => {
    const { calls, id, db, journal } = records;
    const call = startTalking();
    calls.saveNote(id(), { callId: call, text: 'pay 4111 1111 22', seq: 1 });
    calls.saveNote(id(), { callId: call, text: 'pay 4111 1111 2222 22', seq: 2, caret: 21 });
    expect(calls.get(call)?.note.text).toBe('pay 4111 11** **** **');
    calls.saveNote(id(), { callId: call, text: 'pay 4111 1111 1111 1111', seq: 3, caret: 23 });
    expect(calls.noteVersions(call).map((version) => version.text)).not.toContain('pay 4111 1111 22');
    expect(JSON.stringify(journal.records())).not.toContain('4111 1111 22');
    expect(db.prepare('SELECT count(*) FROM note_versions').pluck().get()).toBe(2);
  });
});

describe('history and figures', () => {
  it('finds notes by words, names and beginnings, whatever is typed', () => {
    const { calls, id, clock } = records;
    const one = startTalking({ name: 'Grace Hopper' });
    calls.saveNote(id(), { callId: one, text: 'Kühlschrank kam beschädigt an', seq: 1 });
    clock.advance(1_000);
    const two = startTalking({ name: 'Linus', number: 'anonymous' });
    calls.saveNote(id(), { callId: two, text: 'c++ book is late (note:bar)', seq: 1 });
    const find = (text: string): string[] => calls.history({ text, limit: 10 }).lines.map((line) => line.id);
    expect(find('kuhlschrank besch')).toEqual([one]);
    expect(find('hopper')).toEqual([one]);
    expect(find('c++')).toEqual([two]);
    expect(find('note:bar')).toEqual([two]);
    for (const odd of ['"', "'", '*', 'AND OR', '🙂', '(', 'NEAR(', '-', '%', '\\']) expect(() => find(odd)).not.toThrow();
    expect(calls.history({ text: 'late', limit: 10 }).lines[0]?.excerpt).toContain('‹late›');
    expect(calls.history({ limit: 10 }).lines.map((line) => line.id)).toEqual([two, one]);
  });

  it('pages without gaps or repeats', () => {
    for (let n = 0; n < 25; n += 1) startTalking({ externalId: `e${n}` });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = records.calls.history({ limit: 7, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.lines.map((line) => line.id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
  });

  it('shows the same caller again however the number is written, and never a hidden one', () => {
    const call = startTalking({ number: 'sip:+49301234567@pbx.example;user=phone' });
    expect(records.calls.earlierCalls('030 1234567').map((line) => line.id)).toEqual([call]);
    startTalking({ number: 'anonymous' });
    expect(records.calls.earlierCalls('anonymous')).toEqual([]);
    expect(records.calls.earlierCalls('<sip:anonymous@anonymous.invalid>')).toEqual([]);
  });

  it('derives the day with idle and not-ready time', () => {
    const { calls, clock, id } = records;
    const from = clock.now();
    calls.setPresence(id(), { state: 'available' });
    clock.advance(60_000);
    const call = startTalking();
    clock.advance(120_000);
    calls.apply(id(), call, { type: 'hang-up', by: 'caller' });
    clock.advance(60_000);
    calls.wrapUp(id(), { callId: call, close: true, disposition: { id: 'ok', group: 'g', label: 'OK', solved: true } });
    calls.setPresence(id(), { state: 'not-ready', reason: 'break' });
    clock.advance(30_000);
    const day = calls.metricsForDay(from, from + 86_400_000);
    expect(day).toMatchObject({ calls: 1, talkMs: 120_000, acwMs: 60_000, idleMs: 60_000, notReadyMs: { break: 30_000 }, ahtMs: 180_000, fcr: 1 });
    expect(day.occupancy).toBeCloseTo(0.75);
  });

  it('counts waiting from the start of the program, and no night in which it was closed or had crashed', () => {
    const { calls, clock, id } = records;
    calls.arrive(id(), undefined);
    const begun = clock.now();
    clock.advance(600_000);
    // Gone without a word; last seen after ten minutes, back after fourteen hours.
    const lastAlive = clock.now();
    clock.advance(14 * 3_600_000);
    calls.arrive(id(), lastAlive);
    clock.advance(60_000);
    expect(calls.metricsForDay(begun, clock.now() + 1).idleMs).toBe(660_000);
    // Closed properly, and opened again at once: not a second is lost or won.
    calls.setPresence(id(), { state: 'offline' });
    clock.advance(5_000);
    calls.arrive(id(), clock.now() - 5_000);
    clock.advance(1_000);
    expect(calls.metricsForDay(begun, clock.now() + 1).idleMs).toBe(661_000);
    // A process that came back within its grace goes on as it was, also not ready.
    calls.setPresence(id(), { state: 'not-ready', reason: 'lunch' });
    clock.advance(10_000);
    calls.arrive(id(), clock.now() - 10_000);
    expect(calls.presence()).toMatchObject({ state: 'not-ready', reason: 'lunch' });
  });
});
