import { type Plan, type TermRange } from './plan.ts';
import { decodePostings } from './postings.ts';
import type { Segment } from './segment.ts';

/** A document with the words it matched, before close ranking. */
export type Candidate = { doc: number; rough: number; strong: number; weak: number };

export type Collected = {
  candidates: Candidate[];
  /** Documents that match every word. */
  full: number;
  complete: boolean;
};

/** What a match is worth by the place it is in: name, category, keywords, long text. */
export const PLACE_WEIGHT = [1, 0.6, 0.65, 0.38] as const;

/** Memory shared by all searches: one slot per document of the largest segment. */
export type Scratch = { score: Float32Array; strong: Uint16Array; weak: Uint16Array; touched: Uint32Array };

export function createScratch(docs: number): Scratch {
  return { score: new Float32Array(docs), strong: new Uint16Array(docs), weak: new Uint16Array(docs), touched: new Uint32Array(docs) };
}

export type CollectOptions = {
  /** Worth of each query word, 0 to 1. */
  idf: readonly number[];
  accept: (doc: number) => boolean;
  /** Extra score of documents this desk picked before. */
  priors: ReadonlyMap<number, number>;
  limit: number;
  /** `performance.now()` at which to stop. */
  deadline: number;
};

/** Adds up, per document, the best reading of each query word, and keeps the best documents. */
export function collect(segment: Segment, plan: Plan, scratch: Scratch, options: CollectOptions): Collected {
  const { score, strong, weak, touched } = scratch;
  const { idf, deadline } = options;
  let count = 0;
  let complete = true;
  const gainOf = new Map<number, number>();
  const gain = (bits: number): number => {
    let value = gainOf.get(bits);
    if (value === undefined) {
      value = 0;
      for (let i = 0; i < idf.length; i++) if (bits & (1 << i)) value += idf[i] ?? 0;
      gainOf.set(bits, value);
    }
    return value;
  };

  const add = (doc: number, bits: number, weight: number, full: number, place: number): void => {
    const had = strong[doc] ?? 0;
    const partly = weak[doc] ?? 0;
    if (had === 0 && partly === 0) touched[count++] = doc;
    if (place === 0) {
      const fresh = bits & ~had;
      if (fresh === 0) return;
      const worth = fresh === bits ? full : gain(fresh) * weight;
      score[doc] = (score[doc] ?? 0) + (fresh & partly ? worth * 0.5 : worth);
      strong[doc] = had | fresh;
    } else {
      const fresh = bits & ~(had | partly);
      if (fresh === 0) return;
      score[doc] = (score[doc] ?? 0) + gain(fresh) * weight * (PLACE_WEIGHT[place] ?? 0);
      weak[doc] = partly | fresh;
    }
  };

  const sources = [...plan.sets, ...plan.ranges].sort((a, b) => b.weight - a.weight);
  for (const source of sources) {
    const full = gain(source.bits) * source.weight;
    if ('docs' in source) for (const doc of source.docs) add(doc, source.bits, source.weight, full, 0);
    else decodePostings(segment, source.low, source.high, (doc, place) => add(doc, source.bits, source.weight, full, place));
    if (performance.now() > deadline) {
      complete = false;
      break;
    }
  }
  const best = takeBest(segment, scratch, count, options);
  for (let i = 0; i < count; i++) {
    const doc = touched[i] ?? 0;
    score[doc] = 0;
    strong[doc] = 0;
    weak[doc] = 0;
  }
  return { ...best, complete };
}

/** Keeps the `limit` best documents in a small heap, worst on top. */
function takeBest(segment: Segment, scratch: Scratch, count: number, options: CollectOptions): { candidates: Candidate[]; full: number } {
  const { score, strong, weak, touched } = scratch;
  const offsets = segment.forwardOffsets();
  const all = (1 << options.idf.length) - 1;
  const total = options.idf.reduce((sum, value) => sum + value, 0);
  const heap: Candidate[] = [];
  let full = 0;
  for (let i = 0; i < count; i++) {
    const doc = touched[i] ?? 0;
    const bits = (strong[doc] ?? 0) | (weak[doc] ?? 0);
    let rough = (score[doc] ?? 0) - 0.004 * Math.min(40, (offsets[doc + 1] ?? 0) - (offsets[doc] ?? 0));
    if (bits === all) rough += 0.3 * total;
    if (options.priors.size > 0) rough += options.priors.get(doc) ?? 0;
    if (bits !== all && heap.length === options.limit && rough <= (heap[0]?.rough ?? 0)) continue;
    if (!options.accept(doc)) continue;
    if (bits === all) full++;
    if (heap.length === options.limit && rough <= (heap[0]?.rough ?? 0)) continue;
    insert(heap, { doc, rough, strong: strong[doc] ?? 0, weak: weak[doc] ?? 0 }, options.limit);
  }
  return { candidates: heap.sort((a, b) => b.rough - a.rough), full };
}

function insert(heap: Candidate[], entry: Candidate, limit: number): void {
  if (heap.length < limit) {
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heap[parent]?.rough ?? 0) <= entry.rough) break;
      heap[at] = heap[parent] as Candidate;
      at = parent;
    }
    heap[at] = entry;
    return;
  }
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1]?.rough ?? 0) < (heap[child]?.rough ?? 0)) child++;
    if ((heap[child]?.rough ?? 0) >= entry.rough) break;
    heap[at] = heap[child] as Candidate;
    at = child;
  }
  heap[at] = entry;
}

export type { TermRange };
