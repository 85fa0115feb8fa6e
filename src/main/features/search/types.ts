import { endingVariants } from '#shared/domain/search/variants.ts';
import { words } from '#shared/domain/search/text.ts';
import type { ParsedQuery } from '#shared/domain/search/query.ts';
import { type DocSet, type Plan, WEIGHT } from './plan.ts';
import { decodePostings } from './postings.ts';
import type { TermMatcher } from './rank.ts';
import type { Segment } from './segment.ts';
import { CATEGORY_JOIN } from './segment-builder.ts';
import { PLACE } from './tables.ts';

/**
 * What kind of product a query asks for, read from the catalogue's own structure: the names of
 * categories and types, and how much of a category uses a word. "laptop" asks for the category
 * "Laptops", not for "Laptop bags"; where four in ten notebooks call themselves laptops somewhere,
 * it asks for notebooks.
 */
export type TypeSense = {
  /** From -1 (an accessory of what was asked) to 1 (exactly that kind), by category number. */
  fit(category: number): number;
};

/** Joins the thing and what it is for, in the languages of catalogues; a closed class of words. */
export const FOR_WORDS: ReadonlySet<string> = new Set([
  'for', 'fur', 'fuer', 'pour', 'para', 'per', 'voor', 'for', 'til', 'till', 'pro', 'dla', 'для', 'за', 'icin', 'compatible', 'kompatibel', 'fits',
  'with', 'mit', 'avec', 'con', 'com', 'met', 'med', 'z', 'с', 'incl',
]);

type Category = { size: number; price: number; steps: string[][] };

const known = new WeakMap<Segment, Category[]>();

/** Categories of a segment: number of documents, a middling price, and the words of each step. Index 0 stands for none. */
function categoriesOf(segment: Segment): Category[] {
  const held = known.get(segment);
  if (held !== undefined) return held;
  const out: Category[] = [{ size: 0, price: 0, steps: [] }];
  for (const path of segment.meta.categories) out.push({ size: 0, price: 0, steps: path.split(CATEGORY_JOIN).map(stepWords) });
  const { category, price } = segment.columns();
  const logs = new Float64Array(out.length);
  const priced = new Uint32Array(out.length);
  for (let doc = 0; category !== undefined && doc < segment.docs; doc++) {
    const own = category[doc] ?? 0;
    const entry = out[own];
    if (entry !== undefined) entry.size++;
    const amount = price?.[doc] ?? Number.NaN;
    if (!(amount > 0)) continue;
    logs[own] = (logs[own] ?? 0) + Math.log(amount);
    priced[own] = (priced[own] ?? 0) + 1;
  }
  out.forEach((entry, i) => {
    if ((priced[i] ?? 0) > 0) entry.price = Math.exp((logs[i] ?? 0) / (priced[i] ?? 1));
  });
  known.set(segment, out);
  return out;
}

/** Words of a category step up to a "for": the thing itself. Short joining words are left out. */
function stepWords(step: string): string[] {
  const all = words(step);
  const cut = all.findIndex((word, i) => i > 0 && FOR_WORDS.has(word));
  const own = (cut > 0 ? all.slice(0, cut) : all).filter((word) => word.length > 2 && word !== 'and' && word !== 'und');
  return own.length > 0 ? own : all;
}

/** Corrections less sure than this say nothing about the kind of product. */
const SURE = 0.6;

/** A word of a category name that a query word asks for: whole, or as the end of a compound (`smartphone`). */
function asksFor(segment: Segment, matcher: TermMatcher, query: ParsedQuery, word: string): 'whole' | 'beginning' | undefined {
  const term = segment.dictionary().find(word);
  const matches = term < 0 ? undefined : matcher(term);
  if (matches?.some((match) => match.weight >= SURE && match.reason !== 'prefix' && match.reason !== 'category') === true) return 'whole';
  const typing = query.open ? query.words.at(-1)?.term : undefined;
  if (typing !== undefined && typing.length >= 3 && typing.length * 2 >= word.length && word.startsWith(typing)) return 'whole';
  for (const { term: asked } of query.words) {
    if (asked.length < 4) continue;
    for (const form of [asked, ...endingVariants(asked).close]) if (form.length >= 4 && word.length > form.length + 1 && word.endsWith(form)) return 'whole';
    if (word.length > asked.length + 2 && word.startsWith(asked) && !query.open) return 'beginning';
  }
  return undefined;
}

