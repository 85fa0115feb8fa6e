import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensurePrivateFolder } from '../lib/paths.ts';
import { copyDatabase, createBackups, restoreNewest, type Backups } from './backup.ts';
import { DbError } from './errors.ts';
import { migrate } from './migrate.ts';
import { workshopMigrations } from './migrations/workshop/index.ts';
import { checkpointTruncate, openDatabase, quickCheck, type Db } from './open.ts';
import { databaseFiles } from './set-aside.ts';

export type OpenedWorkshop = {
  db: Db;
  backups: Backups;
  /** When drafts had to be taken from a copy: the time of that copy (UTC ms); 0 when there was none and the file is new. */
  restoredFrom: number | undefined;
  close(): void;
};

/**
 * Opens workshop.db: drafts exist nowhere else, so a damaged file is set aside (never deleted) and the newest
 * sound copy takes its place. Copies have a folder of their own: erasing call records must not touch them.
 */
export function openWorkshop(dir: string, clock: { now: () => number }): OpenedWorkshop {
  const file = join(dir, 'workshop.db');
  const copies = join(dir, 'workshop-backups');
  const { db, restoredFrom } = openOrRestore(file, copies, clock);
  try {
    migrate(db, workshopMigrations, {
      backupFirst: (from) => {
        ensurePrivateFolder(copies);
        const copy = copyDatabase(db, join(copies, `before-update-v${from}-${clock.now()}.db`), undefined, 'workshop');
        if (!copy.ok) throw new DbError('damaged', file, new Error(copy.problems.join('; ')));
      },
    });
  } catch (cause) {
    db.close();
    throw cause;
  }
  return {
    db, restoredFrom,
    backups: createBackups(db, copies, undefined, clock, 'workshop'),
    close: () => {
      if (!db.open) return;
      checkpointTruncate(db);
      db.close();
    },
  };
}

function openOrRestore(file: string, copies: string, clock: { now: () => number }): { db: Db; restoredFrom: number | undefined } {
  const there = existsSync(file);
  try {
    const db = openDatabase({ file, kind: 'workshop' });
    const problems = there ? quickCheck(db) : [];
    if (problems.length === 0) return { db, restoredFrom: undefined };
    db.close();
  } catch (cause) {
    if (!(cause instanceof DbError) || !['damaged', 'not-a-database', 'other-application'].includes(cause.reason)) throw cause;
  }
  const aside = join(copies, '..', 'set-aside', `workshop-${clock.now()}`);
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  for (const part of databaseFiles(file)) if (existsSync(part)) renameSync(part, join(aside, basename(part)));
  const copy = restoreNewest(copies, file, undefined, 'workshop');
  return { db: openDatabase({ file, kind: 'workshop' }), restoredFrom: copy?.at ?? 0 };
}
