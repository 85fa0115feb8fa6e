import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RecordPaths } from '../lib/paths.ts';

/** Moves files into a dated folder of `set-aside`; nothing is ever deleted here. Returns where they went. */
export function setAside(paths: RecordPaths, files: readonly string[], why: string, at: number): string[] {
  const present = files.filter((file) => existsSync(file));
  if (present.length === 0) return [];
  const stamp = new Date(at).toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
  let folder = join(paths.setAside, `${stamp}-${why}`);
  for (let n = 2; existsSync(folder); n += 1) folder = join(paths.setAside, `${stamp}-${why}-${n}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return present.map((file) => {
    const target = join(folder, basename(file));
    renameSync(file, target);
    return target;
  });
}

/** The database with the files SQLite keeps beside it. */
export function databaseFiles(database: string): string[] {
  return [database, `${database}-wal`, `${database}-shm`, `${database}-journal`];
}

/** Every file that was set aside. */
export function listSetAside(paths: RecordPaths): string[] {
  if (!existsSync(paths.setAside)) return [];
  return readdirSync(paths.setAside, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
