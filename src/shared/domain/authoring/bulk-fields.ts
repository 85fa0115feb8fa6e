import { productSchema, type Product } from '../product.ts';
import { readList } from '../transfer/cells.ts';
import { withValue, type Path } from './values.ts';

/** Fields that can be given to many products at once. */
export const BULK_FIELDS = ['stockNote', 'brand', 'manufacturer', 'type', 'category', 'tags', 'owner', 'reviewDays', 'terms', 'termMonths', 'noticeDays'] as const;
export type BulkField = (typeof BULK_FIELDS)[number];

const PATHS: Readonly<Partial<Record<BulkField, Path>>> = { terms: ['billing', 'terms'], termMonths: ['billing', 'termMonths'], noticeDays: ['billing', 'noticeDays'] };
const NUMBERS: ReadonlySet<BulkField> = new Set(['reviewDays', 'termMonths', 'noticeDays']);
const LISTS: ReadonlySet<BulkField> = new Set(['category', 'tags']);

/**
 * The product with a field as a person typed it; nothing typed takes the field away. The same product when it had
 * that value already, or when the value does not fit: a change of many must not leave one of them broken.
 */
export function withField(product: Product, field: BulkField, text: string): Product {
  const value = valueOf(field, text.trim());
  if (value === null) return product;
  const next = withValue(product, PATHS[field] ?? [field], value);
  return JSON.stringify(next) === JSON.stringify(product) || !productSchema.safeParse(next).success ? product : next;
}

function valueOf(field: BulkField, text: string): unknown {
  if (text === '') return undefined;
  if (NUMBERS.has(field)) return /^\d+$/.test(text) ? Number(text) : null;
  if (LISTS.has(field)) return field === 'category' ? text.split('>').map((part) => part.trim()).filter((part) => part !== '') : readList(text);
  return text;
}
