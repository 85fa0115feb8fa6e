import { type DocSet, type Plan, type TermRange, WEIGHT } from './plan.ts';
import { placeOf } from './tables.ts';
import type { Segment } from './segment.ts';

/** A document with the words it matched, before close ranking. */
export type Candidate = { doc: number; rough: number; strong: number; weak: number };

export type Collected = {
  candidates: Candidate[];
  /** Documents that match every word. */
  full: number;
  complete: boolean;
};

/** What a match is worth by the place it is in: name, category or keywords, long text, aside in a long text. */
export const PLACE_WEIGHT = [1, 0.6, 0.4, 0.32] as const;

/**
 * Memory shared by all searches: one slot per document of the largest segment. Score and matched words
 * of document `d` lie side by side, at `2 * d`: documents come in no order, and each would cost
 * two reads from far memory otherwise.
 */
export type Scratch = {
  docs: number;
  score: Float32Array;
  /** Words matched in names (low 16 bits) and elsewhere (high 16 bits). Read at `2 * d + 1`. */
  matched: Uint32Array;
  touched: Uint32Array;
};

export function createScratch(docs: number): Scratch {
  const cells = new ArrayBuffer(docs * 8);
  return { docs, score: new Float32Array(cells), matched: new Uint32Array(cells), touched: new Uint32Array(docs) };
}

export type CollectOptions = {
  /** Worth of each query word, 0 to 1. */
  idf: readonly number[];
  /** Query words, as bits, that a document may do without. */
  fillers: number;
  /** A last word of which only the first letters are typed, as bits. */
  begun: number;
  accept: (doc: number) => boolean;
  /** Extra score of documents this desk picked before. */
  priors: ReadonlyMap<number, number>;
  limit: number;
  /** Extra rough score by category number. */
  bonus: ((category: number) => number) | undefined;
  /** For one short word: the documents to choose from, in place of everything that begins so. */
  starters: readonly number[] | undefined;
  /** `performance.now()` at which to stop. */
  deadline: number;
};

/** Documents that must be in hand before a further common word is only looked up among them. */
const SEEDED = 2_000;
/** A word in fewer documents than this always brings its own. */
const RARE = 10_000;
/** Beginnings of this many documents say so little that any document in hand is enough. */
const VAGUE = 30_000;
/** So are the first letters of a word being typed, beginnings of this many already: what has nothing else of the query answers nothing. */
const VAGUE_BEGINNING = 500;
/** Looking a word up in one document costs about as much as decoding this many postings. */
const LOOK_UP_COST = 8;

const WORDS = 0xffff;

/** One search in one segment. Rare words come first; common words then only add to what is in hand. */
class Collector {
  readonly #segment: Segment;
  readonly #scratch: Scratch;
  readonly #gains: Float64Array;
  readonly #idf: readonly number[];
  count = 0;

  constructor(segment: Segment, scratch: Scratch, idf: readonly number[]) {
    this.#segment = segment;
    this.#scratch = scratch;
    this.#idf = idf;
    this.#gains = new Float64Array(1 << Math.min(idf.length, 10)).fill(-1);
  }

  /** Worth of a set of query words. */
  #gain(bits: number): number {
    const known = this.#gains[bits];
    if (known !== undefined && known >= 0) return known;
    let value = 0;
    for (let i = 0; i < this.#idf.length; i++) if (bits & (1 << i)) value += this.#idf[i] ?? 0;
    if (bits < this.#gains.length) this.#gains[bits] = value;
    return value;
  }

  set(source: DocSet): void {
    const { gone } = this.#segment;
    const { docs } = source;
    for (let i = 0; i < docs.length; i++) if (gone[docs[i] as number] === 0) this.#strong(docs[i] as number, source.bits, source.weight);
  }

  #strong(doc: number, bits: number, weight: number): void {
    const { score, matched, touched } = this.#scratch;
    const had = matched[2 * doc + 1] as number;
    if (had === 0) touched[this.count++] = doc;
    const fresh = bits & ~(had & WORDS);
    if (fresh === 0) return;
    score[2 * doc] = (score[2 * doc] as number) + this.#gain(fresh) * weight * (fresh & (had >>> 16) ? 0.5 : 1);
    matched[2 * doc + 1] = had | fresh;
  }

