import { describe, expect, it } from 'vitest';
import { fc } from '#test/helpers/property.ts';
import { canonicalCode, codeReadings, codesInWords, expandUpcE, gtinCheckDigit, isbn13, isGtin, packCode, packedRange, reversed } from '#shared/domain/search/codes.ts';
import { wordSpans } from '#shared/domain/search/text.ts';
import { measuresIn } from '#shared/domain/search/units.ts';

const code = fc.string({ unit: fc.constantFrom(...'0123456789abcxyz'.split('')), minLength: 1, maxLength: 14 });

describe('codes', () => {
  it.each([['WH-1000XM4', 'wh1000xm4'], ['00 123-456', '123456'], ['0000', '0'], ['  ', ''], ['KA14-16/512', 'ka1416512']])('%s → %s', (text, expected) => {
    expect(canonicalCode(text)).toBe(expected);
  });

  it('knows GS1 check digits, UPC-E and ISBN-10', () => {
    expect(gtinCheckDigit('400638133393')).toBe(1);
    expect(isGtin('4006381333931')).toBe(true);
    expect(isGtin('4006381333932')).toBe(false);
    expect(expandUpcE('04252614')).toBe('042100005264');
    expect(isbn13('0306406152')).toBe('9780306406157');
    expect(isbn13('0306406153')).toBeUndefined();
    expect(codeReadings('0-306-40615-2')).toContain('9780306406157');
  });

  it('finds codes in names and leaves plain words', () => {
    expect(codesInWords(wordSpans('Sony WH-1000XM4 over-ear i5-8250U 500 g'))).toEqual(['wh1000xm4', 'i58250u']);
  });

  it('a code lies in the range of its beginnings, of the same alphabet', () => {
    fc.assert(fc.property(code, code, (a, b) => {
      const whole = packCode(a + b);
      const range = packedRange(a);
      if (whole.digits !== range.digits) return;
      expect(whole.key).toBeGreaterThanOrEqual(range.key);
      expect(whole.key).toBeLessThan(range.high);
    }));
  });

  it('reversing twice changes nothing', () => {
    fc.assert(fc.property(code, (text) => {
      expect(reversed(reversed(text))).toBe(text);
    }));
  });
});

const termsOf = (text: string): string[] => measuresIn(text, wordSpans(text)).map((measure) => measure.term);

describe('measures', () => {
  it.each([
    ['1,5 l', '150 cl'], ['1.5L', '1500ml'], ['50 inch', '50"'], ['50 Zoll', '127 cm'], ['500g', '0.5 kg'], ['1 TB', '1000 GB'], ['20,000 mAh', '20 Ah'], ['2 kW', '2000 watts'], ['6 ft', "6' HDMI"], ['1500 VA', '1.5 kVA'],
  ])('%s is %s', (a, b) => {
    expect(termsOf(a)).toHaveLength(1);
    expect(termsOf(a)).toEqual(termsOf(b));
  });

  it('takes no measure from model names', () => {
    expect(termsOf('Galaxy S20 Ultra 5Gx')).toEqual([]);
    expect(termsOf("Hits of the 80's")).toEqual([]);
  });
});
