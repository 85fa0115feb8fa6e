import { CsvError, parse } from 'csv-parse/sync';
import { barcodeProblem } from './barcodes.ts';
import type { SourceFile, SourceProblem } from './source.ts';

/**
 * Columns of products.csv. Lists are written `a | b`, the category path `General > Special`, and
 * facts `name=value | name=value @2026-09-14 Laptop buyer`, where the part from `@` says when and by
 * whom that one fact was checked; without it the row's `verified_at` and `verified_by` hold.
 * Amounts are whole minor units: 129900 is 1,299.00.
 */
export const PRODUCT_COLUMNS = [
  'sku', 'name', 'brand', 'model', 'barcodes', 'category', 'type', 'description', 'price', 'currency', 'tax_included',
  'interval', 'unit', 'term_months', 'notice_days', 'setup_fee', 'terms', 'facts', 'verified_at', 'verified_by',
  'stock_note', 'scripts', 'articles', 'sectors', 'tags', 'owner', 'review_days',
] as const;
type Column = (typeof PRODUCT_COLUMNS)[number];

/** Which column holds the schema field, for telling an author where to look. */
const COLUMN_OF: Record<string, Column> = {
  verifiedAt: 'verified_at', verifiedBy: 'verified_by', stockNote: 'stock_note', reviewDays: 'review_days',
  'price.amount': 'price', 'price.currency': 'currency', 'price.taxIncluded': 'tax_included',
  billing: 'interval', 'billing.interval': 'interval', 'billing.unit': 'unit', 'billing.termMonths': 'term_months',
  'billing.noticeDays': 'notice_days', 'billing.setupFee': 'setup_fee', 'billing.terms': 'terms',
};

const FACT = /^(?<name>[^=]+)=(?<value>.*?)(?:\s+@(?<day>\d{4}-\d{2}-\d{2})(?:\s+(?<by>.+))?)?$/;

/** Reads products.csv (UTF-8, comma, double quotes); rows count as in a spreadsheet, the header being row 1. */
export function readProducts(file: string, text: string): SourceFile {
  let rows: string[][];
  try {
    rows = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    if (error instanceof CsvError) return { records: [], problems: [{ file, message: error.message }] };
    throw error;
  }
  const header = rows[0] ?? [];
  const problems = headerProblems(file, header);
  if (problems.length > 0) return { records: [], problems };
  const result: SourceFile = { records: [], problems };
  for (const [at, row] of rows.slice(1).entries()) readRow(file, header, row, at + 2, result);
  return result;
}

function headerProblems(file: string, header: readonly string[]): SourceProblem[] {
  const known: readonly string[] = PRODUCT_COLUMNS;
  return [
    ...header.filter((name) => !known.includes(name)).map((name) => `unknown column "${name}"`),
    ...known.filter((name) => !header.includes(name)).map((name) => `missing column "${name}"`),
    ...header.filter((name, at) => header.indexOf(name) !== at).map((name) => `column "${name}" twice`),
  ].map((message) => ({ file, place: 'row 1', message }));
}

function readRow(file: string, header: readonly string[], row: readonly string[], number: number, out: SourceFile): void {
  const problem = (column: Column, message: string): void => {
    out.problems.push({ file, place: `row ${number}, column ${column}`, message });
  };
  if (row.length !== header.length) {
    out.problems.push({ file, place: `row ${number}`, message: `${row.length} cells, the header has ${header.length}` });
    return;
  }
  const cell = (column: Column): string => (row[header.indexOf(column)] ?? '').trim();
  const before = out.problems.length;
  for (const barcode of list(cell('barcodes'))) {
    const wrong = barcodeProblem(barcode);
    if (wrong !== undefined) problem('barcodes', `${barcode}: ${wrong}`);
  }
  const value = toProduct(cell, problem);
  if (out.problems.length > before) return;
  const placeOf = (path: readonly PropertyKey[]): string => {
    const two = path.slice(0, 2).map(String).join('.');
    const column = COLUMN_OF[two] ?? COLUMN_OF[String(path[0])] ?? String(path[0] ?? 'sku');
    return `row ${number}, column ${column}`;
  };
  out.records.push({ kind: 'product', file, value, placeOf });
}

type Cell = (column: Column) => string;
type Report = (column: Column, message: string) => void;

function toProduct(cell: Cell, problem: Report): Record<string, unknown> {
  const number = (column: Column): number | undefined => wholeNumber(cell(column), column, problem);
  const text = (column: Column): string | undefined => cell(column) || undefined;
  const many = (column: Column): string[] | undefined => nonEmpty(list(cell(column)));
  const billing = present({
    interval: text('interval'), unit: text('unit'), termMonths: number('term_months'), noticeDays: number('notice_days'),
    setupFee: number('setup_fee'), terms: text('terms'),
  });
  return present({
    language: 'en', sectors: many('sectors'), tags: many('tags'), owner: text('owner'),
    reviewDays: number('review_days'), verifiedAt: text('verified_at'), verifiedBy: text('verified_by'),
    sku: cell('sku'), name: cell('name'), brand: text('brand'), model: text('model'), barcodes: many('barcodes'),
    category: nonEmpty(cell('category').split('>').map((part) => part.trim()).filter(Boolean)), type: text('type'),
    description: text('description'), price: price(cell, problem), billing: Object.keys(billing).length > 0 ? billing : undefined,
    facts: facts(cell, problem), stockNote: text('stock_note'), scripts: many('scripts'), articles: many('articles'),
  });
}

function price(cell: Cell, problem: Report): Record<string, unknown> | undefined {
  if (!cell('price')) return undefined;
  const tax = cell('tax_included');
  if (tax !== '' && tax !== 'yes' && tax !== 'no') problem('tax_included', 'write yes or no');
  return present({
    amount: wholeNumber(cell('price'), 'price', problem),
    currency: cell('currency'),
    taxIncluded: tax === '' ? undefined : tax === 'yes',
  });
}

function facts(cell: Cell, problem: Report): Record<string, unknown>[] | undefined {
  const found = list(cell('facts')).map((written) => {
    const parts = FACT.exec(written)?.groups;
    if (!parts?.['name']?.trim() || !parts['value']?.trim()) problem('facts', `"${written}" is not name=value`);
    return present({
      name: parts?.['name']?.trim(),
      value: parts?.['value']?.trim(),
      verifiedAt: parts?.['day'] ?? (cell('verified_at') || undefined),
      verifiedBy: parts?.['by']?.trim() ?? (cell('verified_by') || undefined),
    });
  });
  return nonEmpty(found);
}

function wholeNumber(written: string, column: Column, problem: Report): number | undefined {
  if (!written) return undefined;
  if (!/^\d{1,12}$/.test(written)) {
    problem(column, `"${written}" is not a whole number${column === 'price' || column === 'setup_fee' ? ' of minor units (129900 for 1,299.00)' : ''}`);
    return undefined;
  }
  return Number(written);
}

function list(written: string): string[] {
  return written.split('|').map((part) => part.trim()).filter(Boolean);
}

function nonEmpty<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined;
}

function present(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, own]) => own !== undefined));
}
