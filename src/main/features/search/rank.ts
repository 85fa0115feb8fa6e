import { MAX_WORDS } from '#shared/domain/search/query.ts';
import type { MatchReason } from '#shared/domain/search/schema.ts';
import { type Candidate, PLACE_WEIGHT } from './collect.ts';
import { type DocSet, type Plan, type TermRange, WEIGHT } from './plan.ts';
import type { Segment } from './segment.ts';
import { FIELD } from './tables.ts';
import { FOR_WORDS } from '#shared/domain/search/text.ts';
import type { Homes, TypeSense } from './types.ts';

/** What each sign of a good match is worth. Tuned on `bench:search`; see decision 0007. */
export const RANK = {
  /** Every word matched. */
  all: 0.15,
  /** Share of the words not matched. */
  missing: 0.25,
  /** Share of the title that was asked for. */
  titleShare: 0.03,
  /** Neighbouring words in typed order. */
  phrase: 0.04,
  /** The title begins with the first word. */
  first: 0.02,
  /** The title is the query, word by word: more than any code or habit is worth. */
  whole: 0.8,
  /** The title has no other words, though some are corrected: less than any correction costs. */
  nearlyWhole: 0.01,
  /** The category is the kind of thing asked for (or, negative, an accessory of it). */
  type: 0.1,
  /** What was asked for is only what the thing is for ("case for X"). */
  accessory: 0.12,
  /** The document is no thing of the kind the query names, and neither its name nor its category says it is. */
  headless: 0.12,
} as const;

const FIELD_WEIGHT: readonly number[] = [1, 1, 1, PLACE_WEIGHT[1], 0.65, 1, 0, 0];
/** A word of the category name counts almost as one of the title where the category is exactly what was asked for. */
const OWN_CATEGORY = 0.92;
const AT_HOME = 0.95;
/** A document that uses the word where it is at home comes before those that do not. */
const SAYS_SO = 0.1;
/** Readings less sure than this hold a full match together only in part. */
const FIRM = 0.38;
/** A word that the name of a document's category says, where that category is what was asked for, and where it is only the wider kind. */
const MEANT = 0.97;
const MEANT_BY_HEAD = 0.9;

/** How one word of a document stands for words of the query. */
export type TermMatch = { bits: number; weight: number; reason: MatchReason };

/** Looks up what a term of a segment matches, the best reading first; undefined when nothing. */
export type TermMatcher = (term: number) => readonly TermMatch[] | undefined;

/** Ranges longer than this are kept as ranges. */
const SHORT_RANGE = 16;

/** Indexes a plan by term: single terms by a map, longer ranges by a list. */
export function matcherOf(plan: Plan): TermMatcher {
  const single = new Map<number, TermMatch[]>();
  const long: TermRange[] = [];
  for (const range of [...plan.ranges].sort((a, b) => b.weight - a.weight)) {
    if (range.high - range.low > SHORT_RANGE) {
      long.push(range);
      continue;
    }
    for (let term = range.low; term < range.high; term++) {
      const known = single.get(term);
      if (known === undefined) single.set(term, [range]);
      else known.push(range);
    }
  }
  return (term) => {
    const known = single.get(term);
    const range = long.find((r) => term >= r.low && term < r.high);
    if (range === undefined) return known;
    const also = long.filter((r) => term >= r.low && term < r.high);
    return known === undefined ? also : [...known, ...also];
  };
}

/** `quality` is the share of the query that matched as typed, 0 to 1. */
export type Ranked = Candidate & { segment: Segment; score: number; quality: number; plan: Plan; matcher: TermMatcher; sets: readonly DocSet[] };

/** `aside` is 1 when only words after a "for" were asked, a half when the word just before it was not. */
type Tally = { best: Float64Array; places: Int32Array; title: number; titleHits: number; pairs: number; aside: number };

/** One tally serves all candidates, one after the other: ranking makes no garbage. */
const BEST = new Float64Array(MAX_WORDS);
const PLACES = new Int32Array(MAX_WORDS);

/** Reads a document's words in order and notes the best reading of each query word and where it is. */
function tally(segment: Segment, doc: number, words: number, matcher: TermMatcher, joining: ReadonlySet<number>, fit: number): Tally {
  const forward = segment.forward();
  const offsets = segment.forwardOffsets();
  BEST.fill(0);
  PLACES.fill(-9);
  const out: Tally = { best: BEST, places: PLACES, title: 0, titleHits: 0, pairs: 0, aside: 0 };
  let before = 0;
  let headAsked = false;
  let joined = false;
  let after = 0;
  const end = offsets[doc + 1] ?? 0;
  let previous = 0;
  for (let at = offsets[doc] ?? 0; at < end; at++) {
    const entry = forward[at] ?? 0;
    const field = entry & 7;
    const inTitle = field === FIELD.title;
    if (inTitle) out.title++;
    const matches = matcher(entry >>> 3);
    // A query that begins with such a word ("avec aceto balsamico") asks for what comes after it.
    if (inTitle && !joined && out.title > 1 && joining.has(entry >>> 3) && matches?.some((match) => (match.bits & 1) !== 0) !== true) joined = true;
    if (matches === undefined) {
      previous = 0;
      if (!joined) headAsked = false;
      continue;
    }
    let bits = 0;
    for (const match of matches) {
      bits |= match.bits;
      const weight = match.weight * (field === FIELD.category && fit >= 1 ? OWN_CATEGORY : (FIELD_WEIGHT[field] ?? 0));
      for (let i = 0; i < words; i++) {
        if ((match.bits & (1 << i)) === 0 || weight <= (out.best[i] ?? 0)) continue;
        out.best[i] = weight;
        if (inTitle) out.places[i] = out.title - 1;
      }
    }
    if (inTitle) {
      out.titleHits++;
      if (joined) after++;
      else {
        before++;
        headAsked = true;
      }
      if ((previous << 1) & bits) out.pairs++;
      previous = bits;
    }
  }
  if (joined && after > 0) out.aside = before === 0 ? 1 : headAsked ? 0 : 0.5;
  return out;
}

