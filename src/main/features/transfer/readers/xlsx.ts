import type exceljs from 'exceljs';
import { once } from 'node:events';
import { ReadStream } from 'node:fs';
import type { Duplex, Readable } from 'node:stream';
import type { Cell } from '#shared/domain/transfer/convert.ts';
import { UnreadableFileError } from '../errors.ts';
import { type ReadRow, type RowBatches } from './rows.ts';

/** Rows handed on together. */
const BATCH = 200;

type SheetRow = { number: number; cells: Cell[] };

/** What exceljs's streaming reader yields, as far as it is used here (its own types leave names out). */
type SheetReader = AsyncIterable<exceljs.Row> & { name?: string; state?: string };
type Sheets = AsyncIterable<SheetReader> & {
  model?: { sheets?: { name: string; state?: string }[] };
  _parseWorksheet(source: unknown, number: string): AsyncIterable<unknown> | Iterable<unknown>;
};

async function open(stream: Readable): Promise<Sheets> {
  // Loading it takes longer than reading a small CSV file, which has no need of it.
  const { default: library } = await import('exceljs');
  keepLastParts(stream);
  const book = new library.stream.xlsx.WorkbookReader(stream, { worksheets: 'emit', sharedStrings: 'cache', styles: 'cache', hyperlinks: 'ignore', entries: 'ignore' } as never) as unknown as Sheets;
  // Sheets that come before the words they use wait in files of their own, each deleted when its turn is over. One that is
  // passed over could be deleted before it was open, and the error, which nobody hears, ended the whole process.
  const parse = book._parseWorksheet.bind(book);
  book._parseWorksheet = async function* (source, number) {
    if (!(source instanceof ReadStream)) return yield* parse(source, number);
    await once(source, 'ready');
    try {
      yield* parse(source, number);
    } finally {
      source.destroy();
    }
  };
  return book;
}

/**
 * The unpacker says that it is at its end when it has got the last byte, also while parts it has unpacked wait to be taken. Of a
 * small workbook these are all that is behind the first sheet, its words among them, when writing that sheet away takes a moment.
 */
function keepLastParts(stream: Readable): void {
  const pipe = stream.pipe.bind(stream) as (zip: Duplex) => Duplex;
  stream.pipe = ((zip: Duplex) => {
    const emit = zip.emit.bind(zip) as (name: string | symbol, ...rest: unknown[]) => boolean;
    zip.emit = (name: string | symbol, ...rest: unknown[]): boolean => {
      if (name !== 'end' || zip.readableLength === 0) return emit(name, ...rest);
      // Its own end comes when the last part was taken.
      zip.push(null);
      return true;
    };
    return pipe(zip);
  }) as typeof stream.pipe;
}

/** Names of the sheets that can be seen, in the order of the workbook. */
export async function sheetNames(stream: Readable): Promise<string[]> {
  const names: string[] = [];
  try {
    const book = await open(stream);
    for await (const sheet of book) {
      const known = book.model?.sheets?.filter(({ state }) => state === undefined || state === 'visible').map(({ name }) => name);
      if (known !== undefined && known.length > 0) return known;
      names.push(sheet.name ?? '');
    }
  } catch (cause) {
    throw new UnreadableFileError('damaged', cause);
  } finally {
    stream.destroy();
  }
  return names;
}

/** Rows of one sheet that hold anything, by streaming: the workbook is never in memory as a whole. */
export async function* sheetRows(stream: Readable, sheet: string): AsyncGenerator<SheetRow[]> {
  let found = false;
  let batch: SheetRow[] = [];
  try {
    for await (const reader of await open(stream)) {
      if (reader.name !== sheet) continue;
      found = true;
      for await (const row of reader) {
        const cells = rowCells(row);
        if (cells.length > 0) batch.push({ number: row.number, cells });
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
      break;
    }
  } catch (cause) {
    if (batch.length > 0) yield batch;
    throw new UnreadableFileError('damaged', cause);
  } finally {
    stream.destroy();
  }
  if (batch.length > 0) yield batch;
  if (!found) throw new UnreadableFileError('no-sheet');
}

/** Products of one sheet; its first filled row is the header. Row numbers are the spreadsheet's own. */
export async function* xlsxRows(stream: Readable, sheet: string): RowBatches {
  let header = true;
  for await (const batch of sheetRows(stream, sheet)) {
    const rows = header ? batch.slice(1) : batch;
    header = false;
    yield rows.map(({ number, cells }): ReadRow => ({ row: number, cells }));
  }
}

/** Cells of a row without the empty ones at its end. */
function rowCells(row: exceljs.Row): Cell[] {
  const cells: Cell[] = [];
  row.eachCell((cell, column) => {
    const value = cellOf(cell);
    if (value === '' || column > 500) return;
    while (cells.length < column - 1) cells.push('');
    cells.push(value);
  });
  return cells;
}

function cellOf(cell: exceljs.Cell): Cell {
  return valueOf(cell.value, cell.numFmt);
}

function valueOf(value: exceljs.CellValue | undefined, format: string | undefined): Cell {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? padded(value, format) : '#NUM!';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '#VALUE!' : value.toISOString().slice(0, 10);
  // Written as the spreadsheet shows it; the row is refused only where the column is used.
  if ('error' in value) return value.error;
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return valueOf(value.text as exceljs.CellValue, undefined);
  if ('result' in value) return valueOf(value.result as exceljs.CellValue, format);
  return '';
}

/** A number shown as 00012345 is a code with its zeros. */
function padded(value: number, format: string | undefined): Cell {
  return format !== undefined && /^0{2,}$/.test(format) ? String(value).padStart(format.length, '0') : value;
}
