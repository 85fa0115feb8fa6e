import { doubleMetaphone } from 'double-metaphone';
import { ChunkWriter, hash53, NumberList, sortPairs } from './bytes.ts';
import type { CodeList, SegmentDraft } from './segment-builder.ts';
import { FIELD, PART, type Part, PLACE, placeOf, POSTING_CHUNK, type SegmentMeta, STARTER_LENGTH, STARTERS, TABLE_CHUNK, WHOLE_CHUNK } from './tables.ts';

/** Puts one chunk of a part away. */
export type EmitChunk = (part: Part, chunk: number, data: Uint8Array) => void;

const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Work done between two yields: about this many postings. */
const SLICE = 60_000;

/** Sound key of a word, 0 for words without one. Two words that sound alike share it. */
export function soundKey(code: string): number {
  return code === '' ? 0 : hash53(code) % 4_294_967_295 + 1;
}

/** True for words whose sound is worth keeping: Latin letters only. */
export function hasSound(term: string): boolean {
  return term.length >= 3 && term.length <= 24 && /^[a-z]+$/.test(term);
}

/** Sounds of words seen lately: a change brings back the words of its neighbours. */
const sounds = new Map<string, [string, string]>();
const MOST_SOUNDS = 8_192;

function soundsOf(term: string): [string, string] {
  const known = sounds.get(term);
  if (known !== undefined) return known;
  if (sounds.size >= MOST_SOUNDS) sounds.clear();
  const made = doubleMetaphone(term);
  sounds.set(term, made);
  return made;
}

type Sorted = { rank: Uint32Array; order: Uint32Array };

function sortTerms(terms: readonly string[]): Sorted {
  const order = Uint32Array.from(terms.keys());
  const byText = [...terms.keys()].sort((a, b) => ((terms[a] ?? '') < (terms[b] ?? '') ? -1 : 1));
  order.set(byText);
  const rank = new Uint32Array(terms.length);
  order.forEach((term, position) => {
    rank[term] = position;
  });
  return { rank, order };
}

/**
 * Writes a draft as a segment, all but the stored documents, which its builder has handed out, in slices of some ten milliseconds: run the generator to its end.
 * The value returned describes the segment. The draft must not change meanwhile.
 */
export function* writeSegment(draft: SegmentDraft, emit: EmitChunk): Generator<void, SegmentMeta> {
  const meta: SegmentMeta = {
    uid: Math.floor(Math.random() * 9_007_199_254_740_991), docs: draft.columns.length, terms: draft.terms.length, categories: draft.categories, targets: draft.targets, chunks: { [PART.stored]: draft.blocks }, bytes: {},
  };
  const put: EmitChunk = (part, chunk, data) => {
    meta.chunks[part] = Math.max(meta.chunks[part] ?? 0, chunk + 1);
    emit(part, chunk, data);
  };
  const whole = (part: Part, data: ArrayBufferView): void => {
    const bytes = bytesOf(data);
    meta.bytes[part] = bytes.length;
    for (let at = 0, chunk = 0; at < bytes.length; at += WHOLE_CHUNK, chunk++) put(part, chunk, bytes.subarray(at, at + WHOLE_CHUNK));
  };
  const sorted = sortTerms(draft.terms);
  yield;
  yield* writeDictionary(draft, sorted, whole);
  yield* writePostings(draft, sorted, put, whole);
  yield* writeForward(draft, sorted, whole);
  yield* writeStarters(draft, sorted, whole);
  writeColumns(draft, whole);
  yield;
  writeTable(draft.keys.keys, draft.keys.docs, PART.keyTable, PART.keyFence, put, whole);
  yield;
  yield* writeCodes(draft.codes.digits, [PART.digitTable, PART.digitFence, PART.digitEndTable, PART.digitEndFence], put, whole);
  yield* writeCodes(draft.codes.mixed, [PART.mixedTable, PART.mixedFence, PART.mixedEndTable, PART.mixedEndFence], put, whole);
  return meta;
}

type Whole = (part: Part, data: ArrayBufferView) => void;

function* writeDictionary(draft: SegmentDraft, { order }: Sorted, whole: Whole): Generator<void> {
  const offsets = new Uint32Array(order.length + 1);
  let total = 0;
  for (let i = 0; i < order.length; i++) {
    total += draft.terms[order[i] ?? 0]?.length ?? 0;
    offsets[i + 1] = total;
  }
  const units = new Uint16Array(total);
  const soundKeys = new NumberList();
  const soundTerms = new NumberList();
  for (let i = 0, at = 0; i < order.length; i++) {
    const term = draft.terms[order[i] ?? 0] ?? '';
    for (let c = 0; c < term.length; c++) units[at++] = term.charCodeAt(c);
    if (hasSound(term)) {
      const [first, second] = soundsOf(term);
      soundKeys.push(soundKey(first));
      soundTerms.push(i);
      if (second !== first) {
        soundKeys.push(soundKey(second));
        soundTerms.push(i);
      }
    }
    if (i % 8_192 === 8_191) yield;
  }
  whole(PART.termUnits, units);
  whole(PART.termOffsets, offsets);
  const keys = Float64Array.from(soundKeys.view());
  const terms = soundTerms.view();
  sortPairs(keys, terms);
  whole(PART.soundKeys, Uint32Array.from(keys));
  whole(PART.soundTerms, terms);
  yield;
}

