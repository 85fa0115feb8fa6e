import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { toSearchDoc } from '#main/features/search/index.ts';
import type { Product } from '#shared/domain/product.ts';
import type { SearchDoc } from '#shared/domain/search/schema.ts';

/** A row of a catalogue file, as other programs write them. */
export type CatalogRow = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  // Some shops write `{ "id": …, "name": … }` for a category or a brand.
  if (typeof value === 'object' && value !== null && 'name' in value) return textOf(value.name);
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
};

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(textOf).filter((text) => text !== undefined);

/** `A > B | C/D` and lists alike, from general to special. */
function pathOf(value: unknown): string[] {
  const parts = Array.isArray(value) ? listOf(value) : (textOf(value) ?? '').split(/\s*[>|›»]\s*|\s+\/\s+|(?<=\w)\/(?=\w)/);
  return parts.map((part) => part.trim()).filter((part) => part !== '').slice(0, 8);
}

/** A catalogue row as a product record, the way an import maps it. */
export function productOf(row: CatalogRow): Omit<Product, 'id'> & { id: string } {
  const sku = textOf(row['sku']) ?? textOf(row['id']) ?? '';
  const path = pathOf(row['category_path']);
  const category = path.length > 0 ? path : pathOf(row['category']);
  const description = [textOf(row['description']), textOf(row['long_description'])].filter((text) => text !== undefined).join('\n');
  const barcodes = [...listOf(row['barcode']), ...listOf(row['upc']), ...listOf(row['ean'])];
  const price = Number(textOf(row['price'])?.replace(/[^\d.]/g, ''));
  const brand = textOf(row['brand']);
  const manufacturer = textOf(row['manufacturer']);
  const model = textOf(row['model']);
  const type = textOf(row['type']);
  return {
    id: 'row', sku, name: textOf(row['name']) ?? sku,
    ...(brand === undefined ? {} : { brand }),
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(model === undefined ? {} : { model }),
    ...(type === undefined ? {} : { type }),
    ...(category.length === 0 ? {} : { category }),
    ...(barcodes.length === 0 ? {} : { barcodes: [...new Set(barcodes)] }),
    ...(description === '' ? {} : { description }),
    ...(Number.isFinite(price) && price > 0 ? { price: { amount: Math.round(price * 100), currency: 'USD' } } : {}),
  };
}

/** A catalogue row as the index takes it, through the product's own adapter. */
export function docOf(row: CatalogRow): SearchDoc {
  const doc = toSearchDoc({ kind: 'product', record: productOf(row) });
  if (doc === undefined) throw new Error('products are searched');
  return doc;
}

/** Rows of an NDJSON file, plain or gzipped, one at a time. */
export async function* readRows(file: string): AsyncGenerator<CatalogRow> {
  const raw = createReadStream(file);
  const input = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() !== '') yield JSON.parse(line) as CatalogRow;
  }
}

/** A query with what should come first: a set of hits, or a grade for each. */
export type BenchQuery = { query: string; kind: string; relevant?: string[]; labels?: Record<string, number> };

export async function readQueries(file: string): Promise<BenchQuery[]> {
  const out: BenchQuery[] = [];
  for await (const row of readRows(file)) {
    const query = textOf(row['query']);
    if (query !== undefined) out.push({ ...(row as BenchQuery), query, kind: textOf(row['kind']) ?? 'other' });
  }
  return out;
}
