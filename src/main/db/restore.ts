import { newestOfEach, type JournalEntry, type JournalRecord } from './journal.ts';
import type { Db } from './open.ts';

/** How one kind of thing gets from the journal back into the database, and out of both. */
export type Restorer = {
  readonly kind: string;
  /** Puts `data` in when the database lacks it or holds an older state; true when something changed. */
  restore(db: Db, id: string, data: unknown): boolean;
  /** Whether the database holds the thing. */
  has(db: Db, id: string): boolean;
  /** Deletes the thing and all that hangs on it. */
  remove(db: Db, id: string): void;
  /** Everything of this kind that a new journal must hold: what is open or was touched since `since` (UTC ms). */
  snapshot(db: Db, since: number): JournalEntry[];
  /** Deletes everything of this kind. */
  clear(db: Db): void;
};

export type ReplayResult = { restored: number; removed: number; unreadable: number };

/**
 * Brings into the database what only the journal has. What was erased stays erased, even when an
 * older backup or a side journal still holds it. One transaction; running it twice changes nothing.
 */
export function replay(db: Db, records: readonly JournalRecord[], restorers: readonly Restorer[]): ReplayResult {
  const result: ReplayResult = { restored: 0, removed: 0, unreadable: 0 };
  const entries = newestOfEach(records, (entry) => entry).flatMap((record) => record.entries.map((entry) => ({ entry, at: record.at })));
  db.transaction(() => {
    for (const { entry, at } of entries) if (entry.data === null) markErased(db, entry, at);
    const gone = db.prepare<[string, string], number>('SELECT 1 FROM erased WHERE kind = ? AND id = ?').pluck();
    const isGone = (entry: JournalEntry): boolean => gone.get(entry.kind, entry.id) === 1 || (entry.kind === 'note' && gone.get('call', entry.id) === 1);
    for (const restorer of restorers) {
      for (const { entry } of entries) {
        if (entry.kind !== restorer.kind || entry.data === null || isGone(entry)) continue;
        if (tryRestore(db, restorer, entry, result)) result.restored += 1;
      }
    }
    result.removed = applyErased(db, restorers);
  }).immediate();
  return result;
}

function tryRestore(db: Db, restorer: Restorer, entry: JournalEntry, result: ReplayResult): boolean {
  db.exec('SAVEPOINT one');
  try {
    const changed = restorer.restore(db, entry.id, entry.data);
    db.exec('RELEASE one');
    return changed;
  } catch {
    // One entry nobody understands must not keep the others from coming back.
    db.exec('ROLLBACK TO one; RELEASE one');
    result.unreadable += 1;
    return false;
  }
}

/** Remembers that a thing was erased. The id is random and says nothing. */
export function markErased(db: Db, thing: { kind: string; id: string }, at: number): void {
  db.prepare<[string, string, number]>('INSERT INTO erased (kind, id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(thing.kind, thing.id, at);
}

/** Deletes whatever is on the list of erased things but still there; returns how many rows that were. */
export function applyErased(db: Db, restorers: readonly Restorer[]): number {
  const rows = db.prepare<[], { kind: string; id: string }>('SELECT kind, id FROM erased').all();
  const before = Number(db.prepare('SELECT total_changes()').pluck().get());
  for (const { kind, id } of rows) restorers.find((restorer) => restorer.kind === kind)?.remove(db, id);
  return Number(db.prepare('SELECT total_changes()').pluck().get()) - before;
}

export function metaNumber(db: Db, key: string): number {
  return Number(db.prepare<[string], unknown>('SELECT value FROM meta WHERE key = ?').pluck().get(key) ?? 0);
}

export function setMetaNumber(db: Db, key: string, value: number): void {
  db.prepare<[string, number]>('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value);
}