/** Documents of each term with the best place, in document order, by a counting sort over terms. */
function* collectPostings(draft: SegmentDraft): Generator<void, { starts: Uint32Array; ends: Uint32Array; entries: Uint32Array }> {
  const starts = new Uint32Array(draft.terms.length + 1);
  const forward = draft.forward.view();
  const text = draft.text.view();
  for (const entry of forward) starts[(entry >>> 3) + 1] = (starts[(entry >>> 3) + 1] ?? 0) + 1;
  yield;
  for (const entry of text) starts[(entry >>> 1) + 1] = (starts[(entry >>> 1) + 1] ?? 0) + 1;
  for (let t = 0; t < draft.terms.length; t++) starts[t + 1] = (starts[t + 1] ?? 0) + (starts[t] ?? 0);
  const ends = starts.slice(0, draft.terms.length);
  const entries = new Uint32Array(forward.length + text.length);
  const add = (term: number, doc: number, place: number): void => {
    const end = ends[term] ?? 0;
    const previous = end > (starts[term] ?? 0) ? (entries[end - 1] ?? 0) : -1;
    if (previous >= 0 && previous >>> 2 === doc) {
      if ((previous & 3) > place) entries[end - 1] = (doc << 2) | place;
    } else {
      entries[end] = (doc << 2) | place;
      ends[term] = end + 1;
    }
  };
  let f = 0;
  let x = 0;
  for (let doc = 0; doc < draft.columns.length; doc++) {
    const forwardEnd = draft.forwardEnds.data[doc] ?? 0;
    for (; f < forwardEnd; f++) add((forward[f] ?? 0) >>> 3, doc, placeOf((forward[f] ?? 0) & 7));
    const textEnd = draft.textEnds.data[doc] ?? 0;
    for (; x < textEnd; x++) add((text[x] ?? 0) >>> 1, doc, (text[x] ?? 0) & 1 ? PLACE.aside : PLACE.text);
    if (doc % 16_384 === 16_383) yield;
  }
  return { starts, ends, entries };
}

function* writePostings(draft: SegmentDraft, { order }: Sorted, put: EmitChunk, whole: Whole): Generator<void> {
  const { starts, ends, entries } = yield* collectPostings(draft);
  const offsets = new Uint32Array(order.length + 1);
  const documents = new Uint32Array(order.length);
  const writer = new ChunkWriter(POSTING_CHUNK, (chunk, data) => put(PART.postings, chunk, data));
  let work = 0;
  for (let i = 0; i < order.length; i++) {
    const term = order[i] ?? 0;
    const end = ends[term] ?? 0;
    let previous = 0;
    for (let e = starts[term] ?? 0; e < end; e++) {
      const entry = entries[e] ?? 0;
      const doc = entry >>> 2;
      writer.varint(((doc - previous) << 2) | (entry & 3));
      previous = doc;
    }
    documents[i] = end - (starts[term] ?? 0);
    offsets[i + 1] = writer.position;
    work += documents[i] ?? 0;
    if (work > SLICE) {
      work = 0;
      yield;
    }
  }
  writer.finish();
  meta64(offsets);
  whole(PART.postingOffsets, offsets);
  whole(PART.termDocs, documents);
  yield;
}

function meta64(offsets: Uint32Array): void {
  const last = offsets.at(-1) ?? 0;
  if (last >= 4_294_967_295) throw new RangeError('a search segment may hold 4 GB of postings');
}

function* writeForward(draft: SegmentDraft, { rank }: Sorted, whole: Whole): Generator<void> {
  const forward = draft.forward.view();
  const out = new Uint32Array(forward.length);
  for (let i = 0; i < forward.length; i++) {
    const entry = forward[i] ?? 0;
    out[i] = ((rank[entry >>> 3] ?? 0) << 3) | (entry & 7);
    if (i % 262_144 === 262_143) yield;
  }
  const ends = new Uint32Array(draft.columns.length + 1);
  ends.set(draft.forwardEnds.view(), 1);
  whole(PART.forward, out);
  whole(PART.forwardOffsets, ends);
  yield;
}

/**
 * The shortest titles for each beginning of up to three characters: the answer to the first letters
 * typed, where reading every word that begins so would cost most and tell least.
 */
