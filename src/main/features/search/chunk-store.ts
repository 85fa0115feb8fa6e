import type { Database } from 'better-sqlite3';
import { crc32 } from './bytes.ts';
import { PART, type Part, type SegmentMeta } from './tables.ts';

/** A chunk is missing or its checksum is wrong. The index says so and asks to be rebuilt. */
export class SearchDamageError extends Error {
  readonly segment: number;
  /** The part is read whole: without it the segment answers nothing. Otherwise only what needs this chunk is lost. */
  readonly whole: boolean;

  constructor(segment: number, part: number, chunk: number, whole = false) {
    super(`search index damaged: segment ${segment}, part ${part}, chunk ${chunk}`);
    this.name = 'SearchDamageError';
    this.segment = segment;
    this.whole = whole;
  }
}

/** All SQL over segments and chunks. */
export type ChunkStore = {
  /** Reads one chunk and checks it; throws {@link SearchDamageError}. */
  read(segment: number, part: Part, chunk: number): Uint8Array;
  /** Like `read`, through the shared cache of recently used chunks. */
  cached(segment: number, part: Part, chunk: number): Uint8Array;
  /** All bytes of a part that is read whole, in one aligned buffer. */
  whole(segment: number, part: Part, meta: SegmentMeta): ArrayBuffer;
  write(segment: number, part: Part, chunk: number, data: Uint8Array): void;
  /** Writes a small segment as one row. It will be read and rewritten soon, so it stays in memory, too. */
  writePacked(segment: number, chunks: readonly PackedChunk[]): void;
  /** Drops cached chunks of a segment that is no longer used. */
  forget(segment: number): void;
  cachedBytes(): number;
};

export type PackedChunk = { part: Part; chunk: number; data: Uint8Array };

/** A count, then part, chunk and length of each (32 bits), then their bytes. */
function pack(chunks: readonly PackedChunk[]): Uint8Array {
  const head = Uint32Array.from([chunks.length, ...chunks.flatMap(({ part, chunk, data }) => [part, chunk, data.length])]);
  return Buffer.concat([new Uint8Array(head.buffer), ...chunks.map(({ data }) => data)]);
}

/** The chunks of a packed row, each in memory of its own. Undefined when it is none. */
export function unpack(row: Uint8Array): PackedChunk[] | undefined {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  const count = row.length < 4 ? Infinity : view.getUint32(0, true);
  let at = 4 + count * 12;
  if (at > row.length) return undefined;
  const chunks: PackedChunk[] = [];
  for (let i = 0; i < count; i++) {
    const [part, chunk, length] = [view.getUint32(4 + i * 12, true), view.getUint32(8 + i * 12, true), view.getUint32(12 + i * 12, true)];
    if (at + length > row.length) return undefined;
    chunks.push({ part: part as Part, chunk, data: Uint8Array.prototype.slice.call(row, at, at + length) });
    at += length;
  }
  return chunks;
}

type ChunkRow = { crc: number; data: Uint8Array };

/** Chunk numbers take 24 bits, part numbers 5: the whole key stays below 2^53. */
const PART_SPAN = 16_777_216;
const SEGMENT_SPAN = 32 * PART_SPAN;

const keyOf = (segment: number, part: number, chunk: number): number => segment * SEGMENT_SPAN + part * PART_SPAN + chunk;

/** @param limit bytes of chunks kept in memory */
export function createChunkStore(db: Database, limit: number): ChunkStore {
  const select = db.prepare<[number, number, number], ChunkRow>('SELECT crc, data FROM search_chunk WHERE segment = ? AND part = ? AND chunk = ?');
  const insert = db.prepare<[number, number, number, number, Uint8Array]>('INSERT INTO search_chunk (segment, part, chunk, crc, data) VALUES (?, ?, ?, ?, ?)');
  // Kept in order of arrival: a chunk in use comes back at once, and a read costs no bookkeeping.
  const cache = new Map<number, Uint8Array>();
  const ofSegment = new Map<number, Set<number>>();
  let held = 0;

  const read = (segment: number, part: Part, chunk: number, whole = false): Uint8Array => {
    const row = select.get(segment, part, chunk) ?? open(segment, part, chunk, whole);
    if (row instanceof Uint8Array) return row;
    if (row === undefined || crc32(row.data) !== row.crc) throw new SearchDamageError(segment, part, chunk, whole);
    // Tables are read as 64-bit numbers in place, which needs aligned memory.
    if (row.data.byteOffset % 8 !== 0) return Uint8Array.prototype.slice.call(row.data);
    return new Uint8Array(row.data.buffer, row.data.byteOffset, row.data.byteLength);
  };

  /** A chunk out of a packed segment, all of which is kept. */
  const open = (segment: number, part: Part, chunk: number, whole: boolean): Uint8Array | undefined => {
    const row = select.get(segment, PART.packed, 0);
    if (row === undefined) return undefined;
    const chunks = crc32(row.data) === row.crc ? unpack(row.data) : undefined;
    if (chunks === undefined) throw new SearchDamageError(segment, part, chunk, whole);
    for (const one of chunks) hold(keyOf(segment, one.part, one.chunk), one.data);
    return chunks.find((one) => one.part === part && one.chunk === chunk)?.data;
  };

  const evict = (): void => {
    for (const [key, data] of cache) {
      if (held <= limit) return;
      held -= data.length;
      cache.delete(key);
      ofSegment.get(Math.floor(key / SEGMENT_SPAN))?.delete(key);
    }
  };

  const hold = (key: number, data: Uint8Array): void => {
    held += data.length - (cache.get(key)?.length ?? 0);
    cache.set(key, data);
    const segment = Math.floor(key / SEGMENT_SPAN);
    const known = ofSegment.get(segment);
    if (known === undefined) ofSegment.set(segment, new Set([key]));
    else known.add(key);
    if (held > limit) evict();
  };

  return {
    read: (segment, part, chunk) => read(segment, part, chunk),
    cached(segment, part, chunk) {
      const key = keyOf(segment, part, chunk);
      const known = cache.get(key);
      if (known !== undefined) return known;
      const data = read(segment, part, chunk);
      hold(key, data);
      return data;
    },
    whole(segment, part, meta) {
      const size = meta.bytes[part] ?? 0;
      const out = new Uint8Array(size);
      let at = 0;
      for (let chunk = 0; chunk < (meta.chunks[part] ?? 0); chunk++) {
        const data = cache.get(keyOf(segment, part, chunk)) ?? read(segment, part, chunk, true);
        if (at + data.length > size) throw new SearchDamageError(segment, part, chunk, true);
        out.set(data, at);
        at += data.length;
      }
      if (at !== size) throw new SearchDamageError(segment, part, 0, true);
      return out.buffer;
    },
    write(segment, part, chunk, data) {
      insert.run(segment, part, chunk, crc32(data), data);
    },
    writePacked(segment, chunks) {
      const data = pack(chunks);
      insert.run(segment, PART.packed, 0, crc32(data), data);
      for (const one of chunks) hold(keyOf(segment, one.part, one.chunk), one.data);
    },
    forget(segment) {
      for (const key of ofSegment.get(segment) ?? []) {
        held -= cache.get(key)?.length ?? 0;
        cache.delete(key);
      }
      ofSegment.delete(segment);
    },
    cachedBytes: () => held,
  };
}
