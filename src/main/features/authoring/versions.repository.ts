import type { Database } from 'better-sqlite3';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';

/** Versions of signed records on this desk, read from knowledge.db. */
export function createVersions(db: Database) {
  const inSource = db.prepare<[number, string, string], number>('SELECT ver FROM signed_record WHERE source = ? AND kind = ? AND key = ?').pluck();
  const inBase = db.prepare<[string, string, string], number>('SELECT s.ver FROM knowledge_base b JOIN signed_record s ON s.source = b.source WHERE b.name = ? AND s.kind = ? AND s.key = ?').pluck();
  const signed = db.prepare<[string, string, string], { ver: number; deleted: number; digest: string }>('SELECT s.ver, s.deleted, s.digest FROM knowledge_base b JOIN signed_record s ON s.source = b.source WHERE b.name = ? AND s.kind = ? AND s.key = ?');
  const live = db.prepare<[string], { kind: KnowledgeKind; key: string }>('SELECT s.kind, s.key FROM knowledge_base b JOIN signed_record s ON s.source = b.source WHERE b.name = ? AND s.deleted = 0');
  const builtIn = db.prepare<[string, string], string>("SELECT w.json FROM record_below w JOIN source o ON o.id = w.source WHERE w.kind = ? AND w.key = ? AND o.name = 'starter'").pluck();
  return {
    /** Of a record as one source has it; 0 when no knowledge base brought it. */
    inSource: (source: number, kind: string, key: string): number => inSource.get(source, kind, key) ?? 0,
    /** What one knowledge base says of a key, removals included; undefined when it was never there. */
    signed: (kb: string, kind: string, key: string): { ver: number; deleted: boolean; digest: string } | undefined => {
      const row = signed.get(kb, kind, key);
      return row === undefined ? undefined : { ...row, deleted: row.deleted === 1 };
    },
    /** Keys of everything live in one knowledge base. */
    live: (kb: string): { kind: KnowledgeKind; key: string }[] => live.all(kb),
    /** What the built-in knowledge says of a key a knowledge base decides about, as JSON. */
    builtIn: (kind: string, key: string): string | undefined => builtIn.get(kind, key),
    /** Of a key in one knowledge base, removals included; 0 when it was never there. */
    inBase: (kb: string, kind: string, key: string): number => inBase.get(kb, kind, key) ?? 0,
  };
}

export type Versions = ReturnType<typeof createVersions>;
