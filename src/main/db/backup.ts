import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { removeFileFully, syncFolder } from '../lib/atomic-file.ts';
import { ensurePrivateFolder } from '../lib/paths.ts';
import type { Clock } from '../lib/clock.ts';
import { toDbError } from './errors.ts';
import { openDatabase, quickCheck, type Db, type DbKind } from './open.ts';

export type BackupFile = { file: string; /** UTC ms, from the name. */ at: number; bytes: number };
export type BackupResult = { ok: true; file: string; bytes: number } | { ok: false; problems: string[] };

/** How many days, weeks and months keep their newest copy. */
export const KEEP = { days: 12, weeks: 10, months: 9 } as const;

const NAME = /^(?:records|knowledge|workshop)-(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})\.db$/;
const DAY_MS = 86_400_000;

function nameFor(at: number, kind: DbKind): string {
  const text = new Date(at).toISOString().replaceAll(/[-:]/g, '');
  return `${kind}-${text.slice(0, 8)}-${text.slice(9, 15)}.db`;
}

/** The copies in a folder, newest first. Other files are not looked at. */
export function listBackups(folder: string): BackupFile[] {
  if (!existsSync(folder)) return [];
  const found: BackupFile[] = [];
  for (const name of readdirSync(folder)) {
    const parts = NAME.exec(name)?.slice(1).map(Number);
    if (parts === undefined) continue;
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
    const file = join(folder, name);
    found.push({ file, at: Date.UTC(year, month - 1, day, hour, minute, second), bytes: statSync(file).size });
  }
  return found.toSorted((a, b) => b.at - a.at);
}

/** Which copies go: all but the newest of each of the last days, weeks and months that have one. */
export function toRotateOut(backups: readonly BackupFile[]): BackupFile[] {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at);
  const keep = new Set<BackupFile>();
  const keepNewestPer = (period: (at: number) => number | string, count: number): void => {
    const seen = new Set<number | string>();
    for (const backup of newestFirst) {
      const name = period(backup.at);
      if (seen.has(name)) continue;
      if (seen.size === count) break;
      seen.add(name);
      keep.add(backup);
    }
  };
  keepNewestPer((at) => Math.floor(at / DAY_MS), KEEP.days);
  // Days since 1970-01-05, a Monday.
  keepNewestPer((at) => Math.floor((Math.floor(at / DAY_MS) - 4) / 7), KEEP.weeks);
  keepNewestPer((at) => new Date(at).toISOString().slice(0, 7), KEEP.months);
  return newestFirst.filter((backup) => !keep.has(backup));
}

/** Opens a copy and checks it through and through. Empty means it can be restored. */
export function checkBackup(file: string, key: Buffer | undefined, kind: DbKind = 'records'): string[] {
  let db: Db | undefined;
  try {
    db = openDatabase({ file, kind, key, readonly: true });
    return quickCheck(db);
  } catch (cause) {
    return [cause instanceof Error ? cause.message : String(cause)];
  } finally {
    db?.close();
    removeSidecars(file);
  }
}

/** Copies the database into `target` and proves the copy sound before it gets its name. */
export function copyDatabase(db: Db, target: string, key: Buffer | undefined, kind: DbKind = 'records'): BackupResult {
  const problems = quickCheck(db);
  if (problems.length > 0) return { ok: false, problems };
  const temp = `${target}.part`;
  rmSync(temp, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(temp);
    const wrong = checkBackup(temp, key, kind);
    if (wrong.length > 0) {
      rmSync(temp, { force: true });
      return { ok: false, problems: wrong };
    }
    syncFile(temp);
    renameSync(temp, target);
    syncFolder(join(target, '..'));
    return { ok: true, file: target, bytes: statSync(target).size };
  } catch (cause) {
    rmSync(temp, { force: true });
    throw toDbError(cause, target);
  }
}

/** Every copy in the folder, those made before an update included. */
export function allCopies(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.db')).map((name) => join(folder, name)) : [];
}

export type Backups = {
  /** Makes a copy now and rotates. A database or copy that fails its check changes nothing in the folder. */
  make(): BackupResult;
  list(): BackupFile[];
  /** True when the newest copy is a day old or there is none. */
  isDue(): boolean;
  /**
   * Runs `change` on every copy (or the given ones) and puts the changed copy in its place, vacuumed.
   * Copies that cannot be opened are left alone and named in the result.
   */
  rewrite(change: (db: Db) => void, files?: readonly string[]): { rewritten: string[]; unreadable: string[] };
  /** Deletes every copy. */
  clear(): void;
};

/** @param folder copies of one database only */
export function createBackups(db: Db, folder: string, key: Buffer | undefined, clock: Pick<Clock, 'now'>, kind: DbKind = 'records'): Backups {
  const make = (): BackupResult => {
    ensurePrivateFolder(folder);
    const result = copyDatabase(db, join(folder, nameFor(clock.now(), kind)), key, kind);
    if (!result.ok) return result;
    for (const old of toRotateOut(listBackups(folder))) removeFileFully(old.file);
    return result;
  };
  return {
    make,
    list: () => listBackups(folder),
    isDue: () => {
      const newest = listBackups(folder)[0];
      return newest === undefined || clock.now() - newest.at >= DAY_MS || newest.at > clock.now();
    },
    rewrite: (change, files = allCopies(folder)) => rewriteCopies(files, key, change),
    clear: () => {
      for (const file of allCopies(folder)) removeFileFully(file);
    },
  };
}

/** Changes closed database files one by one; each is replaced whole or not at all. */
export function rewriteCopies(files: readonly string[], key: Buffer | undefined, change: (db: Db) => void): { rewritten: string[]; unreadable: string[] } {
  const rewritten: string[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    const work = `${file}.work`;
    const done = `${file}.done`;
    for (const left of [work, done]) rmSync(left, { force: true });
    let copy: Db | undefined;
    try {
      copyFileSync(file, work);
      copy = openDatabase({ file: work, kind: 'records', key, mustExist: true });
      change(copy);
      copy.prepare('VACUUM INTO ?').run(done);
      copy.close();
      copy = undefined;
      if (checkBackup(done, key).length > 0) throw new Error('The changed copy does not pass its check.');
      syncFile(done);
      removeFileFully(file);
      renameSync(done, file);
      rewritten.push(file);
    } catch {
      unreadable.push(basename(file));
    } finally {
      copy?.close();
      removeFileFully(work);
      removeSidecars(work);
      rmSync(done, { force: true });
    }
  }
  return { rewritten, unreadable };
}

/** A copy opened for reading leaves empty side files; a closed copy needs none. */
function removeSidecars(file: string): void {
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}

function syncFile(file: string): void {
  const fd = openSync(file, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Puts the newest sound copy at `target`; undefined when there is none. The copies stay. */
export function restoreNewest(folder: string, target: string, key: Buffer | undefined, kind: DbKind = 'records'): BackupFile | undefined {
  for (const backup of listBackups(folder)) {
    if (checkBackup(backup.file, key, kind).length > 0) continue;
    const temp = `${target}.restoring`;
    copyFileSync(backup.file, temp);
    syncFile(temp);
    renameSync(temp, target);
    syncFolder(join(target, '..'));
    return backup;
  }
  return undefined;
}
