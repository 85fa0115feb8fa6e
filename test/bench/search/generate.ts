import { canonicalCode, compactCode } from '#shared/domain/search/codes.ts';
import { words } from '#shared/domain/search/text.ts';
import { endingVariants } from '#shared/domain/search/variants.ts';
import { seeded } from '#test/helpers/seeded.ts';
import type { BenchQuery, CatalogRow } from './catalog.ts';
import { productOf } from './catalog.ts';
import { type Change, misheard, misspelt, type Random, SLIPS, slip } from './slips.ts';

/**
 * Known-item and code queries made from the rows of any catalogue, so that every figure on slips and codes can be
 * printed again from a catalogue file and a seed.
 *
 * A known-item query is two to four neighbouring words (of three letters or more) of the name of a random row. Its hits
 * are all rows that have these words, changed or not: names are often twins. One word of four letters or
 * more, without digits, then goes wrong as {@link SLIPS} and its neighbours say; `two_typos` does so twice, in any word. What
 * makes words that some row has all of as typed is left out, and so is a last word that begins another one: nobody could
 * tell what was meant.
 */
export type GenerateOptions = { perKind: number; seed?: number };

/** Draws after which a kind that a catalogue has too little of is given up. */
const TRIES = 30;

type Names = { of: readonly (readonly string[])[]; with: ReadonlyMap<string, readonly number[]> };

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

function namesOf(rows: readonly CatalogRow[]): Names {
  const byWord = new Map<string, number[]>();
  const names = rows.map((row, i) => {
    const { name, brand, manufacturer } = productOf(row);
    for (const word of new Set(words(`${name} ${brand ?? ''} ${manufacturer ?? ''}`))) {
      const known = byWord.get(word);
      if (known === undefined) byWord.set(word, [i]);
      else known.push(i);
    }
    return words(name);
  });
  return { of: names, with: byWord };
}

/** Everything that some word begins with: a last word like that may still be on its way to another one. */
const beginningsOf = (names: Names): Set<string> => new Set([...names.with.keys()].flatMap((word) => Array.from({ length: word.length }, (_, i) => word.slice(0, i + 1))));

/** Rows that have every word. */
function rowsWith(names: Names, asked: readonly string[]): number[] {
  const lists = asked.map((word) => names.with.get(word) ?? []).sort((a, b) => a.length - b.length);
  const others = lists.slice(1).map((list) => new Set(list));
  return (lists[0] ?? []).filter((row) => others.every((set) => set.has(row)));
}

/** Changes one word that can go wrong, or says that none can. */
function changeOne(asked: readonly string[], change: Change, random: Random): string[] | undefined {
  const able = asked.flatMap((word, i) => (word.length >= 4 && /^\p{L}+$/u.test(word) ? [i] : []));
  if (able.length === 0) return undefined;
  const at = pick(random, able);
  const changed = change(asked[at] ?? '', random);
  return changed === asked[at] ? undefined : asked.map((word, i) => (i === at ? changed : word));
}

type Maker = (asked: readonly string[], random: Random) => string[] | undefined;

const one = (change: Change): Maker => (asked, random) => changeOne(asked, change, random);

/** What is done to the words of a known item, by kind. */
const MAKERS: Readonly<Record<string, Maker>> = {
  clean: (asked) => [...asked],
  substitution: one(SLIPS.substitution),
  deletion: one(SLIPS.deletion),
  insertion: one(SLIPS.insertion),
  transposition: one(SLIPS.transposition),
  two_typos: (asked, random) => {
    const once = changeOne(asked, slip, random);
    return once === undefined ? undefined : changeOne(once, slip, random);
  },
  misspelling: one(misspelt),
  sound_alike: one(misheard),
  reordered: (asked) => (asked.length < 2 ? undefined : [...asked].reverse()),
  joined: (asked, random) => {
    const at = Math.floor(random() * (asked.length - 1));
    return asked.length < 2 ? undefined : [...asked.slice(0, at), `${asked[at]}${asked[at + 1]}`, ...asked.slice(at + 2)];
  },
};

/** Kinds whose words are all words of the catalogue: nothing about them is in doubt. */
const UNCHANGED: ReadonlySet<string> = new Set(['clean', 'reordered']);

