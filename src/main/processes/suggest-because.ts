import type { Suggestible } from '#main/features/suggest/engine/types.ts';
import { isCommon } from '#shared/domain/suggest/common-words.ts';
import { words } from '#shared/domain/suggest/words.ts';

/** A word in more records than this share says nothing about any one of them. */
const COMMON_SHARE = 0.4;
const SHOWN = 4;

/**
 * Which of the caller's words a record itself holds, rarest first: the reason shown beside a
 * suggestion. A record that shares no telling word with what was said has no reason to be offered.
 */
export function createReasons() {
  const own = new Map<string, Set<string>>();
  const spread = new Map<string, number>();
  return {
    add: (record: Suggestible): void => {
      const stems = new Set([record.title, record.description ?? '', ...(record.steps ?? []), ...(record.examples ?? [])].flatMap((text) => words(text).map((word) => word.stem)));
      own.set(record.id, stems);
      for (const stem of stems) spread.set(stem, (spread.get(stem) ?? 0) + 1);
    },
    because: (text: string, id: string): string[] => {
      const stems = own.get(id);
      const limit = Math.max(2, own.size * COMMON_SHARE);
      const seen = new Map<string, { text: string; rarity: number }>();
      for (const word of words(text)) {
        const count = spread.get(word.stem) ?? 0;
        if (word.text.length < 3 || word.text === '0' || isCommon(word.text) || stems?.has(word.stem) !== true || count > limit) continue;
        seen.set(word.stem, { text: word.text, rarity: 1 / Math.max(1, count) });
      }
      return [...seen.values()].toSorted((a, b) => b.rarity - a.rarity).slice(0, SHOWN).map((one) => one.text);
    },
    /** Words of a call that was for this record count as its own from then on. */
    learn: (text: string, id: string): void => {
      const stems = own.get(id);
      for (const word of words(text)) stems?.add(word.stem);
    },
  };
}
export type Reasons = ReturnType<typeof createReasons>;
