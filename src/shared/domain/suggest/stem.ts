const ENDINGS = ['ingly', 'edly', 'ment', 'ing', 'ed', 'ly'] as const;
const ASCII_WORD = /^[a-z]{4,}$/;
const KEEP_DOUBLE = 'lsz';

/**
 * A light English stemmer: plural, -ed, -ing, -ly and a final e or y, nothing that changes the root.
 * It only has to make the forms of one word meet; the letter pieces beside it cover what it misses and
 * every other language, whose words it leaves alone unless they end like English ones.
 */
export function stem(word: string): string {
  if (!ASCII_WORD.test(word)) return word;
  let root = withoutPlural(word);
  for (const ending of ENDINGS) {
    if (!root.endsWith(ending) || root.length - ending.length < 3) continue;
    root = root.slice(0, -ending.length);
    const last = root.at(-1) ?? '';
    if (root.length > 3 && last === root.at(-2) && !KEEP_DOUBLE.includes(last)) root = root.slice(0, -1);
    break;
  }
  if (root.length > 3 && root.endsWith('e')) root = root.slice(0, -1);
  if (root.length > 3 && root.endsWith('y')) root = `${root.slice(0, -1)}i`;
  return root;
}

function withoutPlural(word: string): string {
  if (word.endsWith('ies') || word.endsWith('ied')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (word.endsWith('ss') || word.endsWith('us') || !word.endsWith('s')) return word;
  return word.slice(0, -1);
}
