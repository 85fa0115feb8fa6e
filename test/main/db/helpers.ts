import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { openRecords, type OpenedRecords, type OpenRecordsOptions } from '#main/db/open-records.ts';
import { callRestorers, createCallsService } from '#main/features/calls/index.ts';
import { createTestClock } from '#main/lib/clock.ts';
import { silentLogger } from '#main/lib/logger.ts';

export const testKey = (): Buffer => randomBytes(32);
/** A folder of its own for one test; gone when the test is over. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'callside-db-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export function openTest(dir: string, key: Buffer | undefined, extra: Partial<OpenRecordsOptions> = {}): OpenedRecords {
  return openRecords({ dir, key, clock: createTestClock(), log: silentLogger, migrations: recordsMigrations, restorers: callRestorers, ...extra });
}

/** Starts a call and saves `count` notes, each in a call of its own. Returns the ids. */
export function writeNotes(records: OpenedRecords, count: number, prefix = 'note'): string[] {
  const calls = createCallsService({ db: records.db, journal: records.journal, clock: createTestClock() });
  return [...Array(count).keys()].map((n) => {
    const id = `${prefix}-${n}`;
    calls.start(`start-${id}`, { id, direction: 'in' });
    calls.saveNote(`save-${id}`, { callId: id, text: `${prefix} text ${n}`, seq: 1 });
    return id;
  });
}

export function noteText(records: OpenedRecords, id: string): string | undefined {
  return createCallsService({ db: records.db, journal: records.journal, clock: createTestClock() }).get(id)?.note.text;
}

export function allFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
