import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { nextPrice, priceAt, productSchema, type Product } from '#shared/domain/product.ts';

const eur = (amount: number, validFrom?: number): { amount: number; currency: string; validFrom?: number } => ({ amount, currency: 'EUR', ...(validFrom === undefined ? {} : { validFrom }) });
const product = (price: Product['price'], planned: { amount: number; currency: string; validFrom: number }[] = []): Product => productSchema.parse({ sku: 'a', name: 'A', ...(price === undefined ? {} : { price }), plannedPrices: planned });
const planned = (amount: number, validFrom: number) => ({ amount, currency: 'EUR', validFrom });

describe('the price in force', () => {
  it('stays until the planned one begins, and not a millisecond longer', () => {
    const tariff = product(eur(1_000), [planned(1_200, 500)]);
    expect([priceAt(tariff, 499)?.amount, priceAt(tariff, 500)?.amount]).toEqual([1_000, 1_200]);
    expect([nextPrice(tariff, 499)?.amount, nextPrice(tariff, 500)]).toEqual([1_200, undefined]);
  });

  it('is none before the first one begins', () => {
    expect(priceAt(product(undefined, [planned(5, 10)]), 9)).toBeUndefined();
    expect(priceAt(product(eur(5, 10)), 9)).toBeUndefined();
  });

  it('does not depend on the order plans were written in, and a desk that was off for weeks gets the last of them', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { maxLength: 12 }), fc.integer({ min: 0, max: 1_100 }), (starts, now) => {
      const plans = starts.map((start) => planned(start * 10, start));
      const expected = Math.max(0, ...starts.filter((start) => start <= now));
      expect(priceAt(product(eur(0), plans), now)?.amount).toBe(expected * 10);
      expect(priceAt(product(eur(0), plans.toReversed()), now)?.amount).toBe(expected * 10);
      const later = starts.filter((start) => start > now);
      expect(nextPrice(product(eur(0), plans), now)?.validFrom).toBe(later.length === 0 ? undefined : Math.min(...later));
    }));
  });
});
