import { JSONParser } from '@streamparser/json';
import type { Cell } from '#shared/domain/transfer/convert.ts';
import { problem } from '#shared/domain/transfer/problems.ts';
import { UnreadableFileError } from '../errors.ts';
import { type ReadRow, type RowBatches } from './rows.ts';

/** An object as cells by name: `{ price: { amount: 5 } }` has the column `price.amount`; lists are written `a | b`. */
export type Flat = Map<string, Cell>;

/** Levels of nesting that become columns. */
const DEPTH = 3;

export function flatten(value: object, into: Flat = new Map(), prefix = '', depth = DEPTH): Flat {
  for (const [key, item] of Object.entries(value)) {
    const name = prefix + key;
    if (typeof item === 'object' && item !== null && !Array.isArray(item) && depth > 1) flatten(item, into, `${name}.`, depth - 1);
    else into.set(name, toCell(item));
  }
  return into;
}

function toCell(value: unknown): Cell {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return value;
    case 'boolean':
      return value ? 'yes' : 'no';
    case 'object':
      if (value === null) return '';
      return Array.isArray(value) ? value.map((item: unknown) => listItem(item)).join(' | ') : JSON.stringify(value);
    default:
      return '';
  }
}

function listItem(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(toCell(item));
  const { name, value } = item as { name?: unknown; value?: unknown };
  return typeof name === 'string' && (typeof value === 'string' || typeof value === 'number') ? `${name}=${value}` : JSON.stringify(item);
}

/** One line of NDJSON or one element of an array as a row. Plain values go straight to their cell. */
function rowOf(row: number, value: unknown, columns: readonly string[], nested: boolean): ReadRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { row, problem: problem('not-an-object', '', JSON.stringify(value) ?? '') };
  if (nested) {
    const flat = flatten(value);
    return { row, cells: columns.map((column) => flat.get(column) ?? '') };
  }
  const record = value as Readonly<Record<string, unknown>>;
  return { row, cells: columns.map((column) => (Object.hasOwn(record, column) ? toCell(record[column]) : '')) };
}

/** One JSON object per line; the line number is the row number. */
export async function* ndjsonRows(source: AsyncIterable<(string | undefined)[]>, columns: readonly string[]): RowBatches {
  const nested = columns.some((column) => column.includes('.'));
  let row = 0;
  for await (const batch of source) {
    const out: ReadRow[] = [];
    for (const line of batch) {
      row++;
      if (line === undefined) out.push({ row, problem: problem('row-too-long', '', '') });
      else if (line.trim() !== '') out.push(parseLine(row, line, columns, nested));
    }
    if (out.length > 0) yield out;
  }
}

function parseLine(row: number, line: string, columns: readonly string[], nested: boolean): ReadRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { row, problem: problem('bad-json', '', line.trim()) };
  }
  return rowOf(row, value, columns, nested);
}

/**
 * Elements of a JSON array, or of the first list inside a JSON object (`{ "products": [ … ] }`). The element's
 * place, from 1, is the row number. What follows a syntax error cannot be read; the rows before it are given.
 */
export async function* jsonElements(texts: AsyncIterable<string>): AsyncGenerator<{ row: number; value: unknown }[] | 'broken'> {
  let out: { row: number; value: unknown }[] = [];
  let row = 0;
  let parser: JSONParser | undefined;
  let broken = false;
  for await (const text of texts) {
    if (parser === undefined) {
      const start = text.trimStart().charAt(0);
      if (start === '') continue;
      parser = new JSONParser({ paths: [start === '[' ? '$.*' : '$.*.*'], keepStack: false });
      parser.onValue = ({ value }) => {
        out.push({ row: ++row, value });
      };
      parser.onError = () => {
        broken = true;
      };
      parser.onEnd = () => undefined;
    }
    try {
      parser.write(text);
    } catch {
      broken = true;
    }
    if (out.length > 0) yield out;
    out = [];
    if (broken) {
      yield 'broken';
      return;
    }
  }
  if (parser !== undefined && !parser.isEnded) yield 'broken';
}

export async function* jsonRows(texts: AsyncIterable<string>, columns: readonly string[]): RowBatches {
  const nested = columns.some((column) => column.includes('.'));
  let last = 0;
  for await (const elements of jsonElements(texts)) {
    if (elements === 'broken') {
      if (last === 0) throw new UnreadableFileError('damaged');
      yield [{ row: last + 1, problem: problem('bad-json', '', '') }];
      return;
    }
    last = elements.at(-1)?.row ?? last;
    yield elements.map(({ row, value }) => rowOf(row, value, columns, nested));
  }
}
