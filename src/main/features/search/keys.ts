import type { ChunkStore } from './chunk-store.ts';
import type { SearchKind } from '#shared/domain/search/schema.ts';
import type { Segment } from './segment.ts';
import { keyHash } from './segment-builder.ts';
import { PART } from './tables.ts';

/** The beginning of a stored document, by which its key is told without parsing. */
const headOf = (kind: SearchKind, key: string): string => `{"k":${JSON.stringify(kind)},"id":${JSON.stringify(key)},`;

/** The document with this key in a segment, if it is still there. */
export function findKey(segment: Segment, kind: SearchKind, key: string): number | undefined {
  const hash = keyHash(kind, key);
  const head = headOf(kind, key);
  return segment.lookUp('key', hash, hash + 1, 64).find((doc) => segment.gone[doc] === 0 && segment.storedText(doc).startsWith(head));
}

type KeyTable = { keys: Float64Array; docs: Uint32Array };

/** All keys of a segment, sorted by hash. */
function keyTable(store: ChunkStore, segment: Segment): KeyTable {
  const keys = new Float64Array(segment.docs);
  const docs = new Uint32Array(segment.docs);
  let at = 0;
  for (let chunk = 0; chunk < (segment.meta.chunks[PART.keyTable] ?? 0); chunk++) {
    const data = store.read(segment.id, PART.keyTable, chunk);
    const count = data.length / 12;
    keys.set(new Float64Array(data.buffer, data.byteOffset, count), at);
    docs.set(new Uint32Array(data.buffer, data.byteOffset + count * 8, count), at);
    at += count;
  }
  return { keys, docs };
}

const sameKey = (a: string, b: string): boolean => {
  const end = a.indexOf('","', a.indexOf('","') + 3);
  return end > 0 && b.startsWith(a.slice(0, end + 2));
};

/** Documents of `older` whose key is in `newer` too. */
export function* replacedBy(store: ChunkStore, older: Segment, newer: Segment): Generator<void, number[]> {
  const out: number[] = [];
  const a = keyTable(store, older);
  const b = keyTable(store, newer);
  for (let i = 0, j = 0; i < a.keys.length && j < b.keys.length; ) {
    const difference = (a.keys[i] ?? 0) - (b.keys[j] ?? 0);
    if (difference < 0) i++;
    else if (difference > 0) j++;
    else {
      const doc = a.docs[i] ?? 0;
      if (sameKey(older.storedText(doc), newer.storedText(b.docs[j] ?? 0))) out.push(doc);
      i++;
      if (out.length % 1_000 === 999) yield;
    }
  }
  return out;
}

/** Documents of a segment that a later one of the same segment replaces. */
export function repeatedIn(store: ChunkStore, segment: Segment): number[] {
  const { keys, docs } = keyTable(store, segment);
  const out: number[] = [];
  for (let i = 0; i + 1 < keys.length; i++) {
    // Equal keys keep the order in which they were added.
    if (keys[i] === keys[i + 1] && sameKey(segment.storedText(docs[i] ?? 0), segment.storedText(docs[i + 1] ?? 0))) out.push(docs[i] ?? 0);
  }
  return out;
}
