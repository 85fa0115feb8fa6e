import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * True for a path on a network share: `\\server\share`, `//server/share`, `\\?\UNC\…`. SQLite's
 * WAL needs shared memory, which such paths cannot give.
 */
export function isNetworkPath(path: string): boolean {
  const slashes = path.replaceAll('/', '\\').toLowerCase();
  if (slashes.startsWith('\\\\?\\unc\\')) return true;
  if (slashes.startsWith('\\\\?\\') || slashes.startsWith('\\\\.\\')) return false;
  return slashes.startsWith('\\\\');
}

/** Names of everything the records side keeps in its folder. */
export type RecordPaths = {
  readonly dir: string;
  readonly database: string;
  readonly journal: string;
  readonly backups: string;
  /** Present while a process has the records open; found at start it means the last run ended badly. */
  readonly openMarker: string;
  /** Tells the right key from a wrong one without touching the database. */
  readonly keyCheck: string;
  /** Damaged files are moved here, never deleted. */
  readonly setAside: string;
  /** Notes of sessions that could not use the main files; taken over as soon as possible. */
  readonly sides: string;
};

export function recordPaths(dir: string): RecordPaths {
  const root = resolve(dir);
  return {
    dir: root,
    database: join(root, 'records.db'),
    journal: join(root, 'notes.journal'),
    backups: join(root, 'backups'),
    openMarker: join(root, 'records.open'),
    keyCheck: join(root, 'records.keycheck'),
    setAside: join(root, 'set-aside'),
    sides: join(root, 'side'),
  };
}

/** Makes a folder only its owner can enter. */
export function ensurePrivateFolder(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
}
