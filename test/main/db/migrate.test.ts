import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DbError } from '#main/db/errors.ts';
import { dumpSchema, migrate, schemaVersion, type Migration } from '#main/db/migrate.ts';
import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { openDatabase } from '#main/db/open.ts';
import { tempDir, testKey } from './helpers.ts';

const HERE = import.meta.dirname;
const SOURCES = join(HERE, '../../../src/main/db/migrations/records');

/** SHA-256 of each released step. A step is never edited: a change is a new step. */
const RELEASED: Record<string, string> = JSON.parse(readFileSync(join(HERE, 'migration-hashes.json'), 'utf8'));

const memory = () => openDatabase({ file: ':memory:', kind: 'records' });

describe('the history of records.db', () => {
  it('builds exactly the committed schema', () => {
    const db = memory();
    migrate(db, recordsMigrations);
    const file = join(SOURCES, 'schema.sql');
    if (process.env['UPDATE_SCHEMA'] === '1' || !existsSync(file)) writeFileSync(file, dumpSchema(db));
    expect(dumpSchema(db)).toBe(readFileSync(file, 'utf8'));
  });

  it('has no step that was edited after release', () => {
    for (const step of recordsMigrations) {
      const hash = createHash('sha256').update(readFileSync(join(SOURCES, `${step.name}.ts`))).digest('hex');
      expect({ [step.name]: RELEASED[step.name] }).toEqual({ [step.name]: hash });
    }
  });

  it('keeps whole rows over every step', () => {
    const db = memory();
    migrate(db, recordsMigrations, { to: 1 });
    db.exec(`INSERT INTO calls (public_id, rev, direction, state, machine, started_at) VALUES ('a', 1, 'in', 'ended', '{}', 5)`);
    db.exec(`INSERT INTO notes (id, text, rev, seq, saved_at) SELECT id, 'words', 1, 1, 6 FROM calls`);
    const before = [db.prepare('SELECT * FROM calls').all(), db.prepare('SELECT * FROM notes').all()];
    migrate(db, recordsMigrations);
    expect([db.prepare('SELECT * FROM calls').all(), db.prepare('SELECT * FROM notes').all()]).toEqual(before);
    expect(schemaVersion(db)).toBe(recordsMigrations.length);
  });

  it('uses an index for each look-up an agent waits for', () => {
    const db = memory();
    migrate(db, recordsMigrations);
    const plan = (sql: string): string => (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map((row) => row.detail).join(' | ');
    for (const sql of [
      "SELECT * FROM calls WHERE public_id = 'x'",
      "SELECT * FROM calls WHERE number_e164 = 'x' ORDER BY started_at DESC LIMIT 10",
      "SELECT * FROM calls WHERE state <> 'ended' ORDER BY started_at",
      'SELECT * FROM calls WHERE started_at >= 1 AND started_at < 2 ORDER BY started_at',
      "SELECT * FROM follow_ups WHERE state = 'open' ORDER BY due_at",
      "SELECT * FROM commands WHERE id = 'x'",
    ]) expect(plan(sql)).toMatch(/SEARCH|USING INDEX/);
  });

  it('keeps the word index true to the notes', () => {
    const db = memory();
    migrate(db, recordsMigrations);
    db.exec(`INSERT INTO calls (public_id, rev, direction, state, machine, started_at) VALUES ('a', 1, 'in', 'ended', '{}', 5), ('b', 1, 'in', 'ended', '{}', 6)`);
    db.exec(`INSERT INTO notes (id, text, rev, seq, saved_at) SELECT id, 'words of ' || public_id, 1, 1, 6 FROM calls`);
    db.exec("UPDATE notes SET text = 'other'; DELETE FROM calls WHERE public_id = 'a'; VACUUM");
    db.exec("INSERT INTO notes_fts (notes_fts, rank) VALUES ('integrity-check', 1)");
    expect(db.prepare("SELECT count(*) FROM notes_fts WHERE notes_fts MATCH 'words'").pluck().get()).toBe(0);
    expect(db.prepare("SELECT count(*) FROM notes_fts WHERE notes_fts MATCH 'other'").pluck().get()).toBe(1);
  });
});

describe('the runner', () => {
  const steps = (bad?: number): Migration[] =>
    [1, 2, 3].map((version) => ({
      version,
      name: `step-${version}`,
      up: (db) => {
        db.exec(`CREATE TABLE t${version} (a INTEGER PRIMARY KEY) STRICT`);
        if (bad === version) throw new Error('power out');
      },
    }));

  it('leaves the file at the version before a step that fails', () => {
    const db = memory();
    expect(() => migrate(db, steps(2))).toThrow(DbError);
    expect(schemaVersion(db)).toBe(1);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()).toEqual(['t1']);
    expect(migrate(db, steps()).applied).toEqual(['step-2', 'step-3']);
  });

  it('refuses a database of a newer program, untouched', () => {
    const db = memory();
    db.pragma('user_version = 9');
    expect(() => migrate(db, steps())).toThrow(/newer Callside/);
    expect(schemaVersion(db)).toBe(9);
  });

  it('refuses a history with a gap', () => {
    expect(() => migrate(memory(), steps().slice(1))).toThrow(/expected 1/);
  });

  it('makes a backup before changing data, and changes nothing when that fails', () => {
    const db = memory();
    migrate(db, steps(), { to: 1 });
    expect(() => migrate(db, steps(), { backupFirst: () => { throw new Error('disk full'); } })).toThrow('disk full');
    expect(schemaVersion(db)).toBe(1);
    let asked = 0;
    migrate(memory(), steps(), { backupFirst: () => { asked += 1; } });
    expect(asked).toBe(0);
  });

  it('survives being killed inside every step', async () => {
    const key = testKey();
    for (const step of recordsMigrations) {
      const file = join(tempDir(), 'records.db');
      const child = fork(join(HERE, 'migrate-and-die.ts'), [file, key.toString('hex'), String(step.version)], { stdio: 'ignore' });
      const signal = await new Promise((resolve) => child.once('exit', (_code, killed) => resolve(killed)));
      expect(signal).toBe('SIGKILL');
      const db = openDatabase({ file, kind: 'records', key });
      expect(schemaVersion(db)).toBe(step.version - 1);
      expect(migrate(db, recordsMigrations).to).toBe(recordsMigrations.length);
      db.close();
    }
  });
});
