import { endingVariants } from '#shared/domain/search/variants.ts';
import { FILLERS, WITHOUT } from '#shared/domain/search/function-words.ts';
import { FOR_WORDS } from '#shared/domain/search/text.ts';
import type { ParsedQuery } from '#shared/domain/search/query.ts';
import { categoriesOf, type Category, type CategoryModel, OF_WORDS, stem, type Step } from './categories.ts';
import { type Plan, WEIGHT } from './plan.ts';
import { decodePostings } from './postings.ts';
import type { TermMatcher } from './rank.ts';
import type { Segment } from './segment.ts';
import { FIELD, PLACE } from './tables.ts';

/**
 * What kind of product a query asks for, read from the catalogue's own structure: the names of
 * categories and types, and how much of a category uses a word. "laptop" asks for the category
 * "Laptops", not for "Laptop bags"; where notebooks call themselves laptops somewhere, or the
 * catalogue sells laptop bags among its notebook cases, it asks for notebooks.
 */
export type TypeSense = {
  /** From -1 (an accessory of what was asked) to 1 (exactly that kind), by category number. */
  fit(category: number): number;
  /** Query words, as bits, that the name of a category stands for although it may lack them. */
  meant(category: number): number;
  /** The query word that names the thing, if categories are called so. */
  readonly head: number | undefined;
};

/** Corrections less sure than this say nothing about the kind of product. */
const SURE = 0.6;
const ACCESSORY = -0.6;
/** The head of a category was asked for only to say what another thing is for ("printer" in `printer ink`). */
const ASIDE = -0.3;
const HEAD_ONLY = 0.5;
const ABOVE = 0.5;
/** Something of what was asked for, where the query names another thing of it ("Coffee makers" for `coffee machine`). */
const RELATED = 0.3;
/** A kind with the right head, where the catalogue calls others by the word before it ("Washing machines" for `coffee machine`). */
const OTHER_KIND = 0.2;
/** A category that nobody but it is called by ("HDMI cables" for `hdmi`). */
const ONLY_ONE = 0.5;

type Asked = { bits: number; how: 'whole' | 'beginning' | 'no' };
const NOT_ASKED: Asked = { bits: 0, how: 'no' };

/** True for a word that some documents use: it is not the beginning of another one. */
function isWord(segment: Segment, text: string): boolean {
  const term = segment.dictionary().find(text);
  return term >= 0 && segment.termDocs(term) >= FEWEST;
}

/** How the query asks for a word of a category name: whole, as the end of a compound (`smartphone`), or its beginning. */
function askedFor(segment: Segment, matcher: TermMatcher, query: ParsedQuery, homes: readonly Homes[], word: string): Asked {
  const term = segment.dictionary().find(word);
  const matches = term < 0 ? undefined : matcher(term);
  const sure = matches?.filter((match) => match.weight >= SURE && match.reason !== 'prefix' && match.reason !== 'category');
  if (sure !== undefined && sure.length > 0) return { bits: sure.reduce((bits, match) => bits | match.bits, 0), how: 'whole' };
  const last = query.words.length - 1;
  const typing = query.open ? query.words[last]?.term : undefined;
  if (typing !== undefined && typing.length >= 3 && typing.length * 2 >= word.length && word.startsWith(typing) && !isWord(segment, typing)) return { bits: 1 << last, how: 'whole' };
  for (const [i, { term: asked }] of query.words.entries()) {
    if (asked.length < 4) continue;
    const longer = word.length - asked.length;
    if (asked.length >= 5 && longer > 0 && longer <= 3 && word.startsWith(asked)) return { bits: 1 << i, how: 'whole' };
    if (homes[i]?.compounds.has(word) === true) return { bits: 1 << i, how: 'whole' };
    if (word.length > asked.length + 2 && word.startsWith(asked) && !query.open) return { bits: 1 << i, how: 'beginning' };
  }
  return NOT_ASKED;
}

/** Fit of a step: how well one of its things is asked for, and by which words. `modifiers` holds words that only say what it is for. */
type StepFit = { fit: number; bits: number; modifiers: number };

