import { describe, expect, it } from 'vitest';
import { fc } from '#test/helpers/property.ts';
import { productSchema, type Product } from '#shared/domain/product.ts';
import { createConverter, type Cell } from '#shared/domain/transfer/convert.ts';
import { TARGETS, type Mapping, type Target } from '#shared/domain/transfer/targets.ts';
import { toProduct } from '#shared/domain/transfer/to-product.ts';

const base: Omit<Mapping, 'columns'> = { currency: 'EUR', decimal: 'auto', priceUnit: 'major', categorySeparator: '>', existing: 'merge' };

function take(cells: Partial<Record<Target, Cell>>, { existing, mode = 'merge', ...mapping }: Partial<Mapping> & { existing?: Product; mode?: Mapping['existing'] } | { existing?: Product; mode?: Mapping['existing'] } = {}): Product | string[] {
  const names = Object.keys(cells) as Target[];
  const full: Mapping = { ...base, ...mapping, existing: mode, columns: names.map((target) => ({ column: target, target })) };
  const converter = createConverter(names, full);
  const { draft, problems } = converter.convert(Object.values(cells));
  if (problems.length > 0) return problems.map(({ code, column }) => `${column}: ${code}`);
  const made = toProduct(draft, existing as Product | undefined, mode, converter.columnOf);
  return made.ok ? made.product : made.problems.map(({ code, column }) => `${column}: ${code}`);
}

describe('a row', () => {
  it('becomes a product', () => {
    expect(take({ sku: 'A1', name: ' Kettle ', barcodes: '4006381333931; 400-6381-333948', category: 'Home > Kitchen', price: '49,90', taxIncluded: 'ja', interval: 'monatlich', termMonths: '1 Jahr', noticeDays: '4 weeks', setupFee: '9,90', facts: 'Colour=blue | Volume: 1.7 l @2026-09-14 Buyer', tags: 'a, b', verifiedAt: '19.10.2026' })).toEqual({
      sku: 'A1', name: 'Kettle', barcodes: ['4006381333931', '4006381333948'], category: ['Home', 'Kitchen'],
      price: { amount: 4990, currency: 'EUR', taxIncluded: true }, billing: { interval: 'month', termMonths: 12, noticeDays: 28, setupFee: 990 },
      facts: [{ name: 'Colour', value: 'blue', verifiedAt: '2026-10-19' }, { name: 'Volume', value: '1.7 l', verifiedAt: '2026-09-14', verifiedBy: 'Buyer' }],
      tags: ['a', 'b'], verifiedAt: '2026-10-19',
    });
  });

  it.each<[Partial<Record<Target, Cell>>, string[]]>([
    [{ name: 'x' }, [': missing-sku']],
    [{ sku: 'A', name: '' }, ['name: missing-name']],
    [{ sku: 'A'.repeat(121), name: 'x' }, ['sku: too-long']],
    [{ sku: 'A', name: 'x', price: 'cheap' }, ['price: not-a-number']],
    [{ sku: 'A', name: 'x', price: '0.123' }, ['price: too-many-decimals']],
    [{ sku: 'A', name: 'x', barcodes: '4.00638E+12' }, ['barcodes: barcode-shortened']],
    [{ sku: 'A', name: 'x', barcodes: '4,00638E+12' }, ['barcodes: barcode-shortened']],
    [{ sku: 'A', name: 'x', price: '#N/A' }, ['price: bad-cell']],
    [{ sku: 'A', name: 'x', interval: 'sometimes' }, ['interval: unknown-interval']],
    [{ sku: 'A', name: 'x', termMonths: '12' }, [': interval-missing']],
    [{ sku: 'A', name: 'x', verifiedAt: '2026-02-30' }, ['verifiedAt: not-a-day']],
    [{ sku: 'A', name: 'x', verifiedAt: '10/11/2026' }, ['verifiedAt: not-a-day']],
    [{ sku: 'A', name: 'x', sectors: 'farming' }, ['sectors: unknown-sector']],
    [{ sku: 'A', name: 'x', scripts: 'Not An Id' }, ['scripts: bad-reference']],
    [{ sku: 'A', name: 'x', facts: 'no sign here' }, ['facts: bad-fact']],
    [{ sku: 'A', name: 'x', interval: 'month', termMonths: '999' }, ['termMonths: out-of-range']],
    [{ sku: 'A', name: 'x', price: 'cheap', taxIncluded: 'perhaps' }, ['taxIncluded: not-yes-no', 'price: not-a-number']],
  ])('%j is refused with %j', (cells, expected) => expect(take(cells)).toEqual(expected));

  it('knows a number of the file from a text: 1.299 in a cell is no thousand', () => {
    expect(take({ sku: 'A', name: 'x', price: 1.3 })).toMatchObject({ price: { amount: 130 } });
    expect(take({ sku: 'A', name: 'x', price: 1.299 })).toEqual(['price: too-many-decimals']);
    expect(take({ sku: 'A', name: 'x', price: 0.1 + 0.2 })).toMatchObject({ price: { amount: 30 } });
    expect(take({ sku: 4_006_381_333_931, name: 'x' })).toMatchObject({ sku: '4006381333931' });
  });

  it('finds the GTIN in a scanned element string', () => {
    expect(take({ sku: 'A', name: 'x', barcodes: '010360438025953810074303915131109910309000977' })).toMatchObject({ barcodes: ['03604380259538'] });
  });
});

