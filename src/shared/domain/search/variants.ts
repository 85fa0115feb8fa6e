/**
 * Spellings of one word that mean the same to a listener: endings of number and case, and the two
 * spellings of German umlauts. The endings are tried both ways and count only when the dictionary
 * of the catalogue has the result, so no language needs to be known.
 */
const ENDINGS: readonly (readonly [string, string])[] = [
  ['', 's'], ['', 'es'], ['y', 'ies'], ['', 'n'], ['', 'en'], ['e', 'en'], ['', 'x'], ['al', 'aux'], ['f', 'ves'], ['fe', 'ves'],
];
const LOOSE_ENDINGS: readonly (readonly [string, string])[] = [
  ['', 'e'], ['', 'er'], ['o', 'i'], ['a', 'e'], ['e', 'i'], ['o', 'a'], ['o', 'os'], ['a', 'as'],
];

function swapEndings(word: string, pairs: readonly (readonly [string, string])[], out: Set<string>): void {
  for (const [a, b] of pairs) {
    if (word.endsWith(b) && word.length - b.length + a.length >= 3) out.add(word.slice(0, word.length - b.length) + a);
    if (word.endsWith(a)) out.add(word.slice(0, word.length - a.length) + b);
  }
}

/** Other number or case of `word`: `close` are plurals proper, `loose` other endings. */
export function endingVariants(word: string): { close: string[]; loose: string[] } {
  if (word.length < 2 || /[^\p{L}]/u.test(word)) return { close: [], loose: [] };
  // Abbreviations have a plural too: `tv`, `tvs`.
  if (word.length === 2) return { close: [`${word}s`], loose: [] };
  if (word.length === 3 && word.endsWith('s') && !/[aeiou]/.test(word)) return { close: [word.slice(0, 2), `${word}s`], loose: [] };
  const close = new Set<string>();
  swapEndings(word, ENDINGS, close);
  // `strawberrys`: the ending most often written wrong.
  if (/[^aeiou]ys$/.test(word)) close.add(`${word.slice(0, -2)}ies`);
  close.delete(word);
  const loose = new Set<string>();
  if (word.length >= 4) swapEndings(word, LOOSE_ENDINGS, loose);
  loose.delete(word);
  for (const known of close) loose.delete(known);
  return { close: [...close], loose: [...loose] };
}

/** `haehnchen` for `hahnchen` and back. `typed` is the word before folding. */
export function umlautVariants(word: string, typed: string): string[] {
  const out = new Set<string>();
  if (/[aou]e/.test(word)) out.add(word.replace(/([aou])e/g, '$1'));
  if (/[äöüÄÖÜ]/.test(typed)) {
    const spelled = typed.toLowerCase().replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss');
    out.add(spelled.normalize('NFKD').replace(/[\u0300-\u036f]/g, ''));
  }
  out.delete(word);
  return [...out];
}
