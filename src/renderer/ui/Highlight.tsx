import type { ReactNode } from 'react';
import { cutByRanges, type Range } from './highlight.ts';

/** Text with marked ranges; the ranges come from `highlightRanges` or from the search itself. */
export function Highlight({ text, ranges }: { text: string; ranges?: readonly Range[] | undefined }): ReactNode {
  if (ranges === undefined || ranges.length === 0) return text;
  return cutByRanges(text, ranges).map((piece, index) => (piece.marked ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>));
}
