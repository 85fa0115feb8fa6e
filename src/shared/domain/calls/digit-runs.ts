/** Digits written together, or one digit written as a word. */
export type DigitGroup = { start: number; end: number; digits: string };

/** Zeros of the digit blocks people type: ASCII, full width, Arabic-Indic, Persian, Devanagari. */
const ZEROS = [0x30, 0xff10, 0x660, 0x6f0, 0x966];
const DIGIT = '[0-9０-９٠-٩۰-۹०-९]';
const WORDS: Record<string, string> = { zero: '0', oh: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9' };
const WORD = Object.keys(WORDS).join('|');
const TOKEN = new RegExp(`${DIGIT}+|\\b(?:(double|triple)[ \\t]+)?(?:(${WORD})\\b|(${DIGIT})(?!${DIGIT}))`, 'giu');

/** What may stand between the groups of one number: spaces of all kinds, line ends, dashes, dots, a few words of dictation. */
const GAP = /^(?:[\s\u200b\u2060\ufeff.\-‐-―−_,;/|·•+]|\b(?:then|and|next|und|dann|y|luego|puis|et|poi|e)\b){0,12}$/iu;

/** The ASCII value of a digit of any supported block. */
function asciiDigits(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const zero = ZEROS.find((base) => code >= base && code <= base + 9);
    if (zero !== undefined) out += String(code - zero);
  }
  return out;
}

function groupOf(match: RegExpMatchArray): DigitGroup {
  const start = match.index ?? 0;
  const [whole, times, word, single] = match;
  const base = word === undefined ? asciiDigits(single ?? whole) : (WORDS[word.toLowerCase()] ?? '');
  const repeat = times === undefined ? 1 : times.toLowerCase() === 'double' ? 2 : 3;
  return { start, end: start + whole.length, digits: base.repeat(repeat) };
}

/** All runs of digit groups in `text` that could be one number: neighbours with nothing but a gap between them. */
export function digitRuns(text: string): DigitGroup[][] {
  const runs: DigitGroup[][] = [];
  let current: DigitGroup[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const group = groupOf(match);
    const last = current.at(-1);
    if (last !== undefined && !(group.start - last.end <= 24 && GAP.test(text.slice(last.end, group.start)))) {
      runs.push(current);
      current = [];
    }
    current.push(group);
  }
  if (current.length > 0) runs.push(current);
  return runs;
}