function stepFit(step: Step, asked: (word: string) => Asked): StepFit {
  const out: StepFit = { fit: 0, bits: 0, modifiers: 0 };
  for (const thing of step.things) {
    const how = thing.map(asked);
    const head = how.at(-1) ?? NOT_ASKED;
    const bits = how.reduce((sum, one) => sum | one.bits, 0);
    const fit = head.how !== 'whole' ? 0 : how.every((one) => one.how === 'whole') ? 1 : HEAD_ONLY;
    if (fit === 0) out.modifiers |= bits;
    if (fit <= out.fit) continue;
    out.fit = fit;
    out.bits = bits;
  }
  return out;
}

/**
 * Where a word is at home: the categories it stands for, with how surely, those that only belong to
 * them, and the compounds in category names that end with it (`smartphones` for `phone`).
 */
export type Homes = {
  shares: ReadonlyMap<number, number>;
  belonging: ReadonlySet<number>;
  compounds: ReadonlySet<string>;
  /** The names of a category whose own name begins with the word mostly say it: "Remote controls" are called `remote`. */
  dedicated: boolean;
};

const NO_SHARES: ReadonlyMap<number, number> = new Map();
const NONE: ReadonlySet<never> = new Set();
const NOWHERE: Homes = { shares: NO_SHARES, belonging: NONE, compounds: NONE, dedicated: false };

/** What a query asks for among the categories of a segment. `homes` come from {@link homesOf}, one per word. */
export function typeSense(segment: Segment, matcher: TermMatcher, query: ParsedQuery, homes: readonly Homes[]): TypeSense {
  const found = new Map<number, { fit: number; meant: number }>();
  const words = new Map<string, Asked>();
  const asked = (word: string): Asked => {
    let how = words.get(word);
    if (how === undefined) words.set(word, (how = askedFor(segment, matcher, query, homes, word)));
    return how;
  };
  const model = categoriesOf(segment);
  const look = (category: number): { fit: number; meant: number } => {
    const held = found.get(category);
    if (held !== undefined) return held;
    const out = categoryFit(model, category, query, homes, asked);
    found.set(category, out);
    return out;
  };
  const head = headWord(query);
  return { head: head !== undefined && (model.headedBy(query.words[head]?.term ?? '') || homes[head]?.dedicated === true) ? head : undefined, fit: (category) => (category === 0 ? 0 : look(category).fit), meant: (category) => (category === 0 ? 0 : look(category).meant) };
}

/** Where what a query asks for ends and what it is for, of or without begins: `laptop` in "laptop for games". */
function endOfThing(query: ParsedQuery): number {
  const cut = query.words.findIndex(({ term }, i) => i > 0 && (WITHOUT.has(term) || (FILLERS.has(term) && (FOR_WORDS.has(term) || OF_WORDS.has(term)))));
  return cut < 0 ? query.words.length : cut;
}

/** The word of a query that names the thing: the last one that is no number or size. */
function headWord(query: ParsedQuery): number | undefined {
  const end = endOfThing(query);
  for (let i = end - 1; i > (end < query.words.length ? -1 : 0); i--) {
    if ((query.fillers & (1 << i)) !== 0 || /\d/.test(query.words[i]?.term ?? '') || query.measures.some(({ first, last }) => first <= i && i <= last)) continue;
    return i;
  }
  return undefined;
}

const isKind = (model: CategoryModel, word: string, home: Homes | undefined): boolean => model.headedBy(word) || model.modifiesAny(word) || (home?.shares.size ?? 0) > 0;

/** The word of a query that names the thing, if the catalogue knows it as a kind of thing. */
function thingAsked(model: CategoryModel, query: ParsedQuery, homes: readonly Homes[]): number | undefined {
  const head = headWord(query);
  return head !== undefined && isKind(model, query.words[head]?.term ?? '', homes[head]) ? head : undefined;
}

/** Fit of a category of which only the head was asked for: all of it where nothing else is called so ("Computer monitors" for `monitor`). */
function headOnly(model: CategoryModel, entry: Category, query: ParsedQuery, meant: number): number {
  const own = new Set(entry.own.flatMap((step) => step.things.flat()));
  const head = query.words.findIndex((_word, i) => (meant & (1 << i)) !== 0);
  const before = query.words[head - 1]?.term ?? '';
  if (head > 0 && (query.fillers & (1 << (head - 1))) === 0 && !own.has(before) && model.modifiesAny(before)) return OTHER_KIND;
  return model.headed(query.words[head]?.term ?? '') === 1 ? 1 : HEAD_ONLY;
}

