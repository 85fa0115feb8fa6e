import { fc } from '#test/helpers/property.ts';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkBackup, createBackups, KEEP, restoreNewest, toRotateOut } from '#main/db/backup.ts';
import { openDatabase } from '#main/db/open.ts';
import { createTestClock } from '#main/lib/clock.ts';
import { noteText, openTest, tempDir, testKey, writeNotes } from './helpers.ts';

const DAY = 86_400_000;

describe('rotation', () => {
  it('keeps twelve days, ten weeks and nine months of a year of daily copies', () => {
    const end = Date.UTC(2026, 11, 31, 3);
    const all = [...Array(365).keys()].map((n) => ({ file: `${n}`, at: end - n * DAY, bytes: 1 }));
    const gone = new Set(toRotateOut(all));
    const kept = all.filter((backup) => !gone.has(backup));
    expect(kept.slice(0, 12).map((backup) => backup.at)).toEqual([...Array(12).keys()].map((n) => end - n * DAY));
    expect(new Set(kept.map((backup) => new Date(backup.at).toISOString().slice(0, 7))).size).toBeGreaterThanOrEqual(KEEP.months);
    expect(kept.length).toBeLessThanOrEqual(KEEP.days + KEEP.weeks + KEEP.months);
    expect(end - (kept.at(-1)?.at ?? 0)).toBeGreaterThan(240 * DAY);
  });

  it('always keeps the newest and never grows beyond its limits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 3 * 365 * 24 }), { minLength: 1, maxLength: 200 }), (hours) => {
        const all = hours.map((hour) => ({ file: `${hour}`, at: Date.UTC(2025, 0, 1) + hour * 3_600_000, bytes: 1 }));
        const gone = new Set(toRotateOut(all));
        const newest = all.reduce((a, b) => (a.at > b.at ? a : b));
        expect(gone.has(newest)).toBe(false);
        expect(all.length - gone.size).toBeLessThanOrEqual(KEEP.days + KEEP.weeks + KEEP.months);
      }),
    );
  });
});

describe('copies', () => {
  it('restores the newest copy with every row, and undo still works', () => {
    const dir = tempDir();
    const key = testKey();
    const records = openTest(dir, key);
    const ids = writeNotes(records, 30);
    expect(records.backups.make()).toMatchObject({ ok: true });
    const rows = (table: string): unknown => records.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    const before = ['calls', 'notes', 'note_versions', 'call_events'].map(rows);
    const target = join(tempDir(), 'restored.db');
    expect(restoreNewest(records.paths.backups, target, key)?.file).toBe(records.backups.list()[0]?.file);
    const restored = openDatabase({ file: target, kind: 'records', key });
    expect(['calls', 'notes', 'note_versions', 'call_events'].map((table) => restored.prepare(`SELECT count(*) FROM ${table}`).pluck().get())).toEqual(before);
    expect(restored.prepare('SELECT text FROM note_versions WHERE call_id = (SELECT id FROM calls WHERE public_id = ?)').pluck().get(ids[0])).toBe('note text 0');
    restored.close();
    records.close();
  });

  it('a bad database never replaces a good copy, however often it is tried', () => {
    const dir = tempDir();
    const key = testKey();
    const records = openTest(dir, key);
    writeNotes(records, 60);
    records.close();
    const clock = createTestClock();
    const folder = join(dir, 'backups');
    const good = openDatabase({ file: join(dir, 'records.db'), kind: 'records', key });
    createBackups(good, folder, key, clock).make();
    good.close();
    const kept = readdirSync(folder);
    const bytes = readFileSync(join(dir, 'records.db'));
    // A page in the middle, not the first: the file still opens.
    bytes[4096 * 9 + 700]! ^= 1;
    writeFileSync(join(dir, 'records.db'), bytes);
    const bad = openDatabase({ file: join(dir, 'records.db'), kind: 'records', key });
    const backups = createBackups(bad, folder, key, clock);
    for (let cycle = 0; cycle < 20; cycle += 1) {
      clock.advance(DAY);
      expect(backups.make().ok).toBe(false);
    }
    bad.close();
    expect(readdirSync(folder)).toEqual(kept);
    expect(checkBackup(join(folder, kept[0] ?? ''), key)).toEqual([]);
  });

  it('skips damaged copies when restoring', () => {
    const dir = tempDir();
    const key = testKey();
    const clock = createTestClock();
    const records = openTest(dir, key);
    writeNotes(records, 5);
    const backups = createBackups(records.db, records.paths.backups, key, clock);
    backups.make();
    clock.advance(DAY);
    backups.make();
    const [newest, older] = backups.list();
    const bytes = readFileSync(newest?.file ?? '');
    bytes[5000]! ^= 8;
    writeFileSync(newest?.file ?? '', bytes);
    const target = join(tempDir(), 'restored.db');
    expect(restoreNewest(records.paths.backups, target, key)?.file).toBe(older?.file);
    records.close();
  });

  it('sees every single flipped bit in a copy', () => {
    const dir = tempDir();
    const key = testKey();
    const records = openTest(dir, key);
    writeNotes(records, 20);
    records.backups.make();
    const file = records.backups.list()[0]?.file ?? '';
    const bytes = readFileSync(file);
    const flipped = join(tempDir(), 'flipped.db');
    let seen = 0;
    for (let n = 0; n < 200; n += 1) {
      const copy = Buffer.from(bytes);
      copy[Math.floor((n / 200) * bytes.length) + (n % 7)]! ^= 1 << (n % 8);
      writeFileSync(flipped, copy);
      if (checkBackup(flipped, key).length > 0) seen += 1;
    }
    expect(seen).toBe(200);
    records.close();
  });

  it('is due after a day, and when the clock was wrong', () => {
    const clock = createTestClock();
    const dir = tempDir();
    const db = openDatabase({ file: join(dir, 'x.db'), kind: 'records' });
    const backups = createBackups(db, join(dir, 'b'), undefined, clock);
    expect(backups.isDue()).toBe(true);
    backups.make();
    expect(backups.isDue()).toBe(false);
    clock.advance(-3 * DAY);
    expect(backups.isDue()).toBe(true);
    clock.advance(5 * DAY);
    expect(backups.isDue()).toBe(true);
    db.close();
    rmSync(dir, { recursive: true });
    expect(existsSync(dir)).toBe(false);
  });
});

it('typed notes come back after a restore through the ordinary start', () => {
  const dir = tempDir();
  const key = testKey();
  const records = openTest(dir, key);
  const ids = writeNotes(records, 4);
  records.backups.make();
  records.close();
  writeFileSync(join(dir, 'records.db'), 'not a database');
  rmSync(join(dir, 'notes.journal'));
  const again = openTest(dir, key);
  expect(again.state).toBe('restored');
  for (const id of ids) expect(noteText(again, id)).toContain('note text');
  again.close();
});
