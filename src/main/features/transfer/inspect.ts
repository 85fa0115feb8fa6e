import { isUtf8 } from 'node:buffer';
import type { Cell } from '#shared/domain/transfer/convert.ts';
import { cellText } from '#shared/domain/transfer/convert.ts';
import { guessMapping } from '#shared/domain/transfer/guess.ts';
import { DELIMITERS, type Preview, type Reading, type ReadingChoice } from '#shared/domain/transfer/reading.ts';
import { openBytes, pieces } from './readers/bytes.ts';
import { parseCsv } from './readers/csv.ts';
import { flatten, jsonElements } from './readers/json.ts';
import { decoded, lines } from './readers/lines.ts';
import { openRows } from './readers/index.ts';
import { UnreadableFileError } from './errors.ts';
import { columnNames, MOST_COLUMNS } from './readers/rows.ts';
import { sheetNames, sheetRows } from './readers/xlsx.ts';

/** Bytes of the start of a file from which its delimiter is told. */
const HEAD = 65_536;
/** Bytes looked through for letters that are not UTF-8: one "ü" in row 90,000 decides. */
const MOST_CHECKED = 512 * 1_048_576;
/** Objects of a JSON file whose keys become columns. */
const KEY_ROWS = 1_000;
const SAMPLE_ROWS = 20;
/** Rows the mapping is guessed from. */
const GUESS_ROWS = 200;
const LONGEST_SAMPLE = 300;

/**
 * Looks at a file: what it is, its columns, its first rows, and what they seem to mean.
 * Throws UnreadableFileError when nobody could make a table of it.
 */
export async function inspectFile(file: string, choice: ReadingChoice = {}): Promise<Preview> {
  const { reading, sheets } = await findReading(file, choice);
  if (reading.columns.length === 0) throw new UnreadableFileError('no-columns');
  const rows: Preview['rows'] = [];
  const samples: string[][] = [];
  reader: for await (const batch of openRows(file, reading)) {
    for (const one of batch) {
      if ('problem' in one) continue;
      samples.push(one.cells.map(cellText));
      if (rows.length < SAMPLE_ROWS) rows.push({ row: one.row, cells: one.cells.slice(0, reading.columns.length).map(shorten) });
      if (samples.length >= GUESS_ROWS) break reader;
    }
  }
  return { reading, sheets, rows, mapping: guessMapping(reading.columns, samples) };
}

function shorten(cell: Cell): Cell {
  return typeof cell === 'string' && cell.length > LONGEST_SAMPLE ? `${cell.slice(0, LONGEST_SAMPLE)}…` : cell;
}

type Found = { reading: Reading; sheets: string[] };

async function findReading(file: string, choice: ReadingChoice): Promise<Found> {
  const start = await head(file, false);
  if (start.length === 0) throw new UnreadableFileError('empty');
  const gzip = start[0] === 0x1f && start[1] === 0x8b;
  const bytes = gzip ? await head(file, true) : start;
  if (bytes.length === 0) throw new UnreadableFileError('empty');
  const plain: Reading = { format: 'csv', gzip, encoding: 'utf-8', delimiter: ',', newline: '\n', columns: [] };
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return workbook(file, { ...plain, format: 'xlsx' }, choice);
  // The container of old .xls files and of encrypted workbooks alike.
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) throw new UnreadableFileError(bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted-excel' : 'old-excel');
  const encoding = choice.encoding ?? (await findEncoding(file, gzip, bytes));
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be' && bytes.includes(0)) throw new UnreadableFileError('not-a-table');
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const textual: Reading = { ...plain, encoding, newline };
  const sign = text.trimStart().charAt(0);
  if (sign === '[' || (sign === '{' && !isLines(text))) return { reading: { ...textual, format: 'json', columns: await jsonColumns(file, textual) }, sheets: [] };
  if (sign === '{') return { reading: { ...textual, format: 'ndjson', columns: await ndjsonColumns(file, textual) }, sheets: [] };
  const delimiter = choice.delimiter ?? findDelimiter(text);
  return { reading: { ...textual, delimiter, columns: columnNames(trimEnd(headerOf(text, delimiter))) }, sheets: [] };
}

async function workbook(file: string, reading: Reading, choice: ReadingChoice): Promise<Found> {
  const sheets = await sheetNames(openBytes(file, reading.gzip));
  for (const sheet of choice.sheet === undefined ? sheets : [choice.sheet]) {
    for await (const rows of sheetRows(openBytes(file, reading.gzip), sheet)) {
      const header = rows[0]?.cells.map((cell) => cellText(cell)) ?? [];
      // A cover sheet holds a title; a table has two columns or more.
      if (header.length > 1 || choice.sheet !== undefined) return { reading: { ...reading, sheet, columns: columnNames(header) }, sheets };
      break;
    }
  }
  throw new UnreadableFileError('no-columns');
}