/** Known-item queries of every kind, `perKind` of each where the catalogue has them. */
export function knownItemQueries(rows: readonly CatalogRow[], { perKind, seed = 1 }: GenerateOptions): BenchQuery[] {
  const random = seeded(seed);
  const names = namesOf(rows);
  const out: BenchQuery[] = [];
  const beginnings = beginningsOf(names);
  const skus = rows.map((row) => productOf(row).sku);
  for (const [kind, make] of Object.entries(MAKERS)) {
    for (let made = 0, tries = 0; made < perKind && tries < perKind * TRIES; tries++) {
      const usable = [...new Set(pick(random, names.of))].filter((word) => word.length > 2);
      const count = Math.min(usable.length, 2 + Math.floor(random() * 3));
      const first = Math.floor(random() * (usable.length - count + 1));
      const asked = usable.slice(first, first + count);
      const changed = asked.length < 2 ? undefined : make(asked, random);
      if (changed === undefined || (!UNCHANGED.has(kind) && (rowsWith(names, changed).length > 0 || (changed.at(-1) !== asked.at(-1) && beginnings.has(changed.at(-1) ?? ''))))) continue;
      out.push({ kind, query: changed.join(' '), relevant: rowsWith(names, asked).map((row) => skus[row] ?? '') });
      made++;
    }
  }
  return out;
}

/** Words with how people write them, from lines of `word ; spelling spelling`; `#` begins a remark. */
export function spellingsIn(text: string): Map<string, string[]> {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => line.split(';')).map(([word = '', spellings = '']) => [word.trim(), spellings.split(/\s+/).filter((spelling) => spelling !== '')]));
}

/**
 * A query for each spelling of a word that the rows have: the word alone (`spelling:alone`) and with neighbours in the name of a random
 * row (`spelling:phrase`). Hits are the rows that have the word, its singular or plural, or another spelling of the list: rows are misspelt too.
 * What some row has as typed is left out, as for {@link knownItemQueries}.
 */
export function spellingQueries(rows: readonly CatalogRow[], spellings: ReadonlyMap<string, readonly string[]>, seed = 3): BenchQuery[] {
  const random = seeded(seed);
  const names = namesOf(rows);
  const beginnings = beginningsOf(names);
  const skus = rows.map((row) => productOf(row).sku);
  const out: BenchQuery[] = [];
  for (const [word, list] of spellings) {
    const having = (names.with.get(word) ?? []).filter((row) => names.of[row]?.includes(word) === true);
    if (having.length === 0) continue;
    const numbers = [word, ...endingVariants(word).close];
    const forms = [...new Set([...numbers, ...numbers.flatMap((form) => spellings.get(form) ?? [])])];
    for (const spelling of list) {
      const usable = [...new Set(names.of[pick(random, having)])].filter((other) => other.length > 2);
      const at = usable.indexOf(word);
      const first = Math.max(0, at - Math.floor(random() * 3));
      const phrase = usable.slice(first, Math.max(at + 1, first + 2 + Math.floor(random() * 2)));
      for (const [kind, asked] of [['spelling:alone', [word]], ['spelling:phrase', phrase]] as const) {
        const changed = asked.map((own) => (own === word ? spelling : own));
        const unfair = rowsWith(names, changed).length > 0 || (changed.at(-1) !== asked.at(-1) && beginnings.has(spelling));
        if (!unfair && (kind === 'spelling:alone' || asked.length > 1)) out.push({ kind, query: changed.join(' '), relevant: [...new Set(forms.flatMap((form) => rowsWith(names, asked.map((own) => (own === word ? form : own)))))].map((row) => skus[row] ?? '') });
      }
    }
  }
  return out;
}

type Spelling = { spell(code: string, random: Random): string; hits?: 'same' | 'begins' | 'ends'; slip?: true };

const swapped = (code: string, random: Random): string => SLIPS.transposition(code, random);

/** One character another of its sort: a digit for a digit, a letter for a letter. */
function replaced(code: string, random: Random): string {
  const at = Math.floor(random() * code.length);
  const own = code[at] ?? '';
  const from = /\d/.test(own) ? '0123456789' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const others = [...from].filter((other) => other !== own.toUpperCase());
  return /\W/.test(own) ? code : code.slice(0, at) + pick(random, others) + code.slice(at + 1);
}

