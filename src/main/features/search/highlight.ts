import { compactCode } from '#shared/domain/search/codes.ts';
import type { SearchField, SearchHit, SearchMatch } from '#shared/domain/search/schema.ts';
import { wordSpans } from '#shared/domain/search/text.ts';
import type { ParsedQuery } from '#shared/domain/search/query.ts';
import type { Ranked } from './rank.ts';
import type { StoredDoc } from './segment-builder.ts';

/** Why one field matched, with the places in it; undefined when it did not. */
function matchField(field: SearchField, text: string, hit: Ranked, query: ParsedQuery): SearchMatch | undefined {
  const dictionary = hit.segment.dictionary();
  const ranges: [number, number][] = [];
  let reason: SearchMatch['reason'] | undefined;
  let best = 0;
  const note = (start: number, end: number, weight: number, why: SearchMatch['reason']): void => {
    const last = ranges.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
    if (weight > best) {
      best = weight;
      reason = why;
    }
  };
  const spans = wordSpans(text);
  const split = hit.sets.some((set) => set.reason === 'joined') ? new Set(query.words.map((w) => w.term)) : undefined;
  for (let i = 0; i < spans.length; i++) {
    const span = spans[i];
    if (span === undefined) continue;
    const term = dictionary.find(span.term);
    const match = term < 0 ? undefined : hit.matcher(term)?.[0];
    if (match !== undefined) {
      // A prefix shows how much of the word was typed.
      const typed = match.reason === 'prefix' ? query.words.find((w) => span.term.startsWith(w.term))?.term.length : undefined;
      note(span.start, typed === undefined || typed > span.end - span.start ? span.end : span.start + typed, match.weight, match.reason);
      continue;
    }
    const marked = hit.sets.find((set) => set.mark?.includes(span.term) === true);
    if (marked !== undefined) {
      note(span.start, span.end, marked.weight, marked.reason);
      continue;
    }
    const next = spans[i + 1];
    if (split !== undefined && next !== undefined && [...split].some((word) => word === span.term + next.term || (span.term + next.term).startsWith(word) && word.startsWith(span.term))) {
      note(span.start, span.end, 0.9, 'joined');
      note(next.start, next.end, 0.9, 'joined');
      i++;
    }
  }
  return reason === undefined ? undefined : { field, text, ranges, reason };
}

/** Places of a typed code in a text, whatever separators either has. */
function matchCode(text: string, codes: readonly string[]): SearchMatch | undefined {
  const places: number[] = [];
  let compact = '';
  for (let i = 0; i < text.length; i++) {
    const part = compactCode(text[i] ?? '');
    for (const char of part) {
      compact += char;
      places.push(i);
    }
  }
  for (const code of codes) {
    const trimmed = code.replace(/^0+(?=\d)/, '');
    const at = compact.indexOf(trimmed);
    if (at < 0) continue;
    return { field: 'code', text, ranges: [[places[at] ?? 0, (places[at + trimmed.length - 1] ?? 0) + 1]], reason: 'code' };
  }
  return undefined;
}

/** Turns a ranked document into a hit with the reasons it matched. */
export function toHit(hit: Ranked, query: ParsedQuery): SearchHit {
  const doc: StoredDoc = hit.segment.stored(hit.doc);
  const matches: SearchMatch[] = [];
  const look = (field: SearchField, text: string | undefined): void => {
    const match = text === undefined ? undefined : matchField(field, text, hit, query);
    if (match !== undefined) matches.push(match);
  };
  look('title', doc.t);
  look('brand', doc.b);
  look('model', doc.m);
  for (const step of doc.c ?? []) look('category', step);
  for (const word of doc.w ?? []) look('keywords', word);
  if (hit.sets.some((set) => set.reason === 'code')) {
    const codes = query.codes.map((code) => code.text).sort((a, b) => b.length - a.length);
    for (const text of [...(doc.n ?? []), ...(doc.m === undefined ? [] : [doc.m]), doc.id, doc.t]) {
      const match = matchCode(text, codes);
      if (match === undefined) continue;
      matches.push(match);
      break;
    }
    if (matches.every((match) => match.reason !== 'code')) matches.push({ field: 'code', text: doc.n?.[0] ?? doc.id, ranges: [], reason: 'code' });
  }
  if (hit.sets.some((set) => set.reason === 'category') && matches.every((match) => match.field !== 'category')) {
    matches.push({ field: 'category', text: (doc.c ?? []).at(-1) ?? '', ranges: [], reason: 'category' });
  }
  if (hit.weak !== 0 && matches.length === 0) matches.push({ field: 'text', text: '', ranges: [], reason: 'exact' });
  const out: SearchHit = { kind: doc.k, key: doc.id, title: doc.t, score: hit.score, matches };
  if (doc.s !== undefined) out.subtitle = doc.s;
  return out;
}
