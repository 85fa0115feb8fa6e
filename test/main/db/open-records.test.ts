import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { openDatabase } from '#main/db/open.ts';
import { allFiles, noteText, openTest, tempDir, testKey, writeNotes } from './helpers.ts';

const code = (records: { messages: readonly { code: string }[] }): string[] => records.messages.map((message) => message.code);

function filled(count = 20): { dir: string; key: Buffer; ids: string[] } {
  const dir = tempDir();
  const key = testKey();
  const records = openTest(dir, key);
  expect(records.state).toBe('new');
  const ids = writeNotes(records, count);
  records.close();
  return { dir, key, ids };
}

describe('opening in good order', () => {
  it('re-opens with the promised settings and every note', () => {
    const { dir, key, ids } = filled();
    const records = openTest(dir, key);
    expect(records.state).toBe('ok');
    expect(records.messages).toEqual([]);
    const pragma = (name: string): unknown => records.db.pragma(name, { simple: true });
    expect([pragma('synchronous'), pragma('journal_mode'), pragma('foreign_keys'), pragma('trusted_schema'), pragma('secure_delete'), pragma('mmap_size'), pragma('temp_store')]).toEqual([2, 'wal', 1, 0, 1, 0, 2]);
    expect(Number(pragma('busy_timeout'))).toBeLessThanOrEqual(250);
    for (const id of ids) expect(noteText(records, id)).toMatch(/^note text/);
    records.close();
    expect(existsSync(join(dir, 'records.open'))).toBe(false);
  });

  it('leaves nothing readable on the disk', () => {
    const { dir, key } = filled(5);
    const records = openTest(dir, key);
    records.backups.make();
    records.close();
    expect(allFiles(dir).filter((file) => readFileSync(file).includes('note text'))).toEqual([]);
  });
});

describe('always open', () => {
  const start = (dir: string, key: Buffer | undefined, extra = {}) => {
    const records = openTest(dir, key, extra);
    const [id] = writeNotes(records, 1, `after-${Math.round(performance.now())}`);
    expect(noteText(records, id ?? '')).toContain('text 0');
    return records;
  };

  it('garbage instead of the database: backup and journal take its place, the garbage is kept', () => {
    const { dir, key, ids } = filled();
    const first = openTest(dir, key);
    first.backups.make();
    const later = writeNotes(first, 5, 'later');
    first.close();
    writeFileSync(join(dir, 'records.db'), Buffer.alloc(90_000, 'x'));
    const records = start(dir, key);
    expect(records.state).toBe('restored');
    expect(code(records)).toEqual(['restored-from-backup', 'notes-brought-back']);
    for (const id of [...ids, ...later]) expect(noteText(records, id)).toContain('text');
    expect(allFiles(join(dir, 'set-aside')).map((file) => readFileSync(file).subarray(0, 1).toString())).toContain('x');
    records.close();
  });

  it('an empty file without any backup: everything comes back from the journal', () => {
    const { dir, key, ids } = filled();
    truncateSync(join(dir, 'records.db'), 0);
    const records = start(dir, key);
    expect(records.state).toBe('rebuilt-from-journal');
    for (const id of ids) expect(noteText(records, id)).toContain('text');
    records.close();
  });

  it('only the WAL is left: it is kept, not thrown away by a new database', () => {
    const { dir, key, ids } = filled();
    rmSync(join(dir, 'records.db'));
    writeFileSync(join(dir, 'records.db-wal'), 'old wal');
    const records = start(dir, key);
    expect(records.state).toBe('rebuilt-from-journal');
    for (const id of ids) expect(noteText(records, id)).toContain('text');
    expect(allFiles(join(dir, 'set-aside')).some((file) => file.endsWith('-wal'))).toBe(true);
    records.close();
  });

  it('written by a newer version: left alone, notes go beside and are taken over later', () => {
    const { dir, key } = filled();
    const db = openDatabase({ file: join(dir, 'records.db'), kind: 'records', key });
    db.pragma('user_version = 99');
    db.close();
    const before = readFileSync(join(dir, 'records.db'));
    const records = start(dir, key);
    expect(records).toMatchObject({ state: 'beside', fault: 'from-the-future' });
    const beside = writeNotes(records, 3, 'beside');
    records.close();
    expect(readFileSync(join(dir, 'records.db')).equals(before)).toBe(true);
    const back = openDatabase({ file: join(dir, 'records.db'), kind: 'records', key });
    back.pragma(`user_version = ${recordsMigrations.length}`);
    back.close();
    const again = openTest(dir, key);
    expect(code(again)).toContain('side-notes-taken-over');
    for (const id of beside) expect(noteText(again, id)).toContain('beside text');
    again.close();
  });

  for (const [name, key] of [['wrong key', testKey()], ['missing key', undefined]] as const) {
    it(`${name}: the data is not touched, notes go beside, only the right key reads them`, () => {
      const { dir, key: right, ids } = filled();
      const before = readFileSync(join(dir, 'records.db'));
      const records = start(dir, key);
      expect(records).toMatchObject({ state: 'beside', fault: 'wrong-key' });
      const beside = writeNotes(records, 3, 'beside');
      records.close();
      expect(readFileSync(join(dir, 'records.db')).equals(before)).toBe(true);
      expect(allFiles(dir).filter((file) => readFileSync(file).includes('beside text'))).toEqual([]);
      const again = openTest(dir, right);
      expect(again.state).toBe('ok');
      for (const id of [...ids, ...beside]) expect(noteText(again, id)).toContain('text');
      again.close();
    });
  }

  it('locked by another program: notes go beside and are taken over later', () => {
    const { dir, key } = filled();
    const other = openDatabase({ file: join(dir, 'records.db'), kind: 'records', key });
    other.exec('BEGIN IMMEDIATE');
    const records = start(dir, key);
    expect(records).toMatchObject({ state: 'beside', fault: 'locked' });
    // Nobody waits for the other program longer than this, time and again.
    expect(Number(records.db.pragma('busy_timeout', { simple: true }))).toBeLessThanOrEqual(250);
    const beside = writeNotes(records, 2, 'beside');
    records.close();
    other.exec('ROLLBACK');
    other.close();
    const again = openTest(dir, key);
    for (const id of beside) expect(noteText(again, id)).toContain('text');
    again.close();
  });

  it('does not pull the files from under a session that still works beside', () => {
    const { dir, key } = filled();
    const other = openDatabase({ file: join(dir, 'records.db'), kind: 'records', key });
    other.exec('BEGIN IMMEDIATE');
    const beside = openTest(dir, key);
    const early = writeNotes(beside, 2, 'early');
    other.exec('ROLLBACK');
    other.close();
    const main = openTest(dir, key);
    expect(main.messages).toEqual([]);
    const late = writeNotes(beside, 2, 'late');
    main.close();
    beside.close();
    const again = openTest(dir, key);
    for (const id of [...early, ...late]) expect(noteText(again, id)).toContain('text');
    again.close();
  });

  it('a folder that cannot be written: notes go to the fallback folder, or stay in memory with a warning', () => {
    const { key } = filled(1);
    const file = join(tempDir(), 'not-a-folder');
    writeFileSync(file, '');
    const memory = start(join(file, 'data'), key);
    expect(memory.state).toBe('memory');
    expect(memory.journal.durable).toBe(false);
    expect(code(memory)).toEqual(['memory-only']);
    memory.close();
    const beside = start(join(file, 'data'), key, { fallbackDir: tempDir() });
    expect(beside.state).toBe('beside');
    beside.close();
  });
});

