import { gtinCheckDigit } from '#shared/domain/search/codes.ts';
import { words } from '#shared/domain/search/text.ts';
import { seeded } from '#test/helpers/seeded.ts';
import type { BenchQuery, CatalogRow } from './catalog.ts';
import { misheard, type Random, slip } from './slips.ts';

/**
 * Made-up catalogues of four trades (IT, media, spare parts, tariffs) with queries of the kinds that
 * are hard there: slips, sound-alikes, codes in every spelling, and graded words of the trade. All
 * names are invented; the shapes of names and codes follow what such catalogues print.
 */
export type Sector = { rows: CatalogRow[]; queries: BenchQuery[] };

const pickFrom = (random: Random) => <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const ONSETS = 'b c d f g k l m n p r s t v br cl dr fl gr pl st tr ph qu sh th'.split(' ');
const NUCLEI = 'a e i o u ai ea ou ie oo'.split(' ');
const CODAS = ['', '', 'n', 'r', 's', 'l', 't', 'ck', 'x', 'nd', 'll'];

function coinWord(random: Random, syllables: number): string {
  const pick = pickFrom(random);
  let out = '';
  for (let i = 0; i < syllables; i++) out += pick(ONSETS) + pick(NUCLEI) + (i === syllables - 1 ? pick(CODAS) : '');
  return out.charAt(0).toUpperCase() + out.slice(1);
}

type Line = { category: string; nouns: string[]; also: string; price: number; extras: string[] };

const LINES: readonly Line[] = [
  { category: 'Notebooks', nouns: ['Notebook'], also: 'This laptop is a portable computer for every day.', price: 900, extras: ['8 GB', '16 GB', '256 GB SSD', '512 GB SSD', '15.6"', '14"', 'Black', 'Silver'] },
  { category: 'Notebook cases', nouns: ['notebook case', 'notebook sleeve', 'laptop backpack'], also: 'Carries a laptop or notebook safely.', price: 35, extras: ['15.6"', '14"', 'Black', 'Grey', 'Polyester'] },
  { category: 'Notebook spare parts', nouns: ['notebook battery', 'notebook keyboard', 'display for notebook'], also: 'Fits laptop models of the series.', price: 60, extras: ['Lithium-ion', '45 Wh', 'QWERTY'] },
  { category: 'Monitors', nouns: ['computer monitor', 'LED monitor'], also: 'A display screen for office work.', price: 240, extras: ['24"', '27"', 'Full HD', '4K', 'Black'] },
  { category: 'Printers', nouns: ['laser printer', 'inkjet printer'], also: 'Prints, scans and copies.', price: 210, extras: ['A4', 'Wi-Fi', 'Duplex', 'Colour'] },
  { category: 'Toner cartridges', nouns: ['toner cartridge', 'ink cartridge'], also: 'Original supply for the printer series.', price: 70, extras: ['Black', 'Cyan', 'Magenta', '2600 pages'] },
  { category: 'Cables', nouns: ['HDMI cable', 'USB cable', 'network cable', 'DisplayPort cable'], also: 'Shielded cable.', price: 9, extras: ['1 m', '2 m', '3 m', '5 m', 'Black', 'Grey'] },
  { category: 'Memory cards', nouns: ['micro SD card', 'SD card', 'memory card'], also: 'Flash memory.', price: 25, extras: ['32 GB', '64 GB', '128 GB', 'Class 10'] },
  { category: 'Washing machine parts', nouns: ['door seal', 'drain pump', 'heating element', 'carbon brushes'], also: 'Spare part for washing machines.', price: 30, extras: ['30 W', '1900 W', '2 pieces'] },
  { category: 'Washing machines', nouns: ['washing machine'], also: 'Front loader with many programmes.', price: 480, extras: ['7 kg', '8 kg', '1400 rpm', 'White'] },
  { category: 'Films', nouns: ['[Blu-ray]', '[DVD]'], also: 'A film for the evening.', price: 14, extras: ['[2009]', '[2014]', 'Special Edition'] },
  { category: 'Mobile tariffs', nouns: ['SIM only', 'mobile tariff'], also: 'Monthly contract with data.', price: 20, extras: ['10 GB', '40 GB', 'Unlimited', '12 months', '24 months', 'Flex'] },
];

