import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AFTER_COMMIT_MS, AFTER_DELETE_MS, createCheckpointer } from '#main/db/checkpointer.ts';
import { DbError, faultOf, faultSentence, toDbError } from '#main/db/errors.ts';
import { sealFreshKey, unsealKey, verifyKey, writeKeyCheck } from '#main/db/key-check.ts';
import { openDatabase, quickCheck } from '#main/db/open.ts';
import { tempDir, testKey } from './helpers.ts';

const faultIn = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (cause) {
    return faultOf(cause);
  }
};

describe('opening', () => {
  it('gives records FULL on every later connection, knowledge NORMAL', () => {
    const dir = tempDir();
    for (const [kind, expected] of [['records', 2], ['knowledge', 1]] as const) {
      const file = join(dir, `${kind}.db`);
      for (let connection = 0; connection < 3; connection += 1) {
        const db = openDatabase({ file, kind });
        db.exec(`CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY) STRICT; INSERT INTO t DEFAULT VALUES`);
        expect([db.pragma('synchronous', { simple: true }), db.pragma('journal_mode', { simple: true })]).toEqual([expected, 'wal']);
        db.close();
      }
    }
  });

  it('names each fault and leaves the file as it was', () => {
    const dir = tempDir();
    const file = join(dir, 'records.db');
    const key = testKey();
    openDatabase({ file, kind: 'records', key }).close();
    const bytes = readFileSync(file);
    expect(faultIn(() => openDatabase({ file, kind: 'records', key: testKey() }))).toBe('not-a-database');
    expect(faultIn(() => openDatabase({ file, kind: 'records' }))).toBe('not-a-database');
    expect(faultIn(() => openDatabase({ file, kind: 'knowledge', key }))).toBe('other-application');
    expect(faultIn(() => openDatabase({ file: join(dir, 'none', 'x.db'), kind: 'records' }))).toBe('no-folder');
    expect(faultIn(() => openDatabase({ file: join(dir, 'none.db'), kind: 'records', mustExist: true }))).toBe('cannot-open');
    expect(faultIn(() => openDatabase({ file: String.raw`\\server\share\x.db`, kind: 'records' }))).toBe('network-path');
    expect(readFileSync(file).equals(bytes)).toBe(true);
    const foreign = join(dir, 'foreign.db');
    const other = openDatabase({ file: foreign, kind: 'knowledge' });
    other.exec('CREATE TABLE t (a) ');
    other.close();
    expect(faultIn(() => openDatabase({ file: foreign, kind: 'records' }))).toBe('other-application');
  });

  it('tells every fault in a sentence that says what to do', () => {
    for (const code of ['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY_DIRECTORY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_CORRUPT_VTAB', 'ENOSPC', 'EACCES', 'EIO']) {
      const error = toDbError(Object.assign(new Error('raw'), { code }), '/x/records.db');
      expect(error).toBeInstanceOf(DbError);
      expect((error as DbError).message).not.toContain('raw');
      expect(faultSentence((error as DbError).reason).length).toBeGreaterThan(40);
    }
    const unknown = new Error('bug');
    expect(toDbError(unknown, 'x')).toBe(unknown);
  });

  it('refuses to be shared between two writers for longer than it takes to notice: a quarter of a second', () => {
    const file = join(tempDir(), 'records.db');
    const first = openDatabase({ file, kind: 'records' });
    const second = openDatabase({ file, kind: 'records' });
    first.exec('BEGIN IMMEDIATE');
    expect(faultIn(() => second.exec('BEGIN IMMEDIATE'))).toBe('locked');
    expect(Number(second.pragma('busy_timeout', { simple: true }))).toBeLessThanOrEqual(250);
    first.close();
    second.close();
  });

  it('sees a flipped bit through the cipher', () => {
    const dir = tempDir();
    const key = testKey();
    const file = join(dir, 'records.db');
    const db = openDatabase({ file, kind: 'records', key });
    db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT; INSERT INTO t (b) VALUES ('hello')");
    expect(quickCheck(db)).toEqual([]);
    db.close();
    const copy = join(dir, 'copy.db');
    copyFileSync(file, copy);
    const bytes = readFileSync(copy);
    bytes[bytes.length - 700]! ^= 1;
    writeFileSync(copy, bytes);
    const harmed = openDatabase({ file: copy, kind: 'records', key });
    expect(quickCheck(harmed)).not.toEqual([]);
    harmed.close();
  });
});

describe('the key check', () => {
  it('tells the right key, and lets others seal notes only the right key opens', () => {
    const file = join(tempDir(), 'check');
    const key = testKey();
    expect(verifyKey(file, key)).toBe('no-check');
    writeKeyCheck(file, key);
    expect([verifyKey(file, key), verifyKey(file, testKey()), verifyKey(file, undefined)]).toEqual(['right', 'wrong', 'wrong']);
    expect(readFileSync(file).includes(key)).toBe(false);
    const fresh = sealFreshKey(file);
    const sealed = join(tempDir(), 'sealed');
    writeFileSync(sealed, fresh?.sealed ?? '');
    expect(unsealKey(sealed, key)?.equals(fresh?.key ?? Buffer.alloc(0))).toBe(true);
    expect(unsealKey(sealed, testKey())).toBeUndefined();
    writeFileSync(file, '{"broken"');
    expect([verifyKey(file, key), sealFreshKey(file)]).toEqual(['no-check', undefined]);
  });
});

describe('checkpoints', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('come sooner when content went away, and never later for another commit', () => {
    const file = join(tempDir(), 'records.db');
    const db = openDatabase({ file, kind: 'records' });
    const seen = vi.spyOn(db, 'pragma');
    const truncations = (): number => seen.mock.calls.filter(([text]) => text === 'wal_checkpoint(TRUNCATE)').length;
    const checkpointer = createCheckpointer(db);
    checkpointer.committed(false);
    vi.advanceTimersByTime(AFTER_COMMIT_MS - 1_000);
    checkpointer.committed(false);
    vi.advanceTimersByTime(1_001);
    expect(truncations()).toBe(1);
    checkpointer.committed(false);
    checkpointer.committed(true);
    vi.advanceTimersByTime(AFTER_DELETE_MS + 1);
    expect(truncations()).toBe(2);
    checkpointer.close();
    db.close();
  });
});