describe('a product that is here already', () => {
  const here: Product = productSchema.parse({
    sku: 'A', name: 'Old', brand: 'B', price: { amount: 100, currency: 'EUR', taxIncluded: true, validFrom: 5 }, billing: { interval: 'month', termMonths: 12 }, scripts: ['refund'],
    facts: [{ name: 'Colour', value: 'red', verifiedAt: '2026-01-01', verifiedBy: 'C' }, { name: 'Weight', value: '1 kg' }],
  });

  it('keeps what the file does not tell', () => {
    expect(take({ sku: 'A', price: '2' }, { existing: here })).toEqual({ ...here, price: { amount: 200, currency: 'EUR', taxIncluded: true } });
  });

  it('keeps who checked a fact that stays the same, not one that changes', () => {
    expect(take({ sku: 'A', facts: 'colour=red | Weight=2 kg | Size=L' }, { existing: here })).toMatchObject({
      facts: [{ name: 'Colour', value: 'red', verifiedAt: '2026-01-01', verifiedBy: 'C' }, { name: 'Weight', value: '2 kg' }, { name: 'Size', value: 'L' }],
    });
  });

  it('is the very same text when nothing changes, so that it counts as unchanged', () => {
    expect(JSON.stringify(take({ name: 'Old', sku: 'A', price: '1.00' }, { existing: { ...here, price: { amount: 100, currency: 'EUR', taxIncluded: true } } }))).toBe(
      JSON.stringify(productSchema.parse({ ...here, price: { amount: 100, currency: 'EUR', taxIncluded: true } })),
    );
  });

  it('becomes what the row says when it is to be replaced', () => {
    expect(take({ sku: 'A', name: 'New' }, { existing: here, mode: 'replace' })).toEqual({ sku: 'A', name: 'New' });
  });
});

it('whatever a row holds, the outcome is a valid product or a problem', () => {
  const targets = TARGETS.filter((target) => target !== 'ignore');
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...targets), fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.double(), fc.constantFrom('1', '12,5', 'yes', 'month', 'a=b', '2026-01-01', 'x'.repeat(500)))), (cells) => {
      const made = take(cells as Partial<Record<Target, Cell>>);
      if (Array.isArray(made)) expect(made.length).toBeGreaterThan(0);
      else expect(productSchema.safeParse(made).success).toBe(true);
    }),
    { numRuns: 300 },
  );
});
