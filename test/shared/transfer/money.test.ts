import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { guessDecimal, minorDigits, readAmount } from '#shared/domain/transfer/money.ts';

const auto = { decimal: 'auto', priceUnit: 'major' } as const;
const minor = (text: string, own: string | undefined = 'EUR', mapping: Parameters<typeof readAmount>[2] = auto): unknown => {
  const amount = readAmount(text, own, mapping);
  return amount.kind === 'amount' ? `${amount.minor} ${amount.currency}` : amount.reason;
};

describe('a written price', () => {
  it.each([
    ['12.99', '1299 EUR'],
    ['12,99', '1299 EUR'],
    ['1.299,00 €', '129900 EUR'],
    ['€1,299.00', '129900 EUR'],
    ['1 299,00 EUR', '129900 EUR'],
    ['1\u202f299,5', '129950 EUR'],
    ["CHF 1'299.50", '129950 CHF'],
    ['Fr. 12.50', '1250 CHF'],
    ['£12', '1200 GBP'],
    ['12,-', '1200 EUR'],
    ['12.– €', '1200 EUR'],
    ['1.299.000', '129900000 EUR'],
    ['1,299', '129900 EUR'],
    ['0,299', 'too-many-decimals'],
    ['.99', '99 EUR'],
    ['12.500', '1250000 EUR'],
    ['12.5000', '1250 EUR'],
    ['-5', 'negative'],
    ['-€5', 'negative'],
    ['auf Anfrage', 'not-a-number'],
    ['from 12', 'not-a-number'],
    ['12/kg', 'unknown-currency'],
    ['12 XYZ', 'unknown-currency'],
    ['1.2.3', 'not-a-number'],
    ['1,23,456', 'not-a-number'],
    ['€12 EUR', 'not-a-number'],
    ['99999999999', 'too-large'],
    ['', 'not-a-number'],
  ])('%s is %s', (text, expected) => expect(minor(text)).toBe(expected));

  it('knows the digits of each currency', () => {
    expect(minor('1299', 'JPY')).toBe('1299 JPY');
    expect(minor('12.5', 'JPY')).toBe('too-many-decimals');
    expect(minor('1.234', 'KWD', { decimal: 'dot', priceUnit: 'major' })).toBe('1234 KWD');
  });

  it('takes the sign several countries share as the desk means it', () => {
    expect(minor('$5', 'CAD')).toBe('500 CAD');
    expect(minor('$5', 'EUR')).toBe('500 USD');
    expect(minor('5 kr', 'SEK')).toBe('500 SEK');
    expect(minor('5 kr', 'EUR')).toBe('unknown-currency');
  });

  it('asks for a currency when there is none', () => {
    expect(readAmount('5', undefined, auto)).toEqual({ kind: 'refused', reason: 'no-currency' });
  });

  it('reads whole minor units where the file has them', () => expect(minor('129900', 'EUR', { decimal: 'auto', priceUnit: 'minor' })).toBe('129900 EUR'));

  it('lets the decimal sign of the file decide what a single price leaves open', () => {
    expect(minor('1.299', 'KWD', { decimal: 'dot', priceUnit: 'major' })).toBe('1299 KWD');
    expect(minor('1.299', 'EUR', { decimal: 'comma', priceUnit: 'major' })).toBe('129900 EUR');
  });

  it('reads back every amount that Intl writes in ten countries', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom('en-GB', 'de-DE', 'fr-FR', 'es-ES', 'it-IT', 'pl-PL', 'de-CH', 'sv-SE', 'nl-NL', 'pt-BR'), fc.constantFrom('EUR', 'GBP', 'USD', 'CHF', 'JPY'), (cents, locale, currency) => {
        const digits = minorDigits(currency);
        const text = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code' }).format(cents / 10 ** digits);
        // JPY 1.299 in German has no decimals: only the file's sign tells.
        const decimal = /^(?:en-GB|de-CH)$/.test(locale) ? 'dot' : 'comma';
        expect(readAmount(text, undefined, { decimal, priceUnit: 'major' })).toEqual({ kind: 'amount', minor: cents, currency });
      }),
    );
  });

  it('never throws and never makes a price from odd text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const amount = readAmount(text, 'EUR', auto);
      if (amount.kind === 'amount') expect(Number.isSafeInteger(amount.minor) && amount.minor >= 0).toBe(true);
    }));
  });
});

describe('the decimal sign of a column', () => {
  it.each([
    [['12,99', '1.299,00'], 'comma'],
    [['12.99', '1,299.00'], 'dot'],
    [['1.299', '2.400'], 'auto'],
    [['1.299.000'], 'comma'],
    [['12', '15'], 'auto'],
  ] as const)('of %j is %s', (samples, expected) => expect(guessDecimal(samples)).toBe(expected));
});
