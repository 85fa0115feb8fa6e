import type { ParsedQuery } from '#shared/domain/search/query.ts';
import { editDistance } from '#shared/domain/search/edit-distance.ts';
import { words } from '#shared/domain/search/text.ts';
import { type Plan, WEIGHT } from './plan.ts';
import { decodePostings } from './postings.ts';
import type { Segment } from './segment.ts';

/** Supervisors' synonym lists, folded: each phrase with the phrases that mean the same. */
export type Synonyms = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Words of the longest synonym phrase that is looked for. */
const LONGEST = 4;
/** Letters typed before an unfinished last word may stand for the beginning of a synonym. */
const OPEN_LETTERS = 4;
const MAX_DOCS = 20_000;

/** Synonym lists as a look-up from each phrase to the others. */
export function synonymIndex(lists: readonly (readonly string[])[]): Map<string, string[][]> {
  const out = new Map<string, string[][]>();
  for (const list of lists) {
    const phrases = list.map((entry) => words(entry)).filter((phrase) => phrase.length > 0);
    for (const phrase of phrases) {
      const key = phrase.join(' ');
      const others = phrases.filter((other) => other.join(' ') !== key);
      out.set(key, [...(out.get(key) ?? []), ...others]);
    }
  }
  return out;
}

/** Documents whose name holds all words of a phrase, in any order. */
function phraseDocs(segment: Segment, phrase: readonly string[]): number[] {
  const dictionary = segment.dictionary();
  const terms = phrase.map((word) => dictionary.find(word));
  if (terms.some((term) => term < 0)) return [];
  const rarest = terms.reduce((a, b) => (segment.termDocs(b) < segment.termDocs(a) ? b : a));
  if (segment.termDocs(rarest) > MAX_DOCS) return [];
  const forward = segment.forward();
  const offsets = segment.forwardOffsets();
  const out: number[] = [];
  decodePostings(segment, rarest, rarest + 1, (doc) => {
    const own = forward.subarray(offsets[doc], offsets[doc + 1]);
    if (terms.every((term) => own.some((entry) => entry >>> 3 === term))) out.push(doc);
  });
  return out;
}

/** Offers a synonym phrase as a reading of some words of a query. */
function offerTo(segment: Segment, plan: Plan, phrase: readonly string[], bits: number, weight: number): void {
  if (phrase.length === 1) {
    const term = segment.dictionary().find(phrase[0] ?? '');
    if (term >= 0) plan.ranges.push({ low: term, high: term + 1, bits, weight, reason: 'synonym' });
    return;
  }
  const docs = phraseDocs(segment, phrase);
  if (docs.length > 0) plan.sets.push({ docs, bits, weight, reason: 'synonym', mark: phrase });
}

/** Synonyms of words that are listed but misspelt, for words the dictionary of a segment lacks. */
export function findNearSynonyms(segment: Segment, query: ParsedQuery, synonyms: Synonyms): Plan {
  const plan: Plan = { ranges: [], sets: [] };
  for (const [i, { term }] of query.words.entries()) {
    if (term.length < 5 || segment.dictionary().find(term) >= 0 || synonyms.has(term)) continue;
    const limit = term.length < 8 ? 1 : 2;
    for (const [phrase, others] of synonyms) {
      if (Math.abs(phrase.length - term.length) > limit || editDistance(term, phrase) > limit) continue;
      for (const other of others) offerTo(segment, plan, other, 1 << i, WEIGHT.nearSynonym);
    }
  }
  return plan;
}

/** What supervisors' lists say the words of a query may also be called in a segment. */
export function findSynonyms(segment: Segment, query: ParsedQuery, synonyms: Synonyms): Plan {
  const plan: Plan = { ranges: [], sets: [] };
  if (synonyms.size === 0) return plan;
  const offer = (phrase: readonly string[], bits: number): void => offerTo(segment, plan, phrase, bits, WEIGHT.synonym);
  for (let first = 0; first < query.words.length; first++) {
    let key = '';
    let bits = 0;
    for (let last = first; last < Math.min(query.words.length, first + LONGEST); last++) {
      key += `${last === first ? '' : ' '}${query.words[last]?.term ?? ''}`;
      bits |= 1 << last;
      const exact = synonyms.get(key) ?? synonyms.get(key.replace(/e?s$/, '')) ?? synonyms.get(`${key}s`);
      if (exact !== undefined) for (const phrase of exact) offer(phrase, bits);
      else if (query.open && last === query.words.length - 1 && (query.words[last]?.term.length ?? 0) >= OPEN_LETTERS) {
        for (const [phrase, others] of synonyms) if (phrase.startsWith(key)) for (const other of others) offer(other, bits);
      }
    }
  }
  return plan;
}
