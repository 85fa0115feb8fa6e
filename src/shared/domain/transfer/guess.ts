import { foldHeader, HEADER_WORDS } from './header-words.ts';
import { guessDecimal } from './money.ts';
import { CATEGORY_SEPARATORS, takesSeveral, type Mapping, type Target } from './targets.ts';

/** How sure a name makes us: the whole header, its beginning or end, a word inside. */
const EXACT = 3;
const EDGE = 2;
const INSIDE = 1;

const BY_WORD = new Map<string, Target>();
for (const [target, words] of Object.entries(HEADER_WORDS)) for (const word of words) if (!BY_WORD.has(word)) BY_WORD.set(word, target as Target);

type Guess = { target: Target; weight: number };

/** What one header alone suggests. Longer names beat shorter ones: "sales price" before "price". */
function guessHeader(header: string): Guess | undefined {
  const folded = foldHeader(header);
  const exact = BY_WORD.get(folded);
  if (exact !== undefined) return { target: exact, weight: EXACT };
  const words = folded.split(' ');
  for (let length = words.length - 1; length > 0; length--) {
    for (let first = 0; first + length <= words.length; first++) {
      const part = words.slice(first, first + length).join(' ');
      const target = part.length < 3 ? undefined : BY_WORD.get(part);
      if (target === undefined) continue;
      return { target, weight: first === 0 || first + length === words.length ? EDGE : INSIDE };
    }
  }
  return undefined;
}

/** Targets a loose match must not take: half a name says too little for them. */
const EXACT_ONLY: ReadonlySet<Target> = new Set(['type', 'unit', 'terms', 'language', 'owner', 'scripts', 'articles', 'sectors', 'facts', 'stockNote', 'interval', 'tags', 'name', 'description', 'plannedPrices', 'ignore']);

/** Header names of Callside's own catalogue files; with these, prices are whole minor units. */
const OWN = ['sku', 'tax_included', 'term_months', 'notice_days', 'setup_fee', 'stock_note'] as const;

/**
 * Suggests what each column means, from its header and the first rows. Everything can be changed by
 * the person who imports; nothing here decides alone.
 * @param samples the first rows, cells in the order of `columns`
 */
export function guessMapping(columns: readonly string[], samples: readonly (readonly string[])[]): Mapping {
  const targets: (Target | undefined)[] = columns.map(() => undefined);
  const guesses = columns.map((header) => guessHeader(header));
  const taken = new Set<Target>();
  for (const weight of [EXACT, EDGE, INSIDE]) {
    for (const [at, guess] of guesses.entries()) {
      if (guess === undefined || guess.weight !== weight || targets[at] !== undefined) continue;
      if (weight < EXACT && EXACT_ONLY.has(guess.target)) continue;
      if (!takesSeveral(guess.target) && taken.has(guess.target)) continue;
      targets[at] = guess.target;
      taken.add(guess.target);
    }
  }
  fillKeys(columns, targets, taken, samples);
  const cellsOf = (target: Target): string[] => samples.flatMap((row) => targets.flatMap((one, at) => (one === target && (row[at] ?? '') !== '' ? [row[at] ?? ''] : [])));
  return {
    columns: columns.map((column, at) => ({ column, target: targets[at] ?? restTarget(column, samples.map((row) => row[at] ?? '')) })),
    decimal: guessDecimal([...cellsOf('price'), ...cellsOf('setupFee')]),
    priceUnit: OWN.every((name) => columns.includes(name)) ? 'minor' : 'major',
    categorySeparator: guessSeparator(cellsOf('category')),
    existing: 'merge',
  };
}

/** A file without an article number is told apart by its barcode; one without a name by its description. */
function fillKeys(columns: readonly string[], targets: (Target | undefined)[], taken: Set<Target>, samples: readonly (readonly string[])[]): void {
  const move = (to: Target, from: Target): void => {
    const at = targets.indexOf(from);
    if (taken.has(to) || at < 0) return;
    targets[at] = to;
    taken.add(to);
  };
  move('sku', 'barcodes');
  move('sku', 'model');
  move('name', 'description');
  if (taken.has('name')) return;
  // The longest of the texts that are left is the best name there is.
  const lengthOf = (at: number): number => samples.reduce((sum, row) => sum + (/\p{L}{2}/u.test(row[at] ?? '') ? (row[at] ?? '').length : 0), 0);
  const best = columns.map((_, at) => at).filter((at) => targets[at] === undefined && lengthOf(at) > 0).toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
  if (best !== undefined) targets[best] = 'name';
}

/** Columns nothing is known of become facts when they hold short words a caller may ask for. */
function restTarget(column: string, cells: readonly string[]): Target {
  const filled = cells.filter((cell) => cell !== '');
  if (column.trim() === '' || /^Column [A-Z]+$/.test(column)) return 'ignore';
  if (filled.some((cell) => /^(?:https?:|www\.|\{|\[|<)/i.test(cell) || cell.length > 400)) return 'ignore';
  return 'fact';
}

function guessSeparator(categories: readonly string[]): Mapping['categorySeparator'] {
  for (const separator of CATEGORY_SEPARATORS) {
    if (separator === 'none') continue;
    const having = categories.filter((category) => category.includes(separator)).length;
    // A slash or semicolon inside a single name ("TV/Audio") is common, so it takes more of them.
    const needed = separator === '/' || separator === ';' ? categories.length / 2 : 0;
    if (having > needed) return separator;
  }
  return 'none';
}
