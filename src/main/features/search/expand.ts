import { doubleMetaphone } from 'double-metaphone';
import { editDistance } from '#shared/domain/search/edit-distance.ts';
import type { ParsedQuery } from '#shared/domain/search/query.ts';
import { endingVariants, umlautVariants } from '#shared/domain/search/variants.ts';
import { heard } from './alike.ts';
import type { NearTerm } from './dictionary.ts';
import { type DocSet, type Effort, type TermRange, typoLimit, typoWeight, WEIGHT } from './plan.ts';
import { decodePostings } from './postings.ts';
import type { Segment } from './segment.ts';
import { hasSound, soundKey } from './segment-writer.ts';

/** Readings of single words: what the dictionary of a segment offers for them. */
export type Expander = {
  /** What a word is, letter by letter, with endings and, for the open last word, everything it may become. */
  literal(segment: Segment, query: ParsedQuery, word: number): TermRange[];
  /** Words near it by typing or by sound; `exact` words, which are in the dictionary, are doubted less. */
  near(segment: Segment, query: ParsedQuery, word: number, effort: Effort, exact: boolean): TermRange[];
  /** Longer words that begin with a finished one: `networking` for `network`, `sdhc` for `sd`. */
  longer(segment: Segment, query: ParsedQuery, word: number): TermRange[];
  /** Words that a finished one may be short for: all that begin with it. */
  abbreviated(segment: Segment, query: ParsedQuery, word: number): TermRange[];
  /** What a known word may mean besides: longer forms at least as common, and for a word hardly anybody uses a far more common one a slip away. */
  besides(segment: Segment, query: ParsedQuery, word: number): TermRange[];
  /** Neighbouring words written as one. */
  joined(segment: Segment, query: ParsedQuery): TermRange[];
  /** The words that share the longest beginning with a word nothing else is known of. */
  shortened(segment: Segment, query: ParsedQuery, word: number): TermRange[];
  /** A word written as two neighbours. */
  split(segment: Segment, query: ParsedQuery, word: number): DocSet[];
};

const MAX_NEAR = { 1: 40, 2: 96 } as const;
/** Documents behind the corrections of one word; the surest corrections always count. */
const NEAR_DOCS = 60_000;
const SUREST = 8;
/** Splits are tried through documents of the rarer half; above this many it says little. */
const MAX_SPLIT_DOCS = 20_000;
const MAX_SPLITS = 6;
const MEMORY = 512;

