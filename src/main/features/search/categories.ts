import { FOR_WORDS, words } from '#shared/domain/search/text.ts';
import type { Segment } from './segment.ts';
import { CATEGORY_JOIN } from './segment-builder.ts';

/**
 * What the category names of a catalogue say, taken apart: "Laptop Bags & Cases" is two things,
 * `laptop bags` and `laptop cases`, each with its last word as the thing itself.
 */
export type Step = { readonly things: readonly (readonly string[])[] };

export type Category = {
  /** Documents in it. */
  size: number;
  /** The narrowest steps of its path: those that no other step of the path is a part of. */
  own: readonly Step[];
  /** The wider steps. */
  above: readonly Step[];
};

export type CategoryModel = {
  /** By category number; 0 stands for none. */
  readonly all: readonly Category[];
  /** True when the head of a category is this word. */
  headedBy(word: string): boolean;
  /** How many things of different names have this head. */
  headed(word: string): number;
  /** True when a thing of a category has this word before its head. */
  modifies(category: number, word: string): boolean;
  /** The category that a category belongs to by name ("Notebook cases" to "Notebooks"), or none. */
  belongsTo(category: number): readonly number[];
  /** All words of category names, once each. */
  readonly words: readonly string[];
  /** True when some category has this word before its head. */
  modifiesAny(word: string): boolean;
  /** Categories whose own name has this word. */
  saying(word: string): readonly number[];
  /** Documents of a category, ascending. */
  docsOf(category: number): Uint32Array;
};

/** Joins a thing and what it is made of or a part of: what stands before is the thing. */
export const OF_WORDS: ReadonlySet<string> = new Set(['of', 'de', 'du', 'des', 'di', 'del', 'della', 'da', 'do', 'dos', 'von', 'van', 'av', 'af']);

const BETWEEN = /\s*[&,;+/|]\s*|\s(?:and|und|et|y|e|ed|og|och|en|or|oder|ou|o|i|и)\s/iu;
/** First words of a category that only say that it is the whole lot. */
const WHOLE_LOT = /^(?:all|alle|tous les|toutes les|todos los|todas las|other|sonstige|autres|otros|more)\s/iu;

/** Number and case put aside, so that `notebooks` and `notebook` are one. */
export const stem = (word: string): string => (word.length < 3 ? word : word.replace(/(?<=.{2})(?:ies|y)$/, 'i').replace(/(?<=(?:ch|sh|x|ss|z))es$|(?<=[^s])s$/, ''));

function thingsOf(step: string): string[][] {
  const parts = step.replace(WHOLE_LOT, '').split(BETWEEN).map((part) => {
    const all = words(part);
    const cut = all.findIndex((word, i) => i > 0 && (FOR_WORDS.has(word) || OF_WORDS.has(word)));
    return cut > 0 ? all.slice(0, cut) : all;
  }).filter((part) => part.length > 0);
  const last = parts.at(-1) ?? [];
  const first = parts[0] ?? [];
  const head = last.at(-1) ?? '';
  const plural = head.endsWith('s');
  return parts.map((part, i) => {
    // "Washer & Dryer Parts": a thing in the singular before a plural shares its head.
    if (i < parts.length - 1 && last.length > 1 && plural && part.at(-1)?.endsWith('s') === false) return [...part, head];
    // "Laptop Bags & Cases": what comes later shares what the first is for.
    if (i > 0 && part.length === 1 && first.length > 1) return [...first.slice(0, -1), ...part];
    return part;
  });
}

const known = new WeakMap<Segment, CategoryModel>();

/** The categories of a segment, read once. */
export function categoriesOf(segment: Segment): CategoryModel {
  let model = known.get(segment);
  if (model === undefined) known.set(segment, (model = readModel(segment)));
  return model;
}

function readModel(segment: Segment): CategoryModel {
  const { category } = segment.columns();
  const paths = segment.meta.categories.map((path) => path.split(CATEGORY_JOIN));
  const sizes = new Uint32Array(paths.length + 2);
  if (category !== undefined) for (let doc = 0; doc < segment.docs; doc++) sizes[(category[doc] as number) + 1]!++;
  const wide = new Map<string, number>();
  paths.forEach((path, i) => {
    for (const step of new Set(path)) wide.set(step, (wide.get(step) ?? 0) + (sizes[i + 2] ?? 0));
  });
  const steps = new Map<string, Step>();
  const stepOf = (text: string): Step => {
    let step = steps.get(text);
    if (step === undefined) steps.set(text, (step = { things: thingsOf(text) }));
    return step;
  };
  const all: Category[] = [{ size: sizes[1] ?? 0, own: [], above: [] }];
  paths.forEach((path, i) => {
    const narrowest = Math.min(...path.map((step) => wide.get(step) ?? 0));
    const isOwn = (step: string): boolean => (wide.get(step) ?? 0) <= narrowest;
    all.push({ size: sizes[i + 2] ?? 0, own: path.filter(isOwn).map(stepOf), above: path.filter((step) => !isOwn(step)).map(stepOf) });
  });
  const heads = new Map<string, Set<string>>();
  const modifiers = new Set<string>();
  const byName = new Map<string, number[]>();
  for (const step of steps.values()) {
    for (const thing of step.things) {
      const head = stem(thing.at(-1) ?? '');
      heads.set(head, (heads.get(head) ?? new Set()).add(thing.map(stem).join(' ')));
      for (const part of thing.slice(0, -1)) modifiers.add(stem(part));
    }
  }
  all.forEach((entry, number) => {
    for (const step of entry.own) for (const thing of step.things) {
      const name = thing.map(stem).join(' ');
      byName.set(name, [...(byName.get(name) ?? []), number]);
    }
  });
  const owners = all.map((entry) => {
    const out = new Set<number>();
    for (const step of entry.own) for (const thing of step.things) for (let length = 1; length < thing.length; length++) {
      for (const number of byName.get(thing.slice(0, length).map(stem).join(' ')) ?? []) out.add(number);
    }
    return [...out];
  });
  let docs: { starts: Uint32Array; list: Uint32Array } | undefined;
  return {
    all,
    headedBy: (word) => heads.has(stem(word)),
    headed: (word) => heads.get(stem(word))?.size ?? 0,
    modifies(number, word) {
      const own = stem(word);
      return all[number]?.own.some((step) => step.things.some((thing) => thing.slice(0, -1).some((part) => stem(part) === own))) === true;
    },
    modifiesAny: (word) => modifiers.has(stem(word)),
    saying: (word) => all.flatMap((entry, number) => (entry.own.some((step) => step.things.some((thing) => thing.includes(word))) ? [number] : [])),
    words: [...new Set([...steps.values()].flatMap((step) => step.things.flat()))],
    belongsTo: (number) => owners[number] ?? [],
    docsOf(number) {
      docs ??= docsByCategory(category ?? new Uint32Array(0), paths.length + 1);
      return docs.list.subarray(docs.starts[number], docs.starts[number + 1]);
    },
  };
}

/** A counting sort of documents by category. */
function docsByCategory(category: Uint32Array, count: number): { starts: Uint32Array; list: Uint32Array } {
  const starts = new Uint32Array(count + 1);
  for (const own of category) starts[own + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i] as number;
  const next = starts.slice();
  const list = new Uint32Array(category.length);
  for (let doc = 0; doc < category.length; doc++) list[next[category[doc] as number]!++] = doc;
  return { starts, list };
}
