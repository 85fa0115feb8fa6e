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

type Category = { size: number; steps: string[][] };

const known = new WeakMap<Segment, Category[]>();

/** Categories of a segment: number of documents, and the words of each step. Index 0 stands for none. */
function categoriesOf(segment: Segment): Category[] {
  const held = known.get(segment);
  if (held !== undefined) return held;
  const out: Category[] = [{ size: 0, steps: [] }];
  for (const path of segment.meta.categories) out.push({ size: 0, steps: path.split(CATEGORY_JOIN).map(stepWords) });
  const { category } = segment.columns();
  for (let doc = 0; category !== undefined && doc < segment.docs; doc++) {
    const entry = out[category[doc] ?? 0];
    if (entry !== undefined) entry.size++;
  }
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

/** Where a word is at home: the categories it stands for, with how surely, and those that only belong to them. */
export type Homes = { shares: ReadonlyMap<number, number>; belonging: ReadonlySet<number> };

const NOWHERE: Homes = { shares: new Map(), belonging: new Set() };

/** What a query asks for among the categories of a segment. `homes` come from {@link homesOf}, one per word. */
export function typeSense(segment: Segment, matcher: TermMatcher, query: ParsedQuery, homes: readonly Homes[]): TypeSense {
  const fits = new Map<number, number>();
  const learned = (category: number): number => {
    const share = Math.max(0, ...homes.map((home) => home.shares.get(category) ?? 0));
    if (share > 0) return 0.9 * share;
    return homes.some((home) => home.belonging.has(category)) ? BELONGING : 0;
  };
  return {
    fit(category) {
      if (category === 0) return 0;
      const held = fits.get(category);
      if (held !== undefined) return held;
      const steps = categoriesOf(segment)[category]?.steps ?? [];
      let fit = stepFit(segment, matcher, query, steps.at(-1) ?? []);
      // A general step says less than the last one, and nothing against it.
      if (fit >= 0) for (const step of steps.slice(0, -1)) fit = Math.max(fit, 0.5 * stepFit(segment, matcher, query, step));
      if (fit <= 0) fit = fit < 0 ? fit : learned(category);
      fits.set(category, fit);
      return fit;
    },
  };
}

const BELONGING = -0.6;
/** Postings read to learn where a word is at home. */
const SAMPLE = 20_000;
const FEWEST = 4;
/** Share of a category's names, or of its texts, that use the word of which it is the home. */
const NAMED = 0.3;
const CLEARLY_NAMED = 0.5;
const DESCRIBED = 0.6;
const MAX_LEARNED = 400;

type Usage = { named: number; described: number };

/** Counts, per category, the documents that use a word in their name and those that use it in texts only. */
function usageOf(segment: Segment, word: string, category: Uint32Array): Map<number, Usage> {
  const out = new Map<number, Usage>();
  for (const form of [word, ...endingVariants(word).close]) {
    const term = segment.dictionary().find(form);
    if (term < 0 || segment.termDocs(term) > SAMPLE) continue;
    decodePostings(segment, term, term + 1, (doc, place) => {
      const own = category[doc] ?? 0;
      let usage = out.get(own);
      if (usage === undefined) out.set(own, (usage = { named: 0, described: 0 }));
      if (place === PLACE.name) usage.named++;
      else if (place === PLACE.text) usage.described++;
    });
  }
  return out;
}

const remembered = new WeakMap<Segment, Map<string, Homes>>();
const MEMORY = 256;

/**
 * The categories a word stands for although they are not called so: those whose names, or else whose
 * texts, mostly use it. Categories named after another one ("Notebook cases") only belong to it.
 */
export function homesOf(segment: Segment, word: string): Homes {
  let memory = remembered.get(segment);
  if (memory === undefined) remembered.set(segment, (memory = new Map()));
  const held = memory.get(word);
  if (held !== undefined) return held;
  if (memory.size >= MEMORY) memory.clear();
  const found = findHomes(segment, word);
  memory.set(word, found);
  return found;
}

function findHomes(segment: Segment, word: string): Homes {
  const { category } = segment.columns();
  if (category === undefined || segment.meta.categories.length < 3 || word.length < 3 || /\d/.test(word)) return NOWHERE;
  const all = categoriesOf(segment);
  const forms = new Set([word, ...endingVariants(word).close]);
  // A category that bears the name itself leaves nothing to learn.
  if (all.some((entry) => entry.steps.some((step) => step.length === 1 && forms.has(step[0] ?? '')))) return NOWHERE;
  const used = [...usageOf(segment, word, category)].filter(([own, usage]) => own > 0 && usage.named + usage.described >= FEWEST);
  const shareOf = (own: number, count: number): number => count / Math.max(1, all[own]?.size ?? 1);
  const candidates = used.filter(([own, u]) => shareOf(own, u.named) >= NAMED || shareOf(own, u.named + u.described) >= DESCRIBED).map(([own, u]) => ({ own, named: shareOf(own, u.named), any: Math.min(1, shareOf(own, u.named + u.described)) }));
  const entries = candidates.map(({ own }) => all[own]).filter((entry) => entry !== undefined);
  const belonging = new Set(candidates.filter(({ own }) => belongsToAnother(all[own], entries)).map(({ own }) => own));
  const free = candidates.filter(({ own }) => !belonging.has(own));
  const clear = free.filter(({ named }) => named >= CLEARLY_NAMED);
  return { shares: new Map((clear.length > 0 ? clear : free).map(({ own, any }) => [own, any])), belonging };
}

const stem = (word: string): string => word.replace(/e?s$/, '');

/** True when the name of a category is the name of another and more ("Notebook cases" beside "Notebooks"). */
function belongsToAnother(category: Category | undefined, others: readonly Category[]): boolean {
  const own = (category?.steps.at(-1) ?? []).map(stem);
  return others.some((other) => {
    const theirs = (other.steps.at(-1) ?? []).map(stem);
    return theirs.length < own.length && theirs.every((word) => own.includes(word));
  });
}

/** Documents of the categories where a word is at home, for documents that do not use the word themselves. */
export function learnedSets(segment: Segment, plan: Plan, query: ParsedQuery, homes: readonly Homes[]): DocSet[] {
  const { category } = segment.columns();
  if (category === undefined || query.words.length > 4 || plan.sets.some((set) => set.reason === 'code')) return [];
  const out: DocSet[] = [];
  for (const [word, { shares }] of homes.entries()) {
    const wanted = new Set([...shares].filter(([, share]) => share >= 0.4).map(([own]) => own));
    if (wanted.size === 0) continue;
    const docs: number[] = [];
    for (let doc = 0; doc < segment.docs && docs.length < MAX_LEARNED; doc++) if (wanted.has(category[doc] as number) && segment.gone[doc] === 0) docs.push(doc);
    out.push({ docs, bits: 1 << word, weight: WEIGHT.learned, reason: 'category' });
  }
  return out;
}

/** Extra rough score by category number for documents that are at home, so that they reach the close look; undefined when none are. */
export function homeBonus(segment: Segment, homes: readonly Homes[], idf: readonly number[]): Float64Array | undefined {
  if (homes.every((home) => home.shares.size === 0)) return undefined;
  const out = new Float64Array(segment.meta.categories.length + 1);
  homes.forEach(({ shares }, word) => {
    for (const [own, share] of shares) out[own] = (out[own] ?? 0) + 0.6 * share * (idf[word] ?? 0);
  });
  return out;
}
