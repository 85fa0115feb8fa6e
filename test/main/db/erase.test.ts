import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEraser } from '#main/db/erase.ts';
import { createLedger } from '#main/db/ledger.ts';
import type { OpenedRecords } from '#main/db/open-records.ts';
import { callRestorers, createCallsService } from '#main/features/calls/index.ts';
import { createTestClock } from '#main/lib/clock.ts';
import { allFiles, openTest, tempDir, testKey, writeNotes } from './helpers.ts';

const CANARY = 'Zweihundertfünfzigkanarienvogel';

/** The files of a live folder that hold `text`, read through copies made by another process. */
function filesWith(dir: string, text: string): string[] {
  const copy = join(tempDir(), 'copy');
  mkdirSync(copy);
  execFileSync('cp', ['-r', `${dir}/.`, copy]);
  return allFiles(copy).filter((file) => readFileSync(file).includes(text)).map((file) => file.slice(copy.length + 1));
}

function service(records: OpenedRecords, clock = createTestClock()) {
  const ledger = createLedger({ db: records.db, journal: records.journal, clock });
  const calls = createCallsService({ db: records.db, journal: records.journal, clock, ledger });
  return { ledger, calls, eraser: createEraser({ records, ledger, restorers: callRestorers }) };
}

/** A call with the canary in every place that takes text, drafts included. */
function fill(records: OpenedRecords): string {
  const { calls } = service(records);
  const id = 'with-canary';
  calls.start('c1', { id, direction: 'in', name: CANARY, queue: CANARY });
  for (let seq = 1; seq <= 30; seq += 1) calls.saveNote(`n${seq}`, { callId: id, text: `${CANARY} ${'draft '.repeat(seq)}`, seq });
  calls.setFields('f', { callId: id, fields: [{ field: 'x', label: CANARY, value: CANARY }] });
  calls.recordEvent('e', { callId: id, type: 'aside', data: { text: CANARY } });
  calls.setScriptState('s', id, { said: CANARY });
  calls.recordIncident('i', { callId: id, category: 'abuse', warnings: 1, endedCall: true, words: CANARY });
  calls.apply('h', id, { type: 'hang-up', by: 'caller' });
  calls.wrapUp('w', { callId: id, close: true, summary: CANARY, complaint: { category: CANARY, promised: CANARY, resolved: true, resolution: CANARY } });
  return id;
}

describe('erasing', () => {
  it('one call leaves nothing in database, WAL, journal, backups and files set aside', () => {
    const dir = tempDir();
    const records = openTest(dir, undefined);
    writeNotes(records, 10);
    const id = fill(records);
    records.backups.make();
    const aside = join(dir, 'set-aside', 'then');
    mkdirSync(aside, { recursive: true });
    execFileSync('cp', [records.backups.list()[0]?.file ?? '', join(aside, 'records.db')]);
    execFileSync('cp', [join(dir, 'notes.journal'), join(aside, 'notes.journal')]);
    expect(filesWith(dir, CANARY).length).toBeGreaterThanOrEqual(5);

    const report = service(records).eraser.erase('erase', [{ kind: 'call', id }]);
    expect(report).toMatchObject({ complete: true, left: 0 });
    expect(filesWith(dir, CANARY)).toEqual([]);
    // The word index holds words in lower case, without accents, and cut where neighbours share a beginning.
    expect(filesWith(dir, 'zigkanarienvogel')).toEqual([]);
    expect(filesWith(dir, 'kanarien')).toEqual([]);
    expect(service(records).calls.history({ limit: 50 }).lines).toHaveLength(10);
    expect(service(records).calls.history({ text: CANARY, limit: 50 }).lines).toEqual([]);
    records.close();
  });

  it('stays erased when an older backup is restored', () => {
    const dir = tempDir();
    const key = testKey();
    const records = openTest(dir, key);
    writeNotes(records, 3);
    const id = fill(records);
    records.backups.make();
    const old = readFileSync(records.backups.list()[0]?.file ?? '');
    service(records).eraser.erase('erase', [{ kind: 'call', id }]);
    const backup = records.backups.list()[0]?.file ?? '';
    records.close();
    // A copy somebody kept elsewhere comes back, and the database is gone.
    writeFileSync(backup, old);
    writeFileSync(join(dir, 'records.db'), 'garbage'.repeat(1000));
    const again = openTest(dir, key);
    expect(again.state).toBe('restored');
    expect(service(again).calls.get(id)).toBeUndefined();
    expect(service(again).calls.history({ limit: 50 }).lines).toHaveLength(3);
    again.close();
  });

  it('names what it could not look into, and deletes it when asked to', () => {
    const dir = tempDir();
    const records = openTest(dir, undefined);
    const id = fill(records);
    const dark = join(dir, 'set-aside', 'then', 'records.db');
    mkdirSync(join(dir, 'set-aside', 'then'), { recursive: true });
    writeFileSync(dark, `damaged ${CANARY}`);
    const { eraser } = service(records);
    expect(eraser.erase('one', [{ kind: 'call', id }])).toMatchObject({ complete: false, files: expect.arrayContaining([{ file: 'records.db', result: 'unreadable' }]) });
    expect(eraser.erase('two', [{ kind: 'call', id }], { destroyUnreadable: true }).complete).toBe(true);
    expect(existsSync(dark)).toBe(false);
    expect(filesWith(dir, CANARY)).toEqual([]);
    records.close();
  });

  it('everything leaves an empty, working desk with a fresh backup', () => {
    const dir = tempDir();
    const records = openTest(dir, undefined);
    writeNotes(records, 10);
    fill(records);
    records.backups.make();
    const report = service(records).eraser.eraseAll('all');
    expect(report).toMatchObject({ complete: true, left: 0 });
    for (const text of [CANARY, 'note text']) expect(filesWith(dir, text)).toEqual([]);
    expect(records.backups.list()).toHaveLength(1);
    writeNotes(records, 1, 'next');
    records.close();
    const again = openTest(dir, undefined);
    expect(again.messages).toEqual([]);
    expect(service(again).calls.history({ limit: 50 }).lines.map((line) => line.id)).toEqual(['next-0']);
    again.close();
  });
});

