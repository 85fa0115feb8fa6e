import type { PackLine } from '../../src/shared/domain/knowledge.ts';

const WORDS = 'price delivery warranty colour battery screen kettle washing machine silver black stainless steel energy label capacity litre watt cordless charger included returns within thirty days contract month tariff speed fibre router'.split(' ');

/** Made-up products of 1.37 KB each, the same in every run. */
export function madeUpProducts(count: number): PackLine[] {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
  const words = (many: number): string => Array.from({ length: many }, () => `${WORDS[random(WORDS.length)]}${random(9) === 0 ? random(1_000) : ''}`).join(' ');
  return Array.from({ length: count }, (_, at): PackLine => {
    const facts = Array.from({ length: 6 }, () => ({ name: words(1), value: String(random(10_000)) }));
    return { kind: 'product', record: { sku: `P-${String(at).padStart(6, '0')}`, name: words(5), brand: `Brand ${random(400)}`, price: { amount: random(99_999), currency: 'EUR' }, description: words(134), facts } };
  });
}
