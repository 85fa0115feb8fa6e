import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Windows gives its lowest class nothing at all while anything else runs; elsewhere the lowest is still served. */
const PRIORITY = process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : constants.priority.PRIORITY_LOW;

/**
 * Lets every other process go first. Linux keeps a priority per thread, and the threads that unpack files and check
 * signatures are there before the first line of ours runs: without them it would be the loudest part that goes on as before.
 */
export function stepBack(): void {
  const lower = (id: number): void => {
    try {
      setPriority(id, PRIORITY);
    } catch {
      // Not every system lets a process step back, and a thread may be gone by now; the work then simply runs beside the others.
    }
  };
  lower(0);
  if (process.platform !== 'linux') return;
  try {
    for (const thread of readdirSync('/proc/self/task')) lower(Number(thread));
  } catch {
    // No such folder: the process itself has stepped back.
  }
}
