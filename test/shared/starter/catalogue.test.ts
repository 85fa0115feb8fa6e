import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Product } from '#shared/domain/product.ts';
import { readStarterPack } from '../../../scripts/build-pack.ts';

const pack = readStarterPack(path.resolve(import.meta.dirname, '../../../resources/starter-pack'));
const products: Product[] = pack.flatMap((line) => (line.kind === 'product' ? [line.record] : []));
const inCategory = (start: string): Product[] => products.filter(({ category }) => category?.join(' > ').startsWith(start));

describe('demonstration catalogue', () => {
  it('spans the departments a retail and telecom desk is asked about', () => {
    const departments = new Set(products.map(({ category }) => category?.[0]));
    expect([...departments].sort()).toEqual([
      'Books and media', 'Electronics', 'Garden', 'Gift cards', 'Groceries', 'Home appliances', 'Household', 'Kitchen',
      'Services', 'Spare parts', 'Telecom', 'Toys',
    ]);
  });

  it('gives each product a price in pounds and two or more facts with age and verifier', () => {
    for (const product of products) {
      expect(product.price?.currency, product.sku).toBe('GBP');
      expect(product.facts?.length ?? 0, product.sku).toBeGreaterThanOrEqual(2);
      for (const fact of product.facts ?? []) {
        expect(fact.verifiedAt, `${product.sku} ${fact.name}`).toMatch(/^2026-/);
        expect(fact.verifiedBy, `${product.sku} ${fact.name}`).toBeTruthy();
      }
    }
  });

  it('has facts of one product checked on different days by different roles', () => {
    const mixed = products.filter(({ facts }) => new Set(facts?.map(({ verifiedAt, verifiedBy }) => `${verifiedAt} ${verifiedBy}`)).size > 1);
    expect(mixed.length).toBeGreaterThanOrEqual(20);
  });

  it('names models, barcodes and names once', () => {
    for (const values of [products.map(({ model }) => model), products.flatMap(({ barcodes }) => barcodes ?? []), products.map(({ name }) => name)]) {
      expect(values.filter((value, at) => values.indexOf(value) !== at)).toEqual([]);
    }
  });

  it('holds barcodes of several lengths, one with a leading zero', () => {
    const barcodes = products.flatMap((product) => product.barcodes ?? []);
    expect([...new Set(barcodes.map(({ length }) => length))].sort((a, b) => a - b)).toEqual([8, 12, 13]);
    expect(barcodes.some((barcode) => barcode.startsWith('0'))).toBe(true);
  });

  it('sells parts and accessories only for models it knows', () => {
    const models = products.map(({ model }) => model ?? '');
    for (const product of inCategory('Spare parts')) {
      const fits = product.facts?.find(({ name }) => name === 'Fits')?.value ?? '';
      const named = fits.match(/\b[A-Z]+[A-Z0-9]*\d[A-Z0-9]*(?:-[A-Z0-9]+)*\b|\b[A-Z]{2,}-[A-Z0-9-]+\b/g) ?? [];
      const unknown = named.filter((code) => !models.some((model) => model.startsWith(code)));
      expect(unknown, `${product.sku} fits ${fits}`).toEqual([]);
      expect(named.length > 0 || fits.startsWith('all '), `${product.sku} fits ${fits}`).toBe(true);
    }
    for (const product of inCategory('Electronics > Accessories > Phone cases')) {
      const fits = product.facts?.find(({ name }) => name === 'Fits')?.value.replace(' only', '') ?? '';
      expect(products.some(({ type, name }) => type === 'Smartphone' && name.startsWith(`${fits} `)), product.name).toBe(true);
    }
  });

  it('tells price, interval, notice and terms of every tariff', () => {
    const tariffs = inCategory('Telecom');
    expect(tariffs.length).toBeGreaterThanOrEqual(30);
    for (const tariff of tariffs) {
      expect(tariff.billing?.interval, tariff.sku).toBeDefined();
      expect(tariff.billing?.terms, tariff.sku).toBeTruthy();
      if (tariff.billing?.interval === 'month') expect(tariff.billing.noticeDays, tariff.sku).toBe(30);
      if (tariff.billing?.interval === 'usage') expect(tariff.billing.unit, tariff.sku).toBeTruthy();
      const term = tariff.billing?.termMonths ?? 0;
      expect(tariff.billing?.terms?.startsWith(`${term}-month`) ?? false, tariff.sku).toBe(term > 0);
    }
  });

  it('costs more for more of the same: memory, storage, screen size', () => {
    const price = (model: string): number => products.find((product) => product.model === model)?.price?.amount ?? Number.NaN;
    for (const [less, more] of [
      ['KA13-8/256', 'KA13-16/512'], ['HX-P7-128-BK', 'HX-P7-256-BK'], ['VT43U5', 'VT55U5'], ['VT55U5', 'VT55Q7'],
      ['DR-MS64', 'DR-MS256'], ['NM-S-12', 'NM-U-12'], ['NB-F100-24', 'NB-F1000-24'], ['NS-C2-250', 'NS-C3-2500'],
    ] as const) {
      expect(price(less), `${less} < ${more}`).toBeLessThan(price(more));
    }
  });

  it('links the guides an agent needs beside the product', () => {
    for (const product of products) expect((product.articles?.length ?? 0) + (product.scripts?.length ?? 0), product.sku).toBeGreaterThan(0);
  });
});