/** Fit of one step of a path: 1 when all its words are asked for, 0.5 for its last word, below 0 when only what it belongs to is. */
function stepFit(segment: Segment, matcher: TermMatcher, query: ParsedQuery, step: readonly string[]): number {
  const asked = step.map((word) => asksFor(segment, matcher, query, word));
  const count = asked.filter((how) => how === 'whole').length;
  if (count === step.length) return 1;
  if (asked.at(-1) === 'whole') return 0.5;
  return count > 0 || asked.includes('beginning') ? -0.6 : 0;
}

/** What a query asks for among the categories of a segment. `shares` come from {@link categoryShares}. */
export function typeSense(segment: Segment, matcher: TermMatcher, query: ParsedQuery, shares: ReadonlyMap<number, number>): TypeSense {
  const fits = new Map<number, number>();
  return {
    fit(category) {
      if (category === 0) return 0;
      const held = fits.get(category);
      if (held !== undefined) return held;
      const steps = categoriesOf(segment)[category]?.steps ?? [];
      const last = stepFit(segment, matcher, query, steps.at(-1) ?? []);
      let best = last;
      // A general step says less than the last one, and nothing against it.
      for (const step of steps.slice(0, -1)) best = Math.max(best, last < 0 ? last : 0.5 * Math.max(0, stepFit(segment, matcher, query, step)));
      const share = shares.get(category) ?? 0;
      const fit = best > 0 ? best : Math.max(best, best < 0 ? best : 0.7 * share);
      fits.set(category, fit);
      return fit;
    },
  };
}

/** Postings read to learn where a word is at home. */
const SAMPLE = 20_000;
const FEWEST = 4;
const TYPICAL = 0.3;
const MAX_LEARNED = 400;

/** Categories in which a word is at home, with the share of their documents that use it; accessories are left out. */
export function categoryShares(segment: Segment, word: string): Map<number, number> {
  const out = new Map<number, number>();
  const { category } = segment.columns();
  if (category === undefined || segment.meta.categories.length < 3 || word.length < 3 || /\d/.test(word)) return out;
  const counts = new Map<number, number>();
  let read = 0;
  for (const form of [word, ...endingVariants(word).close]) {
    const term = segment.dictionary().find(form);
    if (term < 0 || segment.termDocs(term) > SAMPLE) continue;
    decodePostings(segment, term, term + 1, (doc, place) => {
      read++;
      if (place === PLACE.category) return;
      const own = category[doc] ?? 0;
      counts.set(own, (counts.get(own) ?? 0) + 1);
    });
  }
  if (read < FEWEST) return out;
  const all = categoriesOf(segment);
  const typical = [...counts].filter(([own, n]) => own > 0 && n >= FEWEST && n / (all[own]?.size ?? 1) >= TYPICAL);
  const dearest = Math.max(0, ...typical.map(([own]) => all[own]?.price ?? 0));
  for (const [own, n] of typical) {
    const entry = all[own];
    if (entry === undefined || belongsToAnother(entry, typical.map(([other]) => all[other]).filter((other) => other !== undefined))) continue;
    // What a thing needs costs less than the thing.
    const cheap = dearest > 0 && entry.price > 0 && entry.price < dearest / 4;
    if (!cheap) out.set(own, Math.min(1, n / entry.size));
  }
  return out;
}

const stem = (word: string): string => word.replace(/e?s$/, '');

/** True when the name of a category is the name of another and more ("Notebook cases" beside "Notebooks"). */
function belongsToAnother(category: Category, others: readonly Category[]): boolean {
  const own = (category.steps.at(-1) ?? []).map(stem);
  return others.some((other) => {
    const theirs = (other.steps.at(-1) ?? []).map(stem);
    return theirs.length < own.length && theirs.every((word) => own.includes(word));
  });
}

/** Documents of the categories where a word is at home, for documents that do not use the word themselves. */
export function learnedSets(segment: Segment, plan: Plan, query: ParsedQuery, shares: readonly ReadonlyMap<number, number>[]): DocSet[] {
  const { category } = segment.columns();
  if (category === undefined || plan.sets.some((set) => set.reason === 'code')) return [];
  const out: DocSet[] = [];
  for (const [word, homes] of shares.entries()) {
    const wanted = new Set([...homes].filter(([, share]) => share >= 0.4).map(([own]) => own));
    if (wanted.size === 0 || query.words.length > 4) continue;
    const docs: number[] = [];
    for (let doc = 0; doc < segment.docs && docs.length < MAX_LEARNED; doc++) if (wanted.has(category[doc] ?? 0) && segment.gone[doc] === 0) docs.push(doc);
    out.push({ docs, bits: 1 << word, weight: WEIGHT.learned, reason: 'category' });
  }
  return out;
}