/** The first bytes of a file, unpacked or not. */
async function head(file: string, gzip: boolean): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces(file, gzip)) {
    parts.push(piece);
    length += piece.length;
    if (length >= HEAD) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD);
}

async function findEncoding(file: string, gzip: boolean, start: Buffer): Promise<Reading['encoding']> {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  // Text of any language in UTF-16 has many zero bytes on one side (spaces, digits, line ends at least).
  const [even, odd] = zeros(start);
  if (odd > start.length / 20 && even < odd / 10) return 'utf-16le';
  if (even > start.length / 20 && odd < even / 10) return 'utf-16be';
  let rest: Buffer = Buffer.alloc(0);
  let checked = 0;
  for await (const piece of pieces(file, gzip)) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const whole = wholeCharacters(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) return 'windows-1252';
    rest = bytes.subarray(whole);
    checked += piece.length;
    if (checked > MOST_CHECKED) break;
  }
  return checked <= MOST_CHECKED && rest.length > 0 ? 'windows-1252' : 'utf-8';
}

function zeros(bytes: Buffer): [even: number, odd: number] {
  const counts: [number, number] = [0, 0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) counts[(at & 1) as 0 | 1]++;
  return counts;
}

/** Length without a character that is cut off at the end (at most three bytes of one). */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function firstLine(text: string): string {
  return text.trimStart().split(/\r\n|\n|\r/, 1)[0] ?? '';
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** One object per line, unless the only line is an object around a list of others. */
function isLines(text: string): boolean {
  const first = firstLine(text);
  if (!isJson(first)) return false;
  if (text.trim() !== first.trim()) return true;
  return !Object.values(JSON.parse(first) as object).some((value: unknown) => Array.isArray(value) && typeof value[0] === 'object');
}

/** Whole rows at the start of a text file, for looking at. */
function headRows(text: string, delimiter: string): string[][] {
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  const whole = end < 0 || text.length < HEAD / 4 ? text : text.slice(0, end + 1);
  for (const part of [whole, whole.split(/\r\n|\n|\r/).slice(0, 20).join('\n'), firstLine(text)]) {
    try {
      return parseCsv(part, delimiter);
    } catch {
      // A quote left open somewhere: the first lines are enough.
    }
  }
  return [];
}

function headerOf(text: string, delimiter: string): string[] {
  return headRows(text, delimiter)[0] ?? [];
}

/** The sign that cuts the most rows into the same number of cells, at least two. */
function findDelimiter(text: string): Reading['delimiter'] {
  let best: { delimiter: Reading['delimiter']; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const rows = headRows(text, delimiter).slice(0, 200);
    const width = rows[0]?.length ?? 0;
    if (width < 2) continue;
    const same = rows.filter((row) => row.length === width).length / rows.length;
    const score = same * 100 + Math.min(width, 50);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function trimEnd(header: string[]): string[] {
  let length = header.length;
  while (length > 0 && header[length - 1]?.trim() === '') length--;
  return header.slice(0, length);
}

async function ndjsonColumns(file: string, reading: Reading): Promise<string[]> {
  const keys = new Set<string>();
  let rows = 0;
  for await (const batch of lines(decoded(pieces(file, reading.gzip), reading.encoding), reading.newline)) {
    for (const line of batch) {
      if (line === undefined || line.trim() === '' || !isJson(line)) continue;
      addKeys(JSON.parse(line), keys);
      if (++rows >= KEY_ROWS) return [...keys].slice(0, MOST_COLUMNS);
    }
  }
  return [...keys].slice(0, MOST_COLUMNS);
}

async function jsonColumns(file: string, reading: Reading): Promise<string[]> {
  const keys = new Set<string>();
  let rows = 0;
  for await (const elements of jsonElements(decoded(pieces(file, reading.gzip), reading.encoding))) {
    if (elements === 'broken') {
      if (rows === 0) throw new UnreadableFileError('damaged');
      break;
    }
    for (const { value } of elements) addKeys(value, keys);
    rows += elements.length;
    if (rows >= KEY_ROWS) break;
  }
  return [...keys].slice(0, MOST_COLUMNS);
}

function addKeys(value: unknown, keys: Set<string>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const key of flatten(value).keys()) if (key.length <= 400) keys.add(key);
}
