import { existsSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { removeFileFully } from '../lib/atomic-file.ts';
import { allCopies, rewriteCopies } from './backup.ts';
import type { JournalEntry } from './journal.ts';
import { openJournal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import { checkpointTruncate, openDatabase, type Db } from './open.ts';
import type { OpenedRecords } from './open-records.ts';
import { markErased, type Restorer } from './restore.ts';
import { listSetAside } from './set-aside.ts';
import { removeSide, sideDirs } from './sides.ts';

/** One thing to erase, by its kind and public id. */
export type Thing = { kind: string; id: string };

export type EraseProof = {
  /** File name inside the data folder. */
  file: string;
  /** `checked`: opened afterwards and found without the things. `removed`: the file is gone. `unreadable`: could not be looked into. */
  result: 'checked' | 'removed' | 'unreadable';
};

export type EraseReport = {
  /** True when every file was checked or removed and the WAL is empty. */
  complete: boolean;
  files: EraseProof[];
  /** How many of the things some file still holds; 0 unless something is wrong. */
  left: number;
};

export type EraserDeps = {
  records: Pick<OpenedRecords, 'db' | 'journal' | 'backups' | 'paths' | 'key'>;
  ledger: Ledger;
  restorers: readonly Restorer[];
};

export type Eraser = {
  /**
   * Removes things from the database, WAL, journal, every backup and every file set aside, then
   * looks again and reports. Files nobody can read any more (damaged ones set aside) are deleted
   * with `destroyUnreadable`, and named otherwise.
   */
  erase(commandId: string, things: readonly Thing[], options?: { destroyUnreadable?: boolean }): EraseReport;
  /** Removes everything of every kind, with all backups and files set aside, and starts a new backup. */
  eraseAll(commandId: string): EraseReport;
};

export function createEraser({ records, ledger, restorers }: EraserDeps): Eraser {
  const { db, journal, backups, paths, key } = records;
  const restorerOf = (kind: string): Restorer | undefined => restorers.find((restorer) => restorer.kind === kind);
  const has = (target: Db, things: readonly Thing[]): number => things.filter(({ kind, id }) => holds(target, restorerOf(kind), id)).length;

  const eraseIn = (things: readonly Thing[]) => (target: Db): void => {
    target.transaction(() => {
      for (const thing of things) {
        if (holds(target, restorerOf(thing.kind), thing.id)) restorerOf(thing.kind)?.remove(target, thing.id);
        if (hasTable(target, 'erased')) markErased(target, thing, 0);
      }
    }).immediate();
  };

  const leftInCopy = (file: string, things: readonly Thing[]): number => {
    const copy = openDatabase({ file, kind: 'records', key, readonly: true });
    try {
      return has(copy, things);
    } finally {
      copy.close();
      for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    }
  };

  const erase: Eraser['erase'] = (commandId, things, { destroyUnreadable = false } = {}) => {
    const ids = new Set(things.map((thing) => thing.id));
    ledger.run(commandId, 'records.erase', (tx) => {
      eraseIn(things)(tx.db);
      for (const { kind, id } of things) tx.journal(kind, id, null);
      return null;
    });
    journal.rewrite(without(ids));
    const flushed = checkpointTruncate(db);
    const files: EraseProof[] = [{ file: basename(paths.database), result: 'checked' }, { file: basename(paths.journal), result: 'checked' }];
    const copies = [...allCopies(paths.backups), ...listSetAside(paths).filter((file) => file.endsWith('.db'))];
    const { rewritten, unreadable } = rewriteCopies(copies, key, eraseIn(things));
    files.push(...rewritten.map((file) => ({ file: basename(file), result: 'checked' as const })));
    const dark = [...copies.filter((file) => unreadable.includes(basename(file)) && !rewritten.includes(file)), ...otherSetAside(without(ids))];
    files.push(...settleDark(dark, destroyUnreadable));
    const inJournal = journal.records().flatMap((record) => record.entries).filter((entry) => ids.has(entry.id) && entry.data !== null).length;
    const left = has(db, things) + inJournal + rewritten.reduce((sum, file) => sum + leftInCopy(file, things), 0);
    return { complete: flushed && left === 0 && files.every((file) => file.result !== 'unreadable'), files, left };
  };

  /** Journals that were set aside are rewritten where they can be read; WALs and the rest cannot. */
  const otherSetAside = (keep: (entry: JournalEntry) => JournalEntry | null): string[] => {
    const dark: string[] = [];
    for (const file of listSetAside(paths).filter((name) => !name.endsWith('.db'))) {
      if (!file.endsWith('.journal')) {
        dark.push(file);
        continue;
      }
      const { journal: old, damage } = openJournal({ file, key });
      if (damage.some((one) => one !== 'torn-tail')) dark.push(file);
      else old.rewrite(keep);
      old.close();
    }
    return dark;
  };

  const settleDark = (files: readonly string[], destroy: boolean): EraseProof[] => {
    const sides = sideDirs(paths.sides);
    if (destroy) {
      for (const file of files) removeFileFully(file);
      for (const dir of sides) removeSide(dir);
    }
    return [...files, ...sides].map((file) => ({ file: basename(file), result: destroy ? ('removed' as const) : ('unreadable' as const) }));
  };

  const eraseAll: Eraser['eraseAll'] = (commandId) => {
    ledger.run(commandId, 'records.erase-all', (tx) => {
      for (const restorer of restorers) restorer.clear(tx.db);
      tx.db.exec('DELETE FROM commands; DELETE FROM erased');
      return null;
    });
    journal.rewrite(() => null);
    const gone = [...allCopies(paths.backups), ...listSetAside(paths)];
    backups.clear();
    for (const file of listSetAside(paths)) removeFileFully(file);
    rmSync(paths.setAside, { recursive: true, force: true });
    for (const dir of sideDirs(paths.sides)) removeSide(dir);
    db.exec('VACUUM');
    const flushed = checkpointTruncate(db);
    if (existsSync(paths.dir)) backups.make();
    const left = restorers.reduce((sum, restorer) => sum + restorer.snapshot(db, 0).length, 0);
    const files = [paths.database, paths.journal].map((file) => ({ file: basename(file), result: 'checked' as const }));
    return { complete: flushed && left === 0, files: [...files, ...gone.map((file) => ({ file: basename(file), result: 'removed' as const }))], left };
  };

  return { erase, eraseAll };
}

/** Keeps entries that neither are nor belong to what is erased, and the marks of what was. */
function without(ids: ReadonlySet<string>): (entry: JournalEntry) => JournalEntry | null {
  return (entry) => {
    if (entry.data === null) return entry;
    const owner = typeof entry.data === 'object' && 'callId' in entry.data ? entry.data.callId : undefined;
    return ids.has(entry.id) || (typeof owner === 'string' && ids.has(owner)) ? null : entry;
  };
}

function hasTable(db: Db, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

/** A copy made before an update may lack the table: then it holds none of it. */
function holds(db: Db, restorer: Restorer | undefined, id: string): boolean {
  if (restorer === undefined) return false;
  try {
    return restorer.has(db, id);
  } catch {
    return false;
  }
}