/** What close ranking needs to know of a search in a segment. */
export type Close = {
  segment: Segment;
  plan: Plan;
  idf: readonly number[];
  /** Query words, as bits, that a document may do without. */
  fillers: number;
  matcher: TermMatcher;
  setsOf: (doc: number) => readonly DocSet[];
  priors: ReadonlyMap<number, number>;
  sense: TypeSense;
  homes: readonly Homes[];
};

/** Takes readings found by other means than words into the tally; returns the neighbours they stand for. */
function addSets(seen: Tally, sets: readonly DocSet[], words: number): number {
  let pairs = 0;
  for (const set of sets) {
    for (let i = 0; i < words; i++) if (set.bits & (1 << i)) seen.best[i] = Math.max(seen.best[i] ?? 0, set.weight);
    if (set.reason !== 'joined') continue;
    seen.titleHits += 2;
    pairs++;
  }
  return pairs;
}

/** Bonus for a title that is asked for in full; of very long titles only the beginning is looked at. */
function wholeTitle(seen: Tally, words: number, pairs: number): number {
  const cut = words === MAX_WORDS && seen.title > words && seen.places[0] === 0 && pairs >= words - 1;
  if (seen.titleHits < seen.title && !cut) return 0;
  return Math.min(...seen.best.subarray(0, words)) >= 0.99 ? RANK.whole : RANK.nearlyWhole;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

/** Close ranking of one candidate. */
export function rank(candidate: Candidate, close: Close): Ranked {
  const { segment, idf, matcher, fillers } = close;
  const words = idf.length;
  const category = segment.columns().category?.[candidate.doc] ?? 0;
  const fit = close.sense.fit(category);
  const meant = close.sense.meant(category);
  const seen = tally(segment, candidate.doc, words, matcher, forTerms(segment), fit);
  const sets = close.setsOf(candidate.doc);
  const pairs = seen.pairs + addSets(seen, sets, words);
  let sum = 0;
  let total = 0;
  let typed = 0;
  let covered = 0;
  let weakest = 1;
  for (let i = 0; i < words; i++) {
    if ((seen.best[i] ?? 0) === 0 && candidate.weak & (1 << i)) seen.best[i] = PLACE_WEIGHT[2];
    // Where a word is at home it counts as said in the name, even when nothing says it.
    const home = AT_HOME * (close.homes[i]?.shares.get(category) ?? 0);
    if (home > 0) seen.best[i] = Math.max(seen.best[i] ?? 0, Math.min(AT_HOME, home + (candidate.weak & (1 << i) ? SAYS_SO : 0)));
    if (meant & (1 << i)) seen.best[i] = Math.max(seen.best[i] ?? 0, fit >= 1 ? MEANT : MEANT_BY_HEAD);
    const spared = (fillers & (1 << i)) !== 0 && (seen.best[i] ?? 0) === 0;
    if (spared || (seen.best[i] ?? 0) > 0) covered++;
    if (!spared) weakest = Math.min(weakest, seen.best[i] ?? 0);
    sum += (seen.best[i] ?? 0) * (idf[i] ?? 0);
    total += idf[i] ?? 0;
    // A word still being typed is as good as typed, and so is one that only a category or text has.
    const aside = spared || (candidate.weak & ~candidate.strong & (1 << i)) !== 0;
    typed += (aside || seen.best[i] === WEIGHT.prefix ? 1 : (seen.best[i] ?? 0)) * (idf[i] ?? 0);
  }
  const { head } = close.sense;
  const headless = head !== undefined && fit <= 0 && words > 1 && (seen.best[head] ?? 0) <= PLACE_WEIGHT[2];
  let score = sum / total - (RANK.missing * (words - covered)) / words + (close.priors.get(candidate.doc) ?? 0);
  if (headless) score -= RANK.headless;
  else if (covered === words) score += RANK.all * Math.min(1, weakest / FIRM);
  if (seen.title > 0) score += RANK.titleShare * Math.min(1, seen.titleHits / seen.title);
  if (words > 1) score += RANK.phrase * Math.min(1, pairs / (words - 1));
  if (seen.places[0] === 0) score += RANK.first;
  if (covered === words && seen.title > 0) score += wholeTitle(seen, words, pairs);
  // The more was typed, the less the kind alone decides.
  score += (RANK.type * fit * 2) / (words - bitCount(fillers) + 1);
  score -= RANK.accessory * seen.aside;
  return { ...candidate, segment, score, quality: typed / total, plan: close.plan, matcher, sets };
}

const forTermsOf = new WeakMap<Segment, Set<number>>();

/** The numbers of the joining words ("for", "für", "pour") in a segment. */
function forTerms(segment: Segment): ReadonlySet<number> {
  let out = forTermsOf.get(segment);
  if (out === undefined) {
    out = new Set([...FOR_WORDS].map((word) => segment.dictionary().find(word)).filter((term) => term >= 0));
    forTermsOf.set(segment, out);
  }
  return out;
}
