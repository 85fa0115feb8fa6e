import { NumberList } from './bytes.ts';
import { codesOf } from './code-search.ts';
import { decodePostings } from './postings.ts';
import type { Segment } from './segment.ts';
import type { SegmentBuilder } from './segment-builder.ts';
import { PLACE } from './tables.ts';

const NO_TERM = 4_294_967_295;
/** Documents copied between two yields. */
const SLICE = 2_000;

/** Marks a document that was not copied. */
export const NOT_COPIED = 4_294_967_295;

/**
 * Copies the documents that are still in a segment to a builder, without their source texts. Returns
 * the new number of each document, or {@link NOT_COPIED}.
 */
export function* copySegment(segment: Segment, builder: SegmentBuilder): Generator<void, Uint32Array> {
  const copied = new Uint32Array(segment.docs).fill(NOT_COPIED);
  const dictionary = segment.dictionary();
  const renumbered = new Uint32Array(dictionary.size).fill(NO_TERM);
  const term = (old: number): number => {
    let fresh = renumbered[old] ?? NO_TERM;
    if (fresh === NO_TERM) {
      fresh = builder.termId(dictionary.text(old));
      renumbered[old] = fresh;
    }
    return fresh;
  };
  const { starts, terms } = textTerms(segment);
  const { draft } = builder;
  const forward = segment.forward();
  const offsets = segment.forwardOffsets();
  const columns = segment.columns();
  for (let doc = 0; doc < segment.docs; doc++) {
    if (doc % SLICE === SLICE - 1) yield;
    if (segment.gone[doc] !== 0) continue;
    for (let i = offsets[doc] ?? 0; i < (offsets[doc + 1] ?? 0); i++) {
      const entry = forward[i] ?? 0;
      draft.forward.push((term(entry >>> 3) << 3) | (entry & 7));
    }
    for (let i = starts[doc] ?? 0; i < (starts[doc + 1] ?? 0); i++) draft.text.push((term((terms[i] ?? 0) >>> 1) << 1) | ((terms[i] ?? 0) & 1));
    const text = segment.storedText(doc);
    const stored = segment.stored(doc);
    for (const code of new Set(codesOf(stored))) if (code.length >= 3) builder.packed(code, builder.docs);
    copied[doc] = builder.docs;
    const target = segment.meta.targets[(columns.target?.[doc] ?? 0) - 1];
    builder.close(stored.k, stored.id, text, {
      kind: columns.kind[doc] ?? 0,
      category: builder.categoryId(segment.meta.categories[(columns.category?.[doc] ?? 0) - 1] ?? ''),
      price: columns.price?.[doc] ?? Number.NaN,
      validFrom: columns.validFrom?.[doc] ?? 0,
      validUntil: columns.validUntil?.[doc] ?? 0,
      target: builder.target(target?.teams ?? [], target?.queues ?? []),
    });
  }
  return copied;
}

/** Terms found in long texts only, by document, as a draft holds them: the postings turned round. */
function textTerms(segment: Segment): { starts: Uint32Array; terms: Uint32Array } {
  const docs = new NumberList();
  const terms = new NumberList();
  const starts = new Uint32Array(segment.docs + 1);
  decodePostings(segment, 0, segment.dictionary().size, (doc, place, term) => {
    if (place < PLACE.text) return;
    docs.push(doc);
    terms.push((term << 1) | (place === PLACE.aside ? 1 : 0));
    starts[doc + 1] = (starts[doc + 1] ?? 0) + 1;
  });
  for (let d = 0; d < segment.docs; d++) starts[d + 1] = (starts[d + 1] ?? 0) + (starts[d] ?? 0);
  const next = starts.slice();
  const sorted = new Uint32Array(terms.length);
  for (let i = 0; i < terms.length; i++) {
    const doc = docs.data[i] ?? 0;
    const at = next[doc] ?? 0;
    next[doc] = at + 1;
    sorted[at] = terms.data[i] ?? 0;
  }
  return { starts, terms: sorted };
}
