import { sumGaps, sumUses, type CountedKind, type Counts, type UseCount } from '#shared/domain/news/counts.ts';
import type { Receipt } from '#shared/domain/news/receipt.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Unused } from '#shared/ipc/counts.ts';
import type { Handlers } from '#shared/ipc/define.ts';

export type CountParts = {
  /** This desk's own name: what it counts is read at once, not from its receipt. */
  desk: string;
  receipts: () => Promise<readonly Receipt[]>;
  counts: () => Promise<Counts>;
  /** Which records of these kinds were not opened since a day, given how all desks used them. */
  unused: (asked: { kinds: CountedKind[]; before: string; used: UseCount[] }) => Promise<{ records: Unused[]; total: number }>;
};

const MOST = 500;

/** For supervisors: what all desks together searched for in vain, and what nobody opens. */
export function createCountHandlers({ desk, receipts, counts, unused }: CountParts): Pick<Handlers<AppContract, 'main'>, 'counts.gaps' | 'counts.unused'> {
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
    'counts.unused': async ({ before, kinds }) => {
      const { desks, others } = await all();
      const found = await unused({ kinds, before, used: [...sumUses(desks.map(({ used }) => used.filter(({ kind }) => kinds.includes(kind)))).values()] });
      return { ...found, others, since: desks.map(({ since }) => since).toSorted()[0] ?? before };
    },
  };
}