describe('what the journal sees', () => {
  it('a database that lost its last commits is seen and made whole', () => {
    const { dir, key } = filled(3);
    const old = join(tempDir(), 'old.db');
    copyFileSync(join(dir, 'records.db'), old);
    const records = openTest(dir, key);
    const ids = writeNotes(records, 50, 'newer');
    records.close();
    copyFileSync(old, join(dir, 'records.db'));
    const again = openTest(dir, key);
    expect(code(again)).toContain('commits-were-lost');
    for (const id of ids) expect(noteText(again, id)).toContain('newer text');
    again.close();
  });

  for (const harm of ['delete', 'cut', 'flip'] as const) {
    it(`a journal after ${harm} is seen, kept, and written anew`, () => {
      const { dir, key, ids } = filled(10);
      const file = join(dir, 'notes.journal');
      const bytes = readFileSync(file);
      if (harm === 'delete') rmSync(file);
      if (harm === 'cut') truncateSync(file, bytes.length - 300);
      if (harm === 'flip') {
        bytes[Math.floor(bytes.length / 2)]! ^= 4;
        writeFileSync(file, bytes);
      }
      const records = openTest(dir, key);
      expect(code(records)).toEqual([harm === 'delete' ? 'journal-missing' : 'journal-damaged']);
      records.close();
      rmSync(join(dir, 'records.db'));
      const rebuilt = openTest(dir, key);
      for (const id of ids) expect(noteText(rebuilt, id)).toContain('text');
      rebuilt.close();
    });
  }

  it('a torn last record after a crash raises no alarm', () => {
    const { dir, key, ids } = filled(4);
    writeFileSync(join(dir, 'records.open'), '');
    writeFileSync(join(dir, 'notes.journal'), Buffer.concat([readFileSync(join(dir, 'notes.journal')), Buffer.from([0xc5, 0x4a, 0x52, 0x31, 9, 9])]));
    const records = openTest(dir, key);
    expect(records.messages).toEqual([]);
    const more = writeNotes(records, 2, 'more');
    records.close();
    const again = openTest(dir, key);
    for (const id of [...ids, ...more]) expect(noteText(again, id)).toContain('text');
    again.close();
  });
});

it('refuses a network path for the data but still lets notes be typed', () => {
  const records = openTest('//server/share/callside', testKey());
  expect(records).toMatchObject({ state: 'memory', fault: 'network-path' });
  records.close();
});
