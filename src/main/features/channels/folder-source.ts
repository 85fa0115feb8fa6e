import { createHash } from 'node:crypto';
import { access, constants, readdir, rm, stat } from 'node:fs/promises';
import { TIMESTAMP } from '#main/features/packs/index.ts';
import { assertPlainName, isPlainName, type ChangeSource, type ListOutcome, type PublishOutcome, type ReadOutcome, type Release, type WriteOutcome } from './change-source.ts';
import { readFault, readWhole, replaceFile, spelled, UNFINISHED, writeFault } from './folder-files.ts';
import { lockFolder } from './folder-lock.ts';
import { watchFolder } from './folder-watch.ts';

export type FolderOptions = {
  root: string;
  /** Time between two looks at the folder (ms). */
  pollMs?: number;
  /** A folder that does not answer for this long counts as away (ms). */
  patienceMs?: number;
};

const POLL_MS = 15_000;
const HEADS = [TIMESTAMP];
/** Every desk writes here; supervisors read it when they look. */
const QUIET: ReadonlySet<string> = new Set(['receipts']);
const PATIENCE_MS = 20_000;
/** Slower than this (bytes per ms) counts as not answering; a USB 1 stick is twice as fast. */
const SLOWEST = 500;
/** Names in one folder of a channel; more is no channel of ours. */
const MOST_NAMES = 20_000;
/** How Syncthing, Dropbox, Nextcloud and OneDrive name the loser of two writers. */
const CONFLICT_COPY = /\.sync-conflict-|conflicted copy|\(conflict|_conflict-/i;

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A channel in a folder: local, on a share, on a stick, or kept alike by a synchronising program. */
export function openFolder({ root, pollMs = POLL_MS, patienceMs = PATIENCE_MS }: FolderOptions): ChangeSource {
  const guarded = createGuard();
  const within = <T>(work: () => Promise<T>, fault: (cause: unknown) => T, gone: T, bytes = 0): Promise<T> =>
    guarded(() => work().catch(fault), patienceMs + bytes / SLOWEST).then((found) => found ?? gone);

  const isThere = async (): Promise<boolean> => (await stat(root).catch(() => undefined))?.isDirectory() === true;

  const readNow = async (name: string, limit: number): Promise<ReadOutcome> => {
    try {
      return await readWhole(await spelled(root, name), limit);
    } catch (cause) {
      const fault = readFault(cause);
      return fault.state === 'absent' && !(await isThere()) ? { state: 'gone' } : fault;
    }
  };

  const changing = async (work: () => Promise<PublishOutcome>): Promise<PublishOutcome> => {
    // Never make the root: a stick that is out would turn into an empty folder at its place.
    if (!(await isThere())) return { state: 'gone' };
    return work();
  };

  const publishNow = async ({ files, head, expected }: Release): Promise<PublishOutcome> => {
    const unlock = await lockFolder(root);
    if (unlock === undefined) return { state: 'busy' };
    try {
      const before = await headDigest(head.name);
      if ('state' in before) return before;
      if (before.digest !== expected) return { state: 'conflict', found: before.digest };
      // What an interrupted publication left under these names was never named by a head.
      for (const file of files) await replaceFile(await spelled(root, file.name), file.bytes);
      const now = await headDigest(head.name);
      if ('state' in now) return now;
      if (now.digest !== expected) return { state: 'conflict', found: now.digest };
      await replaceFile(await spelled(root, head.name), head.bytes);
      const after = await headDigest(head.name);
      if ('state' in after) return after;
      return after.digest === digestOf(head.bytes) ? { state: 'written' } : { state: 'conflict', found: after.digest };
    } finally {
      await unlock().catch(() => undefined);
    }
  };
  const headDigest = async (name: string): Promise<{ digest: string | undefined } | { state: 'busy' | 'gone' }> => {
    const found = await readNow(name, 10_000_000);
    if (found.state === 'found') return { digest: digestOf(found.bytes) };
    if (found.state === 'absent') return { digest: undefined };
    return { state: found.state === 'gone' ? 'gone' : 'busy' };
  };

  return {
    kind: 'folder',
    state: () =>
      within(
        async () => {
          if (!(await isThere())) return { state: 'gone' };
          return { state: 'ready', writable: await access(root, constants.W_OK).then(() => true, () => false) };
        },
        () => ({ state: 'gone' }),
        { state: 'gone' },
      ),
    read: (name, limit) => {
      assertPlainName(name);
      return within<ReadOutcome>(() => readNow(name, limit), readFault, { state: 'gone' }, limit);
    },
    list: (folder) => {
      assertPlainName(folder);
      return within<ListOutcome>(() => listNow(root, folder, isThere), () => ({ state: 'gone' }), { state: 'gone' });
    },
    watch: (listener) => watchFolder({ root, pollMs, quiet: QUIET, heads: HEADS, guarded: (work) => guarded(() => work().catch(() => undefined), patienceMs) }, listener),
    write: (name, bytes) => {
      assertPlainName(name);
      const work = async (): Promise<PublishOutcome> => {
        await replaceFile(await spelled(root, name), bytes);
        return { state: 'written' };
      };
      return within<WriteOutcome>(() => changing(work) as Promise<WriteOutcome>, writeFault, { state: 'gone' }, bytes.length);
    },
    remove: (name) => {
      assertPlainName(name);
      const work = async (): Promise<PublishOutcome> => {
        await rm(await spelled(root, name), { force: true });
        return { state: 'written' };
      };
      return within<WriteOutcome>(() => changing(work) as Promise<WriteOutcome>, writeFault, { state: 'gone' });
    },
    publish: (release) => {
      for (const { name } of [...release.files, release.head]) assertPlainName(name);
      return within<PublishOutcome>(() => changing(() => publishNow(release)), writeFault, { state: 'gone' }, release.files.reduce((sum, file) => sum + file.bytes.length, release.head.bytes.length));
    },
    close: async () => undefined,
  };
}

async function listNow(root: string, folder: string, isThere: () => Promise<boolean>): Promise<ListOutcome> {
  let entries: string[];
  try {
    entries = (await readdir(await spelled(root, folder), { withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);
  } catch (cause) {
    const { state } = readFault(cause);
    if (state === 'absent') return (await isThere()) ? { state: 'listed', names: [], conflicts: [] } : { state: 'gone' };
    return { state: state === 'busy' ? 'busy' : 'gone' };
  }
  const seen = entries.filter((name) => !name.startsWith(UNFINISHED)).toSorted().slice(0, MOST_NAMES);
  return { state: 'listed', names: seen.filter((name) => isPlainName(name) && !CONFLICT_COPY.test(name)), conflicts: seen.filter((name) => CONFLICT_COPY.test(name)) };
}

/**
 * One call at a time, each with a time limit. A dead share holds on to the thread that asked it; without
 * this a few questions would hold every thread this process has for files. While one is stuck the
 * folder counts as away and is not asked again.
 */
function createGuard(): <T>(work: () => Promise<T>, patienceMs: number) => Promise<T | undefined> {
  let tail: Promise<unknown> = Promise.resolve();
  let stuck = 0;
  return (work, patienceMs) => {
    if (stuck > 0) return Promise.resolve(undefined);
    const result = tail.then(() => {
      if (stuck > 0) return undefined;
      const running = work();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => {
          stuck += 1;
          void running.catch(() => undefined).finally(() => (stuck -= 1));
          resolve(undefined);
        }, patienceMs);
      });
      return Promise.race([running, late]).finally(() => clearTimeout(timer));
    });
    tail = result.catch(() => undefined);
    return result;
  };
}
