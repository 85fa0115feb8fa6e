import { FREE_ENDINGS, FREE_OF, FREE_WORD, LACKING } from '#shared/domain/search/function-words.ts';
import type { ParsedQuery } from '#shared/domain/search/query.ts';
import { endingVariants } from '#shared/domain/search/variants.ts';
import { type DocSet, WEIGHT } from './plan.ts';
import { decodePostings } from './postings.ts';
import type { Segment } from './segment.ts';

/**
 * "without sugar", "sugar free", "sans sucre" and `zuckerfrei` say the same of a thing in other words. Names are
 * searched for what is lacked beside any word of lack, on the side where that language puts it, so that
 * "gluten free sugar cookies" do not answer "cookies without sugar".
 */
export type Lacking = {
  sets: DocSet[];
  /** Query words, as bits, that are words of lack: where the sets answer, such a word alone says nothing. */
  words: number;
};

/** Documents that name what is lacked above which a look at each would be felt. */
const MOST = 20_000;
/** Words from a word of lack to what is lacked: "no added sugar". */
const REACH = 2;
/** First words of a long prefix that are looked at. */
const MOST_TERMS = 40;

const NONE: Lacking = { sets: [], words: 0 };

type Phrase = { lack: number; thing: number };

/** A word of lack in the query with the word it is about. */
function phrasesIn(query: ParsedQuery): Phrase[] {
  const out: Phrase[] = [];
  for (let i = 0; i < query.words.length; i++) {
    const { term = '' } = query.words[i] ?? {};
    if (FREE_OF.has(term) && i > 0) out.push({ lack: i, thing: i - 1 });
    if (!LACKING.has(term)) continue;
    let thing = i + 1;
    while (thing < query.words.length && (query.fillers & (1 << thing)) !== 0) thing++;
    if (thing < query.words.length) out.push({ lack: i, thing });
  }
  return out;
}

const numbersOf = new WeakMap<Segment, { before: ReadonlySet<number>; after: ReadonlySet<number> }>();

/** The numbers of the words of lack in a segment. */
function lackTerms(segment: Segment): { before: ReadonlySet<number>; after: ReadonlySet<number> } {
  let known = numbersOf.get(segment);
  if (known === undefined) {
    const find = (all: Iterable<string>): Set<number> => new Set([...all].map((word) => segment.dictionary().find(word)).filter((term) => term >= 0));
    numbersOf.set(segment, (known = { before: find(LACKING), after: find(FREE_OF) }));
  }
  return known;
}

/** The forms in which a thing may be named beside a word of lack; all that begins so while it is being typed. */
function thingTerms(segment: Segment, text: string, open: boolean): number[] {
  const dictionary = segment.dictionary();
  if (open && text.length >= 3) {
    const { low, high } = dictionary.prefixRange(text);
    return Array.from({ length: Math.min(high - low, MOST_TERMS) }, (_, i) => low + i);
  }
  return [text, ...endingVariants(text).close].map((form) => dictionary.find(form)).filter((term) => term >= 0);
}

/** Documents whose name has one of `things` beside a word of lack. */
function besideLack(segment: Segment, things: readonly number[]): Set<number> {
  const out = new Set<number>();
  const { before, after } = lackTerms(segment);
  if (things.reduce((sum, term) => sum + segment.termDocs(term), 0) > MOST) return out;
  const forward = segment.forward();
  const offsets = segment.forwardOffsets();
  for (const thing of things) {
    decodePostings(segment, thing, thing + 1, (doc) => {
      const from = offsets[doc] ?? 0;
      const to = offsets[doc + 1] ?? 0;
      for (let at = from; at < to; at++) {
        if ((forward[at] ?? 0) >>> 3 !== thing) continue;
        let beside = at + 1 < to && after.has((forward[at + 1] ?? 0) >>> 3);
        for (let back = at - 1; !beside && back >= Math.max(from, at - REACH); back--) beside = before.has((forward[back] ?? 0) >>> 3);
        if (beside) out.add(doc);
      }
    });
  }
  return out;
}

/** Documents that say it in one word: `sugarless`, `unsalted`. */
function inOneWord(segment: Segment, text: string): Set<number> {
  const out = new Set<number>();
  const dictionary = segment.dictionary();
  for (const form of [text, ...endingVariants(text).close]) {
    for (const word of [...FREE_ENDINGS.map((ending) => form + ending), `non${form}`, `un${form}ed`]) {
      const term = dictionary.find(word);
      if (term >= 0 && segment.termDocs(term) <= MOST) decodePostings(segment, term, term + 1, (doc) => out.add(doc));
    }
  }
  return out;
}

const setOf = (docs: ReadonlySet<number>, bits: number, mark: readonly string[]): DocSet[] => (docs.size === 0 ? [] : [{ docs: [...docs], bits, weight: WEIGHT.lacking, reason: 'synonym', mark }]);

/** What a query says is lacking, in whatever words the names of a segment say it. */
export function findLacking(segment: Segment, query: ParsedQuery): Lacking {
  const out: Lacking = { sets: [], words: 0 };
  const last = query.words.length - 1;
  for (const { lack, thing } of phrasesIn(query)) {
    const text = query.words[thing]?.term ?? '';
    const docs = besideLack(segment, thingTerms(segment, text, query.open && thing === last));
    for (const doc of inOneWord(segment, text)) docs.add(doc);
    const sets = setOf(docs, (1 << lack) | (1 << thing), [text, ...LACKING, ...FREE_OF]);
    if (sets.length === 0) continue;
    out.sets.push(...sets);
    out.words |= 1 << lack;
  }
  for (const [i, { term }] of query.words.entries()) {
    const parts = FREE_WORD.exec(term);
    const text = parts?.[1] ?? parts?.[2] ?? parts?.[3];
    if (text === undefined) continue;
    const docs = besideLack(segment, thingTerms(segment, text, false));
    for (const doc of inOneWord(segment, text)) docs.add(doc);
    out.sets.push(...setOf(docs, 1 << i, [text, ...LACKING, ...FREE_OF]));
  }
  return out.sets.length === 0 ? NONE : out;
}
