import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { statSync } from 'node:fs';
import type { Reading } from '#shared/domain/transfer/reading.ts';

/** A file a person chose in a dialog. The path stays in the main process; pages know the token. */
export type ChosenFile = { token: string; path: string; name: string; size: number; changedAt: number; reading?: Reading };

export type FileTokens = {
  add(path: string): ChosenFile;
  get(token: string): ChosenFile | undefined;
  /** True when the file is still what it was when it was chosen. */
  unchanged(file: ChosenFile): boolean;
};

/** Files remembered; the oldest is forgotten first. */
const KEPT = 8;

export function createFileTokens(): FileTokens {
  const files = new Map<string, ChosenFile>();
  return {
    add(path) {
      const { size, mtimeMs } = statSync(path);
      const file: ChosenFile = { token: randomUUID(), path, name: basename(path), size, changedAt: mtimeMs };
      files.set(file.token, file);
      for (const token of files.keys()) if (files.size > KEPT) files.delete(token);
      return file;
    },
    get: (token) => files.get(token),
    unchanged(file) {
      try {
        const { size, mtimeMs } = statSync(file.path);
        return size === file.size && mtimeMs === file.changedAt;
      } catch {
        return false;
      }
    },
  };
}
