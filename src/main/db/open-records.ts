import { closeSync, existsSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { ensurePrivateFolder, isNetworkPath, recordPaths, type RecordPaths } from '../lib/paths.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { createBackups, copyDatabase, listBackups, restoreNewest, type Backups } from './backup.ts';
import { DbError, faultOf, faultSentence, type DbFault } from './errors.ts';
import { createMemoryJournal, openJournal, type Journal } from './journal.ts';
import { verifyKey, writeKeyCheck } from './key-check.ts';
import { migrate, type Migration } from './migrate.ts';
import { checkpointTruncate, openDatabase, quickCheck, type Db } from './open.ts';
import { openMessage, type OpenMessage } from './open-messages.ts';
import { reconcile } from './reconcile.ts';
import type { Restorer } from './restore.ts';
import { databaseFiles, setAside } from './set-aside.ts';
import { makeSide, sideRoots } from './sides.ts';

/** `ok`: the main files as they were. `new`: a first start. `beside`: a side folder. `memory`: nothing is kept. */
export type RecordsState = 'ok' | 'new' | 'restored' | 'rebuilt-from-journal' | 'beside' | 'memory';

export type OpenRecordsOptions = {
  dir: string;
  /** The 32-byte key; absent for an unencrypted folder (tests) or when the key is lost. */
  key?: Buffer | undefined;
  clock: Pick<Clock, 'now'>;
  log: Logger;
  migrations: readonly Migration[];
  /** How each feature's things come back from the journal; calls first. */
  restorers: readonly Restorer[];
  /** Where to work when `dir` cannot be written. */
  fallbackDir?: string;
  /**
   * Opens after a crash of the process alone, while the system went on: nothing written can be missing from the
   * disk, so the full check, which grows with the file, is left to `verify`.
   */
  restarted?: boolean;
};

export type OpenedRecords = {
  readonly db: Db;
  readonly journal: Journal;
  readonly state: RecordsState;
  /** Why the main files are not in use, for states `beside` and `memory`. */
  readonly fault?: DbFault;
  readonly messages: readonly OpenMessage[];
  readonly backups: Backups;
  readonly paths: RecordPaths;
  readonly key: Buffer | undefined;
  /** When the session before this one was last known to run, UTC ms; absent after a clean close. */
  readonly lastAliveAt?: number;
  /** Call every ten seconds or so: after a crash it tells when the program stopped. */
  alive(): void;
  /** The thorough check for after the first paint; empty means sound. Found damage is repaired at the next start. */
  verify(): string[];
  close(): void;
};

/**
 * Opens the records whatever state the folder is in, so that an agent can always type. Damaged
 * files are set aside and the newest good backup plus the journal take their place; files that are
 * only not ours to touch (other key, newer version, locked, read-only) stay as they are and this
 * session works beside them. No file is deleted.
 */
export function openRecords(options: OpenRecordsOptions): OpenedRecords {
  const paths = recordPaths(options.dir);
  const blocked = isNetworkPath(options.dir) ? 'network-path' : whyNotUsable(paths, options.key);
  if (blocked !== undefined) return openBeside(options, paths, blocked);
  try {
    return openMain(options, paths);
  } catch (cause) {
    const fault = faultOf(cause);
    options.log.error('records could not be opened', { fault: fault ?? 'unknown', cause });
    return openBeside(options, paths, fault ?? 'cannot-open');
  }
}

/** First bytes of every database that is not encrypted. */
const PLAIN_HEADER = 'SQLite format 3\0';

function whyNotUsable(paths: RecordPaths, key: Buffer | undefined): DbFault | undefined {
  try {
    ensurePrivateFolder(paths.dir);
    const probe = `${paths.openMarker}.probe`;
    writeFileSync(probe, '');
    rmSync(probe, { force: true });
  } catch (cause) {
    return faultOf(cause) ?? 'read-only';
  }
  return verifyKey(paths.keyCheck, key) === 'wrong' || (key === undefined && isLocked(paths)) ? 'wrong-key' : undefined;
}

/** Without a key, records that are no plain database are taken for encrypted ones, even when the check beside them is lost. */
function isLocked({ database }: RecordPaths): boolean {
  if (!existsSync(database) || statSync(database).size < PLAIN_HEADER.length) return false;
  const head = Buffer.alloc(PLAIN_HEADER.length);
  const fd = openSync(database, 'r');
  try {
    readSync(fd, head, 0, head.length, 0);
  } finally {
    closeSync(fd);
  }
  return head.toString('latin1') !== PLAIN_HEADER;
}

type Found = { db: Db; state: RecordsState; messages: OpenMessage[] };

function openMain(options: OpenRecordsOptions, paths: RecordPaths): OpenedRecords {
  const { key, log } = options;
  const lastAliveAt = existsSync(paths.openMarker) ? statSync(paths.openMarker).mtimeMs : undefined;
  const unclean = lastAliveAt !== undefined;
  const found = findDatabase(options, paths, unclean && options.restarted !== true);
  try {
    migrateSafely(found, options, paths);
    const reconciled = reconcile({ ...options, paths, db: found.db, original: found.state === 'ok' || found.state === 'new', clean: !unclean });
    const messages = [...found.messages, ...reconciled.messages];
    if (key !== undefined && verifyKey(paths.keyCheck, key) !== 'right') writeKeyCheck(paths.keyCheck, key);
    markOpen(paths);
    for (const message of messages) log.warn('opening the records', { code: message.code });
    const records = opened(options, paths, found.db, reconciled.journal, found.state, messages);
    return lastAliveAt === undefined ? records : { ...records, lastAliveAt: Math.round(lastAliveAt) };
  } catch (cause) {
    found.db.close();
    throw cause;
  }
}

/** Its presence means "not closed cleanly yet", its time when we last ran. A full disk must not stop a start. */
function markOpen(paths: RecordPaths): void {
  try {
    writeFileSync(paths.openMarker, '');
  } catch (cause) {
    if (faultOf(cause) !== 'disk-full') throw cause;
  }
}

/** Opens the database file, or puts a good one in its place. */
function findDatabase(options: OpenRecordsOptions, paths: RecordPaths, unclean: boolean): Found {
  const { key } = options;
  const file = paths.database;
  const size = existsSync(file) ? statSync(file).size : undefined;
  const hasHistory = existsSync(paths.journal) || existsSync(paths.keyCheck) || existsSync(`${file}-wal`) || listBackups(paths.backups).length > 0;
  if ((size === undefined || size === 0) && !hasHistory) return { db: openDatabase({ file, kind: 'records', key }), state: 'new', messages: [] };
  if (size === undefined || size === 0) return replaceDatabase(options, paths, size === undefined ? 'missing' : 'empty');
  let db: Db;
  try {
    db = openPatiently(file, key);
  } catch (cause) {
    const fault = faultOf(cause);
    if (fault === 'not-a-database' || fault === 'damaged' || fault === 'other-application') return replaceDatabase(options, paths, fault);
    throw cause;
  }
  const problems = unclean ? quickCheck(db) : [];
  if (problems.length === 0) return { db, state: 'ok', messages: [] };
  options.log.error('the records failed their check', { problems: problems.length });
  db.close();
  return replaceDatabase(options, paths, 'damaged');
}

/** A backup program or a dying process may hold the file for a moment. */
function openPatiently(file: string, key: Buffer | undefined): Db {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const db = openDatabase({ file, kind: 'records', key, mustExist: true });
      // Takes and gives back the write lock: a file another program writes to shows here.
      db.exec('BEGIN IMMEDIATE; ROLLBACK');
      return db;
    } catch (cause) {
      if (faultOf(cause) !== 'locked' || attempt === 3) throw cause instanceof DbError ? cause : new DbError(faultOf(cause) ?? 'cannot-open', file, cause);
    }
  }
}

