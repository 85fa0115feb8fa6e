import type { MatchReason } from '#shared/domain/search/schema.ts';

/** Terms `low` up to `high` stand for the query words in `bits`, with `weight` in (0, 1]. */
export type TermRange = { low: number; high: number; bits: number; weight: number; reason: MatchReason };

/** Documents found by other means than one term: codes, words written apart, categories. */
export type DocSet = {
  docs: ArrayLike<number>;
  bits: number;
  weight: number;
  reason: MatchReason;
  /** For all documents of a category: its number. */
  category?: number;
  /** Folded words to mark in a hit. */
  mark?: readonly string[];
};

/** What the words of a query may stand for in one segment. */
export type Plan = {
  ranges: TermRange[];
  sets: DocSet[];
  /** Query words, as bits, that only say that something is lacking. */
  lacking?: number;
  /** True when time ran out before every word was looked into. */
  cut?: boolean;
};

/** How far the search goes from what was typed. 1 corrects only unknown words, 2 doubts every word. */
export type Effort = 1 | 2;

/** Weights of readings, best first. Tuned on `bench:search` with held-out catalogues; see decision 0007. */
export const WEIGHT = {
  exact: 1, umlaut: 0.97, joined: 0.94, split: 0.92, splitApart: 0.8, splitFar: 0.6, size: 1, plural: 0.88, longer: 0.66, ending: 0.8, prefix: 0.82, sound: 0.72, heard: 0.77,
  code: 1.6, codeBeginning: 0.95, codeEnd: 0.9, codeLastDigits: 0.98, codeLonger: 0.8, codeTypo: 0.75, synonym: 0.9, nearSynonym: 0.66, shortened: 0.3, compound: 0.74, learned: 0.78, abbreviation: 0.45, lacking: 0.99, loneLacking: 0.2,
} as const;

/** Weight of a word `distance` edits away from a typed word of `length` letters, 0 when too far. */
export function typoWeight(distance: number, length: number): number {
  if (distance === 0) return WEIGHT.exact;
  if (distance === 1) return [0, 0, 0, 0.5, 0.64, 0.69, 0.73, 0.76][Math.min(length, 7)] ?? 0;
  if (distance === 2) return [0, 0, 0, 0, 0.3, 0.42, 0.48, 0.53, 0.58][Math.min(length, 8)] ?? 0;
  return length >= 9 ? 0.42 : 0;
}

/** Edits allowed in a word of `length` letters. */
export function typoLimit(length: number, effort: Effort): number {
  if (length < 3) return 0;
  if (effort === 1) return length < 8 ? 1 : 2;
  if (length < 4) return 1;
  return length < 9 ? 2 : 3;
}
