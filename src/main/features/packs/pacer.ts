/** Longest stretch of work before the thread is given back (ms): a window's frame is 16, and collecting garbage takes its part of it. */
const STRETCH_MS = 4;

/** Call it between pieces of work: every few ms it lets everything else of this process run. */
export function createPacer(breathe: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve))): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < STRETCH_MS) return;
    await breathe();
    last = performance.now();
  };
}