/** Makes an expander. It remembers recent corrections, because as-you-type asks for the same words again. */
export function createExpander(): Expander {
  const memory = new Map<string, readonly NearTerm[]>();

  const nearTerms = (segment: Segment, word: string, limit: number, open: boolean): readonly NearTerm[] => {
    const key = `${segment.id}|${limit}|${open ? 1 : 0}|${word}`;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const found = segment.dictionary().near(word, limit, open);
    if (memory.size >= MEMORY) memory.delete(memory.keys().next().value ?? '');
    memory.set(key, found);
    return found;
  };

  return {
    literal,
    longer,
    abbreviated,
    joined,
    shortened,
    split,
    besides(segment, query, word) {
      const text = query.words[word]?.term ?? '';
      if ((query.fillers & (1 << word)) !== 0 || !/^\p{L}+$/u.test(text)) return [];
      const known = segment.dictionary().find(text);
      if (known < 0) return [];
      const docs = segment.termDocs(known);
      const odd = text.length >= ODD_LENGTH && docs <= Math.max(ODD.docs, segment.docs * ODD.share);
      const out: TermRange[] = [];
      if (!isOpen(query, word) && text.length >= LEAST_FORM && (odd || text.length <= SHORT_FORM)) out.push(...abbreviated(segment, query, word).filter(({ low, high }) => docsIn(segment, low, high) >= docs * COMMON_FORM));
      if (!odd) return out;
      for (const { term, distance } of nearTerms(segment, text, 1, false)) {
        if (distance > 0 && segment.termDocs(term) >= docs * FAR_MORE) out.push({ low: term, high: term + 1, bits: 1 << word, weight: typoWeight(distance, text.length), reason: 'typo' });
      }
      return out;
    },
    near(segment, query, word, effort, exact) {
      const text = query.words[word]?.term ?? '';
      const open = isOpen(query, word);
      const bits = 1 << word;
      const found = new Map<number, TermRange>();
      const offer = (term: number, weight: number, reason: 'typo' | 'sound'): void => {
        const frequency = Math.min(0.06, 0.02 * Math.log10(1 + segment.termDocs(term)));
        const total = weight + frequency;
        if ((found.get(term)?.weight ?? 0) < total) found.set(term, { low: term, high: term + 1, bits, weight: total, reason });
      };
      const limit = typoLimit(text.length, effort);
      const doubted = exact && text.length < SHORT ? typoLimit(text.length, 1) : limit;
      const dictionary = segment.dictionary();
      const sounds = hasSound(text) ? soundsOf(segment, text) : undefined;
      if (limit > 0) {
        for (const { term, distance } of nearTerms(segment, text, limit, false)) {
          if (distance === 0) continue;
          const other = dictionary.text(term);
          const kept = keepsLetters(text, other);
          if (distance > doubted && !kept) continue;
          const alike = (sounds?.has(term) === true ? 0.06 : 0) + (other[0] === text[0] ? 0.03 : 0) + (kept ? KEPT * distance : 0);
          offer(term, typoWeight(distance, text.length) + alike, 'typo');
        }
      }
      if (open && text.length >= 4) {
        const prefixLimit = Math.min(limit, text.length < 7 ? 1 : 2);
        for (const { term, distance } of nearTerms(segment, text, prefixLimit, true)) {
          if (distance > 0) offer(term, typoWeight(distance, text.length) - 0.1, 'typo');
        }
      }
      const own = sounds === undefined ? '' : heard(text);
      for (const [term, certainty] of sounds ?? []) {
        const other = dictionary.text(term);
        const distance = editDistance(text, other);
        if (distance === 0) continue;
        if (distance <= soundLimit(certainty, text.length)) offer(term, WEIGHT.sound - 0.05 * distance, 'sound');
        if (distance <= soundLimit(4, text.length) && heard(other) === own) offer(term, WEIGHT.heard - 0.02 * distance, 'sound');
      }
      let docs = 0;
      return [...found.values()].sort((a, b) => b.weight - a.weight).slice(0, MAX_NEAR[effort]).filter((range, i) => (docs += segment.termDocs(range.low)) <= NEAR_DOCS || i < SUREST);
    },
  };
}

/** Letters of a finished word that may be short for a longer one: `choc`, `decaf`. What hardly anybody uses may be longer. */
const SHORT_FORM = 5;
const LEAST_FORM = 4;
/** A longer form is as likely meant when it is at least about as common. */
const COMMON_FORM = 0.5;
/** A long word that so few of all documents use may be somebody's slip, if the right one is so much more common. */
const ODD = { share: 1 / 10_000, docs: 2 } as const;
const ODD_LENGTH = 6;
const FAR_MORE = 10;
/** Terms of a beginning that are counted. */
const COUNTED = 200;

function docsIn(segment: Segment, low: number, high: number): number {
  let docs = 0;
  for (let term = low; term < Math.min(high, low + COUNTED); term++) docs += segment.termDocs(term);
  return docs;
}

/** A known word shorter than this is doubted by more than one slip only when all its letters stay: too many words are as near. */
const SHORT = 6;

/**
 * What each slip of a correction gains that keeps every letter typed. A letter left out or two swapped can come from few words;
 * a wrong or an added letter is one of two dozen (the noisy channel of Kernighan, Church and Gale, 1990).
 */
const KEPT = 0.05;

/** True when all letters of `typed` are in `word`, each as often, in any order. */
function keepsLetters(typed: string, word: string): boolean {
  if (word.length < typed.length) return false;
  let left = word;
  for (const letter of typed) {
    const at = left.indexOf(letter);
    if (at < 0) return false;
    left = left.slice(0, at) + left.slice(at + 1);
  }
  return true;
}

function isOpen(query: ParsedQuery, word: number): boolean {
  return query.open && word === query.words.length - 1;
}

/** Words that sound alike, with the length of the shared sound code. */
function soundsOf(segment: Segment, text: string): Map<number, number> {
  const [first, second] = doubleMetaphone(text);
  const out = new Map<number, number>();
  for (const code of new Set([first, second])) {
    if (code.length < 2) continue;
    for (const term of segment.termsBySound(soundKey(code))) out.set(term, Math.max(code.length, out.get(term) ?? 0));
  }
  return out;
}

