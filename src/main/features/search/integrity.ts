import type { Database } from 'better-sqlite3';
import { crc32 } from './bytes.ts';
import type { Segment } from './segment.ts';

/** What a full check found. `ok` is false when the index must be rebuilt. */
export type IntegrityReport = { ok: boolean; chunks: number; problems: string[] };

type ChunkRow = { segment: number; part: number; chunk: number; crc: number; data: Uint8Array };

/** Reads every chunk of the live segments, compares checksums and counts, and walks the term offsets. */
export function checkIntegrity(db: Database, segments: readonly Segment[]): IntegrityReport {
  const select = db.prepare<[number], ChunkRow>('SELECT segment, part, chunk, crc, data FROM search_chunk WHERE segment = ?');
  const problems: string[] = [];
  let chunks = 0;
  for (const segment of segments) {
    const counts = new Map<number, number>();
    for (const row of select.iterate(segment.id)) {
      chunks++;
      counts.set(row.part, (counts.get(row.part) ?? 0) + 1);
      if (crc32(row.data) !== row.crc) problems.push(`segment ${segment.id}: part ${row.part}, chunk ${row.chunk}: wrong checksum`);
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
