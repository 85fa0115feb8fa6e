import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removeFileFully, writeFileAtomic } from '../lib/atomic-file.ts';
import { recordPaths, type RecordPaths } from '../lib/paths.ts';
import { sealFreshKey, unsealKey } from './key-check.ts';
import { readJournal, type JournalRecord } from './journal.ts';

/** A folder of its own for a session that must not or cannot touch the main files. */
export type SideFolder = { dir: string; key: Buffer | undefined };

const SEALED = 'side.key';

/**
 * Makes a side folder under `root`. With a key check at hand its key is fresh and sealed, so that
 * the main key alone can read it later; otherwise `key` itself is used. Undefined when neither
 * gives a way to write notes that are unreadable to others.
 */
export function makeSide(root: string, checkFile: string, key: Buffer | undefined, plainAllowed: boolean, at: number): SideFolder | undefined {
  const fresh = sealFreshKey(checkFile);
  if (fresh === undefined && key === undefined && !plainAllowed) return undefined;
  const dir = join(root, `${at.toString(36)}-${process.pid}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (fresh === undefined) return { dir, key };
  writeFileAtomic(join(dir, SEALED), fresh.sealed);
  return { dir, key: fresh.key };
}

export type FoundSide = { dir: string; records: JournalRecord[]; complete: boolean };

/** The side folders under `roots` that `key` can read, oldest first, with what their journals hold. */
export function findSides(roots: readonly string[], key: Buffer | undefined): FoundSide[] {
  const found: FoundSide[] = [];
  for (const dir of roots.flatMap(sideDirs).filter((one) => !isInUse(one))) {
    const sealed = join(dir, SEALED);
    const sideKey = existsSync(sealed) ? (key === undefined ? undefined : unsealKey(sealed, key)) : key;
    if (existsSync(sealed) && sideKey === undefined) continue;
    const file = recordPaths(dir).journal;
    if (!existsSync(file)) {
      found.push({ dir, records: [], complete: true });
      continue;
    }
    const scan = readJournal({ file, key: sideKey });
    if (scan.damage.includes('other-key')) continue;
    found.push({ dir, records: scan.records, complete: scan.damage.every((damage) => damage === 'torn-tail') });
  }
  return found;
}

/** A marker nobody renewed for this long belongs to a process that is gone. */
const STALE_MS = 120_000;

/** True while another process works in a side folder: taking it over would pull the files from under it. */
export function isInUse(dir: string): boolean {
  const marker = recordPaths(dir).openMarker;
  if (!existsSync(marker) || Date.now() - statSync(marker).mtimeMs > STALE_MS) return false;
  const pid = Number(dir.split('-').at(-1));
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** All side folders, readable or not. */
export function sideDirs(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(root, entry.name)).toSorted();
}

/** Deletes a side folder whose notes are safe in the main files. */
export function removeSide(dir: string): void {
  for (const file of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) removeFileFully(join(file.parentPath, file.name));
  }
  rmSync(dir, { recursive: true, force: true });
}

/** Where side folders can be: in the data folder and in the fallback folder. */
export function sideRoots(paths: RecordPaths, fallbackDir: string | undefined): string[] {
  return [paths.sides, ...(fallbackDir === undefined ? [] : [recordPaths(fallbackDir).sides])];
}
