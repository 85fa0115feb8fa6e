/** What the measuring process and the processes full of desks say to each other. */

/** `store`: our channel code and one row per record in SQLite, which is what the prototype measured. `desk`: the whole desk. */
export type Engine = 'store' | 'desk';

export type ToWorker =
  /** Lays out the desks' files. */
  | { kind: 'prepare'; engine: Engine; dir: string; template: string; servers: string[]; desks: string[] }
  /** All of them switch on. */
  | { kind: 'go' }
  /** Moves what the desks wrote into their files, as the app does between calls. */
  | { kind: 'settle' }
  /** Switches off all desks but so many. */
  | { kind: 'keep'; desks: number }
  | { kind: 'stop' };

export type FromWorker =
  | { kind: 'done'; what: 'prepare' | 'settle' | 'keep' }
  | { kind: 'caught-up'; desk: string; ms: number; records: number }
  | { kind: 'following'; desk: string }
  /** Committed in SQLite: which change, and when (ms since 1970, with fractions). */
  | { kind: 'applied'; applied: { at: number; changes: readonly string[] }[] }
  | { kind: 'failed'; why: string };

/** The same clock in every process of a machine, finer than milliseconds. */
export const clockNow = (): number => performance.timeOrigin + performance.now();