function modelNumber(random: Random): string {
  const pick = pickFrom(random);
  const letters = (n: number): string => Array.from({ length: n }, () => pick('ABCDEFGHKLMNPRSTVWXZ'.split(''))).join('');
  const digits = (n: number): string => Array.from({ length: n }, () => String(Math.floor(random() * 10))).join('');
  return pick([() => `${letters(2)}-${digits(4)}${letters(1)}`, () => `${digits(2)}${letters(2)}-${digits(5)}`, () => `${letters(3)}${digits(3)}/${digits(2)}`, () => `${letters(1)}${digits(3)}${letters(2)}${digits(2)}`, () => `${digits(3)}-${digits(5)}-${digits(3)}`])();
}

/** Rows of all trades mixed. */
export function sectorRows(count: number, seed = 7): CatalogRow[] {
  const random = seeded(seed);
  const pick = pickFrom(random);
  const brands = Array.from({ length: 60 }, () => coinWord(random, 2));
  const series = Array.from({ length: 300 }, () => coinWord(random, 2 + Math.floor(random() * 2)));
  return Array.from({ length: count }, (_, i) => {
    const line = pick(LINES);
    const brand = pick(brands);
    const model = modelNumber(random);
    const noun = pick(line.nouns);
    const own = `${pick(series)} ${random() < 0.4 ? `${pick(series)} ` : ''}${Math.floor(random() * 90) * 10 + 100}`;
    const extras = [pick(line.extras), pick(line.extras)];
    const name = line.category === 'Washing machine parts' ? `${noun} for ${brand} ${own}, ${extras[0]}` : `${brand} ${own} ${noun} ${[...new Set(extras)].join(' ')}${random() < 0.5 ? ` ${model}` : ''}`;
    const body = `${random() < 0.2 ? '00' : '4'}${String(10_000_000_000 + Math.floor(random() * 89_999_999_999)).slice(0, random() < 0.2 ? 10 : 11)}`.padEnd(12, '0').slice(0, 12);
    return { sku: `S${String(i).padStart(6, '0')}`, name, manufacturer: brand, model, category_path: `Shop > ${line.category}`, description: `${line.also} ${brand} ${own}.`, ean: `${body}${gtinCheckDigit(body)}`, price: Math.round(line.price * (0.6 + random())) };
  });
}

/** Spellings of a model number or EAN as agents type them off a label. */
const CODE_SPELLINGS: Readonly<Record<string, (code: string) => string>> = {
  exact: (code) => code, lower: (code) => code.toLowerCase(), bare: (code) => code.replace(/\W/g, ''), spaced: (code) => code.replace(/\W/g, ' '), cut: (code) => code.replace(/(.{3})/g, '$1 ').trim(), beginning: (code) => code.slice(0, Math.max(6, code.length - 2)),
};
const EAN_SPELLINGS: Readonly<Record<string, (code: string) => string>> = {
  ean: (code) => code, ean_dashes: (code) => `${code.slice(0, 1)}-${code.slice(1, 7)}-${code.slice(7)}`, ean_no_zeros: (code) => code.replace(/^0+/, ''), ean_more_zeros: (code) => `0${code}`, ean_last: (code) => code.slice(-6), ean_no_check: (code) => code.slice(0, -1), ean_slip: (code) => code.slice(0, 7) + String((Number(code[7]) + 3) % 10) + code.slice(8),
};

