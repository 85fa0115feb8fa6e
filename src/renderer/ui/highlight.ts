import Fuse from 'fuse.js';

/** Half-open character range `[from, to)` of a text. */
export type Range = readonly [from: number, to: number];

const options = { keys: ['text'], includeMatches: true, ignoreLocation: true, threshold: 0.34, minMatchCharLength: 2, ignoreDiacritics: true };

/**
 * Where the words of a query appear in a text, typos forgiven; for display only, never for ranking. Exact word starts
 * are taken first; only words without one are looked for fuzzily, so that scattered letters do not light up.
 * At most 12 words and 400 characters are looked at, which keeps a row of the palette under 0.1 ms.
 */
export function highlightRanges(text: string, query: string): Range[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word.length > 0).slice(0, 12);
  const head = text.slice(0, 400);
  return mergeRanges(words.flatMap((word) => exactRanges(head, word) ?? fuzzyRanges(head, word)));
}

function exactRanges(text: string, word: string): Range[] | null {
  const lower = text.toLowerCase();
  // Some letters change length in lower case; positions would then be wrong, and no highlight is better than a wrong one.
  if (lower.length !== text.length) return [];
  const found: Range[] = [];
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(lower.charAt(at - 1))) found.push([at, at + word.length]);
  }
  return found.length === 0 ? null : found;
}

function fuzzyRanges(text: string, word: string): Range[] {
  if (word.length < 3) return [];
  const tokens = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({ text: match[0], at: match.index }));
  const best = new Fuse(tokens, options).search(word, { limit: 1 })[0];
  if (best === undefined) return [];
  return [[best.item.at, best.item.at + best.item.text.length]];
}

/** Sorted, without overlaps; ranges that touch become one. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (to > from) merged.push([from, to]);
  }
  return merged;
}

/** Cuts a text into marked and unmarked pieces; ranges outside the text are cut to it. */
export function cutByRanges(text: string, ranges: readonly Range[]): { text: string; marked: boolean }[] {
  const pieces: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of mergeRanges(ranges)) {
    if (from > at) pieces.push({ text: text.slice(at, from), marked: false });
    if (from < text.length) pieces.push({ text: text.slice(Math.max(at, from), to), marked: true });
    at = Math.max(at, to);
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}
