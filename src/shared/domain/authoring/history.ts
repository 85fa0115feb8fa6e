/**
 * Undo and redo over immutable values. A step of the history is a reference, not a copy: editing one word of
 * a long script shares everything else with the version before.
 */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What the last change was about and when (UTC ms): typing on in one field is one step back. */
  readonly last: { readonly about: string; readonly at: number } | null;
}

/** Steps back that are kept. */
export const HISTORY_DEPTH = 200;
/** Changes of one field closer together than this are one step back, ms. */
const TOGETHER_MS = 1_200;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], last: null };
}

/**
 * A change. `about` names what is being changed; two changes about the same thing within a moment are undone
 * together. Without it, the change is a step of its own. A change to the same value is none.
 */
export function record<T>(history: History<T>, next: T, at: number, about?: string): History<T> {
  if (next === history.present) return history;
  const together = about !== undefined && history.last?.about === about && at - history.last.at < TOGETHER_MS && history.future.length === 0;
  return {
    past: together ? history.past : [...history.past, history.present].slice(-HISTORY_DEPTH),
    present: next,
    future: [],
    last: about === undefined ? null : { about, at },
  };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (history.past.length === 0) return history;
  return { past: history.past.slice(0, -1), present: before as T, future: [history.present, ...history.future], last: null };
}

export function redo<T>(history: History<T>): History<T> {
  if (history.future.length === 0) return history;
  return { past: [...history.past, history.present], present: history.future[0] as T, future: history.future.slice(1), last: null };
}
