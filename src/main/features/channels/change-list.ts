import type { Deciding } from '#main/features/knowledge/index.ts';
import type { KnowledgeKind, PackLine } from '#shared/domain/knowledge.ts';
import { recordTitle } from '#shared/domain/news/record-title.ts';
import { COMPARED_LENGTH, countChange, MOST_LISTED, type ChangeCounts, type NewsChange } from '#shared/domain/news/release-news.ts';

export type ChangeList = { /** `now`: what decides, where it is at hand. */ add(kind: KnowledgeKind, key: string, deciding: Deciding, now?: PackLine): void; counts: ChangeCounts; listed: NewsChange[] };

/** What agents are told: only what they can see, and of a first release only how much it is. */
export function createChangeList(first: boolean): ChangeList {
  const counts: ChangeCounts = {};
  const listed: NewsChange[] = [];
  return {
    counts,
    listed,
    add: (kind, key, { before, after }, now) => {
      if (before === after) return;
      const what = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
      countChange(counts, kind, what);
      if (first || listed.length >= MOST_LISTED) return;
      const title = recordTitle(now ?? ({ kind, record: JSON.parse(after ?? before ?? '{}') } as PackLine));
      listed.push({ kind, key, title, what, ...short('before', before), ...short('after', after) });
    },
  };
}

function short<N extends 'before' | 'after'>(name: N, json: string | undefined): { [K in N]?: string } {
  return json === undefined || json.length > COMPARED_LENGTH ? {} : ({ [name]: json } as { [K in N]?: string });
}
