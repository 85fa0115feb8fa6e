import { dayOf, startOfDay } from '../authoring/price-change.ts';
import type { Fact, PlannedPrice, Product } from '../product.ts';
import { createConverter, type Cell } from './convert.ts';
import { minorDigits } from './money.ts';
import { CATEGORY_SEPARATORS, type Mapping, type Target } from './targets.ts';
import { toProduct } from './to-product.ts';

/** Columns of a products file, in the order a person reads them. The headers are those the import knows by themselves. */
const VISIBLE: readonly (readonly [Target, string])[] = [
  ['sku', 'SKU'], ['name', 'Name'], ['brand', 'Brand'], ['manufacturer', 'Manufacturer'], ['model', 'Model'], ['category', 'Category'], ['type', 'Type'],
  ['price', 'Price'], ['currency', 'Currency'], ['taxIncluded', 'Tax included'], ['plannedPrices', 'Planned prices'], ['interval', 'Billing interval'], ['unit', 'Unit'],
  ['termMonths', 'Term months'], ['noticeDays', 'Notice days'], ['setupFee', 'Setup fee'], ['terms', 'Billing terms'], ['stockNote', 'Stock note'], ['facts', 'Facts'],
  ['barcodes', 'Barcodes'], ['description', 'Description'], ['tags', 'Tags'], ['verifiedAt', 'Verified at'], ['verifiedBy', 'Verified by'], ['owner', 'Owner'],
  ['reviewDays', 'Review days'], ['language', 'Language'], ['sectors', 'Sectors'], ['scripts', 'Scripts'], ['articles', 'Articles'],
];
const REST_HEADER = 'Callside data';

/** Letters a cell of a workbook may hold, with some to spare. */
export const MOST_LETTERS = 30_000;
/** Line breaks a cell of a text file may hold, with some to spare. */
const MOST_BREAKS = 400;

/** How an exported file is read again: what a person is shown as the first suggestion when they import it. */
const MAPPING: Mapping = {
  columns: [...VISIBLE.map(([target, column]) => ({ column, target })), { column: REST_HEADER, target: 'rest' }],
  decimal: 'dot', priceUnit: 'major', categorySeparator: '>', existing: 'replace',
};
const HEADERS = VISIBLE.map(([, header]) => header);
const converter = createConverter(HEADERS, MAPPING);

/** Headers of a file whose rows need `pieces` cells for what the columns cannot say (at least 1). */
export function exportHeaders(pieces = 1): string[] {
  return [...HEADERS, ...Array.from({ length: Math.max(1, pieces) }, (_, at) => (at === 0 ? REST_HEADER : `${REST_HEADER} ${at + 1}`))];
}

/** One product as cells: first what people read, then, as JSON in pieces, what those cells would not bring back exactly. */
export function exportRow(product: Product): { cells: Cell[]; rest: string[] } {
  const cells = readable(VISIBLE.map(([target]) => shown(cellOf(product, target))));
  const rest = JSON.stringify(difference(product, cells));
  if (rest === '{}') return { cells, rest: [] };
  if (rest.length <= MOST_LETTERS) return { cells, rest: [rest] };
  // Cells lose spaces at their ends, so none may stand where a piece ends.
  const safe = rest.replaceAll(' ', '\\u0020');
  return { cells, rest: Array.from({ length: Math.ceil(safe.length / MOST_LETTERS) }, (_, at) => safe.slice(at * MOST_LETTERS, (at + 1) * MOST_LETTERS)) };
}

/** The cells without those the import would refuse: what they hold goes with the rest. */
function readable(cells: Cell[]): Cell[] {
  const { problems } = converter.convert(cells);
  const refused = new Set(problems.map(({ column }) => column));
  return refused.size === 0 ? cells : cells.map((cell, at) => (refused.has(HEADERS[at] ?? '') ? '' : cell));
}

/** Fields that reading these cells gives differently; `null` for one that would appear from nowhere. */
function difference(product: Product, cells: readonly Cell[]): Record<string, unknown> {
  const { draft, problems } = converter.convert(cells);
  const made = problems.length > 0 ? undefined : toProduct(draft, undefined, 'replace', converter.columnOf);
  const back: Record<string, unknown> = made?.ok === true ? made.product : {};
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(product)) if (!same(back[name], value)) out[name] = value;
  for (const name of Object.keys(back)) if (!(name in product)) out[name] = null;
  // Which sign divides a path is told from the whole file: a path with another one must not depend on it.
  if (product.category?.some((step) => CATEGORY_SEPARATORS.some((sign) => sign !== 'none' && step.includes(sign))) === true) out['category'] = product.category;
  return out;
}

function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}

/** A cell no spreadsheet takes for a formula, and no reader for a broken one. */
function shown(cell: Cell): Cell {
  if (typeof cell === 'number') return cell;
  if (cell.length > MOST_LETTERS || cell.split('\n').length > MOST_BREAKS) return '';
  const plain = cell.replaceAll('\r', '');
  return /^[=+\-@\t]/.test(plain) ? `'${plain}` : plain;
}

function cellOf(product: Product, target: Target): Cell {
  switch (target) {
    case 'price': return product.price === undefined ? '' : major(product.price.amount, product.price.currency);
    case 'currency': return product.price?.currency ?? '';
    case 'taxIncluded': return product.price?.taxIncluded === undefined ? '' : yesNo(product.price.taxIncluded);
    case 'plannedPrices': return (product.plannedPrices ?? []).map(planText).join(' | ');
    case 'interval': return product.billing?.interval ?? '';
    case 'unit': return product.billing?.unit ?? '';
    case 'termMonths': return number(product.billing?.termMonths);
    case 'noticeDays': return number(product.billing?.noticeDays);
    case 'setupFee': return product.billing?.setupFee === undefined || product.price === undefined ? '' : major(product.billing.setupFee, product.price.currency);
    case 'terms': return product.billing?.terms ?? '';
    case 'facts': return (product.facts ?? []).map(factText).join(' | ');
    case 'category': return (product.category ?? []).join(' > ');
    case 'reviewDays': return number(product.reviewDays);
    case 'barcodes': case 'tags': case 'sectors': case 'scripts': case 'articles': return (product[target] ?? []).join(' | ');
    case 'sku': case 'name': case 'brand': case 'manufacturer': case 'model': case 'type': case 'description': case 'stockNote': case 'verifiedAt': case 'verifiedBy': case 'owner': case 'language': return product[target] ?? '';
    default: return '';
  }
}

/** Digits that read the same wherever the decimal sign is guessed: three of them would look like a group, so a zero follows. */
function major(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}${digits === 3 ? '0' : ''}`;
}

function planText({ amount, currency, validFrom }: PlannedPrice): string {
  const day = dayOf(validFrom);
  return `${major(amount, currency)} ${currency} @${startOfDay(day) === validFrom ? day : new Date(validFrom).toISOString()}`;
}

function factText({ name, value, verifiedAt, verifiedBy }: Fact): string {
  return `${name}=${value}${verifiedAt === undefined ? '' : ` @${verifiedAt}${verifiedBy === undefined ? '' : ` ${verifiedBy}`}`}`;
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

function number(value: number | undefined): Cell {
  return value ?? '';
}
