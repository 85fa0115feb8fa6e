import type { Mapping } from './targets.ts';

/** A written amount taken apart: digits only, without signs that group them. */
type Written = { whole: string; fraction: string; negative: boolean; currency: string };

export type Amount =
  | { kind: 'amount'; minor: number; currency: string }
  | { kind: 'refused'; reason: 'not-a-number' | 'negative' | 'too-large' | 'no-currency' | 'unknown-currency' }
  | { kind: 'refused'; reason: 'too-many-decimals'; currency: string; digits: number };

const SYMBOLS: Readonly<Record<string, string>> = {
  '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR', '₽': 'RUB', '₺': 'TRY', '₴': 'UAH', '₪': 'ILS', '₩': 'KRW', '₫': 'VND', '₱': 'PHP', '₦': 'NGN',
  'zł': 'PLN', zl: 'PLN', 'kč': 'CZK', ft: 'HUF', lei: 'RON', 'r$': 'BRL', 'fr.': 'CHF', sfr: 'CHF', 'sfr.': 'CHF', 'лв': 'BGN', 'лв.': 'BGN', 'us$': 'USD', 'c$': 'CAD', 'a$': 'AUD',
  euro: 'EUR', euros: 'EUR',
};
/** Signs that several currencies share: the file's own currency decides when it is one of them. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'ARS', 'CLP', 'COP'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'], 'kr.': ['DKK', 'SEK', 'NOK', 'ISK'],
};

const known = new Set<string>(Intl.supportedValuesOf('currency'));
const digitsOf = new Map<string, number>();

/** True for an ISO 4217 code in use. */
export function isCurrency(code: string): boolean {
  return known.has(code);
}

const COUNTRIES: Readonly<Record<string, readonly string[]>> = {
  EUR: ['AT', 'BE', 'CY', 'DE', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PT', 'SI', 'SK'],
  GBP: ['GB'], USD: ['US', 'EC', 'SV', 'PR'], CAD: ['CA'], AUD: ['AU'], NZD: ['NZ'], CHF: ['CH', 'LI'], SEK: ['SE'], NOK: ['NO'], DKK: ['DK'], PLN: ['PL'], CZK: ['CZ'], HUF: ['HU'],
  RON: ['RO'], TRY: ['TR'], UAH: ['UA'], JPY: ['JP'], KRW: ['KR'], CNY: ['CN'], INR: ['IN'], BRL: ['BR'], MXN: ['MX'], ARS: ['AR'], CLP: ['CL'], COP: ['CO'], PEN: ['PE'], ZAR: ['ZA'], ILS: ['IL'],
  SGD: ['SG'], HKD: ['HK'], PHP: ['PH'], MYR: ['MY'], THB: ['TH'], IDR: ['ID'], VND: ['VN'], AED: ['AE'], SAR: ['SA'], EGP: ['EG'], NGN: ['NG'], KES: ['KE'], MAD: ['MA'],
};

/** The currency of a country (ISO 3166-1 alpha-2), as a first suggestion. */
export function currencyOfCountry(country: string): string | undefined {
  return Object.keys(COUNTRIES).find((currency) => COUNTRIES[currency]?.includes(country) === true);
}

/** Digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217 by way of Intl). */
export function minorDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsOf.set(currency, digits);
  }
  return digits;
}

/** The code for what a price or a currency column says: `EUR`, `€`, `eur`; undefined when it says none we know. */
export function currencyOf(written: string, own: string | undefined): string | undefined {
  const text = written.trim();
  const upper = text.toUpperCase();
  if (known.has(upper)) return upper;
  const lower = text.toLowerCase();
  const shared = Object.hasOwn(SHARED, lower) ? SHARED[lower] : undefined;
  if (shared !== undefined) return own !== undefined && shared.includes(own) ? own : lower === '$' ? 'USD' : undefined;
  return Object.hasOwn(SYMBOLS, lower) ? SYMBOLS[lower] : undefined;
}

const AMOUNT = /^(?<minus>[-−]?)(?<before>(?:[^\d.,\-−]+\.?)?)(?<sign>[-−]?)(?<number>\d[\d.,]*|[.,]\d+)(?<after>(?:[^\d.,\-−]+\.?)?)$/u;

