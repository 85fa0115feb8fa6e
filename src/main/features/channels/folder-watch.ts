import { watch as watchPath, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hint } from './change-source.ts';
import { UNFINISHED } from './folder-files.ts';

/** Folders below the root that the system watches; a channel has a handful. */
const MOST_FOLDERS = 12;
/** Entries of the root that are looked at. */
const MOST_LOOKED_AT = 200;
/** Copying a release is a burst of events: one hint after this much quiet (ms). */
const SETTLE_MS = 250;

type WatchOptions = {
  root: string;
  pollMs: number;
  /** Folders in which others write all the time and nobody here waits for it. */
  quiet: ReadonlySet<string>;
  /** Files that are replaced when something is new. */
  heads: readonly string[];
  /** Runs `work` within the channel's limits; undefined when the folder does not answer. */
  guarded: <T>(work: () => Promise<T>) => Promise<T | undefined>;
};

/**
 * Names and times of what lies in the channel: two equal pictures mean that nothing changed. Folders
 * below the root by their own time only: with a thousand desks each file costs the share a thousand looks.
 * A file put in place of another one changes that time, too.
 */
async function picture({ root, quiet, heads }: Pick<WatchOptions, 'root' | 'quiet' | 'heads'>): Promise<string> {
  const entries = (await readdir(root, { withFileTypes: true })).filter((entry) => !entry.name.startsWith(UNFINISHED) && !quiet.has(entry.name));
  const lines: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MOST_LOOKED_AT)) {
    const found = await stat(join(root, entry.name)).catch(() => undefined);
    if (found !== undefined) lines.push(`${entry.name} ${found.isDirectory() ? '' : found.size} ${found.mtimeMs}`);
  }
  // Some programs copy over a file in its place, which leaves the folder's time as it was.
  for (const head of heads) {
    const found = await stat(join(root, head)).catch(() => undefined);
    if (found !== undefined) lines.push(`${head} ${found.size} ${found.mtimeMs}`);
  }
  return `there\n${lines.join('\n')}`;
}

/**
 * Watches a folder by looking at it again and again; the system's own watching only makes the next look
 * come sooner, because shares and sticks do not have it and a folder that went away loses it.
 */
export function watchFolder(options: WatchOptions, listener: (hint: Hint) => void): () => void {
  const { root, pollMs, quiet, guarded } = options;
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
    const folders = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory() && !quiet.has(entry.name)).slice(0, MOST_FOLDERS);
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
    const found = await guarded(() => picture(options));
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