/** Known-item queries on rows: two to four words of a name, as slips and mishearings, and codes. */
export function sectorQueries(rows: readonly CatalogRow[], perKind: number, seed = 11): BenchQuery[] {
  const random = seeded(seed);
  const pick = pickFrom(random);
  const tokens = rows.map((row) => new Set(words(String(row['name']))));
  const out: BenchQuery[] = [];
  const known = (kind: string, change: (asked: string[]) => string[]): void => {
    const asked = [...(tokens[Math.floor(random() * rows.length)] ?? [])].filter((word) => word.length > 2).slice(0, 2 + Math.floor(random() * 3));
    if (asked.length < 2) return;
    const relevant = rows.filter((_row, i) => asked.every((word) => tokens[i]?.has(word) === true)).map((row) => String(row['sku']));
    out.push({ kind, query: change([...asked]).join(' '), relevant });
  };
  const changeOne = (asked: string[], how: (word: string, random: Random) => string): string[] => {
    const long = asked.map((word, i) => ({ word, i })).filter(({ word }) => word.length >= 4 && !/\d/.test(word));
    const chosen = long.length === 0 ? undefined : pick(long);
    if (chosen !== undefined) asked[chosen.i] = how(chosen.word, random);
    return asked;
  };
  for (let i = 0; i < perKind; i++) {
    known('clean', (asked) => asked);
    known('typo', (asked) => changeOne(asked, slip));
    known('two_typos', (asked) => changeOne(changeOne(asked, slip), slip));
    known('sound', (asked) => changeOne(asked, misheard));
    known('reordered', (asked) => asked.reverse());
    const row = pick(rows);
    for (const [field, spellings] of [['model', CODE_SPELLINGS], ['ean', EAN_SPELLINGS]] as const) {
      const [kind, spell] = pick(Object.entries(spellings));
      const query = spell(String(row[field]));
      const compact = (text: unknown): string => String(text).toLowerCase().replace(/\W/g, '');
      const asked = compact(query);
      const relevant = rows.filter((other) => other === row || (kind === 'ean_last' ? compact(other['ean']).endsWith(asked) : kind === 'beginning' && compact(other['model']).startsWith(asked))).map((other) => String(other['sku']));
      out.push({ kind: `code:${kind}`, query, relevant });
    }
  }
  return out;
}

/** Graded by category: what a word of the trade asks for. */
const GRADED: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
  ['laptop', { Notebooks: 3, 'Notebook cases': 1, 'Notebook spare parts': 1 }], ['laptops', { Notebooks: 3, 'Notebook cases': 1 }], ['notebook', { Notebooks: 3, 'Notebook cases': 1, 'Notebook spare parts': 1 }],
  ['portable computer', { Notebooks: 3 }], ['laptop 16 gb', { Notebooks: 3 }], ['notebook case', { 'Notebook cases': 3 }], ['notebook battery', { 'Notebook spare parts': 3 }], ['display screen', { Monitors: 3 }],
  ['monitor', { Monitors: 3 }], ['printer', { Printers: 3, 'Toner cartridges': 1 }], ['toner', { 'Toner cartridges': 3 }], ['flash memory', { 'Memory cards': 3 }], ['micro sd card', { 'Memory cards': 3 }],
  ['washing machine', { 'Washing machines': 3, 'Washing machine parts': 1 }], ['front loader', { 'Washing machines': 3 }], ['door seal', { 'Washing machine parts': 3 }], ['blu ray', { Films: 3 }], ['sim only', { 'Mobile tariffs': 3 }], ['monthly contract', { 'Mobile tariffs': 3 }],
];

export function sectorGraded(rows: readonly CatalogRow[]): BenchQuery[] {
  return GRADED.map(([query, grades]) => {
    const labels: Record<string, number> = {};
    for (const row of rows) {
      const grade = grades[String(row['category_path']).split(' > ')[1] ?? ''];
      if (grade !== undefined) labels[String(row['sku'])] = grade;
    }
    return { kind: 'graded', query, labels };
  });
}
