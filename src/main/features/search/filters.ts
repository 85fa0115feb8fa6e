import { isMeantFor } from '#shared/domain/audience.ts';
import { fold, words } from '#shared/domain/search/text.ts';
import type { SearchFilters, SearchKind } from '#shared/domain/search/schema.ts';
import { endingVariants } from '#shared/domain/search/variants.ts';
import { KIND_OF } from './segment-builder.ts';
import type { Segment } from './segment.ts';
import { FIELD } from './tables.ts';

/** Who asks, and when (UTC epoch ms). */
export type Audience = { teams: readonly string[]; queues: readonly string[]; now: number; /** Nothing is left out. */ everything: boolean };

type Test = (doc: number) => boolean;

/** A document must pass every filter. Prices are compared in major units; documents without a price fail a price filter. */
export function acceptOf(segment: Segment, filters: SearchFilters, kinds: readonly SearchKind[] | undefined, audience: Audience): Test {
  const columns = segment.columns();
  const tests: Test[] = [];
  if (kinds !== undefined) {
    const wanted = KIND_OF.map((kind) => kinds.includes(kind));
    tests.push((doc) => wanted[columns.kind[doc] ?? 0] === true);
  }
  const { validFrom, validUntil, target, price } = columns;
  if (validFrom !== undefined && !audience.everything) tests.push((doc) => (validFrom[doc] ?? 0) <= audience.now);
  if (validUntil !== undefined && !audience.everything) tests.push((doc) => (validUntil[doc] ?? 0) === 0 || (validUntil[doc] ?? 0) > audience.now);
  if (target !== undefined && !audience.everything) {
    const open = [true, ...segment.meta.targets.map((targets) => isMeantFor({ targets }, audience))];
    tests.push((doc) => open[target[doc] ?? 0] === true);
  }
  const { priceMin, priceMax } = filters;
  // Prices are kept as 32-bit floats: a hair of tolerance keeps "<20" from losing 20.00.
  if (priceMin !== undefined) tests.push((doc) => (price?.[doc] ?? Number.NaN) >= priceMin * (1 - 1e-6));
  if (priceMax !== undefined) tests.push((doc) => (price?.[doc] ?? Number.NaN) <= priceMax * (1 + 1e-6));
  if (filters.category !== undefined) tests.push(inCategory(segment, filters.category));
  if (filters.brand !== undefined) tests.push(ofBrand(segment, filters.brand));
  if (tests.length === 0) return () => true;
  return (doc) => tests.every((test) => test(doc));
}

function inCategory(segment: Segment, category: string): Test {
  const asked = words(category);
  const wanted = [false, ...segment.meta.categories.map((path) => {
    const have = words(path);
    return asked.every((word) => [word, ...endingVariants(word).close].some((form) => have.some((other) => other.startsWith(form))));
  })];
  const { category: column } = segment.columns();
  return (doc) => wanted[column?.[doc] ?? 0] === true;
}

/** The brand field holds the asked words; without a brand field, the title begins with them. */
function ofBrand(segment: Segment, brand: string): Test {
  const dictionary = segment.dictionary();
  const asked = words(fold(brand)).map((word) => dictionary.prefixRange(word));
  const forward = segment.forward();
  const offsets = segment.forwardOffsets();
  return (doc) => {
    const start = offsets[doc] ?? 0;
    const end = offsets[doc + 1] ?? 0;
    let from = start;
    let to = Math.min(end, start + asked.length);
    for (let i = start; i < end; i++) {
      if (((forward[i] ?? 0) & 7) !== FIELD.brand) continue;
      if (from === start) from = i;
      to = i + 1;
    }
    return asked.every(({ low, high }) => {
      for (let i = from; i < to; i++) {
        const term = (forward[i] ?? 0) >>> 3;
        if (term >= low && term < high) return true;
      }
      return false;
    });
  };
}
