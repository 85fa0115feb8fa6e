import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Product } from '#shared/domain/product.ts';
import { readStarterPack } from '../../../scripts/build-pack.ts';

const pack = readStarterPack(path.resolve(import.meta.dirname, '../../../resources/starter-pack'));
const products: Product[] = pack.flatMap((line) => (line.kind === 'product' ? [line.record] : []));
const inCategory = (start: string): Product[] => products.filter(({ category }) => category?.join(' > ').startsWith(start));
const fact = (product: Product, name: string): string => product.facts?.find((own) => own.name === name)?.value ?? '';

/** The skus for which `isRight` does not hold: an empty list is what each test wants. */
function wrong(of: readonly Product[], isRight: (product: Product) => boolean): string[] {
  return of.filter((product) => !isRight(product)).map(({ sku, name }) => `${sku} ${name}`);
}

function twice(values: readonly (string | undefined)[]): (string | undefined)[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

describe('demonstration catalogue', () => {
  it('spans the departments a retail and telecom desk is asked about', () => {
    expect(products.length).toBeGreaterThanOrEqual(360);
    const departments = products.flatMap(({ category }) => category?.slice(0, 1) ?? []);
    expect(new Set(departments)).toEqual(new Set([
      'Books and media', 'Electronics', 'Garden', 'Gift cards', 'Groceries', 'Home appliances', 'Household', 'Kitchen',
      'Services', 'Spare parts', 'Telecom', 'Toys',
    ]));
  });

  it('gives each product a price in pounds, and two or more facts with age and verifier', () => {
    expect(wrong(products, ({ price }) => price?.currency === 'GBP' && price.taxIncluded === true)).toEqual([]);
    expect(wrong(products, ({ facts }) => (facts?.length ?? 0) >= 2)).toEqual([]);
    expect(wrong(products, ({ facts = [] }) => facts.every((own) => own.verifiedAt?.startsWith('2026-') && own.verifiedBy))).toEqual([]);
  });

  it('has facts of one product checked on different days by different roles', () => {
    const mixed = products.filter(({ facts }) => new Set(facts?.map((own) => `${own.verifiedAt} ${own.verifiedBy}`)).size > 1);
    expect(mixed.length).toBeGreaterThanOrEqual(20);
  });

  it('uses each name, model and barcode once', () => {
    expect(twice(products.map(({ name }) => name))).toEqual([]);
    expect(twice(products.map(({ model }) => model))).toEqual([]);
    expect(twice(products.flatMap(({ barcodes }) => barcodes ?? []))).toEqual([]);
  });

  it('holds barcodes of several lengths, some with a leading zero', () => {
    const barcodes = products.flatMap((product) => product.barcodes ?? []);
    expect(new Set(barcodes.map(({ length }) => length))).toEqual(new Set([8, 12, 13]));
    expect(barcodes.some((barcode) => barcode.startsWith('0'))).toBe(true);
  });

  it('sells spare parts only for models it knows', () => {
    const models = products.map(({ model }) => model ?? '');
    const named = (product: Product): string[] => fact(product, 'Fits').match(/\b[A-Z]+[A-Z0-9]*\d[A-Z0-9]*(?:-[A-Z0-9]+)*\b|\b[A-Z]{2,}-[A-Z0-9-]+\b/g) ?? [];
    const parts = inCategory('Spare parts');
    expect(parts.length).toBeGreaterThanOrEqual(30);
    expect(wrong(parts, (part) => named(part).every((code) => models.some((model) => model.startsWith(code))))).toEqual([]);
    expect(wrong(parts, (part) => named(part).length > 0 || fact(part, 'Fits').startsWith('all '))).toEqual([]);
  });

  it('sells phone cases only for phones it sells, and names the phone in the case', () => {
    const cases = inCategory('Electronics > Accessories > Phone cases');
    const phone = (product: Product): string => fact(product, 'Fits').replace(' only', '');
    expect(cases.length).toBeGreaterThanOrEqual(10);
    expect(wrong(cases, (own) => own.name.includes(`for ${phone(own)},`))).toEqual([]);
    expect(wrong(cases, (own) => products.some(({ type, name }) => type === 'Smartphone' && name.startsWith(`${phone(own)} `)))).toEqual([]);
  });

  it('tells interval, unit, notice and terms of every tariff', () => {
    const tariffs = inCategory('Telecom');
    expect(tariffs.length).toBeGreaterThanOrEqual(30);
    expect(wrong(tariffs, ({ billing }) => Boolean(billing?.interval && billing.terms))).toEqual([]);
    expect(wrong(tariffs, ({ billing }) => billing?.interval !== 'month' || billing.noticeDays === 30)).toEqual([]);
    expect(wrong(tariffs, ({ billing }) => billing?.interval !== 'usage' || billing.unit !== undefined)).toEqual([]);
    const saysTerm = ({ billing }: Product): boolean => {
      const term = billing?.termMonths ?? 0;
      return term > 0 ? billing?.terms?.startsWith(`${term}-month minimum term`) === true : !/\d-month minimum/.test(billing?.terms ?? '');
    };
    expect(wrong(tariffs, saysTerm)).toEqual([]);
  });

  it('puts the price per unit in groceries in line with price and size', () => {
    const perUnit = products.flatMap((product) => {
      const said = fact(product, 'Price per litre') || fact(product, 'Price per kg');
      return said ? [{ product, said: Number(said.replace('£', '')) }] : [];
    });
    const size = (text: string): number => {
      const [, count = '1', amount = '', unit = ''] = /^(?:(\d+) × )?([\d.]+) (kg|g|ml|l)\b/.exec(text) ?? [];
      return Number(count) * Number(amount) * (unit === 'g' || unit === 'ml' ? 0.001 : 1);
    };
    expect(perUnit.length).toBeGreaterThanOrEqual(3);
    const off = perUnit.filter(({ product, said }) => {
      const exact = (product.price?.amount ?? 0) / 100 / size(fact(product, 'Volume') || fact(product, 'Weight'));
      return !(Math.abs(exact - said) <= 0.01);
    });
    expect(off.map(({ product }) => product.name)).toEqual([]);
  });

  it.each([
    ['KA13-8/256', 'KA13-16/512'], ['HX-P7-128-BK', 'HX-P7-256-BK'], ['VT43U5', 'VT55U5'], ['VT55U5', 'VT55Q7'],
    ['DR-MS64', 'DR-MS256'], ['NM-S-12', 'NM-U-12'], ['NB-F100-24', 'NB-F1000-24'], ['NS-C2-250', 'NS-C3-2500'],
  ])('costs more for more of the same: %s < %s', (less, more) => {
    const price = (model: string): number => products.find((product) => product.model === model)?.price?.amount ?? Number.NaN;
    expect(price(less)).toBeLessThan(price(more));
  });

  it('links the guide an agent needs beside each product', () => {
    expect(wrong(products, ({ articles, scripts }) => (articles?.length ?? 0) > 0 && (scripts?.length ?? 0) > 0)).toEqual([]);
  });
});
