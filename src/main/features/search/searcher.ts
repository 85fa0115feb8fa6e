import { parseQuery, type ParsedQuery } from '#shared/domain/search/query.ts';
import type { SearchAnswer, SearchFilters, SearchKind, SearchQuery } from '#shared/domain/search/schema.ts';
import { findCodes } from './code-search.ts';
import { type Candidate, type Collected, collect, createScratch, type Scratch } from './collect.ts';
import { createExpander, type Expander } from './expand.ts';
import { acceptOf, type Audience } from './filters.ts';
import { toHit } from './highlight.ts';
import { type DocSet, type Effort, type Plan, type TermRange, WEIGHT } from './plan.ts';
import { findLacking } from './lacking.ts';
import { findNearSynonyms, findSynonyms, type Synonyms } from './phrases.ts';
import { matcherOf, rank, type Ranked } from './rank.ts';
import type { Segment } from './segment.ts';
import { STARTER_LENGTH } from './tables.ts';
import { addLearned, homesOf, kindBonus, typeSense } from './types.ts';

/** What a search needs to know of the index. */
export type SearchView = {
  segments: readonly Segment[];
  /** Folded words or phrases that supervisors say mean the same. */
  synonyms: Synonyms;
  /** Prior per document of a segment, from this desk's own picks. */
  priors(segment: Segment): ReadonlyMap<number, number>;
};

export type Searcher = { search(query: SearchQuery, view: SearchView, now: number): SearchAnswer };

const DEFAULT_LIMIT = 20;
const DEFAULT_BUDGET = 250;
/** Candidates per segment that get a close look. */
const CLOSE_LOOK = 256;
/** Hits a query may ask for. */
const MOST_SHOWN = 50;
/** With fewer full matches than this, every word is doubted. */
const ENOUGH = 1;
/** With fewer than this a page is not full, and what may have been meant too is looked for. */
const A_PAGE = 10;

type Request = { query: ParsedQuery; filters: SearchFilters; kinds: readonly SearchKind[] | undefined; audience: Audience; deadline: number; /** Also what may have been meant: longer forms, and common words beside ones that hardly anybody uses. */ generous?: boolean };

