import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A log file is turned over at this size; one older file is kept. */
const MOST_BYTES = 2_000_000;

/** Writes lines to `callside.log` in `dir`. A log that cannot be written is never worth an error. */
export function createLogFile(dir: string): (line: string) => void {
  const file = join(dir, 'callside.log');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return (line) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) renameSync(file, `${file}.1`);
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch {
      // The disk may be full or read-only: the log gives way to the notes.
    }
  };
}