/** Model and article numbers as agents type them off a label. */
const CODE_SPELLINGS: Readonly<Record<string, Spelling>> = {
  'code:exact': { spell: (code) => code }, 'code:lower': { spell: (code) => code.toLowerCase() }, 'code:bare': { spell: (code) => code.replace(/\W/g, '') }, 'code:spaced': { spell: (code) => code.replace(/\W+/g, ' ') },
  'code:threes': { spell: (code) => code.replace(/\W/g, '').replace(/(.{3})(?=.)/g, '$1 ') }, 'code:dashed': { spell: (code) => code.replace(/([A-Za-z])(?=\d)/g, '$1-') },
  'code:beginning': { spell: (code) => code.slice(0, Math.max(6, code.length - 2)), hits: 'begins' },
  'code:slip': { spell: replaced, slip: true }, 'code:swap': { spell: swapped, slip: true },
};

/** Barcodes: read in groups, with and without leading zeros, by their end, without the check digit, with a digit wrong or two swapped. */
const BARCODE_SPELLINGS: Readonly<Record<string, Spelling>> = {
  'ean:exact': { spell: (code) => code }, 'ean:groups': { spell: (code) => code.replace(/^(\d)(\d{6})(?=\d)/, '$1 $2 ') }, 'ean:dashes': { spell: (code) => code.replace(/(\d{4})(?=\d)/g, '$1-') },
  'ean:no_zeros': { spell: (code) => code.replace(/^0+/, '') }, 'ean:gtin14': { spell: (code) => code.padStart(14, '0') }, 'ean:last6': { spell: (code) => code.slice(-6), hits: 'ends' },
  'ean:no_check': { spell: (code) => code.slice(0, -1), hits: 'begins' }, 'ean:slip': { spell: replaced, slip: true }, 'ean:swap': { spell: swapped, slip: true },
};

/** Shorter article numbers are words: a number alone names nothing. */
const LEAST = 6;

/** Every code that is one character, or one swap, from this one. */
function* neighbours(code: string): Generator<string> {
  for (let i = 0; i < code.length; i++) {
    for (const other of /\d/.test(code[i] ?? '') ? '0123456789' : 'abcdefghijklmnopqrstuvwxyz') if (other !== code[i]) yield code.slice(0, i) + other + code.slice(i + 1);
    if (i + 1 < code.length && code[i] !== code[i + 1]) yield code.slice(0, i) + (code[i + 1] ?? '') + (code[i] ?? '') + code.slice(i + 2);
  }
}

/**
 * Queries for codes, `perKind` of each spelling, from the models, skus and barcodes of the rows. Hits are the rows with that
 * code (or with a code that so begins or ends). A code with a slip that is as near to another row's code is left out.
 */
export function codeQueries(rows: readonly CatalogRow[], { perKind, seed = 2 }: GenerateOptions): BenchQuery[] {
  const random = seeded(seed);
  const owners = new Map<string, Set<string>>();
  const codes: { sku: string; compact: string }[] = [];
  const models: string[] = [];
  const barcodes: string[] = [];
  for (const row of rows) {
    const { sku, model, barcodes: own = [] } = productOf(row);
    for (const code of new Set([sku, ...(model === undefined ? [] : [model]), ...own])) {
      const key = canonicalCode(code);
      owners.set(key, (owners.get(key) ?? new Set()).add(sku));
      codes.push({ sku, compact: compactCode(code) });
    }
    for (const code of [sku, model ?? '']) if (compactCode(code).length >= LEAST && /\d/.test(code) && !own.includes(code)) models.push(code);
    for (const code of own) if (/^\d{8,14}$/.test(code)) barcodes.push(code);
  }
  const out: BenchQuery[] = [];
  for (const [source, spellings] of [[models, CODE_SPELLINGS], [barcodes, BARCODE_SPELLINGS]] as const) {
    if (source.length === 0) continue;
    for (const [kind, { spell, hits = 'same', slip: slipped }] of Object.entries(spellings)) {
      for (let made = 0, tries = 0; made < perKind && tries < perKind * TRIES; tries++) {
        const code = pick(random, source);
        const query = spell(code, random);
        const asked = compactCode(query);
        const own = canonicalCode(code);
        const relevant = hits === 'same' ? (owners.get(own) ?? []) : codes.filter(({ compact }) => (hits === 'ends' ? compact.endsWith(asked) : compact.replace(/^0+/, '').startsWith(asked.replace(/^0+/, '')))).map(({ sku }) => sku);
        if (slipped === true) {
          const typed = canonicalCode(query);
          if (typed === own || owners.has(typed) || [...neighbours(typed)].some((other) => other !== own && owners.has(other))) continue;
        }
        out.push({ kind, query, relevant: [...new Set(relevant)] });
        made++;
      }
    }
  }
  return out;
}
