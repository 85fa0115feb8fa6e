import { fc } from '#test/helpers/property.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportCatalogue, type ExportFormat } from '#main/features/transfer/export-catalogue.ts';
import { productSchema, type Product } from '#shared/domain/product.ts';
import { openDesk, runImport, taskFor, tempDir } from './helpers.ts';

const opt = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });
/** Texts as people and other programs write them, signs that divide cells and start formulas among them. */
const text = fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.constantFrom('=1+1', '-5 °C', '+49', '@home', ' outer space ', 'a;b|c', 'x, "y"', 'line\nline', 'line\r\nline', '#N/A', 'TV/Audio', 'A > B', '007', '1.299', 'name=value', '{"a":1}', 'Größe'));
const instant = fc.integer({ min: 1_600_000_000_000, max: 2_000_000_000_000 });
const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'GBP');
const price = fc.record({ amount: fc.integer({ min: 0, max: 100_000_000_000 }), currency, taxIncluded: opt(fc.boolean()), validFrom: opt(instant) });
const fact = fc.record({ name: text, value: text, verifiedAt: opt(fc.constantFrom('2026-01-31', '2024-02-29')), verifiedBy: opt(text) });
const id = fc.constantFrom('late-delivery', 'returns', 'a.b');
const product: fc.Arbitrary<Product> = fc
  .record({
    name: text, brand: opt(text), model: opt(text), type: opt(text), stockNote: opt(text), manufacturer: opt(text), owner: opt(text), verifiedBy: opt(text), description: opt(text),
    barcodes: opt(fc.array(fc.constantFrom('4006381333931', '978-3-16', '01234'), { maxLength: 3 })), category: opt(fc.array(text, { maxLength: 3 })), tags: opt(fc.array(text, { maxLength: 3 })),
    price: opt(price), plannedPrices: opt(fc.array(fc.record({ amount: fc.integer({ min: 0, max: 99_999 }), currency, validFrom: instant, taxIncluded: opt(fc.boolean()) }), { maxLength: 3 })),
    billing: opt(fc.record({ interval: fc.constantFrom<'once' | 'month' | 'usage'>('once', 'month', 'usage'), unit: opt(fc.constantFrom('kWh', 'GB')), termMonths: opt(fc.nat({ max: 240 })), noticeDays: opt(fc.nat({ max: 700 })), setupFee: opt(fc.nat({ max: 99_999 })), terms: opt(text) })),
    facts: opt(fc.array(fact, { maxLength: 4 })), verifiedAt: opt(fc.constantFrom('2026-03-01')), reviewDays: opt(fc.integer({ min: 1, max: 3_650 })), language: opt(fc.constantFrom('en', 'pt-BR')),
    sectors: opt(fc.array(fc.constantFrom<'retail' | 'telecom'>('retail', 'telecom'), { maxLength: 2 })), scripts: opt(fc.array(id, { maxLength: 2 })), validFrom: opt(instant), validUntil: opt(instant),
    targets: opt(fc.record({ teams: opt(fc.array(text, { maxLength: 2 })) })),
  })
  .map((one) => productSchema.parse(JSON.parse(JSON.stringify({ sku: 'x', ...one }))));

describe.each<ExportFormat>(['csv', 'xlsx', 'json'])('products saved as %s', (format) => {
  it('are the same products when they are imported again by what the import suggests', async () => {
    const dir = tempDir();
    const products = fc.sample(product, { numRuns: 300, seed: 7 }).map((one, at): Product => ({ ...one, sku: `S-${at}` }));
    const from = openDesk(dir);
    const source = from.repository.saveSource('test', '1', 0);
    for (const one of products) from.repository.put({ kind: 'product', record: one }, source);
    const file = join(dir, `products.${format}`);
    expect(await exportCatalogue(from.repository, file, format)).toBe(products.length);
    const into = openDesk(tempDir());
    const { counts, refused } = await runImport(into, await taskFor(file));
    expect(refused).toEqual([]);
    expect(counts.added).toBe(products.length);
    for (const one of products) expect(into.repository.get('product', one.sku)).toEqual(one);
    // Imported over itself, nothing has changed.
    expect((await runImport(from, await taskFor(file, { existing: 'replace' }))).counts).toMatchObject({ added: 0, refused: 0 });
  });
});

describe('a products file', () => {
  it('can be read by a person: money with its decimals, plans with their day', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const source = desk.repository.saveSource('test', '1', 0);
    desk.repository.put({ kind: 'product', record: productSchema.parse({ sku: 'T-1', name: 'Fibre 100', price: { amount: 2_999, currency: 'EUR', taxIncluded: true }, plannedPrices: [{ amount: 3_499, currency: 'EUR', taxIncluded: true, validFrom: new Date(2027, 2, 1).getTime() }], billing: { interval: 'month', termMonths: 24 }, category: ['Internet', 'Fibre'] }) }, source);
    const file = join(dir, 'p.csv');
    await exportCatalogue(desk.repository, file, 'csv');
    const [, row] = readFileSync(file, 'utf8').split('\r\n');
    expect(row).toMatch(/^T-1,Fibre 100,,,,Internet > Fibre,,29\.99,EUR,yes,34\.99 EUR @2027-03-01,month,,24,.*,$/);
  });

  it('leaves the one before it whole when it cannot be written', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    await expect(exportCatalogue(desk.repository, join(dir, 'no', 'folder.csv'), 'csv')).rejects.toThrow();
  });
});
