import type { Database } from 'better-sqlite3';
import { crc32 } from './bytes.ts';
import { unpack } from './chunk-store.ts';
import type { Segment } from './segment.ts';
import { PART } from './tables.ts';

/** What a full check found. `ok` is false when the index must be rebuilt. */
export type IntegrityReport = { ok: boolean; chunks: number; problems: string[] };

type ChunkRow = { part: number; chunk: number; crc: number; data: Uint8Array };

/** Chunks read between two yields: 4 MB at most. */
const AT_ONCE = 16;

/** Reads every chunk of the live segments, compares checksums and counts, and walks the term offsets; in steps of some ms. */
export function* checkIntegrity(db: Database, segments: readonly Segment[]): Generator<void, IntegrityReport> {
  const select = db.prepare<[number, number, number, number], ChunkRow>('SELECT part, chunk, crc, data FROM search_chunk WHERE segment = ? AND (part, chunk) > (?, ?) ORDER BY part, chunk LIMIT ?');
  const problems: string[] = [];
  let chunks = 0;
  for (const segment of segments) {
    const counts = new Map<number, number>();
    let rows = select.all(segment.id, 0, 0, AT_ONCE);
    for (let first = true; rows.length > 0 || first; first = false) {
      for (const row of rows) {
        const inside = row.part === PART.packed ? (unpack(row.data) ?? []) : [row];
        chunks += inside.length;
        for (const { part } of inside) counts.set(part, (counts.get(part) ?? 0) + 1);
        if (crc32(row.data) !== row.crc) problems.push(`segment ${segment.id}: part ${row.part}, chunk ${row.chunk}: wrong checksum`);
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      yield;
      rows = select.all(segment.id, last.part, last.chunk, AT_ONCE);
    }
    for (const [part, wanted] of Object.entries(segment.meta.chunks)) {
      const have = counts.get(Number(part)) ?? 0;
      if (have !== wanted) problems.push(`segment ${segment.id}: part ${part}: ${have} of ${wanted} chunks`);
    }
    if (problems.length === 0) problems.push(...checkShape(segment));
  }
  return { ok: problems.length === 0, chunks, problems };
}

/** Offsets ascend and term numbers exist: what a wrong build, rather than a bad disk, would break. */
function checkShape(segment: Segment): string[] {
  const problems: string[] = [];
  const offsets = segment.forwardOffsets();
  const forward = segment.forward();
  if (offsets.length !== segment.docs + 1) problems.push(`segment ${segment.id}: ${offsets.length - 1} documents instead of ${segment.docs}`);
  for (let doc = 0; doc < segment.docs; doc++) {
    if ((offsets[doc] ?? 0) <= (offsets[doc + 1] ?? 0)) continue;
    problems.push(`segment ${segment.id}: offsets of document ${doc} descend`);
    break;
  }
  if (forward.some((entry) => entry >>> 3 >= segment.meta.terms)) problems.push(`segment ${segment.id}: unknown term`);
  return problems;
}