function* writeStarters(draft: SegmentDraft, { rank, order }: Sorted, whole: Whole): Generator<void> {
  const beginnings = beginningsOf(draft.terms, order);
  yield;
  const count = draft.columns.length;
  const byLength = shortestFirst(draft.forwardEnds.view(), count);
  const lists = new Map<number, { product: number[]; other: number[] }>();
  for (let i = 0; i < count; i++) {
    const doc = byLength[i] ?? 0;
    const start = doc === 0 ? 0 : (draft.forwardEnds.data[doc - 1] ?? 0);
    if (start >= (draft.forwardEnds.data[doc] ?? 0)) continue;
    const entry = draft.forward.data[start] ?? 0;
    if ((entry & 7) !== FIELD.title) continue;
    const term = rank[entry >>> 3] ?? 0;
    const kind = draft.columns[doc]?.kind === 0 ? 'product' : 'other';
    for (let length = 1; length <= STARTER_LENGTH; length++) {
      const first = beginnings[term * STARTER_LENGTH + length - 1] ?? 0;
      const key = first * 4 + length;
      let list = lists.get(key);
      if (list === undefined) lists.set(key, (list = { product: [], other: [] }));
      if (list[kind].length < STARTERS[kind]) list[kind].push(doc);
    }
    if (i % 32_768 === 32_767) yield;
  }
  const keys = [...lists.keys()].sort((a, b) => a - b);
  const docs = new NumberList();
  const ends = new Uint32Array(keys.length);
  keys.forEach((key, i) => {
    const list = lists.get(key);
    for (const doc of [...(list?.product ?? []), ...(list?.other ?? [])]) docs.push(doc);
    ends[i] = docs.length;
  });
  whole(PART.starterKeys, Uint32Array.from(keys));
  whole(PART.starterEnds, ends);
  whole(PART.starterDocs, docs.view());
  yield;
}

/** For each term and length, the first term in sorted order with the same beginning. */
function beginningsOf(terms: readonly string[], order: Uint32Array): Uint32Array {
  const out = new Uint32Array(order.length * STARTER_LENGTH);
  const first = Array.from({ length: STARTER_LENGTH }, () => 0);
  let previous = '';
  for (let i = 0; i < order.length; i++) {
    const term = terms[order[i] ?? 0] ?? '';
    for (let length = 1; length <= STARTER_LENGTH; length++) {
      if (i === 0 || term.slice(0, length) !== previous.slice(0, length)) first[length - 1] = i;
      out[i * STARTER_LENGTH + length - 1] = first[length - 1] ?? 0;
    }
    previous = term;
  }
  return out;
}

/** Documents by their number of words, few first; a counting sort. */
function shortestFirst(ends: Uint32Array, count: number): Uint32Array {
  const most = 64;
  const lengthOf = (doc: number): number => Math.min(most - 1, (ends[doc] ?? 0) - (doc === 0 ? 0 : (ends[doc - 1] ?? 0)));
  const starts = new Uint32Array(most + 1);
  for (let doc = 0; doc < count; doc++) starts[lengthOf(doc) + 1] = (starts[lengthOf(doc) + 1] ?? 0) + 1;
  for (let l = 0; l < most; l++) starts[l + 1] = (starts[l + 1] ?? 0) + (starts[l] ?? 0);
  const out = new Uint32Array(count);
  for (let doc = 0; doc < count; doc++) {
    const at = starts[lengthOf(doc)] ?? 0;
    starts[lengthOf(doc)] = at + 1;
    out[at] = doc;
  }
  return out;
}

function writeColumns(draft: SegmentDraft, whole: Whole): void {
  const { columns } = draft;
  whole(PART.kind, Uint8Array.from(columns, (c) => c.kind));
  if (draft.categories.length > 0) whole(PART.category, Uint32Array.from(columns, (c) => c.category));
  if (columns.some((c) => !Number.isNaN(c.price))) whole(PART.price, Float32Array.from(columns, (c) => c.price));
  if (columns.some((c) => c.validFrom > 0)) whole(PART.validFrom, Float64Array.from(columns, (c) => c.validFrom));
  if (columns.some((c) => c.validUntil > 0)) whole(PART.validUntil, Float64Array.from(columns, (c) => c.validUntil));
  if (draft.targets.length > 0) whole(PART.target, Uint32Array.from(columns, (c) => c.target));
}

function writeTable(keys: readonly number[], docs: NumberList, table: Part, fence: Part, put: EmitChunk, whole: Whole): void {
  const sortedKeys = Float64Array.from(keys);
  const sortedDocs = docs.view().slice();
  sortPairs(sortedKeys, sortedDocs);
  const fences = new Float64Array(Math.ceil(keys.length / TABLE_CHUNK));
  for (let first = 0, chunk = 0; first < keys.length; first += TABLE_CHUNK, chunk++) {
    const part = sortedKeys.slice(first, first + TABLE_CHUNK);
    fences[chunk] = part[0] ?? 0;
    const data = new Uint8Array(part.length * 12);
    data.set(bytesOf(part));
    data.set(bytesOf(sortedDocs.subarray(first, first + TABLE_CHUNK)), part.length * 8);
    put(table, chunk, data);
  }
  if (keys.length > 0) whole(fence, fences);
}

function* writeCodes(list: CodeList, parts: readonly [Part, Part, Part, Part], put: EmitChunk, whole: Whole): Generator<void> {
  writeTable(list.keys, list.docs, parts[0], parts[1], put, whole);
  yield;
  writeTable(list.reversed, list.docs, parts[2], parts[3], put, whole);
  yield;
}
