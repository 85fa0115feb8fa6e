import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Lets other threads go before this one, where a system keeps a priority per thread; elsewhere the whole process would step back. */
export function stepBackThread(): void {
  if (process.platform !== 'linux') return;
  try {
    // Nought is the thread that asks.
    setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Then it runs beside the others.
  }
}

/**
 * Lets every other process go first. Linux keeps a priority per thread, and the threads that unpack files and check
 * signatures are there before the first line of ours runs: without them it would be the loudest part that goes on as before.
 * Not to the lowest: whoever writes a file holds up the next note's way to the disk for as long as it is kept from finishing.
 */
export function stepBack(): void {
  const lower = (id: number): void => {
    try {
      setPriority(id, constants.priority.PRIORITY_BELOW_NORMAL);
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
