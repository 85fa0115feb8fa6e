import { parse, type Options } from 'csv-parse/sync';
import { problem } from '#shared/domain/transfer/problems.ts';
import type { Reading } from '#shared/domain/transfer/reading.ts';
import type { ReadRow, RowBatches } from './rows.ts';

/** Lines one quoted cell may run over before its first line is taken to lack a closing quote. */
const MOST_LINES = 500;

type Lines = AsyncIterable<(string | undefined)[]>;
/** One row as text, with its number; `text` is undefined for one that has to be refused. */
type Record = { row: number; text: string; broken?: 'quote' | 'row-too-long' };

/**
 * Rows of a delimited text file; the first one is the header. An opening quote that is never closed
 * costs its own row only: csv-parse alone would lose everything behind it.
 */
export async function* csvRows(source: Lines, { delimiter, columns }: Pick<Reading, 'delimiter' | 'columns'>): RowBatches {
  let header = true;
  for await (const records of csvRecords(source, delimiter)) {
    const rows = cellsOf(records, delimiter, columns.length);
    if (header && rows.length > 0) {
      header = false;
      rows.shift();
    }
    if (rows.length > 0) yield rows;
  }
}

/** The header row and the first rows after it, without knowing the columns yet. */
export function parseCsv(text: string, delimiter: string): string[][] {
  return parse(text, { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, bom: true }) as string[][];
}

/** Puts lines together to rows. Rows number as in a spreadsheet: a cell with line breaks is one row, an empty line counts. */
async function* csvRecords(source: Lines, delimiter: string): AsyncGenerator<Record[]> {
  let row = 0;
  let held: string[] = [];
  for await (const batch of source) {
    const out: Record[] = [];
    // Lines wait in reverse, so that the next one is popped and a false start is pushed back.
    const queue = batch.toReversed();
    while (queue.length > 0) {
      const line = queue.pop();
      const end = line === undefined ? 'wrong' : lineEnd(line, delimiter, held.length > 0);
      if (line !== undefined && end === 'open' && held.length < MOST_LINES) {
        held.push(line);
      } else if (line !== undefined && end === 'closed') {
        const text = held.join('') + line;
        held = [];
        row++;
        if (text.trim() !== '') out.push({ row, text });
      } else if (held.length > 0) {
        // Not the end of that cell after all: only its first line is to blame, the others are read anew.
        const [first = '', ...others] = held;
        out.push({ row: ++row, text: first, broken: 'quote' });
        queue.push(line, ...others.toReversed());
        held = [];
      } else out.push({ row: ++row, text: line ?? '', broken: line === undefined ? 'row-too-long' : 'quote' });
    }
    if (out.length > 0) yield out;
  }
  yield* unfinished(held, delimiter, row);
}

/** What is left when the file ends inside a quoted cell. */
async function* unfinished(held: readonly string[], delimiter: string, last: number): AsyncGenerator<Record[]> {
  const [first, ...others] = held;
  if (first === undefined) return;
  yield [{ row: last + 1, text: first, broken: 'quote' }];
  if (others.length === 0) return;
  const rest = (async function* () {
    yield others;
  })();
  for await (const records of csvRecords(rest, delimiter)) yield records.map((record) => ({ ...record, row: record.row + last + 1 }));
}

/**
 * Whether a line ends inside a quoted cell. A quote opens a cell only at its beginning (19" monitor is
 * text). `wrong`: a quote closed a cell that began on an earlier line and was followed by text, which
 * happens when the opening quote was never meant to run on.
 */
function lineEnd(line: string, delimiter: string, open: boolean): 'open' | 'closed' | 'wrong' {
  if (!line.includes('"')) return open ? 'open' : 'closed';
  const carried = open;
  let inside = open;
  let first = !open;
  for (let at = 0; at < line.length; at++) {
    const sign = line.charCodeAt(at);
    if (inside) {
      if (sign !== 34) continue;
      if (line.charCodeAt(at + 1) === 34) {
        at++;
        continue;
      }
      const after = line.charAt(at + 1);
      if (after === delimiter || after === '' || after === '\r' || after === '\n') inside = false;
      else if (carried) return 'wrong';
    } else if (sign === 34 && first) inside = true;
    first = !inside && line.charAt(at) === delimiter;
  }
  return inside ? 'open' : 'closed';
}

function cellsOf(records: readonly Record[], delimiter: string, width: number): ReadRow[] {
  const sound = records.filter((record) => record.broken === undefined);
  const options: Options = { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: false, record_delimiter: '\n' };
  let parsed: string[][] = [];
  try {
    parsed = parse(sound.map(({ text }) => oneEnd(text)).join(''), options) as string[][];
  } catch {
    parsed = [];
  }
  const together = parsed.length === sound.length;
  let at = 0;
  return records.map(({ row, text, broken }): ReadRow => {
    if (broken !== undefined) return { row, problem: problem(broken, '', text.trim()) };
    const cells = together ? parsed[at++] : alone(text, options);
    if (cells === undefined) return { row, problem: problem('quote', '', text.trim()) };
    return width > 0 && cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')
      ? { row, problem: problem('too-many-cells', '', text.trim(), { cells: cells.length, columns: width }) }
      : { row, cells };
  });
}

/** Files put together from several sources end their lines in several ways. */
function oneEnd(text: string): string {
  return `${text.replace(/(?:\r\n|\n|\r)$/, '')}\n`;
}

/** One row by itself, where its neighbours could not be parsed together with it. */
function alone(text: string, options: Options): string[] | undefined {
  try {
    const rows = parse(oneEnd(text), options) as string[][];
    return rows.length === 1 ? rows[0] : undefined;
  } catch {
    return undefined;
  }
}
