import { preparePattern } from '#shared/domain/search/edit-distance.ts';

/** A dictionary word near a typed word. */
export type NearTerm = { term: number; distance: number };

/** The sorted words of a segment, as code units outside the JavaScript heap. */
export type Dictionary = {
  readonly size: number;
  text(term: number): string;
  /** Number of a word, or -1. */
  find(word: string): number;
  /** All words that begin with `prefix`: from `low` up to but not including `high`. */
  prefixRange(prefix: string): { low: number; high: number };
  /** Words within `limit` edits; with `asPrefix`, words of which some beginning is within `limit` edits. */
  near(word: string, limit: number, asPrefix: boolean): NearTerm[];
};

/** Length of the beginning that prefix masks cover. */
const HEAD = 6;
const MAX_LENGTH = 32;

/** One bit per letter; letters beyond a–z share the last bits. */
function letterBit(code: number): number {
  return code >= 97 && code <= 122 ? 1 << (code - 97) : 1 << (26 + (code % 6));
}

/** True when more than `limit` bits are set. */
function moreBits(value: number, limit: number): boolean {
  let left = value;
  for (let i = 0; i < limit && left !== 0; i++) left &= left - 1;
  return left !== 0;
}

/** Words that can be misspelt, by length, with letter masks that rule most of them out at once. */
type NearIndex = { terms: Uint32Array; masks: Int32Array; heads: Int32Array; starts: Uint32Array };

function buildNearIndex(units: Uint16Array, offsets: Uint32Array): NearIndex {
  const size = offsets.length - 1;
  const starts = new Uint32Array(MAX_LENGTH + 2);
  const lengthOf = new Uint8Array(size);
  for (let t = 0; t < size; t++) {
    const start = offsets[t] ?? 0;
    const length = (offsets[t + 1] ?? 0) - start;
    if (length < 3 || length > MAX_LENGTH) continue;
    let digits = 0;
    for (let i = start; i < start + length; i++) {
      const code = units[i] ?? 0;
      if (code < 58) digits++;
    }
    // Short numbers are all one slip apart.
    if (digits * 2 > length && length < 4) continue;
    lengthOf[t] = length;
    starts[length + 1] = (starts[length + 1] ?? 0) + 1;
  }
  for (let l = 0; l <= MAX_LENGTH; l++) starts[l + 1] = (starts[l + 1] ?? 0) + (starts[l] ?? 0);
  const total = starts[MAX_LENGTH + 1] ?? 0;
  const index: NearIndex = { terms: new Uint32Array(total), masks: new Int32Array(total), heads: new Int32Array(total), starts };
  const next = starts.slice();
  for (let t = 0; t < size; t++) {
    const length = lengthOf[t] ?? 0;
    if (length === 0) continue;
    const at = next[length] ?? 0;
    next[length] = at + 1;
    const start = offsets[t] ?? 0;
    let mask = 0;
    let head = 0;
    for (let i = 0; i < length; i++) {
      mask |= letterBit(units[start + i] ?? 0);
      if (i < HEAD) head = mask;
    }
    index.terms[at] = t;
    index.masks[at] = mask;
    index.heads[at] = head;
  }
  return index;
}

/** Wraps the two dictionary parts of a segment. */
export function createDictionary(units: Uint16Array, offsets: Uint32Array): Dictionary {
  const size = offsets.length - 1;
  let nearIndex: NearIndex | undefined;

  /** -1, 0, 1: how word `term` sorts against `word`; with `asPrefix` a word that begins with it is equal. */
  const compare = (term: number, word: string, asPrefix: boolean): number => {
    const start = offsets[term] ?? 0;
    const length = (offsets[term + 1] ?? 0) - start;
    const shared = Math.min(length, word.length);
    for (let i = 0; i < shared; i++) {
      const difference = (units[start + i] ?? 0) - word.charCodeAt(i);
      if (difference !== 0) return difference;
    }
    if (length < word.length) return -1;
    return asPrefix || length === word.length ? 0 : 1;
  };

  const lowerBound = (word: string): number => {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(middle, word, false) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const text = (term: number): string => {
    let out = '';
    for (let i = offsets[term] ?? 0; i < (offsets[term + 1] ?? 0); i++) out += String.fromCharCode(units[i] ?? 0);
    return out;
  };

  return {
    size,
    text,
    find(word) {
      const at = lowerBound(word);
      return at < size && compare(at, word, false) === 0 ? at : -1;
    },
    prefixRange(prefix) {
      const low = lowerBound(prefix);
      let high = size;
      let from = low;
      while (from < high) {
        const middle = (from + high) >>> 1;
        if (compare(middle, prefix, true) <= 0) from = middle + 1;
        else high = middle;
      }
      return { low, high: from };
    },
    near(word, limit, asPrefix) {
      nearIndex ??= buildNearIndex(units, offsets);
      return scanNear(units, offsets, nearIndex, word, limit, asPrefix);
    },
  };
}

function scanNear(units: Uint16Array, offsets: Uint32Array, index: NearIndex, word: string, limit: number, asPrefix: boolean): NearTerm[] {
  const out: NearTerm[] = [];
  let mask = 0;
  let head = 0;
  for (let i = 0; i < word.length; i++) {
    mask |= letterBit(word.charCodeAt(i));
    if (i < HEAD - limit) head = mask;
  }
  const shortest = Math.max(3, word.length - limit);
  const longest = asPrefix ? MAX_LENGTH : Math.min(MAX_LENGTH, word.length + limit);
  if (shortest > longest) return out;
  const matcher = preparePattern(word);
  const { terms, masks, heads } = index;
  const to = index.starts[longest + 1] ?? 0;
  for (let i = index.starts[shortest] ?? 0; i < to; i++) {
    const theirs = masks[i] ?? 0;
    // Each edit can take away at most one letter of ours and bring at most one of theirs.
    if (moreBits(mask & ~theirs, limit)) continue;
    if (asPrefix ? moreBits(head & ~(heads[i] ?? 0), limit) : moreBits(theirs & ~mask, limit)) continue;
    const term = terms[i] ?? 0;
    const distance = matcher.distance(units, offsets[term] ?? 0, offsets[term + 1] ?? 0, limit, asPrefix);
    if (distance <= limit) out.push({ term, distance });
  }
  matcher.release();
  return out;
}
