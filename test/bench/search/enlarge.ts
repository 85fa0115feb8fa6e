import { gtinCheckDigit } from '#shared/domain/search/codes.ts';
import { words } from '#shared/domain/search/text.ts';
import { seeded } from '#test/helpers/seeded.ts';
import type { CatalogRow } from './catalog.ts';

/** New rows per invented brand. */
const ROWS_PER_BRAND = 12;

/**
 * A catalogue of `count` rows: the given rows, then recombinations of their first words, nouns and
 * sizes, with invented brands so that the vocabulary grows with the number of rows.
 */
export function* enlarge(rows: readonly CatalogRow[], count: number, seed = 1): Generator<CatalogRow> {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const names = rows.map((row) => String(row['name']));
  const brands: string[] = [];
  const invent = (): string => {
    const a = words(pick(names)).at(0) ?? 'ca';
    const b = words(pick(names)).at(-1) ?? 'na';
    const head = a.slice(0, 2 + Math.floor(random() * 3));
    const word = `${head}${b.slice(-(2 + Math.floor(random() * 4)))}`;
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  for (let i = 0; i < count; i++) {
    const own = rows[i];
    if (own !== undefined) {
      yield own;
      continue;
    }
    if (i % ROWS_PER_BRAND === 0) brands.push(invent());
    const first = random() < 0.6 && brands.length > 0 ? pick(brands) : (pick(names).split(' ')[0] ?? '');
    const middle = pick(names).split(' ').slice(1, 4).join(' ');
    const noun = pick(names).split(' ').slice(-2).join(' ');
    const size = random() < 0.3 ? ` ${1 + Math.floor(random() * 40) * 25}g` : '';
    const body = String(200_000_000_000 + i);
    const code = `${body}${gtinCheckDigit(body)}`;
    yield { sku: code, name: `${first} ${middle} ${noun}${size}`.replace(/\s+/g, ' '), barcode: code, category: 'food' };
  }
}
