import { afterAnswer } from './after-answer.ts';
import { checkpointTruncate, type Db } from './open.ts';

/** Content must leave the WAL soon: within these times after a commit and after a delete. */
export const AFTER_COMMIT_MS = 30_000;
export const AFTER_DELETE_MS = 5_000;

/**
 * After this many commits the WAL (about ten pages each) is moved into the file as soon as the answer is on its way, so
 * that no save has to do it itself when SQLite's own limit is reached: that costs three syncs more.
 */
const COMMITS_UNTIL_MOVED = 8;

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
  let unmoved = 0;
  let callOff: (() => void) | undefined;

  const move = (): void => {
    unmoved = 0;
    if (!db.open) return;
    try {
      db.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // A full disk or a damaged file: the next command reports it where somebody sees it.
    }
  };
  const moveSoon = (): void => {
    unmoved += 1;
    if (unmoved !== COMMITS_UNTIL_MOVED) return;
    callOff = afterAnswer(move);
  };

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
    committed: (deleted) => {
      arm(deleted ? AFTER_DELETE_MS : AFTER_COMMIT_MS);
      moveSoon();
    },
    flush: () => {
      disarm();
      return flush();
    },
    close: () => {
      disarm();
      callOff?.();
    },
  };
}
