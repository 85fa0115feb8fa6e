import { describe, expect, it } from 'vitest';
import { fc } from '#test/helpers/property.ts';
import { fold, wordSpans, words } from '#shared/domain/search/text.ts';

describe('words', () => {
  it.each([
    ['Straße', ['strasse']],
    ['Crème brûlée', ['creme', 'brulee']],
    ['Ñandú', ['nandu']],
    ['Œufs Łódź Ærø', ['oeufs', 'lodz', 'aero']],
    ['ПОДСОЛНЕЧНОЕ Ёлка', ['подсолнечное', 'елка']],
    ['Ελιές Καλαμάτας', ['ελιεσ', 'καλαματασ']],
    ['हिन्दी चाय', ['हिन्दी', 'चाय']],
    ['任天堂', ['任天', '天堂']],
    ['茶', ['茶']],
    ["d'ail 1,5 l 1.000 0.125", ['d', 'ail', '1.5', 'l', '1000', '0.125']],
    ['e\u0301te\u0301 so\u00ADja', ['ete', 'soja']],
    ['', []],
    ['  -- \u0000 !! ', []],
  ])('%s', (text, expected) => expect(words(text)).toEqual(expected));

  it('knows which words a hyphen joins', () => {
    expect(wordSpans('WH-1000XM4 black').map((span) => span.joined)).toEqual([false, true, false]);
  });

  it('spans lie in the text, in order, and fold to their term', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      let previous = 0;
      for (const span of wordSpans(text)) {
        expect(span.start).toBeGreaterThanOrEqual(previous === 0 ? 0 : previous - 1);
        expect(span.end).toBeLessThanOrEqual(text.length);
        expect(span.end).toBeGreaterThan(span.start);
        previous = span.end;
      }
    }));
  });

  it('folding twice changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }));
  });
});
