import type { T } from '#renderer/messages/messages.tsx';
import { nextPrice, priceAt, type Price, type Product } from '#shared/domain/product.ts';

/** One line of a product card. `id` is equal across products, so that rows line up in a comparison. */
export type ProductRow = { id: string; label: string; value: string; note?: string; kind: 'text' | 'code' | 'amount' };

/** The price in force at `now` (UTC ms) as it is said: "€24.99 a month". */
export function priceText(product: Product, t: T, language: string, now: number = Date.now()): string | undefined {
  const price = priceAt(product, now);
  return price === undefined ? undefined : saidPrice(price, product, t, language);
}

function saidPrice({ amount, currency }: Price, product: Product, t: T, language: string): string {
  const price = money(amount, currency, language);
  const interval = product.billing?.interval ?? 'once';
  switch (interval) {
    case 'once':
      return product.billing?.unit === undefined ? price : t('product.price.per', { price, unit: product.billing.unit });
    case 'usage':
      return t('product.price.per', { price, unit: product.billing?.unit ?? '1' });
    default:
      return t(`product.price.${interval}`, { price });
  }
}

/** `amount` in minor units; the number of decimals is the currency's own. */
export function money(amount: number, currency: string, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** Everything an agent may read out, in the order callers ask: price and billing, stock, facts, codes. */
export function productRows(product: Product, t: T, language: string, now: number = Date.now()): ProductRow[] {
  const rows: ProductRow[] = [];
  const add = (id: string, label: string, value: string | undefined, kind: ProductRow['kind'] = 'text', note?: string): void => {
    if (value !== undefined && value !== '') rows.push({ id, label, value, kind, ...(note === undefined ? {} : { note }) });
  };
  const { billing } = product;
  const price = priceAt(product, now);
  const next = nextPrice(product, now);
  add('price', t('product.price'), priceText(product, t, language, now) ?? t('product.no-price'), 'amount');
  if (next !== undefined) add('next-price', t('product.next-price'), t('product.from-day', { price: saidPrice(next, product, t, language), day: dayOf(next.validFrom, language) }), 'amount');
  if (billing?.setupFee !== undefined && billing.setupFee > 0 && price !== undefined) add('setup', t('product.setup-fee'), money(billing.setupFee, price.currency, language), 'amount');
  if (billing?.termMonths !== undefined && billing.termMonths > 0) add('term', t('product.term'), t('product.months', { count: billing.termMonths }));
  if (billing?.noticeDays !== undefined && billing.noticeDays > 0) add('notice', t('product.notice'), t('product.days', { count: billing.noticeDays }));
  add('terms', t('product.terms'), billing?.terms);
  add('stock', t('product.stock'), product.stockNote);
  for (const fact of product.facts ?? []) add(`fact:${fact.name.toLowerCase()}`, fact.name, fact.value, 'text', verified(fact.verifiedAt, fact.verifiedBy, t, language));
  add('brand', t('product.brand'), product.brand);
  add('model', t('product.model'), product.model, 'code');
  add('sku', t('product.sku'), product.sku, 'code');
  add('barcodes', t('product.barcodes'), product.barcodes?.join(' · '), 'code');
  add('category', t('product.category'), product.category?.join(' › '));
  return rows;
}

/** The day of an instant as the desk's calendar has it. */
function dayOf(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
}

function verified(day: string | undefined, who: string | undefined, t: T, language: string): string | undefined {
  if (day === undefined) return undefined;
  const shown = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(day));
  return who === undefined ? t('product.verified-day', { day: shown }) : t('product.verified', { day: shown, who });
}

/** Ids of rows on which the products do not all agree (a row one of them lacks is a difference). */
export function differingRows(tables: readonly (readonly ProductRow[])[]): Set<string> {
  const ids = new Set(tables.flatMap((rows) => rows.map((row) => row.id)));
  return new Set([...ids].filter((id) => new Set(tables.map((rows) => rows.find((row) => row.id === id)?.value)).size > 1));
}

/** The note (age and verifier) that at least two facts share and most carry; undefined when there is none. */
export function sharedNote(rows: readonly ProductRow[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { note } of rows) if (note !== undefined) counts.set(note, (counts.get(note) ?? 0) + 1);
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return most === undefined || most[1] < 2 ? undefined : most[0];
}
