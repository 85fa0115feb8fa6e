import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger, type Ledger } from '#main/db/ledger.ts';
import { openJournal, type Journal } from '#main/db/journal.ts';
import { migrate } from '#main/db/migrate.ts';
import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { openDatabase, type Db } from '#main/db/open.ts';
import { createCallsService, DEFAULT_POLICY } from '#main/features/calls/index.ts';
import type { CallsPolicy, CallsService } from '#main/features/calls/index.ts';
import { createTestClock, type TestClock } from '#main/lib/clock.ts';

export type TestRecords = {
  dir: string;
  db: Db;
  journal: Journal;
  clock: TestClock;
  ledger: Ledger;
  calls: CallsService;
  /** A fresh command id. */
  id: () => string;
  close: () => void;
  remove: () => void;
};

/** A records folder of its own with real files, and the service on top. */
export function openTestRecords(options: { key?: Buffer; policy?: Partial<CallsPolicy>; dir?: string; hasFollowUp?: (id: string) => boolean } = {}): TestRecords {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'callside-records-'));
  const clock = createTestClock();
  const db: Db = openDatabase({ file: join(dir, 'records.db'), kind: 'records', key: options.key });
  migrate(db, recordsMigrations);
  const { journal } = openJournal({ file: join(dir, 'notes.journal'), key: options.key });
  const ledger = createLedger({ db, journal, clock });
  const calls = createCallsService({ db, journal, clock, ledger, policy: { ...DEFAULT_POLICY, country: 'DE', ...options.policy }, ...(options.hasFollowUp === undefined ? {} : { hasFollowUp: options.hasFollowUp }) });
  let commands = 0;
  return {
    dir, db, journal, clock, ledger, calls,
    /** A fresh command id. */
    id: (): string => `cmd-${(commands += 1)}`,
    close: (): void => {
      journal.close();
      db.close();
    },
    remove: (): void => rmSync(dir, { recursive: true, force: true }),
  };
}