function categoryFit(model: CategoryModel, category: number, query: ParsedQuery, homes: readonly Homes[], asked: (word: string) => Asked): { fit: number; meant: number } {
  const entry = model.all[category];
  if (entry === undefined) return { fit: 0, meant: 0 };
  let fit = 0;
  let meant = 0;
  let modifiers = 0;
  for (const step of entry.own) {
    const one = stepFit(step, asked);
    modifiers |= one.modifiers;
    if (one.fit <= fit) continue;
    fit = one.fit;
    meant = one.bits;
  }
  const learned = Math.max(0, ...homes.map((home) => home.shares.get(category) ?? 0));
  if (fit < 1 && learned > 0) return { fit: Math.max(fit, 0.9 * learned), meant };
  const head = thingAsked(model, query, homes);
  if (fit === HEAD_ONLY) fit = headOnly(model, entry, query, meant);
  if (fit > 0 && head !== undefined && ((meant | modifiers) & (1 << head)) === 0) return { fit: ASIDE, meant: 0 };
  if (fit > 0) return { fit: Math.max(fit, ...entry.above.map((step) => ABOVE * stepFit(step, asked).fit)), meant };
  const owner = homes.findIndex((home) => home.belonging.has(category));
  if (head !== undefined && (owner >= 0 || modifiers !== 0) && owner !== head && (modifiers & (1 << head)) === 0) return { fit: RELATED, meant: 0 };
  if (owner >= 0) return { fit: ACCESSORY, meant: 0 };
  if (modifiers !== 0) {
    const others = query.words.some(({ term }, i) => (modifiers & (1 << i)) !== 0 && (model.headedBy(term) || (homes[i]?.shares.size ?? 0) > 0 || (homes[i]?.compounds.size ?? 0) > 0));
    return { fit: others ? ACCESSORY : ONLY_ONE, meant: 0 };
  }
  return { fit: Math.max(0, ...entry.above.map((step) => ABOVE * stepFit(step, asked).fit)), meant: 0 };
}

/** Postings read to learn where a word is at home. */
const SAMPLE = 20_000;
const FEWEST = 4;
/** Share of a category's names that use the word of which it is the home. */
const NAMED = 0.3;
const CLEARLY_NAMED = 0.5;
/** The same for texts, which must also be most of the texts that use it. */
const DESCRIBED = 0.25;
const CONCENTRATED = 0.4;
/** Share of the names of "HDMI cables" that say `hdmi`: what only mentions it is then no home of it. */
const DEDICATED = 0.6;
/** A word at home in more categories than this says how things are, not what they are. */
const MOST_HOMES = 3;
/** Share of the names of "Notebook cases" that say `laptop` for notebooks to be called so. */
const BORROWED = 0.2;
const BORROWED_SHARE = 0.8;
/** Kinds of accessories that must say so: one alone may be what it sells (`battery` among "Notebook spare parts"). */
const VOTES = 2;
/** And the names that say it must mostly be theirs, and the kind itself must say it now and then: colours are said of everything. */
const MOSTLY = 0.6;
const OWN_USE = 0.04;

type Usage = { named: number; described: number; aside: number };

/** Counts, per category, the documents that use a word in their name and those that use it of themselves in texts. */
function usageOf(segment: Segment, word: string, category: Uint32Array): Map<number, Usage> {
  const out = new Map<number, Usage>();
  for (const form of [word, ...endingVariants(word).close]) {
    const term = segment.dictionary().find(form);
    if (term < 0 || segment.termDocs(term) > SAMPLE) continue;
    decodePostings(segment, term, term + 1, (doc, place) => {
      const own = category[doc] ?? 0;
      let usage = out.get(own);
      if (usage === undefined) out.set(own, (usage = { named: 0, described: 0, aside: 0 }));
      if (place === PLACE.name) usage.named++;
      else if (place === PLACE.text) usage.described++;
      else if (place === PLACE.aside) usage.aside++;
    });
  }
  return out;
}