  #weak(doc: number, bits: number, worth: number): void {
    const { score, matched, touched } = this.#scratch;
    const had = matched[2 * doc + 1] as number;
    if (had === 0) touched[this.count++] = doc;
    const fresh = bits & ~((had & WORDS) | (had >>> 16));
    if (fresh === 0) return;
    score[2 * doc] = (score[2 * doc] as number) + this.#gain(fresh) * worth;
    matched[2 * doc + 1] = had | (fresh << 16);
  }

  /** Adds all documents of a range, or only to documents in hand. */
  range(source: TermRange, onlyKnown: boolean): void {
    const { gone } = this.#segment;
    const { score, matched, touched } = this.#scratch;
    const { bits, weight } = source;
    const worth = this.#gain(bits) * weight;
    let { count } = this;
    this.#segment.lists(source.low, source.high, (bytes, from, to) => {
      let doc = 0;
      for (let at = from; at < to; ) {
        let byte = bytes[at++] as number;
        let value = byte & 127;
        for (let shift = 7; byte > 127; shift += 7) {
          byte = bytes[at++] as number;
          value |= (byte & 127) << shift;
        }
        doc += value >>> 2;
        if (matched[2 * doc + 1] === 0) {
          if (onlyKnown || gone[doc] !== 0) continue;
          if ((value & 3) === 0) {
            touched[count++] = doc;
            matched[2 * doc + 1] = bits;
            score[2 * doc] = worth;
            continue;
          }
        }
        this.count = count;
        if ((value & 3) === 0) this.#strong(doc, bits, weight);
        else this.#weak(doc, bits, weight * (PLACE_WEIGHT[value & 3] as number));
        ({ count } = this);
      }
    });
    this.count = count;
  }

  /** Documents in hand that have all the words in `need`. */
  having(need: number): number {
    const { touched, matched } = this.#scratch;
    let count = 0;
    for (let i = 0; i < this.count; i++) {
      const had = matched[2 * (touched[i] as number) + 1] as number;
      if ((((had & WORDS) | (had >>> 16)) & need) === need) count++;
    }
    return count;
  }

  /** Like `range` for documents in hand that have the words in `need`, through their words instead of the postings. Leaves long texts out. */
  lookUp(source: TermRange, need: number): void {
    const { touched, matched } = this.#scratch;
    const forward = this.#segment.forward();
    const offsets = this.#segment.forwardOffsets();
    const { low, high, bits, weight } = source;
    for (let i = 0; i < this.count; i++) {
      const doc = touched[i] as number;
      const had = matched[2 * doc + 1] as number;
      if ((((had & WORDS) | (had >>> 16)) & need) !== need) continue;
      const end = offsets[doc + 1] as number;
      let place = 4;
      for (let at = offsets[doc] as number; at < end; at++) {
        const entry = forward[at] as number;
        if (entry >>> 3 < low || entry >>> 3 >= high) continue;
        place = Math.min(place, placeOf(entry & 7));
      }
      if (place === 0) this.#strong(doc, bits, weight);
      else if (place < 4) this.#weak(doc, bits, weight * (PLACE_WEIGHT[place] as number));
    }
  }
}

type WordSources = { ranges: TermRange[]; docs: number };

/** The ranges of single words, by word, the rarest word first; each word's best readings first. */
function byWord(segment: Segment, plan: Plan, words: number): WordSources[] {
  const out: WordSources[] = [];
  for (let word = 0; word < words; word++) {
    const ranges = plan.ranges.filter((range) => range.bits === 1 << word).sort((a, b) => b.weight - a.weight);
    let docs = 0;
    for (const range of ranges) for (let term = range.low; term < range.high; term++) docs += segment.termDocs(term);
    if (ranges.length > 0) out.push({ ranges, docs });
  }
  return out.sort((a, b) => a.docs - b.docs);
}

function holds(segment: Segment, doc: number, range: TermRange): boolean {
  const offsets = segment.forwardOffsets();
  return segment.forward().subarray(offsets[doc], offsets[doc + 1]).some((entry) => entry >>> 3 >= range.low && entry >>> 3 < range.high);
}

