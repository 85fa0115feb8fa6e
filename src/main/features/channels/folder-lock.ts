import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, UNFINISHED } from './folder-files.ts';

const LOCK = `${UNFINISHED}publishing`;
/** A lock older than this belongs to a publisher that died: a release is written in seconds (ms). */
const STALE_MS = 120_000;

/**
 * Keeps two publishers on one folder apart. Works wherever "create only if absent" does: local disks and
 * shares. Over a synchronised folder two machines cannot see each other's lock in time; there the
 * conflict copies tell.
 * Returns what gives it back, or undefined while somebody else publishes.
 */
export async function lockFolder(root: string): Promise<(() => Promise<void>) | undefined> {
  const file = join(root, LOCK);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(file, 'wx', 0o644);
      await handle.close();
      return () => rm(file, { force: true });
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST') throw cause;
      if (!(await isStale(root, file))) return undefined;
      // Renaming can succeed for one only, so two cannot both take over.
      const aside = join(root, `${UNFINISHED}${randomUUID()}`);
      await rename(file, aside).then(() => rm(aside, { force: true }), () => undefined);
    }
  }
  return undefined;
}

/** Ages are compared by the folder's own clock, whatever the clocks of the machines say. */
async function isStale(root: string, file: string): Promise<boolean> {
  const probe = join(root, `${UNFINISHED}${randomUUID()}`);
  try {
    const handle = await open(probe, 'wx', 0o644);
    await handle.close();
    const [now, then] = [await stat(probe), await stat(file)];
    return now.mtimeMs - then.mtimeMs > STALE_MS;
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return false;
    throw cause;
  } finally {
    await rm(probe, { force: true });
  }
}
