import type { Database } from 'better-sqlite3';
import type { KnowledgeKind, KnowledgeRecord, PackLine } from '#shared/domain/knowledge.ts';
import { recordKey } from '#shared/domain/knowledge.ts';
import { LOCAL_SOURCE } from './layers.ts';

export type PutOutcome = 'added' | 'changed' | 'same';

export type KnowledgeRepository = {
  get<K extends KnowledgeKind>(kind: K, key: string): KnowledgeRecord<K> | undefined;
  list<K extends KnowledgeKind>(kind: K): KnowledgeRecord<K>[];
  getMany(refs: readonly { kind: KnowledgeKind; key: string }[]): PackLine[];
  /** All records of a kind in pages, so that no read stays open between them. */
  pages(kind: KnowledgeKind): IterableIterator<PackLine>;
  /** Records of a kind in the order of their keys, `count` of them from the `from`th. */
  page(kind: KnowledgeKind, from: number, count: number): PackLine[];
  count(kind: KnowledgeKind): number;
  put(line: PackLine, sourceId: number): PutOutcome;
  /** A record as it is stored, for `putOver`. */
  json(kind: KnowledgeKind, key: string): string | undefined;
  /** `put` for a caller that has just read what is there: saves reading it again. */
  putOver(line: PackLine, sourceId: number, before: string | undefined): PutOutcome;
  remove(kind: KnowledgeKind, key: string): boolean;
  source(name: string): { id: number; digest: string } | undefined;
  saveSource(name: string, digest: string, at: number): number;
  transaction<T>(work: () => T): T;
};

type Row = { kind: KnowledgeKind; json: string };

/** All SQL over knowledge records. Synchronous; values always bound; rows become domain records here only. */
export function createKnowledgeRepository(db: Database): KnowledgeRepository {
  const selectOne = db.prepare<[string, string], { json: string }>('SELECT json FROM record WHERE kind = ? AND key = ?');
  const selectKind = db.prepare<[string], { json: string }>('SELECT json FROM record WHERE kind = ? ORDER BY key');
  const selectPage = db.prepare<[string, number], { id: number; json: string }>('SELECT id, json FROM record WHERE kind = ? AND id > ? ORDER BY id LIMIT 500');
  const selectRange = db.prepare<[string, number, number], { json: string }>('SELECT json FROM record WHERE kind = ? ORDER BY key LIMIT ? OFFSET ?');
  const countKind = db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM record WHERE kind = ?');
  const insert = db.prepare('INSERT INTO record (kind, key, source, json) VALUES (?, ?, ?, ?)');
  const update = db.prepare('UPDATE record SET json = ?, source = ? WHERE kind = ? AND key = ?');
  const keepBelow = db.prepare<[string, string, number]>(
    'INSERT INTO record_below (source, kind, key, json) SELECT source, kind, key, json FROM record WHERE kind = ? AND key = ? AND source <> ? ON CONFLICT (kind, key, source) DO UPDATE SET json = excluded.json',
  );
  const liftBelow = db.prepare<[string, string, number]>('DELETE FROM record_below WHERE kind = ? AND key = ? AND source = ?');
  const isHidden = db.prepare<[string, string], number>('SELECT 1 FROM tombstone WHERE kind = ? AND key = ?').pluck();
  const isLocal = db.prepare<[string, string, string], number>('SELECT 1 FROM record JOIN source ON source.id = record.source WHERE record.kind = ? AND record.key = ? AND source.name = ?').pluck();
  const putBelow = db.prepare<[number, string, string, string]>('INSERT INTO record_below (source, kind, key, json) VALUES (?, ?, ?, ?) ON CONFLICT (kind, key, source) DO UPDATE SET json = excluded.json');
  const deleteOne = db.prepare('DELETE FROM record WHERE kind = ? AND key = ?');
  const selectSource = db.prepare<[string], { id: number; digest: string }>('SELECT id, digest FROM source WHERE name = ?');
  const upsertSource = db.prepare<[string, string, number], { id: number }>(
    'INSERT INTO source (name, digest, installed_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, installed_at = excluded.installed_at RETURNING id',
  );

  // Only validated records are ever put, so reading them back needs no second validation.
  const parse = <K extends KnowledgeKind>(json: string): KnowledgeRecord<K> => JSON.parse(json) as KnowledgeRecord<K>;
  const toLine = (row: Row): PackLine => ({ kind: row.kind, record: parse(row.json) }) as PackLine;

  const putOver = (line: PackLine, sourceId: number, before: string | undefined): PutOutcome => {
    const key = recordKey(line);
    const json = JSON.stringify(line.record);
    if (before === json) return 'same';
    if (before === undefined) {
      // What this desk hides stays away, whoever brings it.
      if (isHidden.get(line.kind, key) === 1) {
        putBelow.run(sourceId, line.kind, key, json);
        return 'same';
      }
      insert.run(line.kind, key, sourceId, json);
    } else {
      // What this desk changed for itself stays on top of every import.
      if (isLocal.get(line.kind, key, LOCAL_SOURCE) === 1) {
        putBelow.run(sourceId, line.kind, key, json);
        return 'same';
      }
      keepBelow.run(line.kind, key, sourceId);
      liftBelow.run(line.kind, key, sourceId);
      update.run(json, sourceId, line.kind, key);
    }
    return before === undefined ? 'added' : 'changed';
  };

  return {
    get: <K extends KnowledgeKind>(kind: K, key: string) => {
      const row = selectOne.get(kind, key);
      return row === undefined ? undefined : parse<K>(row.json);
    },
    list: <K extends KnowledgeKind>(kind: K) => selectKind.all(kind).map((row) => parse<K>(row.json)),
    getMany: (refs) =>
      refs.flatMap(({ kind, key }) => {
        const row = selectOne.get(kind, key);
        return row === undefined ? [] : [toLine({ kind, json: row.json })];
      }),
    pages: function* (kind) {
      let last = 0;
      for (let rows = selectPage.all(kind, last); rows.length > 0; rows = selectPage.all(kind, last)) {
        for (const row of rows) yield toLine({ kind, json: row.json });
        last = rows.at(-1)?.id ?? last;
      }
    },
    page: (kind, from, count) => selectRange.all(kind, count, from).map(({ json }) => toLine({ kind, json })),
    count: (kind) => countKind.get(kind)?.n ?? 0,
    put: (line, sourceId) => putOver(line, sourceId, selectOne.get(line.kind, recordKey(line))?.json),
    json: (kind, key) => selectOne.get(kind, key)?.json,
    putOver,
    remove: (kind, key) => deleteOne.run(kind, key).changes > 0,
    source: (name) => selectSource.get(name),
    saveSource: (name, digest, at) => {
      const row = upsertSource.get(name, digest, at);
      if (row === undefined) throw new Error('SQLite returned no id for a source');
      return row.id;
    },
    transaction: (work) => db.transaction(work).immediate(),
  };
}