/** Makes a searcher; it owns the working memory, so one per index. */
export function createSearcher(): Searcher {
  const expander = createExpander();
  let scratch: Scratch = createScratch(1_024);

  const run = (request: Request, view: SearchView, effort: Effort): { ranked: Ranked[]; full: number; complete: boolean; counted: boolean } => {
    const known = view.segments.length < 2 ? 0 : knownWords(view.segments, request.query, expander);
    const plans = view.segments.map((segment) => planFor(segment, request, expander, effort, view, known));
    const homes = view.segments.map((segment) => request.query.words.map((word) => homesOf(segment, word.term)));
    plans.forEach((plan, i) => {
      const segment = view.segments[i];
      if (segment !== undefined) addLearned(segment, plan, request.query, homes[i] ?? []);
    });
    const idf = worth(view.segments, plans, request.query);
    const steps = view.segments.map((segment, i) => {
      const plan = plans[i] ?? { ranges: [], sets: [] };
      const accept = acceptOf(segment, request.filters, request.kinds, request.audience);
      const priors = view.priors(segment);
      const starters = startersFor(segment, plan, request);
      const matcher = matcherOf(plan);
      const sense = typeSense(segment, matcher, request.query, homes[i] ?? []);
      const bonus = kindBonus(segment, sense, idf);
      const found: Collected = collect(segment, plan, scratch, { idf, fillers: request.query.fillers, begun: begunWord(request.query), accept, priors, starters, bonus, limit: CLOSE_LOOK, deadline: request.deadline });
      return { segment, plan, priors, starters, found, matcher, sense, homes: homes[i] ?? [] };
    });
    const full = steps.reduce((sum, step) => sum + step.found.full, 0);
    const complete = steps.every((step) => step.found.complete && step.plan.cut !== true);
    const counted = steps.every((step) => step.starters === undefined);
    // Nothing has every word: a wider search follows, and ranks these documents anyway.
    if (effort === 1 && full === 0 && performance.now() < request.deadline) return { ranked: [], full, complete, counted };
    const ranked = steps.flatMap(({ segment, plan, priors, found, matcher, sense, homes: own }) => {
      const close = { segment, plan, idf, fillers: request.query.fillers, matcher, setsOf: setIndex(segment, plan.sets), priors, sense, homes: own };
      return worthRanking(found.candidates, request.query).map((candidate) => rank(candidate, close));
    });
    return { ranked, full, complete, counted };
  };

  const answer = (input: SearchQuery, view: SearchView, now: number): SearchAnswer => {
    const query = parseQuery(input.text);
    const filters = { ...query.filters, ...input.filters };
    const kinds = input.kinds ?? query.kinds;
    const audience = { teams: input.context?.teams ?? [], queues: input.context?.queues ?? [], now: input.context?.now ?? now, everything: input.context?.everything === true };
    const request: Request = { query, filters, kinds, audience, deadline: performance.now() + (input.budgetMs ?? DEFAULT_BUDGET) };
    const parsed = { text: query.text, terms: query.words.map((w) => w.term), filters, ...(kinds === undefined ? {} : { kinds: [...kinds] }) };
    const limit = input.limit ?? DEFAULT_LIMIT;
    const largest = Math.max(0, ...view.segments.map((s) => s.docs));
    if (scratch.docs < largest) scratch = createScratch(largest);
    if (query.words.length === 0) {
      const listed = listAll(request, view, limit);
      return { hits: listed.map((hit) => toHit(hit, query)), complete: true, nearest: false, parsed };
    }
    let found = run(request, view, 1);
    const total = found.counted ? found.full : undefined;
    if (found.full < ENOUGH && found.ranked.length > 0 && performance.now() > request.deadline) found.complete = false;
    else if (found.full < ENOUGH || isDoubtful(found.ranked, knownWords(view.segments, query, expander) === (1 << query.words.length) - 1)) {
      const wider = run(request, view, 2);
      found = { ranked: found.ranked.length === 0 ? wider.ranked : best(found.ranked, wider.ranked), full: wider.full, complete: wider.complete, counted: true };
    }
    else if (found.complete && found.counted && found.full < A_PAGE && mayMeanMore(view.segments, query, expander)) {
      const more = run({ ...request, generous: true }, view, 1);
      found = { ...found, ranked: best(found.ranked, more.ranked), complete: more.complete };
    }
    const hits = found.ranked.sort(byScore).slice(0, limit).map((hit) => toHit(hit, query));
    return { hits, ...(total === undefined ? {} : { total }), complete: found.complete, nearest: found.full === 0, parsed };
  };

  return {
    search(input, view, now) {
      try {
        return answer(input, view, now);
      } catch (error) {
        // A search cut short leaves marks in the working memory.
        scratch = createScratch(scratch.docs);
        throw error;
      }
    },
  };
}

/** True when a word of the query may mean something else besides. */
function mayMeanMore(segments: readonly Segment[], query: ParsedQuery, expander: Expander): boolean {
  return segments.some((segment) => query.words.some((_word, i) => expander.besides(segment, query, i).length > 0));
}

/** Letters of a finished word that may be short for a longer one, when nothing has every word; of one that is known, at most. */
const LEAST_FORM = 4;
const SHORT_FORM = 5;

/** With more full matches than are ever shown, the others need no close look. */
function worthRanking(candidates: readonly Candidate[], query: ParsedQuery): readonly Candidate[] {
  const all = (1 << query.words.length) - 1;
  const full = candidates.filter((c) => (c.strong | c.weak | query.fillers) === all);
  return full.length >= MOST_SHOWN ? full : candidates;
}

function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.segment.id - b.segment.id || a.doc - b.doc;
}

/** The better of two rankings of each document. */
function best(first: readonly Ranked[], second: readonly Ranked[]): Ranked[] {
  const out = new Map<string, Ranked>();
  for (const hit of [...first, ...second]) {
    const key = `${hit.segment.id}.${hit.doc}`;
    if ((out.get(key)?.score ?? -Infinity) < hit.score) out.set(key, hit);
  }
  return [...out.values()];
}