const remembered = new WeakMap<Segment, Map<string, Homes>>();
const MEMORY = 256;

/**
 * The categories a word stands for although they are not called so: those whose names, or else whose
 * texts, mostly use it, whose initials it is, or whose accessories are sold under it. Categories
 * named after another one ("Notebook cases") only belong to it.
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
  if (category === undefined || segment.meta.categories.length < 3 || word.length < 2 || /\d/.test(word)) return NOWHERE;
  const model = categoriesOf(segment);
  // A category that bears the name itself leaves nothing to learn.
  if (model.headedBy(word)) return NOWHERE;
  const used = usageOf(segment, word, category);
  const compounds = compoundsOf(model, word, used);
  if (compounds.size > 0) return { ...NOWHERE, compounds };
  const initials = byInitials(model, word);
  if (initials.size > 0) return { ...NOWHERE, shares: initials };
  const sizeOf = (own: number): number => Math.max(1, model.all[own]?.size ?? 1);
  const belonging = new Set<number>();
  const votes = new Map<number, { count: number; named: number }>();
  let texts = 0;
  let names = 0;
  for (const [own, usage] of used) {
    if (own > 0) texts += usage.described;
    names += usage.named;
    const inName = usage.named >= FEWEST && usage.named / sizeOf(own) >= BORROWED;
    // "Carrying case for laptops": what the text says it is for counts once a name says so elsewhere.
    if (own === 0 || (!inName && (usage.aside < FEWEST || usage.aside / sizeOf(own) < BORROWED))) continue;
    for (const owner of model.belongsTo(own)) {
      const vote = votes.get(owner) ?? { count: 0, named: 0 };
      votes.set(owner, { count: vote.count + 1, named: vote.named + (inName ? usage.named : 0) });
      if (inName) belonging.add(own);
    }
  }
  const borrowed = new Map([...votes].filter(([owner, vote]) => {
    const own = used.get(owner) ?? { named: 0, described: 0, aside: 0 };
    return vote.count >= VOTES && vote.named > 0 && vote.named + own.named >= names * MOSTLY && own.named + own.described >= sizeOf(owner) * OWN_USE;
  }).map(([owner]) => [owner, BORROWED_SHARE]));
  const named = new Map<number, number>();
  const described = new Map<number, number>();
  let dedicated = false;
  for (const [own, usage] of used) {
    if (own === 0 || belonging.has(own) || usage.named + usage.described < FEWEST) continue;
    const size = sizeOf(own);
    if (model.modifies(own, word)) dedicated ||= usage.named / size >= DEDICATED;
    else if (usage.named / size >= NAMED && !onlyModifies(segment, model, word, own)) named.set(own, Math.min(1, (usage.named + usage.described) / size));
    else if (usage.described / size >= DESCRIBED && usage.described >= texts * CONCENTRATED) described.set(own, Math.min(1, 0.5 + usage.described / size));
  }
  const clear = new Map([...named].filter(([own]) => (used.get(own)?.named ?? 0) / sizeOf(own) >= CLEARLY_NAMED));
  const shares = [clear, borrowed.size > 0 ? new Map([...borrowed, ...described]) : named.size > 0 && !dedicated ? new Map([...described, ...named]) : named, dedicated ? NO_SHARES : described].find((one) => one.size > 0) ?? NO_SHARES;
  return shares.size === 0 || shares.size > MOST_HOMES ? { ...NOWHERE, dedicated } : { shares, belonging, compounds: NONE, dedicated };
}

/** Names looked at to see how they use a word. */
const LOOKED_AT = 24;

