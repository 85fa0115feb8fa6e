import type { Cell } from '#shared/domain/transfer/convert.ts';
import type { Problem } from '#shared/domain/transfer/problems.ts';
import { UnreadableFileError } from '../errors.ts';

/** A row of a file, numbered as a person sees it, its cells in the order of the reader's columns. */
export type ReadRow = { row: number; cells: readonly Cell[] } | { row: number; problem: Problem };

/** Rows come in small batches, so that a row does not cost a turn of the event loop. */
export type RowBatches = AsyncGenerator<ReadRow[]>;

/** Characters in one row of a text file; above it something is wrong with the file, not with the row. */
export const MOST_ROW_CHARS = 4_000_000;

/** Columns a file may have. */
export const MOST_COLUMNS = 500;

/** Names for a header row: empty ones get their letter, repeated ones a number. */
export function columnNames(header: readonly string[]): string[] {
  if (header.length > MOST_COLUMNS) throw new UnreadableFileError('too-many-columns');
  const used = new Set<string>();
  return header.map((cell, at) => {
    const name = cell.trim().replace(/\s+/g, ' ').slice(0, 300) || `Column ${letters(at)}`;
    let unique = name;
    for (let again = 2; used.has(unique); again++) unique = `${name} (${again})`;
    used.add(unique);
    return unique;
  });
}

/** 0 → A, 25 → Z, 26 → AA, as spreadsheets name columns. */
function letters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : letters(Math.floor(at / 26) - 1) + last;
}
