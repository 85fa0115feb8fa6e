import { CallsideError, type ErrorCode } from '#shared/ipc/errors.ts';

/** Everything that can be wrong with a database file, as an agent or IT would have to act on it. */
export type DbFault =
  | 'wrong-key' | 'not-a-database' | 'damaged' | 'from-the-future' | 'other-application' | 'locked'
  | 'disk-full' | 'read-only' | 'io-error' | 'no-folder' | 'network-path' | 'old-sqlite' | 'not-durable'
  | 'migration' | 'cannot-open';

const WORDS: Record<DbFault, { code: ErrorCode; sentence: string }> = {
  'wrong-key': { code: 'refused', sentence: 'This file was locked with another key. Enter the recovery key; nothing was changed.' },
  'not-a-database': { code: 'unavailable', sentence: 'The file is not a readable database. It will be set aside and the newest good backup restored.' },
  damaged: { code: 'unavailable', sentence: 'The file is damaged. It will be set aside and the newest good backup restored.' },
  'from-the-future': { code: 'refused', sentence: 'A newer Callside wrote this file. Install that version or a later one; nothing was changed.' },
  'other-application': { code: 'refused', sentence: 'This database belongs to another program. Move it out of the data folder.' },
  locked: { code: 'unavailable', sentence: 'Another program has the file open. Close the other Callside (or the backup program) and try again.' },
  'disk-full': { code: 'disk-full', sentence: 'The disk is full. What you typed is kept in this window; free some space and it will be saved.' },
  'read-only': { code: 'unavailable', sentence: 'The data folder is read-only. Ask IT to make it writable for this user.' },
  'io-error': { code: 'unavailable', sentence: 'The disk reported an error. What you typed is kept in this window; tell IT to check the disk.' },
  'no-folder': { code: 'unavailable', sentence: 'The data folder does not exist and could not be made. Check the path in the settings.' },
  'network-path': { code: 'refused', sentence: 'The data folder is on a network share, where data cannot be kept safely. Choose a folder on this computer.' },
  'old-sqlite': { code: 'internal', sentence: 'The database engine is older than 3.51.3, which can damage files. Reinstall Callside.' },
  'not-durable': { code: 'internal', sentence: 'The database did not accept the setting that makes saved notes survive a power cut. Reinstall Callside.' },
  migration: { code: 'internal', sentence: 'The database could not be brought to the current version; it was left as it was. The log has the details.' },
  'cannot-open': { code: 'unavailable', sentence: 'The file could not be opened. Check the permissions of the data folder.' },
};

/** A database failure with the sentence that says what to do. `reason` is for code, `message` for people. */
export class DbError extends CallsideError {
  readonly reason: DbFault;
  readonly file: string;
  constructor(reason: DbFault, file: string, cause?: unknown) {
    super(WORDS[reason].code, WORDS[reason].sentence);
    this.name = 'DbError';
    this.reason = reason;
    this.file = file;
    if (cause !== undefined) this.cause = cause;
  }
}

/** The sentence for a fault, for messages that are shown without an error being thrown. */
export function faultSentence(reason: DbFault): string {
  return WORDS[reason].sentence;
}

const BY_CODE: readonly (readonly [prefix: string, fault: DbFault])[] = [
  ['SQLITE_NOTADB', 'not-a-database'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_IOERR', 'io-error'],
  ['SQLITE_CANTOPEN', 'cannot-open'],
  ['SQLITE_PERM', 'read-only'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
  ['EIO', 'io-error'],
  ['ENOENT', 'no-folder'],
];

/** The fault behind an SQLite or file-system error, or undefined when it is neither. */
export function faultOf(cause: unknown): DbFault | undefined {
  if (cause instanceof DbError) return cause.reason;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  const code = String(cause.code);
  return BY_CODE.find(([prefix]) => code.startsWith(prefix))?.[1];
}

/** Turns an SQLite or file-system error into a DbError; other errors come back as they are. */
export function toDbError(cause: unknown, file: string): unknown {
  if (cause instanceof CallsideError) return cause;
  const fault = faultOf(cause);
  return fault === undefined ? cause : new DbError(fault, file, cause);
}

/** Runs `work`, turning what it throws into typed errors. */
export function withDbErrors<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw toDbError(cause, file);
  }
}
