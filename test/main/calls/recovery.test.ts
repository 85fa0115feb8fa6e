import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLedger } from '#main/db/ledger.ts';
import { createCallsService } from '#main/features/calls/index.ts';
import { createTestClock } from '#main/lib/clock.ts';
import { openTest, tempDir, testKey } from '../db/helpers.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function open(dir: string, key: Buffer, clock = createTestClock(), newestBackupAt?: () => number | undefined) {
  const records = openTest(dir, key, { clock });
  const ledger = createLedger({ db: records.db, journal: records.journal, clock });
  return { records, clock, calls: createCallsService({ db: records.db, journal: records.journal, clock, ledger, ...(newestBackupAt === undefined ? {} : { newestBackupAt }) }) };
}

describe('a program that was gone', () => {
  it('offers the call again with every word, and counts no night as talk time', () => {
    const dir = tempDir();
    const key = testKey();
    const first = open(dir, key);
    const id = first.calls.start('s', { direction: 'in', number: '030 1234567' }).id;
    first.clock.advance(3 * MINUTE);
    first.calls.saveNote('n', { callId: id, text: 'half a sent', seq: 4 });
    // Killed: nothing is closed, and the marker tells when it last ran.
    const stoppedAt = first.clock.now() + MINUTE;
    first.records.db.close();
    first.records.journal.close();
    utimesSync(join(dir, 'records.open'), stoppedAt / 1000, stoppedAt / 1000);

    const clock = createTestClock(stoppedAt + 15 * HOUR);
    const again = open(dir, key, clock);
    expect(again.records.lastAliveAt).toBe(stoppedAt);
    expect(again.calls.recover('r', again.records.lastAliveAt)).toEqual({ callIds: [id] });
    const [call] = again.calls.openCalls();
    expect(call).toMatchObject({ id, note: { text: 'half a sent', seq: 4 }, machine: { state: 'wrap-up' }, durations: { talkMs: 4 * MINUTE, wrapUpMs: 0 } });
    again.records.close();
  });

  it('leaves a call alone when the program was back at once', () => {
    const dir = tempDir();
    const key = testKey();
    const first = open(dir, key);
    const id = first.calls.start('s', { direction: 'in' }).id;
    first.records.db.close();
    first.records.journal.close();
    const again = open(dir, key, createTestClock(first.clock.now() + 5_000));
    expect(again.calls.recover('r', undefined)).toEqual({ callIds: [] });
    expect(again.calls.get(id)?.machine.state).toBe('talking');
    again.records.close();
    expect(open(dir, key).records.lastAliveAt).toBeUndefined();
  });

  it('ends what only rang', () => {
    const { calls, clock } = open(tempDir(), testKey());
    const { id } = calls.start('s', { direction: 'in', ringing: true });
    clock.advance(HOUR);
    calls.recover('r', undefined);
    expect(calls.get(id)).toMatchObject({ outcome: 'missed', machine: { state: 'ended' } });
  });
});

describe('the journal over weeks', () => {
  it('forgets old closed calls that a backup holds, and nothing else', () => {
    const DAY = 24 * HOUR;
    const dir = tempDir();
    const key = testKey();
    const clock = createTestClock();
    let backupAt: number | undefined;
    const { calls, records } = open(dir, key, clock, () => backupAt);
    const big = 'long note '.repeat(4_000);
    for (const id of ['old-closed', 'old-open']) {
      calls.start(`s-${id}`, { id, direction: 'in' });
      for (let seq = 1; seq <= 30; seq += 1) calls.saveNote(`n-${id}-${seq}`, { callId: id, text: `${seq} ${big}`, seq });
    }
    calls.apply('h', 'old-closed', { type: 'hang-up', by: 'caller' });
    calls.wrapUp('w', { callId: 'old-closed', close: true });
    const ids = (): string[] => [...new Set(records.journal.records().flatMap((record) => record.entries.map((entry) => entry.id)))];
    const before = records.journal.bytes();
    clock.advance(20 * DAY);
    calls.purge('p1', clock.now());
    expect(ids().toSorted()).toEqual(['old-closed', 'old-open']);
    expect(records.journal.bytes()).toBeLessThan(before / 10);
    for (let seq = 31; seq <= 90; seq += 1) calls.saveNote(`n-${seq}`, { callId: 'old-open', text: `${seq} ${big}`, seq });
    backupAt = clock.now();
    calls.purge('p2', clock.now());
    expect(ids()).toEqual(['old-open']);
    records.close();
    writeFileSync(join(dir, 'records.db'), 'gone');
    const again = open(dir, key, clock);
    expect(again.calls.get('old-open')?.note.seq).toBe(90);
    again.records.close();
  });
});

it('knows the dispositions a desk picks most', () => {
  const { calls } = open(tempDir(), testKey());
  for (const [n, pick] of ['late', 'ok', 'ok', 'wrong', 'ok', 'late'].entries()) {
    const { id } = calls.start(`s${n}`, { direction: 'in' });
    calls.apply(`h${n}`, id, { type: 'hang-up', by: 'caller' });
    calls.wrapUp(`w${n}`, { callId: id, close: true, disposition: { id: pick, group: 'g', label: pick.toUpperCase(), solved: pick === 'ok' } });
  }
  expect(calls.recentDispositions(2)).toEqual([{ id: 'ok', group: 'g', label: 'OK', solved: true, uses: 3 }, { id: 'late', group: 'g', label: 'LATE', solved: false, uses: 2 }]);
});
