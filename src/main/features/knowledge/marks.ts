import type { Database } from 'better-sqlite3';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { Mark } from '#shared/ipc/local.ts';
import { LOCAL_SOURCE } from './layers.ts';

/** Marks told at most: a desk with two catalogues that differ everywhere needs no list of it. */
const MOST = 10_000;

/** Records in use whose origin is worth saying: changed on this desk, or said otherwise by another knowledge base. */
export function createMarks(db: Database) {
  const locals = db.prepare<[string], { kind: KnowledgeKind; key: string }>('SELECT kind, key FROM record JOIN source ON source.id = record.source WHERE source.name = ?');
  const differing = db.prepare<[number], { kind: KnowledgeKind; key: string; base: string; other: string }>(
    `SELECT r.kind, r.key, t.title AS base, u.title AS other FROM record_below b JOIN knowledge_base u ON u.source = b.source
     JOIN record r ON r.kind = b.kind AND r.key = b.key JOIN knowledge_base t ON t.source = r.source WHERE r.json <> b.json ORDER BY u.rank DESC LIMIT ?`,
  );
  return (): Mark[] => {
    const marks = new Map<string, Mark>();
    for (const { kind, key } of locals.all(LOCAL_SOURCE)) marks.set(`${kind} ${key}`, { kind, key, local: true, others: [] });
    for (const { kind, key, base, other } of differing.all(MOST)) {
      const known = marks.get(`${kind} ${key}`);
      marks.set(`${kind} ${key}`, { kind, key, local: false, base, others: [...(known?.others ?? []), other].slice(0, 30) });
    }
    return [...marks.values()].slice(0, MOST);
  };
}
