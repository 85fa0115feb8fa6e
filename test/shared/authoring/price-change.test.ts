import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { withField } from '#shared/domain/authoring/bulk-fields.ts';
import { changedAmount, dayOf, startOfDay, withPriceChange } from '#shared/domain/authoring/price-change.ts';
import { priceAt, productSchema, type Product } from '#shared/domain/product.ts';

const NOW = Date.UTC(2026, 4, 20, 10);
const product = (amount: number, currency = 'EUR'): Product => ({ sku: 'a', name: 'A', price: { amount, currency, taxIncluded: true } });

describe('changing prices', () => {
  it('never counts with fractions of a cent, and never goes below nothing', () => {
    expect(changedAmount({ amount: 1_999, currency: 'EUR' }, { kind: 'percent', hundredths: 250, round: 'unit' })).toBe(2_049);
    expect(changedAmount({ amount: 100, currency: 'EUR' }, { kind: 'percent', hundredths: -10_000, round: 'unit' })).toBe(0);
    expect(changedAmount({ amount: 50, currency: 'EUR' }, { kind: 'by', amount: -80 })).toBe(0);
    expect(changedAmount(undefined, { kind: 'by', amount: 5 })).toBeUndefined();
  });

  it.each([[1_994, 'ten', 1_990], [1_995, 'ten', 2_000], [1_990, 'nines', 1_999], [1_999, 'nines', 1_999], [2_000, 'nines', 2_009]] as const)('%i rounded to %s is %i', (amount, round, expected) => {
    expect(changedAmount({ amount, currency: 'EUR' }, { kind: 'percent', hundredths: 0, round })).toBe(expected);
  });

  it('planned for a day leaves today alone, whatever is planned already, and always leaves a product the schema takes', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: -5_000, max: 20_000 }), fc.integer({ min: 1, max: 400 })), { maxLength: 30 }), (plans) => {
      let one = product(10_000);
      for (const [hundredths, days] of plans) {
        one = withPriceChange(one, { kind: 'percent', hundredths, round: 'unit' }, NOW + days * 86_400_000, NOW);
        expect(productSchema.safeParse(one).success).toBe(true);
        expect(priceAt(one, NOW)?.amount).toBe(10_000);
      }
    }));
  });

  it('at once takes the place of the price and of plans that have begun, and keeps those to come', () => {
    const planned: Product = { ...product(1_000), plannedPrices: [{ amount: 1_100, currency: 'EUR', validFrom: NOW - 5 }, { amount: 1_300, currency: 'EUR', validFrom: NOW + 5 }] };
    const changed = withPriceChange(planned, { kind: 'to', amount: 900, currency: 'EUR' }, undefined, NOW);
    expect([priceAt(changed, NOW)?.amount, priceAt(changed, NOW + 10)?.amount]).toEqual([900, 1_300]);
  });

  it('a day begins and ends on this desk’s clock', () => {
    for (const day of ['2026-03-29', '2026-10-25', '2028-02-29']) expect(dayOf(startOfDay(day) ?? 0)).toBe(day);
    expect([startOfDay('2026-02-30'), startOfDay('soon')]).toEqual([undefined, undefined]);
  });
});

describe('a field of many products', () => {
  it('is set, emptied, and left alone where the value does not fit', () => {
    const one = product(5);
    expect(withField(one, 'category', 'Internet > Fibre').category).toEqual(['Internet', 'Fibre']);
    expect(withField({ ...one, stockNote: 'x' }, 'stockNote', '')).toEqual(one);
    expect(withField(one, 'reviewDays', 'soon')).toBe(one);
    // Billing terms without an interval would be no billing at all.
    expect(withField(one, 'termMonths', '12')).toBe(one);
    expect(withField({ ...one, billing: { interval: 'month' } }, 'termMonths', '12').billing).toEqual({ interval: 'month', termMonths: 12 });
  });
});