function replaceDatabase(options: OpenRecordsOptions, paths: RecordPaths, why: string): Found {
  const { key, clock } = options;
  const moved = setAside(paths, databaseFiles(paths.database), why, clock.now());
  const backup = restoreNewest(paths.backups, paths.database, key);
  const db = openDatabase({ file: paths.database, kind: 'records', key });
  if (backup !== undefined) {
    const day = new Date(backup.at).toISOString().slice(0, 16).replace('T', ' ');
    return { db, state: 'restored', messages: [openMessage('restored-from-backup', `${day} UTC`, moved)] };
  }
  return { db, state: 'rebuilt-from-journal', messages: [openMessage('rebuilt-from-journal', '', moved)] };
}

function migrateSafely(found: Found, { migrations, key, clock }: OpenRecordsOptions, paths: RecordPaths): void {
  migrate(found.db, migrations, {
    backupFirst: (from) => {
      ensurePrivateFolder(paths.backups);
      const copy = copyDatabase(found.db, `${paths.backups}/before-update-v${from}-${clock.now()}.db`, key);
      if (!copy.ok) throw new DbError('damaged', paths.database, new Error(copy.problems.join('; ')));
    },
  });
}

function openBeside(options: OpenRecordsOptions, paths: RecordPaths, fault: DbFault): OpenedRecords {
  const { clock, key, fallbackDir, migrations, log } = options;
  // Where records are encrypted, nothing is written in clear beside them.
  const plain = fault !== 'wrong-key' && key === undefined && verifyKey(paths.keyCheck, undefined) === 'no-check';
  // With the wrong key nothing may be locked with it: only the sealed way is open.
  const ownKey = fault === 'wrong-key' ? undefined : key;
  const roots = fault === 'network-path' ? sideRoots(paths, fallbackDir).slice(1) : sideRoots(paths, fallbackDir);
  for (const root of roots) {
    try {
      const side = makeSide(root, paths.keyCheck, ownKey, plain, clock.now());
      if (side === undefined) continue;
      const sidePaths = recordPaths(side.dir);
      const db = openDatabase({ file: sidePaths.database, kind: 'records', key: side.key });
      migrate(db, migrations);
      const { journal } = openJournal({ file: sidePaths.journal, key: side.key });
      markOpen(sidePaths);
      const message = openMessage('working-beside', faultSentence(fault), [side.dir]);
      return opened({ ...options, key: side.key }, sidePaths, db, journal, 'beside', [message], fault);
    } catch (cause) {
      log.error('no side folder could be made', { cause });
    }
  }
  const db = openDatabase({ file: ':memory:', kind: 'records' });
  migrate(db, migrations);
  return opened(options, paths, db, createMemoryJournal(), 'memory', [openMessage('memory-only', faultSentence(fault))], fault);
}

function opened(options: OpenRecordsOptions, paths: RecordPaths, db: Db, journal: Journal, state: RecordsState, messages: OpenMessage[], fault?: DbFault): OpenedRecords {
  return {
    db, journal, state, messages, paths,
    key: options.key,
    ...(fault === undefined ? {} : { fault }),
    backups: createBackups(db, paths.backups, options.key, options.clock),
    alive: () => (state === 'memory' ? undefined : markOpen(paths)),
    verify: () => quickCheck(db),
    close: () => {
      if (!db.open) return;
      const settled = state === 'memory' || checkpointTruncate(db);
      journal.close();
      db.close();
      if (settled && state !== 'memory') rmSync(paths.openMarker, { force: true });
    },
  };
}
