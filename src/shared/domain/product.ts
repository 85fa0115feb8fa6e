import { z } from 'zod';
import { daySchema, idSchema, instantSchema, LIMITS, recordBase } from './common.ts';

const { id: _id, ...shared } = recordBase;

/** Amounts are integers in the currency's minor unit (cents), so that no sum ever rounds. */
export const priceSchema = z.strictObject({
  amount: z.int().min(0).max(100_000_000_000),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  taxIncluded: z.boolean().optional(),
  validFrom: instantSchema.optional(),
});
export type Price = z.infer<typeof priceSchema>;

/** A price that is decided but not in force yet: `validFrom` says when it takes over. */
export const plannedPriceSchema = priceSchema.extend({ validFrom: instantSchema });
export type PlannedPrice = z.infer<typeof plannedPriceSchema>;

export const billingSchema = z.strictObject({
  /** How the price recurs. */
  interval: z.enum(['once', 'week', 'month', 'quarter', 'year', 'usage']),
  /** Per what: "kWh", "GB", "piece"; for `usage` and unit prices. */
  unit: z.string().max(60).optional(),
  /** Minimum term in months. */
  termMonths: z.int().min(0).max(240).optional(),
  /** Notice period in days. */
  noticeDays: z.int().min(0).max(730).optional(),
  /** One-off set-up fee in minor units of the price's currency. */
  setupFee: z.int().min(0).optional(),
  /** Words a customer understands, as the agent may say them. */
  terms: z.string().max(LIMITS.text).optional(),
});
export type Billing = z.infer<typeof billingSchema>;

export const factSchema = z.strictObject({
  name: z.string().min(1).max(LIMITS.line),
  value: z.string().min(1).max(LIMITS.text),
  verifiedAt: daySchema.optional(),
  verifiedBy: z.string().max(LIMITS.line).optional(),
});
export type Fact = z.infer<typeof factSchema>;

/** A product or tariff. `sku` is its key: an import with the same sku updates it. */
export const productSchema = z.strictObject({
  ...shared,
  sku: z.string().min(1).max(LIMITS.id),
  name: z.string().min(1).max(LIMITS.line),
  brand: z.string().max(LIMITS.line).optional(),
  manufacturer: z.string().max(LIMITS.line).optional(),
  model: z.string().max(LIMITS.line).optional(),
  /** EAN, UPC, GTIN as digits; leading zeros kept. */
  barcodes: z.array(z.string().max(40)).max(20).optional(),
  /** Path from general to special. */
  category: z.array(z.string().max(LIMITS.line)).max(8).optional(),
  type: z.string().max(LIMITS.line).optional(),
  description: z.string().max(LIMITS.body).optional(),
  price: priceSchema.optional(),
  /** Prices to come. The one in force stays until the day of the next, on every desk, also on one that is off-line then. */
  plannedPrices: z.array(plannedPriceSchema).max(20).optional(),
  billing: billingSchema.optional(),
  facts: z.array(factSchema).max(100).optional(),
  stockNote: z.string().max(LIMITS.line).optional(),
  scripts: z.array(idSchema).max(20).optional(),
  articles: z.array(idSchema).max(20).optional(),
});
export type Product = z.infer<typeof productSchema>;

/** The price in force at `now` (UTC ms): of all that have begun, the one that began last. */
export function priceAt(product: Pick<Product, 'price' | 'plannedPrices'>, now: number): Price | undefined {
  let found: Price | undefined;
  for (const price of [product.price, ...(product.plannedPrices ?? [])]) {
    if (price === undefined || (price.validFrom ?? 0) > now) continue;
    if (found === undefined || (price.validFrom ?? 0) >= (found.validFrom ?? 0)) found = price;
  }
  return found;
}

/** The next price that is decided and not in force yet. */
export function nextPrice(product: Pick<Product, 'price' | 'plannedPrices'>, now: number): PlannedPrice | undefined {
  const coming = [product.price, ...(product.plannedPrices ?? [])].flatMap((price) => (price?.validFrom === undefined || price.validFrom <= now ? [] : [{ ...price, validFrom: price.validFrom }]));
  return coming.toSorted((a, b) => a.validFrom - b.validFrom)[0];
}
