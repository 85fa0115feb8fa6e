import type { T } from '#renderer/messages/messages.tsx';
import type { SearchHit } from '#shared/domain/search/schema.ts';

/** What the list says of a hit: the stretches of its title that matched, and one line that says why it is there. */
export type HitLine = { readonly ranges: [number, number][]; readonly detail: string };

/** The line of a hit. `mark` says where the record comes from. A hit whose title shows nothing of what was typed names the place that does. */
export function hitLine(hit: SearchHit, t: T, mark?: string): HitLine {
  const ranges = mergeRanges(hit.matches.filter((match) => match.field === 'title' && match.text === hit.title).flatMap((match) => match.ranges));
  const other = hit.matches.find((match) => match.field !== 'title' || match.reason === 'code');
  const why = [...new Set(hit.matches.map((match) => match.reason))].filter((reason) => reason !== 'exact' && reason !== 'prefix');
  const parts = [mark, other?.field === 'code' ? other.text : undefined, hit.subtitle, ranges.length === 0 ? placeOf(hit, t) : undefined, why.map((reason) => t(`reason.${reason}`)).join(', ')];
  return { ranges, detail: parts.filter((part) => part !== undefined && part !== '').join(' · ') };
}

/** Where outside the title the words stand, unless the line shows that text already. */
function placeOf({ matches, subtitle }: SearchHit, t: T): string | undefined {
  const elsewhere = matches.filter(({ field }) => field !== 'title' && field !== 'code');
  const place = elsewhere.find(({ field, text }) => field !== 'text' && text !== '' && text !== subtitle);
  if (place !== undefined) return t('match.in', { text: place.text });
  return elsewhere.some(({ field }) => field === 'text') ? t('match.in-text') : undefined;
}

/** Ranges of several matches can touch or overlap; the highlighter wants them ascending and apart. */
function mergeRanges(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