function setIndex(segment: Segment, sets: readonly DocSet[]): (doc: number) => readonly DocSet[] {
  const byDoc = new Map<number, DocSet[]>();
  const kinds = sets.filter((set) => set.category !== undefined);
  for (const set of sets) {
    if (set.category !== undefined) continue;
    for (let i = 0; i < set.docs.length; i++) {
      const doc = set.docs[i] as number;
      const known = byDoc.get(doc);
      if (known === undefined) byDoc.set(doc, [set]);
      else known.push(set);
    }
  }
  const none: readonly DocSet[] = [];
  const { category } = segment.columns();
  if (kinds.length === 0 || category === undefined) return (doc) => byDoc.get(doc) ?? none;
  return (doc) => [...(byDoc.get(doc) ?? none), ...kinds.filter((set) => set.category === category[doc])];
}

/** Letters of an unfinished word that say next to nothing yet. */
const FIRST_LETTERS = 2;

/** The last word as bits while only its first letters are typed, else 0; `1l` is all there is of a size. */
function begunWord({ words, open }: ParsedQuery): number {
  const last = words.at(-1)?.term ?? '';
  return open && last.length <= FIRST_LETTERS && /^\p{L}+$/u.test(last) ? 1 << (words.length - 1) : 0;
}

/** Documents behind one short word above which a choice of short titles answers. */
const MANY = 15_000;

/** The ready choice for one or two or three first letters, when reading everything would be long and no filter narrows it. */
function startersFor(segment: Segment, plan: Plan, { query, filters, kinds }: Request): readonly number[] | undefined {
  const word = query.words[0]?.term ?? '';
  if (query.words.length !== 1 || !query.open || word.length > STARTER_LENGTH || kinds !== undefined || Object.keys(filters).length > 0) return undefined;
  let docs = 0;
  for (const range of plan.ranges) for (let term = range.low; term < range.high && docs <= MANY; term++) docs += segment.termDocs(term);
  return docs > MANY ? segment.starters(word) : undefined;
}

/** Below this, a full match of known words is held together by endings: one of the words may be a slip after all. */
const SOUND = 0.95;

/** True when all words are known and yet no document has them as typed. */
function isDoubtful(ranked: readonly Ranked[], allKnown: boolean): boolean {
  return allKnown && ranked.every((hit) => hit.quality < SOUND);
}

/** The words that some segment knows as typed, as bits: they are no slips anywhere. */
function knownWords(segments: readonly Segment[], query: ParsedQuery, expander: Expander): number {
  let bits = query.fillers;
  for (const segment of segments) for (let word = 0; word < query.words.length; word++) if (expander.literal(segment, query, word).length > 0) bits |= 1 << word;
  return bits;
}

/** Everything the words of a query may stand for in a segment. */
function planFor(segment: Segment, { query, deadline, generous }: Request, expander: Expander, effort: Effort, view: SearchView, knownElsewhere: number): Plan {
  const plan: Plan = { ranges: expander.joined(segment, query), sets: findCodes(segment, query) };
  const dictionary = segment.dictionary();
  for (const measure of query.measures) {
    const term = dictionary.find(measure.term);
    let bits = 0;
    for (let i = measure.first; i <= measure.last; i++) bits |= 1 << i;
    if (term >= 0) plan.ranges.push({ low: term, high: term + 1, bits, weight: WEIGHT.size, reason: 'size' });
  }
  const synonyms = findSynonyms(segment, query, view.synonyms);
  plan.ranges.push(...synonyms.ranges);
  plan.sets.push(...synonyms.sets);
  let answered = knownElsewhere;
  for (const source of [...plan.ranges, ...plan.sets]) answered |= source.bits;
  const nearSynonyms = findNearSynonyms(segment, query, view.synonyms);
  plan.ranges.push(...nearSynonyms.ranges);
  plan.sets.push(...nearSynonyms.sets);
  const lacking = findLacking(segment, query);
  plan.sets.push(...lacking.sets);
  plan.lacking = lacking.words;
  for (let word = 0; word < query.words.length; word++) {
    const filler = (query.fillers & (1 << word)) !== 0;
    const literal = expander.literal(segment, query, word);
    if (filler) {
      plan.ranges.push(...literal.filter((range) => range.reason === 'exact'));
      continue;
    }
    if ((lacking.words & (1 << word)) !== 0) {
      // "no" far from "sugar" says next to nothing about sugar.
      plan.ranges.push(...literal.filter((range) => range.reason === 'exact').map((range) => ({ ...range, weight: WEIGHT.loneLacking })));
      continue;
    }
    plan.ranges.push(...literal, ...expander.longer(segment, query, word));
    const known = literal.length > 0 || (answered & (1 << word)) !== 0;
    if (generous === true) plan.ranges.push(...expander.besides(segment, query, word));
    if (known && effort === 1) {
      // A rare word may be two common ones written as one.
      if (literal.some((range) => range.reason === 'exact') && docsOf(segment, literal) <= RARE_WORD) plan.sets.push(...expander.split(segment, query, word));
      continue;
    }
    if (plan.ranges.length + plan.sets.length > 0 && performance.now() > deadline) {
      plan.cut = true;
      continue;
    }
    const halves = expander.split(segment, query, word);
    const near = expander.near(segment, query, word, effort, literal.some((range) => range.reason === 'exact'));
    plan.sets.push(...halves);
    plan.ranges.push(...near);
    const finished = !query.open || word < query.words.length - 1;
    const { length } = query.words[word]?.term ?? '';
    if (effort === 2 && finished && length >= LEAST_FORM && (!known || length <= SHORT_FORM)) plan.ranges.push(...expander.abbreviated(segment, query, word));
    if (!known && effort === 2 && halves.length + near.length === 0) plan.ranges.push(...expander.shortened(segment, query, word));
  }
  return plan;
}