/** Edits between words that sound alike: a short code is shared by words that have nothing in common ("ham", "home"). */
function soundLimit(codeLength: number, length: number): number {
  if (codeLength >= 4) return Math.ceil(length * 0.55);
  return codeLength === 3 ? 2 + Math.floor(length / 8) : 1;
}

function literal(segment: Segment, query: ParsedQuery, word: number): TermRange[] {
  const span = query.words[word];
  if (span === undefined) return [];
  const bits = 1 << word;
  const dictionary = segment.dictionary();
  const out: TermRange[] = [];
  const one = (text: string, weight: number, reason: TermRange['reason']): void => {
    const term = dictionary.find(text);
    if (term >= 0) out.push({ low: term, high: term + 1, bits, weight, reason });
  };
  one(span.term, WEIGHT.exact, 'exact');
  const exact = out.length > 0;
  for (const variant of umlautVariants(span.term, query.typed[word] ?? span.term)) one(variant, WEIGHT.umlaut, 'exact');
  const endings = endingVariants(span.term);
  for (const variant of endings.close) one(variant, WEIGHT.plural, 'plural');
  for (const variant of endings.loose) one(variant, WEIGHT.ending, 'plural');
  if (isOpen(query, word)) {
    const { low, high } = dictionary.prefixRange(span.term);
    const from = exact ? low + 1 : low;
    if (high > from) out.push({ low: from, high, bits, weight: WEIGHT.prefix, reason: 'prefix' });
  }
  return out;
}

/** Letters that may follow, and words looked at. */
const LONGER_BY = 3;
const MAX_LONGER = 60;
/** An abbreviation grows by letters of the same sort. */
const ABBREVIATION = /^[b-df-hj-np-tv-xz]{2,3}$/;

function longer(segment: Segment, query: ParsedQuery, word: number): TermRange[] {
  const text = query.words[word]?.term ?? '';
  return isOpen(query, word) ? [] : longerThan(segment, text, 1 << word, WEIGHT.longer, 'prefix');
}

function abbreviated(segment: Segment, query: ParsedQuery, word: number): TermRange[] {
  const text = query.words[word]?.term ?? '';
  const { low, high } = segment.dictionary().prefixRange(text);
  const from = low + (segment.dictionary().find(text) === low ? 1 : 0);
  return high > from ? [{ low: from, high, bits: 1 << word, weight: WEIGHT.abbreviation, reason: 'prefix' }] : [];
}

function longerThan(segment: Segment, text: string, bits: number, weight: number, reason: TermRange['reason']): TermRange[] {
  const short = ABBREVIATION.test(text);
  if (!short && (text.length < 5 || /\d/.test(text))) return [];
  const dictionary = segment.dictionary();
  const { low, high } = dictionary.prefixRange(text);
  const out: TermRange[] = [];
  for (let term = low; term < Math.min(high, low + MAX_LONGER); term++) {
    const end = dictionary.text(term).slice(text.length);
    if (end.length > 0 && end.length <= LONGER_BY && (short ? ABBREVIATION.test(`${text[0]}${end}`) : /^\p{L}+$/u.test(end))) out.push({ low: term, high: term + 1, bits, weight, reason });
  }
  return out;
}

function joined(segment: Segment, query: ParsedQuery): TermRange[] {
  const out: TermRange[] = [];
  const dictionary = segment.dictionary();
  for (let i = 0; i + 1 < query.words.length; i++) {
    const text = (query.words[i]?.term ?? '') + (query.words[i + 1]?.term ?? '');
    if (text.length < 4) continue;
    const bits = 3 << i;
    const term = dictionary.find(text);
    if (term >= 0) out.push({ low: term, high: term + 1, bits, weight: WEIGHT.joined, reason: 'joined' });
    const endings = endingVariants(text);
    for (const variant of endings.close) {
      const other = dictionary.find(variant);
      if (other >= 0) out.push({ low: other, high: other + 1, bits, weight: WEIGHT.joined - 0.06, reason: 'joined' });
    }
    if (!isOpen(query, i + 1)) out.push(...longerThan(segment, text, bits, WEIGHT.longer, 'joined'));
    if (isOpen(query, i + 1) && text.length >= 5) {
      const { low, high } = dictionary.prefixRange(text);
      const from = term >= 0 ? low + 1 : low;
      if (high > from) out.push({ low: from, high, bits, weight: WEIGHT.prefix - 0.04, reason: 'joined' });
    }
  }
  return out;
}

