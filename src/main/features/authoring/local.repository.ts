import type { Database } from 'better-sqlite3';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';

/** A record as this desk changed it, or null where it is hidden here; `base` is what everybody else had when somebody last looked at both. Both are JSON. */
export type LocalRecord = { kind: KnowledgeKind; key: string; record: string | null; base: string; by: string; at: number };

/** All SQL over what this desk changed for itself. */
export function createLocalRepository(db: Database) {
  const all = db.prepare<[], LocalRecord>("SELECT kind, key, nullif(record, 'null') AS record, base, by_name AS 'by', at FROM local_record ORDER BY at DESC, kind, key");
  const one = db.prepare<[string, string], LocalRecord>("SELECT kind, key, nullif(record, 'null') AS record, base, by_name AS 'by', at FROM local_record WHERE kind = ? AND key = ?");
  const put = db.prepare<[LocalRecord]>(
    "INSERT INTO local_record (kind, key, record, base, by_name, at) VALUES (@kind, @key, coalesce(@record, 'null'), @base, @by, @at) ON CONFLICT (kind, key) DO UPDATE SET record = excluded.record, base = excluded.base, by_name = excluded.by_name, at = excluded.at",
  );
  const drop = db.prepare<[string, string]>('DELETE FROM local_record WHERE kind = ? AND key = ?');
  return {
    all: (): LocalRecord[] => all.all(),
    find: (kind: KnowledgeKind, key: string): LocalRecord | undefined => one.get(kind, key),
    put: (record: LocalRecord): void => void put.run(record),
    drop: (kind: KnowledgeKind, key: string): boolean => drop.run(kind, key).changes > 0,
  };
}
export type LocalRepository = ReturnType<typeof createLocalRepository>;
