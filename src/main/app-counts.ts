import { titleOf } from '#shared/domain/authoring/title.ts';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import { recordKey, type PackLine } from '#shared/domain/knowledge.ts';
import { sumGaps, sumUses, type CountedKind, type Counts } from '#shared/domain/news/counts.ts';
import type { Receipt } from '#shared/domain/news/receipt.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';

export type CountParts = {
  /** This desk's own name: what it counts is read at once, not from its receipt. */
  desk: string;
  receipts: () => Promise<readonly Receipt[]>;
  counts: () => Promise<Counts>;
  /** The records whose use is counted. */
  list: () => Promise<readonly PackLine[]>;
};

const MOST = 500;

/** For supervisors: what all desks together searched for in vain, and what nobody opens. */
export function createCountHandlers({ desk, receipts, counts, list }: CountParts): Pick<Handlers<AppContract, 'main'>, 'counts.gaps' | 'counts.unused'> {
  const all = async (): Promise<{ desks: Counts[]; others: number }> => {
    const [own, known] = await Promise.all([counts(), receipts().catch(() => [])]);
    const others = known.flatMap((receipt) => (receipt.desk === desk || receipt.counts === undefined ? [] : [receipt.counts]));
    return { desks: [own, ...others], others: others.length };
  };
  return {
    'counts.gaps': async () => {
      const { desks, others } = await all();
      return { gaps: sumGaps(desks.map(({ gaps }) => gaps)).slice(0, MOST), others };
    },
    'counts.unused': async ({ before }) => {
      const [{ desks, others }, lines] = await Promise.all([all(), list()]);
      const uses = sumUses(desks.map(({ used }) => used));
      const records = lines
        .filter((line) => line.kind !== 'script' || line.record.kind === 'call')
        .map((line) => {
          const key = recordKey(line);
          const use = uses.get(`${line.kind} ${key}`);
          return { kind: line.kind as CountedKind, key, title: titleOf(line.kind, line.record as Unfinished, 'en'), count: use?.count ?? 0, ...(use === undefined ? {} : { lastDay: use.lastDay }) };
        })
        .filter(({ lastDay }) => lastDay === undefined || lastDay < before)
        .toSorted((a, b) => (a.lastDay ?? '').localeCompare(b.lastDay ?? '') || a.title.localeCompare(b.title));
      return { records: records.slice(0, MOST), total: records.length, others, since: desks.map(({ since }) => since).toSorted()[0] ?? before };
    },
  };
}
