import { describe, expect, it } from 'vitest';
import { parseQuery } from '#shared/domain/search/query.ts';
import { endingVariants, umlautVariants } from '#shared/domain/search/variants.ts';

describe('parseQuery', () => {
  it('takes filters out of the text', () => {
    const parsed = parseQuery('brand:"Mellow Field" flour <20 in:groceries');
    expect(parsed.filters).toEqual({ brand: 'Mellow Field', priceMax: 20, category: 'groceries' });
    expect(parsed.words.map((word) => word.term)).toEqual(['flour']);
  });

  it.each([
    ['tv >100', { priceMin: 100 }], ['tv 100..250', { priceMin: 100, priceMax: 250 }], ['price:<=9,99 tea', { priceMax: 9.99 }], ['tv <€200', { priceMax: 200 }], ['a < b', {}], ['brand:', {}],
  ])('%s', (text, filters) => expect(parseQuery(text).filters).toEqual(filters));

  it('reads kinds, singular or plural', () => {
    expect(parseQuery('kind:scripts refund').kinds).toEqual(['script']);
    expect(parseQuery('kind:nonsense refund').kinds).toBeUndefined();
  });

  it('knows whether the last word is still being typed', () => {
    expect(parseQuery('sam').open).toBe(true);
    expect(parseQuery('sam ').open).toBe(false);
    expect(parseQuery('').open).toBe(false);
  });

  it('joins neighbours that may be one code', () => {
    expect(parseQuery('wh 1000 xm4').codes.map((run) => run.text)).toContain('wh1000xm4');
  });

  it('keeps typed accents for umlaut spellings', () => {
    expect(parseQuery('Hähnchen').typed).toEqual(['Hähnchen']);
    expect(umlautVariants('hahnchen', 'Hähnchen')).toContain('haehnchen');
    expect(umlautVariants('haehnchen', 'haehnchen')).toContain('hahnchen');
  });
});

describe('endingVariants', () => {
  it.each([['laptops', 'laptop'], ['laptop', 'laptops'], ['battery', 'batteries'], ['batteries', 'battery'], ['knives', 'knife'], ['kartoffel', 'kartoffeln'], ['gateau', 'gateaux'], ['box', 'boxes'], ['tv', 'tvs'], ['tvs', 'tv']])('%s → %s', (word, other) => {
    expect(endingVariants(word).close).toContain(other);
  });

  it('leaves short words and codes alone', () => {
    expect(endingVariants('x').close).toEqual([]);
    expect(endingVariants('p7s').close).toEqual([]);
  });
});
