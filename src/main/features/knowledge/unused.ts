import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import { titleOf } from '#shared/domain/authoring/title.ts';
import { recordKey } from '#shared/domain/knowledge.ts';
import type { CountedKind, UseCount } from '#shared/domain/news/counts.ts';
import type { Unused } from '#shared/ipc/counts.ts';
import type { KnowledgeRepository } from './knowledge.repository.ts';

/** Records told at most. */
const MOST = 500;
/** Records looked at before others have their turn. */
const BITE = 500;

export type UnusedQuery = { kinds: readonly CountedKind[]; before: string; used: readonly UseCount[] };

/**
 * Records nobody opened since the day `before`, the longest unused first. A catalogue may hold fifty thousand products:
 * they are looked through in bites, and the first ones are told.
 */
export async function unusedRecords(repository: Pick<KnowledgeRepository, 'pages'>, { kinds, before, used }: UnusedQuery, breathe: () => Promise<void>): Promise<{ records: Unused[]; total: number }> {
  const uses = new Map(used.map((use) => [`${use.kind} ${use.key}`, use]));
  const found: Unused[] = [];
  let seen = 0;
  for (const kind of kinds) {
    for (const line of repository.pages(kind)) {
      if ((seen += 1) % BITE === 0) await breathe();
      // A sub-script is opened by other scripts.
      if (line.kind === 'script' && line.record.kind !== 'call') continue;
      const key = recordKey(line);
      const use = uses.get(`${kind} ${key}`);
      if (use === undefined || use.day < before) found.push({ kind, key, title: titleOf(kind, line.record as Unfinished, 'en'), count: use?.count ?? 0, ...(use === undefined ? {} : { lastDay: use.day }) });
    }
  }
  found.sort((a, b) => order(a.lastDay ?? '', b.lastDay ?? '') || order(a.title, b.title));
  return { records: found.slice(0, MOST), total: found.length };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