const SHORTEST = 3;

function shortened(segment: Segment, query: ParsedQuery, word: number): TermRange[] {
  const text = query.words[word]?.term ?? '';
  for (let length = text.length - 1; length >= SHORTEST; length--) {
    const { low, high } = segment.dictionary().prefixRange(text.slice(0, length));
    if (high > low) return [{ low, high, bits: 1 << word, weight: WEIGHT.shortened, reason: 'prefix' }];
  }
  return [];
}

type Cut = { left: number; low: number; high: number; docs: number };

/** Cuts of a word into two known words, the more common pairs first. */
function cutsOf(segment: Segment, query: ParsedQuery, word: number): Cut[] {
  const text = query.words[word]?.term ?? '';
  const dictionary = segment.dictionary();
  const cuts: Cut[] = [];
  // One letter may stand before a number: `f150` for "F-150".
  for (let at = /^\p{L}\d{2,}$/u.test(text) ? 1 : 2; at <= text.length - 2; at++) {
    const left = dictionary.find(text.slice(0, at));
    if (left < 0) continue;
    const rest = text.slice(at);
    const right = [rest, ...endingVariants(rest).close].map((form) => dictionary.find(form)).find((term) => term >= 0) ?? -1;
    let low = right;
    let high = right + 1;
    if (right < 0) {
      if (!isOpen(query, word)) continue;
      ({ low, high } = dictionary.prefixRange(rest));
      if (high <= low) continue;
    }
    let rightDocs = 0;
    for (let term = low; term < Math.min(high, low + 200); term++) rightDocs += segment.termDocs(term);
    cuts.push({ left, low, high, docs: Math.min(segment.termDocs(left), rightDocs) });
  }
  return cuts.sort((a, b) => b.docs - a.docs).slice(0, MAX_SPLITS);
}

/** How far apart, in words, the halves of a word may stand to count as neighbours with something left out ("pâté au figatellu"). */
const NEAR_HALVES = 3;

/** Distance from a left half to a right half after it, in words; 0 when there is none. */
function gapIn(forward: Uint32Array, from: number, to: number, cut: Cut): number {
  let left = -1;
  let best = 0;
  for (let i = from; i < to; i++) {
    const term = (forward[i] ?? 0) >>> 3;
    if (left >= 0 && term >= cut.low && term < cut.high && (best === 0 || i - left < best)) best = i - left;
    if (term === cut.left) left = i;
  }
  return best;
}

function split(segment: Segment, query: ParsedQuery, word: number): DocSet[] {
  const text = query.words[word]?.term ?? '';
  if (text.length < 4) return [];
  const next = new Set<number>();
  const near = new Set<number>();
  const far = new Set<number>();
  const forward = segment.forward();
  const offsets = segment.forwardOffsets();
  for (const cut of cutsOf(segment, query, word)) {
    if (cut.docs > MAX_SPLIT_DOCS) continue;
    const leftIsRarer = segment.termDocs(cut.left) <= cut.docs;
    const [low, high] = leftIsRarer ? [cut.left, cut.left + 1] : [cut.low, cut.high];
    decodePostings(segment, low, high, (doc) => {
      const gap = gapIn(forward, offsets[doc] ?? 0, offsets[doc + 1] ?? 0, cut);
      if (gap === 1) next.add(doc);
      else if (gap > 0 && gap <= NEAR_HALVES) near.add(doc);
      else if (gap > 0) far.add(doc);
    });
  }
  const bits = 1 << word;
  const out: DocSet[] = [];
  if (next.size > 0) out.push({ docs: [...next], bits, weight: WEIGHT.split, reason: 'joined' });
  if (near.size > 0) out.push({ docs: [...near], bits, weight: WEIGHT.splitApart, reason: 'joined' });
  if (out.length === 0 && far.size > 0) out.push({ docs: [...far], bits, weight: WEIGHT.splitFar, reason: 'joined' });
  return out;
}