/** Takes a written amount apart, or undefined when it is none. `decimal` decides only what the text leaves open. */
export function readWritten(text: string, decimal: Mapping['decimal']): Written | undefined {
  // Spaces and apostrophes group digits in many countries; "12,-" is twelve.
  const bare = text.replace(/[\s\u00a0\u2009\u202f'’`]/g, '').replace(/[.,][-–—]+(?=\D*$)/, '');
  const parts = AMOUNT.exec(bare)?.groups;
  const number = parts?.['number'];
  if (parts === undefined || number === undefined) return undefined;
  const { before = '', after = '', minus, sign } = parts;
  if (before !== '' && after !== '') return undefined;
  const split = splitNumber(number, decimal);
  return split === undefined ? undefined : { ...split, negative: minus !== '' || sign !== '', currency: before + after };
}

function splitNumber(number: string, decimal: Mapping['decimal']): { whole: string; fraction: string } | undefined {
  const dot = number.lastIndexOf('.');
  const comma = number.lastIndexOf(',');
  const at = Math.max(dot, comma);
  if (at < 0) return { whole: number, fraction: '' };
  const sign = number.charAt(at);
  const other = sign === '.' ? ',' : '.';
  const before = number.slice(0, at);
  const after = number.slice(at + 1);
  if (before.includes(sign)) {
    // Used twice, so it groups: 1.299.000; nothing may follow but another group.
    return before.includes(other) || !grouped(number, sign) ? undefined : { whole: number.replaceAll(sign, ''), fraction: '' };
  }
  if (before.includes(other)) return grouped(before, other) ? { whole: before.replaceAll(other, ''), fraction: after } : undefined;
  const own = sign === '.' ? 'dot' : 'comma';
  const groups = after.length === 3 && /^[1-9]\d{0,2}$/.test(before) && decimal !== own;
  return groups ? { whole: before + after, fraction: '' } : { whole: before === '' ? '0' : before, fraction: after };
}

function grouped(number: string, sign: string): boolean {
  return number.split(sign).every((part, index) => (index === 0 ? /^\d{1,3}$/.test(part) : /^\d{3}$/.test(part)));
}

/** Reads a price cell. `own` is the currency the row or the file gives; a currency in the cell wins. */
export function readAmount(text: string, own: string | undefined, mapping: Pick<Mapping, 'decimal' | 'priceUnit'>): Amount {
  const written = readWritten(text, mapping.decimal);
  if (written === undefined) return { kind: 'refused', reason: 'not-a-number' };
  const currency = written.currency === '' ? own : currencyOf(written.currency, own);
  if (currency === undefined) return { kind: 'refused', reason: written.currency === '' ? 'no-currency' : /^\p{L}{4,}/u.test(written.currency) ? 'not-a-number' : 'unknown-currency' };
  if (written.negative) return { kind: 'refused', reason: 'negative' };
  const digits = mapping.priceUnit === 'minor' ? 0 : minorDigits(currency);
  const fraction = written.fraction.replace(/0+$/, '');
  if (fraction.length > digits) return { kind: 'refused', reason: 'too-many-decimals', currency, digits };
  const minor = Number(written.whole + fraction.padEnd(digits, '0'));
  if (minor > 100_000_000_000) return { kind: 'refused', reason: 'too-large' };
  return { kind: 'amount', minor, currency };
}

/** What the decimal sign of these prices is, as far as they tell. */
export function guessDecimal(samples: readonly string[]): Mapping['decimal'] {
  let dots = 0;
  let commas = 0;
  for (const sample of samples) {
    const number = /\d[\d.,'’\s]*\d/.exec(sample)?.[0] ?? '';
    const dot = number.lastIndexOf('.');
    const comma = number.lastIndexOf(',');
    if (dot === comma) continue;
    const sign = number.charAt(Math.max(dot, comma));
    const once = number.indexOf(sign) === number.lastIndexOf(sign);
    const clear = (dot >= 0 && comma >= 0) || (once && number.length - Math.max(dot, comma) - 1 !== 3);
    // A sign used twice groups (1.299.000), so the other one is the decimal sign.
    const decimal = clear ? sign : once ? '' : sign === '.' ? ',' : '.';
    if (decimal === '.') dots++;
    if (decimal === ',') commas++;
  }
  return dots === commas ? 'auto' : dots > commas ? 'dot' : 'comma';
}
