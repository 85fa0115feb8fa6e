/** What the measuring process and the processes full of desks say to each other. */

/** `store`: our channel code and one row per record in SQLite, which is what the prototype measured. `desk`: the whole desk. */
export type Engine = 'store' | 'desk';

export type ToWorker =
  | { kind: 'start'; engine: Engine; dir: string; template: string; servers: string[]; desks: string[] }
  | { kind: 'stop' };

export type FromWorker =
  | { kind: 'caught-up'; desk: string; ms: number; records: number }
  | { kind: 'following'; desk: string }
  /** Committed in SQLite: which change, and when (ms since 1970, with fractions). */
  | { kind: 'applied'; at: number; changes: string[] }
  | { kind: 'failed'; why: string };

/** The same clock in every process of a machine, finer than milliseconds. */
export const clockNow = (): number => performance.timeOrigin + performance.now();