/** Documents of a known word below which it is also tried as two words. */
const RARE_WORD = 100;

/** Documents behind the readings as typed. */
function docsOf(segment: Segment, ranges: readonly TermRange[]): number {
  let docs = 0;
  for (const range of ranges) if (range.reason === 'exact') docs += segment.termDocs(range.low);
  return docs;
}

const LEAST_WORTH = 0.15;
const SIZE_WORTH = 0.75;

/** How much each word tells: rare words more. Between 0.15 and 1; what only holds the others together least. */
function worth(segments: readonly Segment[], plans: readonly Plan[], query: ParsedQuery): number[] {
  const count = query.words.length;
  const docs = segments.reduce((sum, s) => sum + s.docs, 0);
  const found = new Float64Array(count);
  const known = new Float64Array(count);
  segments.forEach((segment, i) => {
    const strongest = new Float64Array(count);
    for (const range of plans[i]?.ranges ?? []) {
      for (let w = 0; w < count; w++) if (range.bits === 1 << w) strongest[w] = Math.max(strongest[w] ?? 0, range.weight);
    }
    strongest.forEach((weight, w) => {
      known[w] = Math.max(known[w] ?? 0, weight);
    });
    for (const range of plans[i]?.ranges ?? []) {
      for (let w = 0; w < count; w++) {
        if (range.bits !== 1 << w || range.weight < (strongest[w] ?? 0) - 0.12) continue;
        for (let term = range.low; term < Math.min(range.high, range.low + 5_000); term++) found[w] = (found[w] ?? 0) + segment.termDocs(term);
      }
    }
  });
  const slight = plans.reduce((bits, plan) => bits | (plan.lacking ?? 0), query.fillers);
  const out = [...found].map((n, word) => ((slight & (1 << word)) !== 0 ? LEAST_WORTH : Math.max(LEAST_WORTH, Math.log(1 + docs / (n + 1)) / Math.log(2 + docs))));
  // A size is one thing, however many words it takes, and less than what has that size, if that is known.
  const isSize = (word: number): boolean => query.measures.some(({ first, last }) => first <= word && word <= last);
  if (known.some((weight, word) => weight >= WEIGHT.plural && !isSize(word) && (slight & (1 << word)) === 0)) for (const { first, last } of query.measures) for (let i = first; i <= last; i++) out[i] = (out[i] ?? 0) * (SIZE_WORTH / (last - first + 1));
  return out;
}

/** A query of filters alone: the first documents that pass them. */
function listAll(request: Request, view: SearchView, limit: number): Ranked[] {
  const out: Ranked[] = [];
  if (Object.keys(request.filters).length === 0 && request.kinds === undefined) return out;
  for (const segment of view.segments) {
    const accept = acceptOf(segment, request.filters, request.kinds, request.audience);
    for (let doc = 0; doc < segment.docs && out.length < limit; doc++) {
      if (segment.gone[doc] !== 0 || !accept(doc)) continue;
      out.push({ doc, rough: 0, strong: 0, weak: 0, segment, score: 0, quality: 0, plan: { ranges: [], sets: [] }, matcher: () => undefined, sets: [] });
    }
  }
  return out;
}
