import type { ChunkStore } from './chunk-store.ts';
import { createDictionary, type Dictionary } from './dictionary.ts';
import type { StoredDoc } from './segment-builder.ts';
import { PART, type Part, POSTING_CHUNK, type SegmentMeta, STORED_BLOCK } from './tables.ts';

/** A segment opened for reading. Parts are loaded when first needed and then stay. */
export type Segment = {
  readonly id: number;
  readonly meta: SegmentMeta;
  readonly docs: number;
  /** 1 for documents that have left. */
  readonly gone: Uint8Array;
  goneCount: number;
  /** Everything that searches need is in memory. */
  warmed: boolean;
  dictionary(): Dictionary;
  /** Documents a term occurs in. */
  termDocs(term: number): number;
  /** Hands the encoded posting list of each term `low` up to `high` to `visit`: `bytes[from..to)`. */
  lists(low: number, high: number, visit: (bytes: Uint8Array, from: number, to: number, term: number) => void): void;
  forward(): Uint32Array;
  forwardOffsets(): Uint32Array;
  columns(): Columns;
  /** Short titles that begin with `beginning` (at most three characters). */
  starters(beginning: string): readonly number[];
  /** Reads a chunk of posting lists ahead. */
  preload(chunk: number): void;
  /** Terms whose sound key is `key`. */
  termsBySound(key: number): number[];
  /** Documents whose packed key lies in `[low, high)`, at most `limit`. */
  lookUp(table: LookUpTable, low: number, high: number, limit: number): number[];
  /** What is kept of a document, as JSON text. */
  storedText(doc: number): string;
  stored(doc: number): StoredDoc;
};

export type LookUpTable = 'key' | 'digit' | 'digitEnd' | 'mixed' | 'mixedEnd';

/** Per-document columns; a column is absent when no document of the segment has a value. */
export type Columns = {
  kind: Uint8Array;
  category: Uint32Array | undefined;
  price: Float32Array | undefined;
  validFrom: Float64Array | undefined;
  validUntil: Float64Array | undefined;
  target: Uint32Array | undefined;
};

const TABLES: Readonly<Record<LookUpTable, { table: Part; fence: Part }>> = {
  key: { table: PART.keyTable, fence: PART.keyFence },
  digit: { table: PART.digitTable, fence: PART.digitFence },
  digitEnd: { table: PART.digitEndTable, fence: PART.digitEndFence },
  mixed: { table: PART.mixedTable, fence: PART.mixedFence },
  mixedEnd: { table: PART.mixedEndTable, fence: PART.mixedEndFence },
};

function lazy<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