/** True when the names of a category say a word mostly to tell what the thing is for: "case for DSLR", "laptop charger" where chargers are a kind. */
function onlyModifies(segment: Segment, model: CategoryModel, word: string, own: number): boolean {
  const dictionary = segment.dictionary();
  const terms = new Set([word, ...endingVariants(word).close].map((form) => dictionary.find(form)).filter((term) => term >= 0));
  const forward = segment.forward();
  const offsets = segment.forwardOffsets();
  let names = 0;
  let modifies = 0;
  for (const doc of model.docsOf(own)) {
    if (names >= LOOKED_AT) break;
    const title = [...forward.subarray(offsets[doc], offsets[doc + 1])].filter((entry) => (entry & 7) === FIELD.title).map((entry) => entry >>> 3);
    const at = title.findIndex((term) => terms.has(term));
    if (at < 0) continue;
    names++;
    const next = title[at + 1] === undefined ? '' : dictionary.text(title[at + 1] ?? 0);
    const isFor = title.slice(1, at).some((term) => FOR_WORDS.has(dictionary.text(term)));
    if (isFor || (next !== '' && model.headedBy(next) && !model.saying(next).includes(own))) modifies++;
  }
  return modifies * 2 > names;
}

/** Compounds of category names that end with a word: those whose documents use the word alone too, if any do. */
function compoundsOf(model: CategoryModel, word: string, used: ReadonlyMap<number, Usage>): Set<string> {
  if (word.length < 4) return new Set();
  const own = stem(word);
  const all = model.words.filter((longer) => longer.length > word.length + 1 && stem(longer).endsWith(own));
  if (all.length < 2) return new Set(all);
  const spoken = all.filter((longer) => [...used].some(([number, usage]) => usage.named + usage.described >= FEWEST && model.saying(longer).includes(number)));
  return new Set(spoken.length > 0 ? spoken : all);
}

/** Categories that a word of three letters or more abbreviates: `ssd` for "Solid state drives". */
function byInitials(model: CategoryModel, word: string): Map<number, number> {
  const out = new Map<number, number>();
  if (word.length < 3 || word.length > 5) return out;
  model.all.forEach((entry, number) => {
    const short = entry.own.some((step) => step.things.some((thing) => thing.length >= word.length && thing.slice(-word.length).every((part, i) => part[0] === word[i])));
    if (short) out.set(number, 1);
  });
  return out;
}

/** Readings of query words by category: kinds where they are at home, and compounds that end with them (`smartphones` for `phone`). */
export function addLearned(segment: Segment, plan: Plan, query: ParsedQuery, homes: readonly Homes[]): void {
  if (query.words.filter((_word, i) => (query.fillers & (1 << i)) === 0).length > 4 || plan.sets.some((set) => set.reason === 'code')) return;
  const model = categoriesOf(segment);
  for (const [word, { shares }] of homes.entries()) {
    for (const [own, share] of shares) {
      if (share < 0.4) continue;
      plan.sets.push({ docs: model.docsOf(own), bits: 1 << word, weight: LEARNED * share, reason: 'category', category: own });
    }
  }
  const offer = (text: string, word: number, weight: number, reason: 'joined' | 'synonym'): void => {
    const term = segment.dictionary().find(text);
    if (term >= 0) plan.ranges.push({ low: term, high: term + 1, bits: 1 << word, weight, reason });
  };
  homes.forEach(({ shares, compounds }, word) => {
    for (const longer of compounds) offer(longer, word, WEIGHT.compound, 'joined');
    // A kind that is called by one word: that word is another name of it.
    for (const [own, share] of shares) {
      if (share < 0.7) continue;
      for (const step of model.all[own]?.own ?? []) for (const [name, ...more] of step.things) {
        if (name === undefined || more.length > 0) continue;
        for (const form of [name, ...endingVariants(name).close]) offer(form, word, WEIGHT.learned, 'synonym');
      }
    }
  });
}

const LEARNED = 0.9;

/** Share of the worth of all words that a fitting kind adds to the rough score, so that it reaches the close look. */
const KIND_BONUS = 0.35;

/** Extra rough score by category number; undefined when a catalogue has no categories to tell apart. */
export function kindBonus(segment: Segment, sense: TypeSense, idf: readonly number[]): ((category: number) => number) | undefined {
  const count = segment.meta.categories.length;
  if (count < 3) return undefined;
  const total = idf.reduce((sum, value) => sum + value, 0);
  const known = new Float64Array(count + 1).fill(Number.NaN);
  return (category) => {
    let bonus = known[category] as number;
    if (Number.isNaN(bonus)) known[category] = bonus = KIND_BONUS * total * sense.fit(category);
    return bonus;
  };
}
