import type { Segment } from './segment.ts';

/** Calls `visit` for every document of terms `low` up to `high` that is still there, term by term, in document order. */
export function decodePostings(segment: Segment, low: number, high: number, visit: (doc: number, place: number, term: number) => void): void {
  const { gone } = segment;
  segment.lists(low, high, (bytes, from, to, term) => {
    let doc = 0;
    for (let at = from; at < to; ) {
      let byte = bytes[at++] ?? 0;
      let value = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++] ?? 0;
        value |= (byte & 127) << shift;
      }
      doc += value >>> 2;
      if (gone[doc] === 0) visit(doc, value & 3, term);
    }
  });
}
