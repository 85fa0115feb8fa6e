import type { MatchReason } from '#shared/domain/search/schema.ts';
import { type Candidate, PLACE_WEIGHT } from './collect.ts';
import type { DocSet, Plan } from './plan.ts';
import type { Segment } from './segment.ts';
import { FIELD } from './tables.ts';

/** What each sign of a good match is worth. Tuned on `bench:search`; see decision 0007. */
export const RANK = {
  /** Every word matched. */
  all: 0.15,
  /** Share of the words not matched. */
  missing: 0.25,
  /** Share of the title that was asked for. */
  titleShare: 0.1,
  /** Neighbouring words in typed order. */
  phrase: 0.07,
  /** The title begins with the first word. */
  first: 0.03,
  /** The title is the query. */
  whole: 0.2,
} as const;

const FIELD_WEIGHT: readonly number[] = [1, 1, 1, PLACE_WEIGHT[1], PLACE_WEIGHT[2], 1, 0, 0];

/** How one word of a document stands for words of the query. */
export type TermMatch = { bits: number; weight: number; reason: MatchReason };

/** Looks up what a term of a segment matches. */
export type TermMatcher = (term: number) => TermMatch | undefined;

/** Indexes a plan by term: single terms by a map, longer ranges by a list, the best reading first. */
export function matcherOf(plan: Plan): TermMatcher {
  const single = new Map<number, TermMatch>();
  const ranges = plan.ranges.filter((r) => r.high - r.low > 16).sort((a, b) => b.weight - a.weight);
  for (const range of plan.ranges) {
    if (range.high - range.low > 16) continue;
    for (let term = range.low; term < range.high; term++) {
      const known = single.get(term);
      // One word of a title can answer two words of the query ("sun" in "sun sunflower").
      if (known === undefined) single.set(term, { bits: range.bits, weight: range.weight, reason: range.reason });
      else if (known.weight < range.weight) single.set(term, { bits: range.bits | known.bits, weight: range.weight, reason: range.reason });
      else known.bits |= range.bits;
    }
  }
  return (term) => {
    const known = single.get(term);
    const range = ranges.find((r) => term >= r.low && term < r.high);
    if (range === undefined) return known;
    if (known === undefined) return range;
    return { bits: known.bits | range.bits, weight: Math.max(known.weight, range.weight), reason: known.weight >= range.weight ? known.reason : range.reason };
  };
}

export type Ranked = Candidate & { segment: Segment; score: number; plan: Plan; matcher: TermMatcher; sets: readonly DocSet[] };

type Tally = { best: Float64Array; places: Int32Array; title: number; titleHits: number; pairs: number };

/** Reads a document's words in order and notes the best reading of each query word and where it is. */
function tally(segment: Segment, doc: number, words: number, matcher: TermMatcher): Tally {
  const forward = segment.forward();
  const offsets = segment.forwardOffsets();
  const out: Tally = { best: new Float64Array(words), places: new Int32Array(words).fill(-9), title: 0, titleHits: 0, pairs: 0 };
  const end = offsets[doc + 1] ?? 0;
  let previous = 0;
  for (let at = offsets[doc] ?? 0; at < end; at++) {
    const entry = forward[at] ?? 0;
    const field = entry & 7;
    const inTitle = field === FIELD.title;
    if (inTitle) out.title++;
    const match = matcher(entry >>> 3);
    if (match === undefined) {
      previous = 0;
      continue;
    }
    if (inTitle) {
      out.titleHits++;
      if ((previous << 1) & match.bits) out.pairs++;
      previous = match.bits;
    }
    const weight = match.weight * (FIELD_WEIGHT[field] ?? 0);
    for (let i = 0; i < words; i++) {
      if ((match.bits & (1 << i)) === 0 || weight <= (out.best[i] ?? 0)) continue;
      out.best[i] = weight;
      if (inTitle) out.places[i] = out.title - 1;
    }
  }
  return out;
}

/** Close ranking of one candidate. */
export function rank(segment: Segment, candidate: Candidate, plan: Plan, idf: readonly number[], matcher: TermMatcher, setsOf: (doc: number) => readonly DocSet[], prior: number): Ranked {
  const words = idf.length;
  const seen = tally(segment, candidate.doc, words, matcher);
  const sets = setsOf(candidate.doc);
  let extra = 0;
  for (const set of sets) {
    for (let i = 0; i < words; i++) if (set.bits & (1 << i)) seen.best[i] = Math.max(seen.best[i] ?? 0, set.weight);
    if (set.reason === 'joined') {
      seen.titleHits += 2;
      extra++;
    }
  }
  let sum = 0;
  let total = 0;
  let covered = 0;
  for (let i = 0; i < words; i++) {
    if ((seen.best[i] ?? 0) === 0 && candidate.weak & (1 << i)) seen.best[i] = PLACE_WEIGHT[3];
    if ((seen.best[i] ?? 0) > 0) covered++;
    sum += (seen.best[i] ?? 0) * (idf[i] ?? 0);
    total += idf[i] ?? 0;
  }
  let score = sum / total - (RANK.missing * (words - covered)) / words + prior;
  if (covered === words) score += RANK.all;
  if (seen.title > 0) score += RANK.titleShare * Math.min(1, seen.titleHits / seen.title);
  if (words > 1) score += RANK.phrase * Math.min(1, (seen.pairs + extra) / (words - 1));
  if (seen.places[0] === 0) score += RANK.first;
  if (covered === words && seen.titleHits >= seen.title && seen.title > 0) score += RANK.whole * Math.min(...seen.best) ** 2;
  return { ...candidate, segment, score, plan, matcher, sets };
}
