import type { WordSpan } from './text.ts';

/**
 * Sizes and amounts. `1,5 l`, `150 cl` and `1500ml` become the same term, whatever the spelling, by
 * SI prefixes, the international inch (25.4 mm), pound (453.592 g) and the trade names of units.
 */
type Unit = readonly [dimension: string, factor: number];

const UNITS = new Map<string, Unit>();

function define(dimension: string, factor: number, names: string): void {
  for (const name of names.split(' ')) UNITS.set(name, [dimension, factor]);
}

define('g', 0.001, 'mg');
define('g', 1, 'g gr gm gram grams gramm gramme grammes gramo gramos grammi');
define('g', 1_000, 'kg kgs kilo kilos kilogram kilograms kilogramm');
define('g', 28.3495, 'oz ounce ounces');
define('g', 453.592, 'lb lbs pound pounds');
define('v', 1, 'ml milliliter millilitre');
define('v', 10, 'cl centiliter centilitre');
define('v', 100, 'dl deciliter');
define('v', 1_000, 'l lt ltr liter liters litre litres litro litros litri');
define('v', 946.353, 'qt qts quart quarts');
define('v', 3_785.41, 'gal gals gallon gallons');
define('m', 1, 'mm millimeter millimetre');
define('m', 10, 'cm centimeter centimetre zentimeter');
define('m', 1_000, 'm meter meters metre metres metro metros');
define('m', 1_000_000, 'km');
define('m', 25.4, 'inch inches in zoll pouce pouces pulgada pulgadas pollici " ″ ”');
define('m', 304.8, 'ft feet foot \' ′ ’');
define('b', 1, 'mb mo megabyte megabytes');
define('b', 1_000, 'gb go gigabyte gigabytes');
define('b', 1_000_000, 'tb to terabyte terabytes');
define('s', 1, 'mbit mbits mbps');
define('s', 1_000, 'gbit gbits gbps');
define('a', 1, 'va');
define('a', 1_000, 'kva');
define('w', 1, 'w watt watts');
define('w', 1_000, 'kw kilowatt');
define('e', 1, 'wh');
define('e', 1_000, 'kwh');
define('u', 1, 'v volt volts');
define('u', 1_000, 'kv');
define('i', 1, 'ma');
define('i', 1_000, 'a amp amps ampere');
define('c', 1, 'mah');
define('c', 1_000, 'ah');
define('f', 1, 'hz');
define('f', 1_000, 'khz');
define('f', 1_000_000, 'mhz');
define('f', 1_000_000_000, 'ghz');
define('p', 1, 'mp mpx mpix megapixel megapixels');
define('n', 1, 'pcs pc piece pieces stk stuck stueck pk pack packs pieza piezas pezzi');

/** Marks a term that stands for a measure; no word can begin with it. */
export const MEASURE_MARK = '\u0002';

function measureTerm(value: number, unit: Unit): string {
  return `${MEASURE_MARK}${unit[0]}${Number((value * unit[1]).toPrecision(4))}`;
}

/** A sign for inches or feet ends there: it is no apostrophe within a word. */
const isMark = (next: string | undefined): boolean => next === undefined || !/[\p{L}\p{N}]/u.test(next);

const NUMBER_AND_UNIT = /^(\d+(?:\.\d+)?)([a-z]*)$/;

/** A measure found in a text: it covers the words `first` to `last`. */
export type Measure = { term: string; first: number; last: number };

/** Finds the measures among the words of `text`. */
export function measuresIn(text: string, spans: readonly WordSpan[]): Measure[] {
  const out: Measure[] = [];
  for (let i = 0; i < spans.length; i++) {
    const span = spans[i];
    if (span === undefined) continue;
    const first = span.term.charCodeAt(0);
    if (first < 48 || first > 57) continue;
    const parts = NUMBER_AND_UNIT.exec(span.term);
    if (parts === null) continue;
    const value = Number(parts[1]);
    if (parts[2] !== '') {
      const unit = UNITS.get(parts[2] ?? '');
      if (unit !== undefined) out.push({ term: measureTerm(value, unit), first: i, last: i });
      continue;
    }
    const mark = UNITS.get(text[span.end] ?? '');
    const next = spans[i + 1];
    if (mark !== undefined && isMark(text[span.end + 1]) && (mark[1] === 25.4 || mark[1] === 304.8)) out.push({ term: measureTerm(value, mark), first: i, last: i });
    else if (next !== undefined && next.start - span.end <= 1) {
      const unit = UNITS.get(next.term);
      if (unit !== undefined) out.push({ term: measureTerm(value, unit), first: i, last: i + 1 });
    }
  }
  return out;
}
