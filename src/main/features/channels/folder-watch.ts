import { watch as watchPath, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hint } from './change-source.ts';
import { UNFINISHED } from './folder-files.ts';

/** Folders below the root that are looked at; a channel has a handful. */
const MOST_FOLDERS = 12;
/** Copying a release is a burst of events: one hint after this much quiet (ms). */
const SETTLE_MS = 250;

type WatchOptions = {
  root: string;
  pollMs: number;
  /** Runs `work` within the channel's limits; undefined when the folder does not answer. */
  guarded: <T>(work: () => Promise<T>) => Promise<T | undefined>;
};

/** Names, sizes and times of what lies in the channel: two equal pictures mean that nothing changed. */
async function picture(root: string): Promise<string> {
  const lines: string[] = [];
  const look = async (folder: string, deeper: boolean): Promise<void> => {
    const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => !entry.name.startsWith(UNFINISHED));
    let folders = 0;
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (deeper && (folders += 1) <= MOST_FOLDERS) await look(path, false);
        continue;
      }
      const found = await stat(path).catch(() => undefined);
      if (found !== undefined) lines.push(`${path} ${found.size} ${found.mtimeMs}`);
    }
  };
  await look(root, true);
  return `there\n${lines.join('\n')}`;
}

/**
 * Watches a folder by looking at it again and again; the system's own watching only makes the next look
 * come sooner, because shares and sticks do not have it and a folder that went away loses it.
 */
export function watchFolder({ root, pollMs, guarded }: WatchOptions, listener: (hint: Hint) => void): () => void {
  let ended = false;
  let last: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watchers: FSWatcher[] = [];
  let looking = false;

  const unwatch = (): void => {
    for (const one of watchers) one.close();
    watchers = [];
  };
  const later = (ms: number): void => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(() => void look(), ms);
  };
  const hurry = (): void => {
    if (!looking) later(SETTLE_MS);
  };
  const watchAll = async (): Promise<void> => {
    const folders = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory()).slice(0, MOST_FOLDERS);
    for (const path of [root, ...folders.map((entry) => join(root, entry.name))]) {
      try {
        const watcher = watchPath(path, { persistent: false }, hurry);
        watcher.on('error', unwatch);
        watchers.push(watcher);
      } catch {
        // Polling goes on.
      }
    }
  };

  const look = async (): Promise<void> => {
    looking = true;
    const found = await guarded(() => picture(root));
    looking = false;
    if (ended) return;
    const before = last;
    last = found ?? '';
    if (found === undefined) {
      unwatch();
      if (before !== '') listener('gone');
    } else if (before === '') listener('back');
    else if (before !== undefined && before !== found) listener('changed');
    if (found !== undefined && watchers.length === 0) await guarded(watchAll);
    if (ended) unwatch();
    later(pollMs);
  };
  void look();
  return () => {
    ended = true;
    clearTimeout(timer);
    unwatch();
  };
}