/** First index whose value is not below `key`. */
function lowerBound(values: Float64Array | Uint32Array, key: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Opens a segment; nothing is read yet. */
export function openSegment(store: ChunkStore, id: number, meta: SegmentMeta, gone: Uint8Array): Segment {
  const whole = (part: Part): ArrayBuffer => store.whole(id, part, meta);
  const has = (part: Part): boolean => (meta.chunks[part] ?? 0) > 0;
  const dictionary = lazy(() => createDictionary(new Uint16Array(whole(PART.termUnits)), new Uint32Array(whole(PART.termOffsets))));
  const postingOffsets = lazy(() => new Uint32Array(whole(PART.postingOffsets)));
  const termDocs = lazy(() => new Uint32Array(whole(PART.termDocs)));
  const forward = lazy(() => new Uint32Array(whole(PART.forward)));
  const forwardOffsets = lazy(() => new Uint32Array(whole(PART.forwardOffsets)));
  const soundKeys = lazy(() => new Uint32Array(whole(PART.soundKeys)));
  const soundTerms = lazy(() => new Uint32Array(whole(PART.soundTerms)));
  const starterKeys = lazy(() => new Uint32Array(whole(PART.starterKeys)));
  const starterEnds = lazy(() => new Uint32Array(whole(PART.starterEnds)));
  const starterDocs = lazy(() => new Uint32Array(whole(PART.starterDocs)));
  const columns = lazy<Columns>(() => ({
    kind: new Uint8Array(whole(PART.kind)),
    category: has(PART.category) ? new Uint32Array(whole(PART.category)) : undefined,
    price: has(PART.price) ? new Float32Array(whole(PART.price)) : undefined,
    validFrom: has(PART.validFrom) ? new Float64Array(whole(PART.validFrom)) : undefined,
    validUntil: has(PART.validUntil) ? new Float64Array(whole(PART.validUntil)) : undefined,
    target: has(PART.target) ? new Uint32Array(whole(PART.target)) : undefined,
  }));
  const fences = new Map<LookUpTable, Float64Array>();

  const fenceOf = (table: LookUpTable): Float64Array => {
    let fence = fences.get(table);
    if (fence === undefined) {
      fence = has(TABLES[table].fence) ? new Float64Array(whole(TABLES[table].fence)) : new Float64Array(0);
      fences.set(table, fence);
    }
    return fence;
  };

  const storedText = (doc: number): string => {
    const block = store.cached(id, PART.stored, Math.floor(doc / STORED_BLOCK));
    const lines = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
    let from = 0;
    for (let i = doc % STORED_BLOCK; i > 0; i--) from = lines.indexOf(10, from) + 1;
    const end = lines.indexOf(10, from);
    return lines.toString('utf8', from, end === -1 ? lines.length : end);
  };

  return {
    id, meta, gone, warmed: false, docs: meta.docs, goneCount: gone.reduce((sum, bit) => sum + bit, 0),
    dictionary, forward, forwardOffsets, columns, storedText,
    termDocs: (term) => termDocs()[term] ?? 0,
    lists(low, high, visit) {
      const offsets = postingOffsets();
      for (let term = low; term < high; term++) {
        const start = offsets[term] ?? 0;
        const end = offsets[term + 1] ?? start;
        const chunk = Math.floor(start / POSTING_CHUNK);
        const base = chunk * POSTING_CHUNK;
        if (end <= base + POSTING_CHUNK) visit(store.cached(id, PART.postings, chunk), start - base, end - base, term);
        else visit(readAcross(store, id, start, end), start - base, end - base, term);
      }
    },
    starters(beginning) {
      const { low, high } = dictionary().prefixRange(beginning);
      const keys = starterKeys();
      const at = lowerBound(keys, low * 4 + beginning.length);
      if (low === high || keys[at] !== low * 4 + beginning.length) return [];
      const ends = starterEnds();
      return [...starterDocs().subarray(at === 0 ? 0 : ends[at - 1], ends[at])].filter((doc) => gone[doc] === 0);
    },
    preload: (chunk) => void store.cached(id, PART.postings, chunk),
    termsBySound(key) {
      const keys = soundKeys();
      const out: number[] = [];
      for (let i = lowerBound(keys, key); i < keys.length && keys[i] === key; i++) out.push(soundTerms()[i] ?? 0);
      return out;
    },
    lookUp(table, low, high, limit) {
      const fence = fenceOf(table);
      const out: number[] = [];
      for (let chunk = Math.max(0, lowerBound(fence, low) - 1); chunk < fence.length && (fence[chunk] ?? 0) < high; chunk++) {
        const data = store.cached(id, TABLES[table].table, chunk);
        const count = data.length / 12;
        const keys = new Float64Array(data.buffer, data.byteOffset, count);
        const docs = new Uint32Array(data.buffer, data.byteOffset + count * 8, count);
        for (let i = lowerBound(keys, low); i < count && (keys[i] ?? 0) < high; i++) {
          if (out.length >= limit) return out;
          out.push(docs[i] ?? 0);
        }
      }
      return out;
    },
    stored: (doc) => JSON.parse(storedText(doc)) as StoredDoc,
  };
}

/** The chunks that hold bytes `[start, end)` of the posting part, as one. */
function readAcross(store: ChunkStore, segment: number, start: number, end: number): Uint8Array {
  const first = Math.floor(start / POSTING_CHUNK);
  const last = Math.floor((end - 1) / POSTING_CHUNK);
  const data = new Uint8Array((last - first + 1) * POSTING_CHUNK);
  for (let chunk = first; chunk <= last; chunk++) data.set(store.cached(segment, PART.postings, chunk), (chunk - first) * POSTING_CHUNK);
  return data;
}

/** Bytes of posting lists that are read ahead. */
const WARMED_LISTS = 33_554_432;

/** Loads what searches need of a segment, in steps. */
export function* warmSegment(segment: Segment): Generator<void> {
  if (segment.warmed) return;
  for (const load of [
    () => segment.dictionary(), () => segment.termDocs(0), () => segment.forwardOffsets(), () => segment.forward(), () => segment.columns(), () => segment.starters('a'), () => segment.termsBySound(0),
    () => segment.dictionary().near('warming', 1, true), () => segment.lookUp('digit', 0, 0, 0), () => segment.lookUp('digitEnd', 0, 0, 0), () => segment.lookUp('mixed', 0, 0, 0), () => segment.lookUp('mixedEnd', 0, 0, 0),
  ]) {
    load();
    yield;
  }
  // Posting lists too, as long as they leave room for the rest.
  const lists = segment.meta.chunks[PART.postings] ?? 0;
  if (lists * POSTING_CHUNK <= WARMED_LISTS) for (let chunk = 0; chunk < lists; chunk++) {
    segment.preload(chunk);
    if (chunk % 16 === 15) yield;
  }
  segment.warmed = true;
}
