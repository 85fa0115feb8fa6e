import { TextDecoder } from 'node:util';
import type { Reading } from '#shared/domain/transfer/reading.ts';
import { MOST_ROW_CHARS } from './rows.ts';

/** Decodes pieces of bytes; a byte order mark is left out. */
export async function* decoded(pieces: AsyncIterable<Uint8Array>, encoding: Reading['encoding']): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true });
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/**
 * Lines with their line ends, in batches. A line longer than any row may be is given as undefined
 * and never held whole.
 */
export async function* lines(texts: AsyncIterable<string>, newline: Reading['newline']): AsyncGenerator<(string | undefined)[]> {
  let rest = '';
  let dropping = false;
  for await (const text of texts) {
    const batch: (string | undefined)[] = [];
    let from = 0;
    for (let at = text.indexOf(newline); at >= 0; at = text.indexOf(newline, from)) {
      const line = from === 0 ? rest + text.slice(0, at + 1) : text.slice(from, at + 1);
      batch.push(dropping || line.length > MOST_ROW_CHARS ? undefined : line);
      dropping = false;
      rest = '';
      from = at + 1;
    }
    if (!dropping) rest = from === 0 ? rest + text : text.slice(from);
    if (rest.length > MOST_ROW_CHARS) {
      rest = '';
      dropping = true;
    }
    if (batch.length > 0) yield batch;
  }
  if (dropping) yield [undefined];
  else if (rest !== '') yield [rest];
}