describe('retention', () => {
  const DAY = 86_400_000;
  it('drops numbers first, then calls, from the database, journal and copies; open calls stay', () => {
    const dir = tempDir();
    const records = openTest(dir, undefined);
    const clock = createTestClock();
    const { calls } = service(records, clock);
    calls.start('s1', { id: 'old', direction: 'in', number: '+493012345678', name: 'Ada' });
    calls.saveNote('n1', { callId: 'old', text: CANARY, seq: 1 });
    calls.apply('h1', 'old', { type: 'hang-up', by: 'caller' });
    calls.wrapUp('w1', { callId: 'old', close: true });
    calls.start('s2', { id: 'open', direction: 'in', number: '+493012345679' });
    records.backups.make();

    clock.advance(31 * DAY);
    expect(calls.purge('p1', clock.now())).toEqual({ calls: 0, numbers: 1, waiting: false });
    expect(calls.get('old')).not.toHaveProperty('number');
    expect(calls.noteVersions('old')).toEqual([]);
    expect(JSON.stringify(records.journal.records())).not.toContain('493012345678');

    // Two months at once: leave, or a wrong clock. The time has to be seen again before anything goes.
    clock.advance(60 * DAY);
    expect(calls.purge('p2', clock.now())).toEqual({ calls: 0, numbers: 0, waiting: true });
    clock.advance(3_600_000);
    expect(calls.purge('p3', clock.now()).waiting).toBe(true);
    clock.advance(2 * 3_600_000);
    expect(calls.purge('p4', clock.now())).toEqual({ calls: 1, numbers: 0, waiting: false });
    expect(calls.openCalls().map((call) => call.id)).toEqual(['open']);
    records.backups.rewrite(calls.scrub(clock.now()));
    records.db.pragma('wal_checkpoint(TRUNCATE)');
    expect(filesWith(dir, CANARY)).toEqual([]);
    records.close();
    const again = openTest(dir, undefined);
    expect(service(again).calls.get('old')).toBeUndefined();
    again.close();
  });
});

it('exports everything, and a spreadsheet runs none of it', () => {
  const records = openTest(tempDir(), undefined);
  fill(records);
  const { calls } = service(records);
  calls.start('x', { id: 'formula', direction: 'in', name: '=HYPERLINK("http://x")', number: '+4930123456' });
  const json = JSON.parse(calls.exportOwn('json').text) as { calls: { id: string }[]; incidents: unknown[] };
  expect(json.calls.map((call) => call.id)).toEqual(['with-canary', 'formula']);
  expect(json.incidents).toHaveLength(1);
  const csv = calls.exportOwn('csv').text;
  expect(csv.split('\r\n')).toHaveLength(4);
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(csv).toContain(',+4930123456,');
  records.close();
});
