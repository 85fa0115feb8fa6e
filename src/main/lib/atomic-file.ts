import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes the names in `folder` survive a power cut. Windows has no such call for folders and
 * needs none: NTFS journals renames.
 */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Writes all of `bytes`, however short the single writes come out. */
export function writeFully(fd: number, bytes: Uint8Array, position: number | null = null): void {
  let done = 0;
  while (done < bytes.length) {
    done += writeSync(fd, bytes, done, bytes.length - done, position === null ? null : position + done);
  }
}

/**
 * Replaces `file` so that after a crash or power cut either the old or the new content is there,
 * never a mixture: temp file, fsync, rename, fsync of the folder.
 */
export function writeFileAtomic(file: string, content: string | Uint8Array): void {
  const temp = `${file}.tmp-${process.pid}`;
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const fd = openSync(temp, 'w', 0o600);
  try {
    writeFully(fd, bytes);
    fsyncSync(fd);
  } catch (cause) {
    closeSync(fd);
    rmSync(temp, { force: true });
    throw cause;
  }
  closeSync(fd);
  try {
    renameSync(temp, file);
  } catch (cause) {
    rmSync(temp, { force: true });
    throw cause;
  }
  syncFolder(dirname(file));
}

/** `writeFileAtomic` without holding the thread: a disk may take its time over a flush. */
export async function writeFileAtomicSoon(file: string, content: string | Uint8Array): Promise<void> {
  const temp = await stageFile(file, content);
  try {
    await rename(temp, file);
  } catch (cause) {
    await rm(temp, { force: true });
    throw cause;
  }
  await syncFolderSoon(dirname(file));
}

/** Writes `content` beside `file` and makes it survive a power cut; renaming what is returned over `file` puts it in use. */
export async function stageFile(file: string, content: string | Uint8Array): Promise<string> {
  const temp = `${file}.tmp-${randomUUID()}`;
  try {
    const handle = await open(temp, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    await rm(temp, { force: true });
    throw cause;
  }
  return temp;
}

/** `syncFolder` without holding the thread. */
export async function syncFolderSoon(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Gives back the space of a file before removing its name, so that an open handle elsewhere does not keep the content. */
export function removeFileFully(file: string): void {
  if (!existsSync(file)) return;
  const fd = openSync(file, 'r+');
  try {
    ftruncateSync(fd, 0);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  rmSync(file, { force: true });
}
