import { fold, type WordSpan } from './text.ts';

/** A code with every separator dropped: `WH-1000XM4` → `wh1000xm4`. */
export function compactCode(text: string): string {
  return fold(text).replace(/[^a-z0-9]/g, '');
}

/** The form under which codes are compared: compact, and digit codes without leading zeros. */
export function canonicalCode(text: string): string {
  const compact = compactCode(text);
  return /^\d+$/.test(compact) ? compact.replace(/^0+(?=\d)/, '') : compact;
}

/** Digits kept in a packed number: 15 decimal digits are exact in a double. */
const DIGITS = 15;
/** Characters kept in a packed mixed code: 37^10 is below 2^53. */
const MIXED = 10;

function packMixed(code: string): number {
  let value = 0;
  for (let i = 0; i < MIXED; i++) {
    const unit = i < code.length ? code.charCodeAt(i) : 0;
    const digit = unit === 0 ? 0 : unit <= 57 ? unit - 47 : unit - 86;
    value = value * 37 + digit;
  }
  return value;
}

function packDigits(code: string): number {
  return Number(code.slice(0, DIGITS).padEnd(DIGITS, '0'));
}

/** A code as one sortable number; `digits` tells which of the two tables it belongs to. */
export type PackedCode = { digits: boolean; key: number };

/** Packs a canonical code so that codes with a common beginning are neighbours. */
export function packCode(code: string): PackedCode {
  const digits = /^\d+$/.test(code);
  return { digits, key: digits ? packDigits(code) : packMixed(code) };
}

/**
 * All packed keys of codes that begin with `prefix`: from `key` up to but not including `high`. `whole` is
 * false when the prefix is longer than a key, so that other codes lie in the range too.
 */
export function packedRange(prefix: string): PackedCode & { high: number; whole: boolean } {
  const packed = packCode(prefix);
  const width = packed.digits ? DIGITS - Math.min(prefix.length, DIGITS) : MIXED - Math.min(prefix.length, MIXED);
  const whole = prefix.length <= (packed.digits ? DIGITS : MIXED);
  return { ...packed, high: packed.key + (packed.digits ? 10 : 37) ** width, whole };
}

/** The code backwards: a search for last digits is a prefix search on it. */
export function reversed(code: string): string {
  let out = '';
  for (let i = code.length - 1; i >= 0; i--) out += code[i];
  return out;
}

/** GS1 check digit of a body of digits (GS1 General Specifications, 7.9). */
export function gtinCheckDigit(body: string): number {
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const weight = (body.length - i) % 2 === 1 ? 3 : 1;
    sum += (body.charCodeAt(i) - 48) * weight;
  }
  return (10 - (sum % 10)) % 10;
}

/** True for 8, 12, 13 or 14 digits whose last digit checks. */
export function isGtin(digits: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return false;
  return gtinCheckDigit(digits.slice(0, -1)) === digits.charCodeAt(digits.length - 1) - 48;
}

/** UPC-E (8 digits, number system 0 or 1) as the UPC-A it stands for, or undefined. */
export function expandUpcE(digits: string): string | undefined {
  if (!/^[01]\d{7}$/.test(digits)) return undefined;
  const [system, a, b, c, d, e, kind, check] = digits as unknown as string[];
  let body: string;
  if (kind === '0' || kind === '1' || kind === '2') body = `${a}${b}${kind}0000${c}${d}${e}`;
  else if (kind === '3') body = `${a}${b}${c}00000${d}${e}`;
  else if (kind === '4') body = `${a}${b}${c}${d}00000${e}`;
  else body = `${a}${b}${c}${d}${e}0000${kind}`;
  const full = `${system}${body}${check}`;
  return isGtin(full) ? full : undefined;
}

/** ISBN-10 as the ISBN-13 printed in the barcode, or undefined. */
export function isbn13(code: string): string | undefined {
  if (!/^\d{9}[\dx]$/.test(code)) return undefined;
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += (code[i] === 'x' ? 10 : code.charCodeAt(i) - 48) * (10 - i);
  if (sum % 11 !== 0) return undefined;
  const body = `978${code.slice(0, 9)}`;
  return `${body}${gtinCheckDigit(body)}`;
}

/** Other codes that a typed code may stand for, canonical, the typed one first. */
export function codeReadings(text: string): string[] {
  const compact = compactCode(text);
  if (compact === '') return [];
  const out = new Set<string>([canonicalCode(compact)]);
  const upc = expandUpcE(compact);
  if (upc !== undefined) out.add(canonicalCode(upc));
  const book = isbn13(compact);
  if (book !== undefined) out.add(book);
  // A GTIN-14 is a case of the GTIN-13 inside it, with its own check digit.
  if (/^\d{14}$/.test(compact)) out.add(canonicalCode(`${compact.slice(1, 13)}${gtinCheckDigit(compact.slice(1, 13))}`));
  return [...out];
}

/** Codes written inside a name: letters with digits, through hyphens and slashes (`WH-1000XM4`). */
export function codesInWords(spans: readonly WordSpan[]): string[] {
  const out: string[] = [];
  let run = '';
  for (let i = 0; i < spans.length; i++) {
    const span = spans[i];
    if (span === undefined) continue;
    run = span.joined ? run + span.term : span.term;
    if (spans[i + 1]?.joined === true) continue;
    if (run.length >= 5 && /\d/.test(run) && /[a-z]/.test(run)) out.push(run);
  }
  return out;
}
