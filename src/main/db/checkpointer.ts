import { checkpointTruncate, type Db } from './open.ts';

/** Content must leave the WAL soon: within these times after a commit and after a delete. */
export const AFTER_COMMIT_MS = 30_000;
export const AFTER_DELETE_MS = 5_000;

export type Checkpointer = {
  /** Tell it after each commit. */
  committed(deleted: boolean): void;
  /** Runs what is due at once; false when a reader held it up. */
  flush(): boolean;
  close(): void;
};

/** Shortens the WAL to nothing a while after writing, so that a busy agent never waits for it. */
export function createCheckpointer(db: Db): Checkpointer {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Number.POSITIVE_INFINITY;

  const disarm = (): void => {
    clearTimeout(timer);
    timer = undefined;
    dueAt = Number.POSITIVE_INFINITY;
  };
  const arm = (ms: number): void => {
    const at = performance.now() + ms;
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(run, ms);
    timer.unref();
  };
  const run = (): void => {
    disarm();
    if (!flush()) arm(AFTER_DELETE_MS);
  };
  const flush = (): boolean => {
    if (!db.open) return true;
    try {
      return checkpointTruncate(db);
    } catch {
      // A full disk or a damaged file: the next command reports it where somebody sees it.
      return false;
    }
  };

  return {
    committed: (deleted) => arm(deleted ? AFTER_DELETE_MS : AFTER_COMMIT_MS),
    flush: () => {
      disarm();
      return flush();
    },
    close: disarm,
  };
}
