import type { Ledger } from '#main/db/ledger.ts';
import type { Db } from '#main/db/open.ts';
import type { Restorer } from '#main/db/restore.ts';

/** What one call taught: folded words with every number masked, never the call's own text. */
export type SuggestExample = { callId: string; script: string | null; words: string; source: 'chosen' | 'accepted' | 'wrap-up' | 'correction'; at: number };
type Row = { call_public_id: string; script: string | null; words: string; source: SuggestExample['source']; at: number };

const KIND = 'suggest-example';

/** All SQL of learned examples. One per call. */
export function createExamplesRepository(db: Db) {
  const put = db.prepare<[string, string | null, string, string, number]>(
    'INSERT INTO suggest_examples (call_public_id, script, words, source, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (call_public_id) DO UPDATE SET script = excluded.script, words = excluded.words, source = excluded.source, at = excluded.at',
  );
  const find = db.prepare<[string], Row>('SELECT call_public_id, script, words, source, at FROM suggest_examples WHERE call_public_id = ?');
  const newest = db.prepare<[number], Row>('SELECT call_public_id, script, words, source, at FROM suggest_examples ORDER BY at DESC LIMIT ?');
  const page = db.prepare<[number, number], Row>('SELECT call_public_id, script, words, source, at FROM suggest_examples ORDER BY at DESC LIMIT ? OFFSET ?');
  const size = db.prepare<[], { calls: number; scripts: number; since: number | null }>('SELECT count(*) AS calls, count(DISTINCT script) AS scripts, min(at) AS since FROM suggest_examples');
  const drop = db.prepare<[string]>('DELETE FROM suggest_examples WHERE call_public_id = ?');
  const dropOld = db.prepare<[number]>('DELETE FROM suggest_examples WHERE id NOT IN (SELECT id FROM suggest_examples ORDER BY at DESC LIMIT ?)');
  const toExample = (row: Row): SuggestExample => ({ callId: row.call_public_id, script: row.script, words: row.words, source: row.source, at: row.at });
  return {
    put: ({ callId, script, words, source, at }: SuggestExample): void => void put.run(callId, script, words, source, at),
    find: (callId: string): SuggestExample | undefined => {
      const row = find.get(callId);
      return row === undefined ? undefined : toExample(row);
    },
    /** Newest first. */
    newest: (limit: number): SuggestExample[] => newest.all(limit).map(toExample),
    page: (from: number, count: number): SuggestExample[] => page.all(count, from).map(toExample),
    size: (): { calls: number; scripts: number; since: number | null } => size.get() ?? { calls: 0, scripts: 0, since: null },
    remove: (callId: string): boolean => drop.run(callId).changes > 0,
    keepNewest: (limit: number): void => void dropOld.run(limit),
    clear: (): void => void db.exec('DELETE FROM suggest_examples'),
  };
}

/** Changes to what was learned, each a command that is applied once. */
export function createExampleStore({ db, ledger, keep }: { db: Db; ledger: Ledger; keep: number }) {
  const rows = createExamplesRepository(db);
  return {
    newest: () => rows.newest(keep),
    page: (from: number, count: number) => ({ ...rows.size(), examples: rows.page(from, count) }),
    put: (commandId: string, example: Omit<SuggestExample, 'at'>): void =>
      ledger.run(commandId, 'suggest.learn', (tx) => {
        const stored = { ...example, at: tx.at };
        rows.put(stored);
        rows.keepNewest(keep);
        tx.journal(KIND, example.callId, stored);
      }),
    remove: (commandId: string, callId: string): boolean =>
      ledger.run(commandId, 'suggest.forget', (tx) => {
        tx.journal(KIND, callId, null);
        return rows.remove(callId);
      }),
    /** Everything learned, as an eraser takes it. */
    things: (): { kind: string; id: string }[] => rows.newest(keep).map(({ callId }) => ({ kind: KIND, id: callId })),
  };
}
export type ExampleStore = ReturnType<typeof createExampleStore>;

export const suggestRestorer: Restorer = {
  kind: KIND,
  restore: (db, id, data) => {
    const rows = createExamplesRepository(db);
    const example = data as SuggestExample;
    const stored = rows.find(id);
    if (stored !== undefined && stored.at >= example.at) return false;
    rows.put(example);
    return true;
  },
  has: (db, id) => createExamplesRepository(db).find(id) !== undefined,
  remove: (db, id) => void createExamplesRepository(db).remove(id),
  snapshot: (db, since) => createExamplesRepository(db).newest(5_000).filter((example) => example.at >= since).map((example) => ({ kind: KIND, id: example.callId, data: example })),
  clear: (db) => createExamplesRepository(db).clear(),
};
