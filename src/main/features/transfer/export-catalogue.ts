import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { KnowledgeRepository } from '#main/features/knowledge/index.ts';
import type { Product } from '#shared/domain/product.ts';
import type { Cell } from '#shared/domain/transfer/convert.ts';
import { exportHeaders, exportRow } from '#shared/domain/transfer/export.ts';

export type ExportFormat = 'csv' | 'xlsx' | 'json';

/** Rows that other processes may get their turn after. */
const BATCH = 200;
/** Columns whose cells are amounts: numbers in files that know numbers. */
const AMOUNTS: ReadonlySet<string> = new Set(['Price', 'Setup fee']);

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Writes every product into one file, by temp-and-rename: a file that was there stays whole until the new one is.
 * Importing it again gives the same products, whatever they hold.
 * @returns how many
 */
export async function exportCatalogue(repository: KnowledgeRepository, file: string, format: ExportFormat): Promise<number> {
  const temp = `${file}.tmp-${process.pid}`;
  let count = 0;
  const products = async function* (): AsyncGenerator<Product> {
    count = 0;
    for (const line of repository.pages('product')) {
      if (line.kind !== 'product') continue;
      count++;
      if (count % BATCH === 0) await breathe();
      yield line.record;
    }
  };
  try {
    if (format === 'xlsx') await writeXlsx(temp, products);
    else await pipeline(format === 'csv' ? csvLines(products()) : jsonLines(products()), createWriteStream(temp, { mode: 0o600 }));
    renameSync(temp, file);
    return count;
  } catch (cause) {
    rmSync(temp, { force: true });
    throw cause;
  }
}

async function* csvLines(products: AsyncIterable<Product>): AsyncGenerator<string> {
  // With the mark, Excel takes the file for UTF-8.
  yield `\ufeff${exportHeaders().map(csvCell).join(',')}\r\n`;
  for await (const product of products) {
    const { cells, rest } = exportRow(product);
    yield `${[...cells, rest.join('')].map((cell) => csvCell(String(cell))).join(',')}\r\n`;
  }
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function* jsonLines(products: AsyncIterable<Product>): AsyncGenerator<string> {
  const headers = exportHeaders();
  let first = true;
  yield '[';
  for await (const product of products) {
    const { cells, rest } = exportRow(product);
    const row = Object.fromEntries([...cells, rest.join('')].flatMap((cell, at) => (cell === '' ? [] : [[headers[at], typed(cell, headers[at])]])));
    yield `${first ? '' : ','}\n  ${JSON.stringify(row)}`;
    first = false;
  }
  yield '\n]\n';
}

/** Amounts up to fifteen digits are exact as numbers; longer ones stay text. */
function typed(cell: Cell, header: string | undefined): Cell {
  return typeof cell === 'string' && header !== undefined && AMOUNTS.has(header) && cell.length <= 15 ? Number(cell) : cell;
}

async function writeXlsx(file: string, products: () => AsyncGenerator<Product>): Promise<void> {
  let pieces = 1;
  for await (const product of products()) pieces = Math.max(pieces, exportRow(product).rest.length);
  const headers = exportHeaders(pieces);
  const { default: library } = await import('exceljs');
  const book = new library.stream.xlsx.WorkbookWriter({ filename: file, useSharedStrings: false, useStyles: true });
  const sheet = book.addWorksheet('Products', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = headers.map((header) => ({ header, width: header === 'Name' || header === 'Description' ? 40 : 16 }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).commit();
  let waiting = 0;
  for await (const product of products()) {
    const { cells, rest } = exportRow(product);
    sheet.addRow([...cells, ...rest].map((cell, at) => (cell === '' ? null : typed(cell, headers[at])))).commit();
    waiting += 1;
    if (waiting % BATCH === 0) await breathe();
  }
  await book.commit();
}
