import type { Database } from 'better-sqlite3';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';

/** Versions of signed records on this desk, read from knowledge.db. */
export function createVersions(db: Database) {
  const inSource = db.prepare<[number, string, string], number>('SELECT ver FROM signed_record WHERE source = ? AND kind = ? AND key = ?').pluck();
  const inBase = db.prepare<[string, string, string], number>('SELECT s.ver FROM knowledge_base b JOIN signed_record s ON s.source = b.source WHERE b.name = ? AND s.kind = ? AND s.key = ?').pluck();
  const all = db.prepare<[string], { kind: KnowledgeKind; key: string; ver: number; deleted: number; digest: string; below: string | null }>("SELECT s.kind, s.key, s.ver, s.deleted, s.digest, (SELECT w.json FROM record_below w JOIN source o ON o.id = w.source WHERE w.kind = s.kind AND w.key = s.key AND o.name = 'starter') AS below FROM knowledge_base b JOIN signed_record s ON s.source = b.source WHERE b.name = ?");
  return {
    /** Everything one knowledge base says, removals included. `below`: what the built-in knowledge says of that key, as JSON. */
    base: (kb: string): { kind: KnowledgeKind; key: string; ver: number; deleted: boolean; digest: string; below: string | null }[] => all.all(kb).map((row) => ({ ...row, deleted: row.deleted === 1 })),
    /** Of a record as one source has it; 0 when no knowledge base brought it. */
    inSource: (source: number, kind: string, key: string): number => inSource.get(source, kind, key) ?? 0,
    /** Of a key in one knowledge base, removals included; 0 when it was never there. */
    inBase: (kb: string, kind: string, key: string): number => inBase.get(kb, kind, key) ?? 0,
  };
}

export type Versions = ReturnType<typeof createVersions>;
