import type { Product } from '#shared/domain/product.ts';
import { createConverter } from '#shared/domain/transfer/convert.ts';
import { isCurrency, minorDigits } from '#shared/domain/transfer/money.ts';
import type { Problem } from '#shared/domain/transfer/problems.ts';
import type { Preview } from '#shared/domain/transfer/reading.ts';
import { takesSeveral, type Mapping, type Target } from '#shared/domain/transfer/targets.ts';
import { toProduct } from '#shared/domain/transfer/to-product.ts';

/** A row of the file as it would come out: a product, parts of one that is here already, or what stands in its way. */
export type PreviewRow = { row: number; product: Partial<Product> | undefined; problems: readonly Problem[] };

/** The first rows under this mapping, made by the very code that imports. */
export function previewRows({ reading, rows }: Preview, mapping: Mapping): PreviewRow[] {
  const converter = createConverter(reading.columns, usable(mapping));
  return rows.map(({ row, cells }) => {
    const { draft, problems } = converter.convert(cells);
    if (problems.length > 0) return { row, product: undefined, problems };
    const made = toProduct(draft, undefined, mapping.existing, converter.columnOf);
    if (made.ok) return { row, product: made.product, problems: [] };
    // Without a name column the row can only update a product that is here; whether it is, the import will see.
    const updates = mapping.existing === 'merge' && draft.sku !== undefined && made.problems.every(({ code }) => code === 'missing-name' || code === 'interval-missing') && !mapping.columns.some(({ target }) => target === 'name');
    return updates ? { row, product: { sku: draft.sku } as Partial<Product>, problems: [] } : { row, product: undefined, problems: made.problems };
  });
}

/** A currency half typed is none yet. */
export function usable({ currency, ...mapping }: Mapping): Mapping {
  return { ...mapping, ...(currency !== undefined && isCurrency(currency) ? { currency } : {}) };
}

/** What keeps the import from starting, if anything. */
export type Obstacle = { code: 'need-sku' } | { code: 'twice'; target: Target } | { code: 'currency' };

export function obstacleOf(mapping: Mapping): Obstacle | undefined {
  const targets = mapping.columns.map(({ target }) => target);
  if (!targets.includes('sku')) return { code: 'need-sku' };
  const twice = targets.find((target, at) => !takesSeveral(target) && targets.indexOf(target) !== at);
  if (twice !== undefined) return { code: 'twice', target: twice };
  return mapping.currency !== undefined && mapping.currency !== '' && !isCurrency(mapping.currency) ? { code: 'currency' } : undefined;
}

export function amountText(price: Product['price'], language: string): string {
  if (price === undefined) return '';
  return new Intl.NumberFormat(language, { style: 'currency', currency: price.currency }).format(price.amount / 10 ** minorDigits(price.currency));
}