/** Adds up, per document, the best reading of each query word, and keeps the best documents. */
export function collect(segment: Segment, plan: Plan, scratch: Scratch, options: CollectOptions): Collected {
  const collector = new Collector(segment, scratch, options.idf);
  let complete = true;
  if (options.starters !== undefined) {
    collector.set({ docs: options.starters, bits: 1, weight: WEIGHT.prefix, reason: 'prefix' });
    collector.set({ docs: [...options.priors.keys()].filter((doc) => plan.ranges.some((range) => holds(segment, doc, range))), bits: 1, weight: WEIGHT.prefix, reason: 'prefix' });
    for (const range of plan.ranges) if (range.high - range.low === 1 && segment.termDocs(range.low) < RARE) collector.range(range, false);
    return { ...takeBest(segment, scratch, collector.count, options), complete };
  }
  for (const set of plan.sets) if (set.category === undefined) collector.set(set);
  for (const range of plan.ranges) if ((range.bits & (range.bits - 1)) !== 0) collector.range(range, false);
  let need = 0;
  const isFiller = ({ ranges }: WordSources): boolean => ((ranges[0]?.bits ?? 0) & options.fillers) !== 0;
  const sources = byWord(segment, plan, options.idf.length);
  for (const { ranges, docs } of sources.filter((source) => !isFiller(source))) {
    const vague = ((ranges[0]?.bits ?? 0) & options.begun) !== 0 ? VAGUE_BEGINNING : VAGUE;
    const onlyKnown = (collector.count >= SEEDED && docs > RARE) || (collector.count > 0 && docs > vague);
    for (const range of ranges) {
      // Never empty-handed: time only ends a search that has found something.
      if (collector.count > 0 && performance.now() > options.deadline) complete = false;
      if (!complete) break;
      const wide = range.high - range.low > 1;
      const ready = onlyKnown && wide ? collector.having(need) : 0;
      // The beginning of a word says so little that it only tells apart what has all the other words.
      if (ready > 0 && docs > ready * LOOK_UP_COST) collector.lookUp(range, need);
      else if (onlyKnown && wide && docs > collector.count * LOOK_UP_COST) collector.lookUp(range, 0);
      else collector.range(range, onlyKnown);
    }
    for (const range of ranges) need |= range.bits;
  }
  for (const { ranges, docs } of sources.filter(isFiller)) {
    for (const range of ranges) {
      if (docs > collector.count * LOOK_UP_COST) collector.lookUp(range, 0);
      else collector.range(range, true);
    }
  }
  // Kinds come last: a document that says the word itself counts for more.
  for (const set of plan.sets) if (set.category !== undefined) collector.set(set);
  return { ...takeBest(segment, scratch, collector.count, options), complete };
}

/** No prior adds more than this. */
const MOST_PRIOR = 0.05;

/** Keeps the `limit` best documents in a small heap, worst on top, and clears the memory behind it. */
function takeBest(segment: Segment, scratch: Scratch, count: number, options: CollectOptions): { candidates: Candidate[]; full: number } {
  const { score, matched, touched } = scratch;
  const offsets = segment.forwardOffsets();
  const all = (1 << options.idf.length) - 1;
  const total = options.idf.reduce((sum, value) => sum + value, 0);
  const heap: Candidate[] = [];
  let full = 0;
  const allBonus = 0.3 * total;
  const hasPriors = options.priors.size > 0;
  const most = hasPriors ? MOST_PRIOR : 0;
  const { bonus } = options;
  const { category } = segment.columns();
  let floor = -Infinity;
  for (let i = 0; i < count; i++) {
    const doc = touched[i] as number;
    const bits = matched[2 * doc + 1] as number;
    let rough = score[2 * doc] as number;
    matched[2 * doc + 1] = 0;
    score[2 * doc] = 0;
    const isFull = ((bits & WORDS) | (bits >>> 16) | options.fillers) === all;
    if (bonus !== undefined && category !== undefined) rough += bonus(category[doc] as number);
    if (isFull) rough += allBonus;
    // Below the worst kept whatever its length: it only counts.
    if (rough + most <= floor) {
      if (isFull && options.accept(doc)) full++;
      continue;
    }
    // Short names first among equals.
    rough -= 0.004 * Math.min(40, (offsets[doc + 1] as number) - (offsets[doc] as number));
    if (hasPriors) rough += options.priors.get(doc) ?? 0;
    if (!isFull && rough <= floor) continue;
    if (!options.accept(doc)) continue;
    if (isFull) full++;
    if (rough <= floor) continue;
    insert(heap, { doc, rough, strong: bits & WORDS, weak: bits >>> 16 }, options.limit);
    if (heap.length === options.limit) floor = heap[0]?.rough ?? floor;
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
