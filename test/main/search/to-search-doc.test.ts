import { describe, expect, it } from 'vitest';
import { toSearchDoc } from '#main/features/search/index.ts';

describe('toSearchDoc', () => {
  it('maps products, prices in major units of their currency', () => {
    const base = { sku: 'A1', name: 'Lamp', brand: 'Lumo', barcodes: ['4006381333931'], category: ['Home', 'Lamps'], description: 'Warm light', facts: [{ name: 'Socket', value: 'E27' }], validUntil: 5 };
    const doc = toSearchDoc({ kind: 'product', record: { ...base, price: { amount: 1_999, currency: 'EUR' } } });
    expect(doc).toMatchObject({ kind: 'product', key: 'A1', price: 19.99, validUntil: 5, subtitle: 'Lumo', fields: { title: 'Lamp', brand: 'Lumo', codes: ['4006381333931'], category: ['Home', 'Lamps'], text: ['Warm light', 'Socket E27'] } });
    expect(toSearchDoc({ kind: 'product', record: { ...base, price: { amount: 1_999, currency: 'JPY' } } })?.price).toBe(1_999);
    expect(toSearchDoc({ kind: 'product', record: base })).not.toHaveProperty('price');
  });

  it('finds scripts in every language they are written in', () => {
    const doc = toSearchDoc({ kind: 'script', record: { id: 'refund', kind: 'call', title: { en: 'Refund', de: 'Erstattung' }, description: 'Money back', entry: 'a', steps: [{ id: 'a', cue: 'Ask for the order' }], examples: ['I want my money'] } }, 'de');
    expect(doc?.fields.title).toBe('Erstattung');
    expect(doc?.fields.keywords).toEqual(['I want my money', 'Refund']);
    expect(doc?.fields.text).toContain('Ask for the order');
  });

  it('leaves out what is not searched', () => {
    expect(toSearchDoc({ kind: 'synonyms', record: { id: 's', words: ['a', 'b'] } })).toBeUndefined();
  });
});
