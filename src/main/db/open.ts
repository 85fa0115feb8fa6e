import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { isNetworkPath } from '../lib/paths.ts';
import { DbError, toDbError } from './errors.ts';

export type Db = Database.Database;
export type DbKind = 'records' | 'knowledge' | 'workshop';

/** Written into the file header, so that no database is ever taken for another ("CSRc", "CSKn", "CSWs"). */
export const APPLICATION_IDS: Record<DbKind, number> = { records: 0x43535263, knowledge: 0x43534b6e, workshop: 0x43535773 };

/** SQLite 3.51.3 fixed the WAL-reset bug that can damage a file written by two connections. */
const OLDEST_SQLITE = [3, 51, 3] as const;

/** How long a statement waits for another connection. Above it the agent would feel the wait. */
const BUSY_TIMEOUT_MS = 250;

export type OpenDatabaseOptions = {
  /** Path of the file, or `:memory:`. */
  file: string;
  kind: DbKind;
  /** 32 raw bytes; absent for an unencrypted file. */
  key?: Buffer | undefined;
  /** Opens an existing file without the right to change it. */
  readonly?: boolean;
  /** Refuse when the file does not exist instead of making it. */
  mustExist?: boolean;
};

/**
 * Opens a database with the settings its kind is promised to have and checks that they took.
 * Throws a DbError that names what is wrong; a file that cannot be opened is never changed.
 */
export function openDatabase(options: OpenDatabaseOptions): Db {
  const { file } = options;
  const memory = file === ':memory:';
  if (isNetworkPath(file)) throw new DbError('network-path', file);
  if (!memory && !existsSync(dirname(file))) throw new DbError('no-folder', file);
  let db: Db | undefined;
  try {
    db = connect(options);
    configure(db, options, memory);
    return db;
  } catch (cause) {
    try {
      db?.close();
    } catch {
      // The first failure is the one worth telling.
    }
    throw toDbError(cause, file);
  }
}

function connect({ file, readonly, mustExist, key }: OpenDatabaseOptions): Db {
  const binding = process.env['CALLSIDE_SQLITE_BINDING'];
  const db = new Database(file, {
    readonly: readonly ?? false,
    fileMustExist: mustExist ?? readonly ?? false,
    timeout: BUSY_TIMEOUT_MS,
    ...(binding === undefined || binding === '' ? {} : { nativeBinding: binding }),
  });
  if (key !== undefined && file !== ':memory:') {
    if (key.length !== 32) throw new Error('The database key must be 32 bytes.');
    db.pragma("cipher = 'chacha20'");
    db.pragma('legacy = 0');
    // A raw key: it is random already, so deriving it again would only cost start-up time.
    db.pragma(`key = 'raw:${key.toString('hex')}'`);
  }
  return db;
}

/**
 * Pages in the WAL before it is moved into the file. For records it is small: a saved note touches
 * about ten pages, and on a nearly full disk a long WAL would take the room for the next notes. That of knowledge
 * is moved by the WAL keeper between calls; this is the limit should none come (256 MB).
 */
const WAL_PAGES: Record<DbKind, number> = { records: 128, knowledge: 65_536, workshop: 256 };

/** What people typed cannot be brought again: an acknowledged write of these survives a power cut. */
const DURABLE: ReadonlySet<DbKind> = new Set(['records', 'workshop']);

function configure(db: Db, { file, kind, readonly }: OpenDatabaseOptions, memory: boolean): void {
  assertSqliteVersion(db, file);
  // The first read of the file: a wrong key or a file that is no database shows here.
  const fresh = Number(db.pragma('schema_version', { simple: true })) === 0;
  const id = Number(db.pragma('application_id', { simple: true }));
  if (id !== APPLICATION_IDS[kind] && !(fresh && id === 0)) throw new DbError('other-application', file);
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  // Sorting and VACUUM must not spill readable text into the system's temp folder.
  db.pragma('temp_store = MEMORY');
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  db.pragma('mmap_size = 0');
  if (readonly !== true) {
    if (fresh) db.pragma(`application_id = ${APPLICATION_IDS[kind]}`);
    if (!memory) switchToWal(db, file, kind);
  }
  if (DURABLE.has(kind)) {
    db.pragma('secure_delete = ON');
    db.pragma('cache_size = -8000');
  } else {
    db.pragma('cache_size = -65536');
  }
  db.pragma(DURABLE.has(kind) ? 'synchronous = FULL' : 'synchronous = NORMAL');
  if (DURABLE.has(kind) && !memory && readonly !== true) assertFull(db, file);
}

function switchToWal(db: Db, file: string, kind: DbKind): void {
  const mode = db.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') throw new DbError('not-durable', file, new Error(`journal_mode is ${String(mode)}`));
  db.pragma(`wal_autocheckpoint = ${WAL_PAGES[kind]}`);
  db.pragma('journal_size_limit = 4194304');
}

/**
 * The driver is built with NORMAL as the WAL default, and a fresh file still reads FULL until its
 * first write: so the setting is made, a write is done, and only then the answer counts.
 */
function assertFull(db: Db, file: string): void {
  if (Number(db.pragma('user_version', { simple: true })) === 0) db.pragma('user_version = 0');
  if (Number(db.pragma('synchronous', { simple: true })) !== 2) throw new DbError('not-durable', file);
}

function assertSqliteVersion(db: Db, file: string): void {
  const text = String(db.prepare('SELECT sqlite_version()').pluck().get());
  const parts = text.split('.').map(Number);
  for (const [index, floor] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part > floor) return;
    if (part < floor) throw new DbError('old-sqlite', file, new Error(text));
  }
}

/** Moves everything from the WAL into the file and shortens the WAL to nothing. False when a reader held it up. */
export function checkpointTruncate(db: Db): boolean {
  const rows = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  return rows[0]?.busy === 0;
}

/** The quick structural check. With encryption every page is also authenticated when read. Empty means sound. */
export function quickCheck(db: Db): string[] {
  try {
    const rows = db.pragma('quick_check(20)') as { quick_check: string }[];
    return rows.map((row) => row.quick_check).filter((line) => line !== 'ok');
  } catch (cause) {
    return [cause instanceof Error ? cause.message : String(cause)];
  }
}
