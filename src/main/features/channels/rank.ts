import { createLayers, type Layers } from '#main/features/knowledge/index.ts';
import type { Database } from 'better-sqlite3';
import type { KnowledgeKind, PackLine } from '#shared/domain/knowledge.ts';
import { createIndexChanges, type IndexChanges } from './index-changes.ts';
import type { InstallParts } from './install-release.ts';

type Told = (ref: { kind: KnowledgeKind; key: string }, deciding: ReturnType<Layers['settle']>) => void;

/** Decides again about every key that more than one knowledge base says something about. Call inside a transaction, after ranks changed. */
export function settleContested(db: Database, layers: Layers, told: Told): void {
  const contested = db.prepare<[], { kind: KnowledgeKind; key: string }>('SELECT kind, key FROM signed_record GROUP BY kind, key HAVING count(*) > 1').all();
  for (const ref of contested) {
    const deciding = layers.settle(ref);
    if (deciding.before !== deciding.after) told(ref, deciding);
  }
}

/** Gives knowledge bases their ranks, 0 to 1,000, higher deciding over lower, in one transaction with the search index. Returns how many records are others now. */
export function reorderBases({ db, repository, index }: Pick<InstallParts, 'db' | 'repository' | 'index'>, orders: readonly { kb: string; order: number }[]): number {
  const rank = db.prepare<[number, string]>('UPDATE knowledge_base SET rank = ? WHERE name = ?');
  let changed = 0;
  repository.transaction(() => {
    for (const { kb, order } of orders) rank.run(order, kb);
    const changes = createIndexChanges(index, () => repository.list('synonyms').map(({ words }) => words));
    settleContested(db, createLayers(db), ({ kind, key }, deciding) => {
      changed += 1;
      tellIndex(changes, kind, key, deciding);
    });
    for (const _ of changes.finish()) continue;
  });
  return changed;
}

export function tellIndex(index: IndexChanges, kind: KnowledgeKind, key: string, { before, after }: ReturnType<Layers['say']>): void {
  if (before === after) return;
  if (after === undefined) index.remove(kind, key);
  else index.put({ kind, record: JSON.parse(after) } as PackLine);
}
