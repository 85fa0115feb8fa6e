import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ReadOutcome, WriteOutcome } from './change-source.ts';

/** Every unfinished file of ours begins so; readers and lists pass them over. */
export const UNFINISHED = '.callside-';
/** Waits between two tries to put a file in the place of one somebody holds open (ms). */
const RENAME_WAITS = [40, 120, 400];

export const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : '');

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What a failed call on a file means to a reader. */
export function readFault(cause: unknown): Exclude<ReadOutcome, { state: 'found' }> {
  switch (codeOf(cause)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
      return { state: 'absent' };
    case 'EBUSY':
    case 'EPERM':
    case 'EACCES':
    case 'ETXTBSY':
    case 'EAGAIN':
    case 'EMFILE':
      return { state: 'busy' };
    default:
      return { state: 'gone' };
  }
}

export function writeFault(cause: unknown): WriteOutcome {
  switch (codeOf(cause)) {
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return { state: 'read-only' };
    case 'ENOSPC':
    case 'EDQUOT':
      return { state: 'full' };
    case 'EBUSY':
    case 'ETXTBSY':
    case 'EEXIST':
    case 'EMFILE':
      return { state: 'busy' };
    default:
      return { state: 'gone' };
  }
}

/** Reads a regular file whole. One that grows, shrinks or is replaced while it is read is `busy`. */
export async function readWhole(file: string, limit: number): Promise<ReadOutcome> {
  // Opening a pipe or a device could wait for ever, so what it is comes first.
  if (!(await lstat(file)).isFile()) return { state: 'absent' };
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const before = await handle.stat();
    if (before.size > limit) return { state: 'too-large' };
    const bytes = Buffer.alloc(before.size);
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await handle.read(bytes, done, bytes.length - done, done);
      if (bytesRead === 0) return { state: 'busy' };
      done += bytesRead;
    }
    const after = await handle.stat();
    return after.size === before.size && after.mtimeMs === before.mtimeMs ? { state: 'found', bytes } : { state: 'busy' };
  } finally {
    await handle.close();
  }
}

/** The path of `name` as it is spelled on this disk: some programs change the case of names on their way. */
export async function spelled(root: string, name: string): Promise<string> {
  const exact = join(root, ...name.split('/'));
  if (await exists(exact)) return exact;
  let path = root;
  for (const part of name.split('/')) {
    const entries = await readdir(path);
    if (entries.includes(part)) {
      path = join(path, part);
      continue;
    }
    const alike = entries.filter((entry) => entry.toLowerCase() === part.toLowerCase());
    // Two spellings of one name say nothing about which is meant.
    if (alike.length !== 1) return exact;
    path = join(path, alike[0] ?? part);
  }
  return path;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return false;
    throw cause;
  }
}

/** Replaces `file`: temp file beside it, fsync, rename. Readers see the old or the new content. */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const temp = join(folder, `${UNFINISHED}${randomUUID()}`);
  try {
    const handle = await open(temp, 'wx', 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temp, file);
  } catch (cause) {
    await rm(temp, { force: true }).catch(() => undefined);
    throw cause;
  }
  await syncFolderOf(file);
}

/** On Windows a file somebody reads cannot be replaced at once. */
async function renameOver(from: string, to: string): Promise<void> {
  for (const wait of RENAME_WAITS) {
    try {
      await rename(from, to);
      return;
    } catch (cause) {
      if (!['EBUSY', 'EPERM', 'EACCES'].includes(codeOf(cause))) throw cause;
      await pause(wait);
    }
  }
  await rename(from, to);
}

/** Shares and sticks that cannot sync a folder have no less safe way; the next read verifies anyway. */
async function syncFolderOf(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(dirname(file), 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // See above.
  }
}
