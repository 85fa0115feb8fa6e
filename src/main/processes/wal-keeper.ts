import { statSync } from 'node:fs';

export type WalKeeperOptions = {
  /** The log of changes of knowledge.db. */
  file: string;
  /** Moves the log into the database, away from everything an agent waits for. */
  settle: () => Promise<unknown>;
  /** True when no call is on and none is being wrapped up. */
  quiet: () => Promise<boolean>;
  log: (level: 'warn', message: string, details: Record<string, unknown>) => void;
};

export type WalKeeper = { start(): void; /** An import has ended: look soon. */ soon(): void; stop(): void };

/** How often it looks, ms: always, and while a log waits for a quiet moment. */
const EVERY_MS = 60_000;
const AGAIN_MS = 5_000;
/** A log below this is no work, bytes. */
const SMALL = 4 * 1024 * 1024;
/** Above this it is moved even in a call: a disk has an end, bytes. */
const LARGE = 512 * 1024 * 1024;

/**
 * Moves what an import wrote from the log into knowledge.db when no call is on. It is the one moment at which a whole
 * catalogue goes to the disk at once, and a note saved in it would wait: measured, up to 70 ms. SQLite
 * reads from the log meanwhile as well as from the file, and after a crash too.
 */
export function createWalKeeper({ file, settle, quiet, log }: WalKeeperOptions): WalKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let stopped = false;

  const next = (ms: number): void => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), ms);
    timer.unref();
  };

  const look = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    let wait = EVERY_MS;
    try {
      const size = sizeOf(file);
      if (size > SMALL) {
        if (size > LARGE || (await quiet())) await settle();
        else wait = AGAIN_MS;
      }
    } catch (cause) {
      log('warn', 'the log of knowledge.db could not be moved into it', { error: String(cause) });
    }
    busy = false;
    next(wait);
  };

  return {
    start: () => next(EVERY_MS),
    soon: () => next(AGAIN_MS),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
