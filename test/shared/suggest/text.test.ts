import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { editDistance } from '#shared/domain/suggest/edit-distance.ts';
import { featuresOf, hashOf } from '#shared/domain/suggest/features.ts';
import { stem } from '#shared/domain/suggest/stem.ts';
import { families } from '#shared/domain/suggest/word-families.ts';
import { foldText, keptText, words } from '#shared/domain/suggest/words.ts';

describe('words', () => {
  it.each([
    ["I haven't got it", 'i have not got it'], ['It’s DUPLICATE', 'it duplicate'], ['Café Ångström', 'cafe angstrom'], ["can't", 'can not'],
    ['order #1234-99', 'order 0 0'], ['٣ طلبات', '0 طلبات'], ['', ''], ['—?!', ''],
  ])('%j is kept as %j', (text, kept) => expect(keptText(text)).toBe(kept));

  it('what is kept reads back as the same words', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const kept = keptText(text);
      expect(keptText(kept)).toBe(kept);
    }));
  });
  it('marks of scripts that need them stay', () => expect(foldText('हिन्दी')).toBe('हिन्दी'));
  it('a word without end is cut', () => expect(words('x'.repeat(500))[0]?.text).toHaveLength(40));
});

describe('stems', () => {
  it.each([
    ['charges', 'charged'], ['delivery', 'deliveries'], ['cancelled', 'cancelling'], ['stopped', 'stopping'], ['refunds', 'refunded'], ['pass', 'passes'],
  ])('%s and %s meet', (one, other) => expect(stem(one)).toBe(stem(other)));
  it.each([['status', 'state'], ['bill', 'bull'], ['card', 'care'], ['über', 'uber']])('%s and %s do not', (one, other) => expect(stem(one)).not.toBe(stem(other)));
});

describe('families', () => {
  it('callers’ and authors’ words meet', () => {
    const meet = (a: string, b: string): boolean => families(stem(a)).some((name) => families(stem(b)).includes(name));
    expect(meet('parcel', 'delivery')).toBe(true);
    expect(meet('stolen', 'fraud')).toBe(true);
    expect(meet('parcel', 'password')).toBe(false);
  });
});

describe('features', () => {
  it('names each piece of evidence once, counted by times said', () => {
    const once = featuresOf('refund');
    const thrice = featuresOf('refund refund refund');
    expect(new Set(thrice.hash).size).toBe(thrice.hash.length);
    const word = hashOf(0, stem('refund'));
    expect(once.value[once.hash.indexOf(word)]).toBe(1);
    expect(thrice.value[thrice.hash.indexOf(word)]).toBeCloseTo(1 + Math.log(3), 10);
  });
  it('common words count half', () => {
    const features = featuresOf('please refund');
    expect(features.value[features.hash.indexOf(hashOf(0, 'pleas'))]).toBe(0.5);
  });
  it('the order of words is evidence', () => {
    expect(featuresOf('card to account').hash).not.toEqual(expect.arrayContaining(featuresOf('account to card').hash));
  });
});

describe('edit distance', () => {
  it.each([['abc', 'abc', 0], ['abc', 'abd', 1], ['abc', 'acb', 1], ['abc', 'ab', 1], ['abc', 'xabc', 1], ['abc', 'cab', 2], ['abc', 'xyz', 3]] as const)('%s, %s: %i', (a, b, n) => {
    expect(editDistance(a, b, 3)).toBe(n);
    expect(editDistance(b, a, 3)).toBe(n);
  });
  it('stops early, never below the truth', () => {
    fc.assert(fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
      const full = editDistance(a, b, 20);
      expect(editDistance(a, b, 1)).toBe(Math.min(full, 2));
    }));
  });
});
