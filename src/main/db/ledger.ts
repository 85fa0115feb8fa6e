import { faultOf, toDbError } from './errors.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { checkpointTruncate, type Db } from './open.ts';

/** What a command's work gets: the open transaction, its time, and the journal to be told. */
export type Tx = {
  readonly db: Db;
  /** UTC epoch milliseconds, the same for everything the command writes. */
  readonly at: number;
  /** Records the new state of one thing; null when it is gone. */
  journal(kind: string, id: string, data: unknown): void;
};

/**
 * The one way to change the records. A command runs once whatever happens: its id and result are
 * stored in the same transaction as its rows, so a repeat after a crash returns the first result.
 */
export type Ledger = {
  /**
   * Runs `work` and returns only when its rows are committed with FULL synchronisation and its
   * journal record is synced. When either fails, neither is there afterwards. The result is stored
   * as JSON: ids, numbers and times only, never text the agent typed.
   */
  run<T>(commandId: string, name: string, work: (tx: Tx) => T): T;
  /** Called after each commit; `deleted` when content went away. */
  onCommit(listener: (deleted: boolean) => void): void;
};

export type LedgerDeps = { db: Db; journal: Journal; clock: { now: () => number } };

/** A repeated command is answered from the store for this long. */
export const COMMAND_MEMORY_MS = 2 * 24 * 3_600_000;

export function createLedger({ db, journal, clock }: LedgerDeps): Ledger {
  const known = db.prepare<[string], { result: string }>('SELECT result FROM commands WHERE id = ?');
  const remember = db.prepare<[string, string, number, string]>('INSERT INTO commands (id, name, at, result) VALUES (?, ?, ?, ?)');
  const setMeta = db.prepare<[string, number]>('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const listeners: ((deleted: boolean) => void)[] = [];

  const execute = <T>(commandId: string, name: string, work: (tx: Tx) => T): T => {
    const entries: JournalEntry[] = [];
    let appended: number | undefined;
    const write = db.transaction((): T => {
      const at = clock.now();
      const result = work({ db, at, journal: (kind, id, data) => entries.push({ kind, id, data }) });
      remember.run(commandId, name, at, JSON.stringify(result ?? null));
      if (entries.length > 0) {
        setMeta.run('journal_seq', journal.lastSeq() + 1);
        // Last before COMMIT: the journal may be one record ahead of the database, never behind it.
        appended = journal.append(entries, at);
      }
      return result;
    });
    try {
      const result = write.immediate();
      for (const listener of listeners) listener(entries.some((entry) => entry.data === null));
      return result;
    } catch (cause) {
      if (appended !== undefined) journal.takeBack(appended);
      throw toDbError(cause, db.name);
    }
  };

  const giveBackWal = (): boolean => {
    try {
      return checkpointTruncate(db);
    } catch {
      return false;
    }
  };

  return {
    run: (commandId, name, work) => {
      const before = known.get(commandId);
      if (before !== undefined) return JSON.parse(before.result);
      try {
        return execute(commandId, name, work);
      } catch (cause) {
        // The WAL may hold most of what is left of the disk: give it back and try once more.
        if (faultOf(cause) !== 'disk-full' || !giveBackWal()) throw cause;
        return execute(commandId, name, work);
      }
    },
    onCommit: (listener) => listeners.push(listener),
  };
}
