/**
 * Words of a text as the search index sees them. Folding is per character, so that every word keeps
 * the offsets of the original text and highlights need no second rule.
 */

/** One word: `term` is folded, `start`/`end` are UTF-16 offsets in the original text. */
export type WordSpan = {
  term: string;
  start: number;
  end: number;
  /** True when nothing but one joining mark (`-`, `/`, `.`, `_`) lies between this word and the one before. */
  joined: boolean;
};

const SEPARATOR = 0;
const LETTER = 1;
const DIGIT = 2;
/** Dropped inside a word: combining accents, soft hyphen, zero-width marks. */
const IGNORED = 3;
/** Scripts written without spaces: cut into overlapping pairs. */
const DENSE = 4;
const UNKNOWN = 255;

const CLASS = new Uint8Array(65_536).fill(UNKNOWN);
const FOLDED = new Map<number, string>();
const DENSE_SCRIPT = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/u;
const ACCENTED_SCRIPT = /\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic}/u;

/** Letters that Unicode does not decompose, with the spelling people type for them. */
const LETTER_SPELLINGS: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ĸ: 'k', ſ: 's', ς: 'σ',
};

function classify(code: number): number {
  const char = String.fromCharCode(code);
  if (code >= 0x300 && code <= 0x36f) return IGNORED;
  if (code === 0xad || (code >= 0x200b && code <= 0x200f) || code === 0xfeff || code === 0x2060) return IGNORED;
  if (code >= 0xd800 && code <= 0xdfff) return LETTER;
  if (/\p{N}/u.test(char)) return DIGIT;
  if (DENSE_SCRIPT.test(char)) return DENSE;
  return /[\p{L}\p{M}]/u.test(char) ? LETTER : SEPARATOR;
}

function classOf(code: number): number {
  const known = CLASS[code] ?? SEPARATOR;
  if (known !== UNKNOWN) return known;
  const found = classify(code);
  CLASS[code] = found;
  return found;
}

function foldChar(code: number): string {
  const known = FOLDED.get(code);
  if (known !== undefined) return known;
  const char = String.fromCharCode(code);
  let out = '';
  if (code >= 0xd800 && code <= 0xdfff) out = char;
  else if (classOf(code) !== IGNORED) {
    const lower = char.toLowerCase();
    // An accent that stands alone (˘) is taken apart into a blank and its mark: the mark goes there too.
    const plain = lower.normalize(ACCENTED_SCRIPT.test(char) ? 'NFKD' : 'NFKC').replace(/[\u0300-\u036f]/g, '');
    // Letter-like signs become capitals only when taken apart.
    for (const c of plain.toLowerCase()) out += LETTER_SPELLINGS[c] ?? c;
  }
  FOLDED.set(code, out);
  return out;
}

/** Folds one word or any text: lower case, no accents, `ß` as `ss`. Separators stay as they are. */
export function fold(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  let out = '';
  for (let i = 0; i < text.length; i++) out += foldChar(text.charCodeAt(i));
  return out;
}

const isAsciiDigit = (code: number): boolean => code >= 48 && code <= 57;

/** `1.5` and `1,5` are one word; `1,000` and `1.000` mean one thousand. */
function foldNumber(word: string): string {
  return word.replace(/(\d)[.,](?=\d{3}(?!\d))/g, (_all, before: string, offset: number) => (word.startsWith('0') && offset === 0 ? `${before}.` : before)).replace(/,/g, '.');
}

type Emit = (term: string, start: number, end: number, joined: boolean) => void;

function emitDense(text: string, start: number, end: number, emit: Emit): void {
  if (end - start === 1) emit(fold(text.slice(start, end)), start, end, false);
  for (let i = start; i + 1 < end; i++) emit(fold(text.slice(i, i + 2)), i, i + 2, false);
}

const JOINERS = '-/._‐‑–';

/** Calls `emit` for each word. The same walk serves indexing, queries and highlights. */
export function scanWords(text: string, emit: Emit): void {
  const length = text.length;
  let i = 0;
  let previousEnd = -2;
  while (i < length) {
    let kind = classOf(text.charCodeAt(i));
    if (kind === SEPARATOR || kind === IGNORED) {
      i++;
      continue;
    }
    const start = i;
    if (kind === DENSE) {
      while (i < length && classOf(text.charCodeAt(i)) === DENSE) i++;
      emitDense(text, start, i, emit);
      previousEnd = -2;
      continue;
    }
    let plain = true;
    let decimal = false;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      kind = classOf(code);
      if (kind === SEPARATOR) {
        const between = (code === 46 || code === 44) && i > start && isAsciiDigit(text.charCodeAt(i - 1)) && isAsciiDigit(text.charCodeAt(i + 1));
        if (!between) break;
        decimal = true;
      } else if (kind === DENSE) break;
      if (code > 127) plain = false;
    }
    const raw = text.slice(start, i);
    let term = plain ? raw.toLowerCase() : fold(raw);
    if (decimal) term = foldNumber(term);
    const joined = previousEnd === start - 1 && JOINERS.includes(text[start - 1] ?? ' ');
    if (term !== '') emit(term.length > MAX_TERM ? term.slice(0, MAX_TERM) : term, start, i, joined);
    previousEnd = i;
  }
}

/** Longer words are cut: nobody types them and the dictionary stays small. */
export const MAX_TERM = 48;

/** The words of a text with their places. */
export function wordSpans(text: string): WordSpan[] {
  const out: WordSpan[] = [];
  scanWords(text, (term, start, end, joined) => out.push({ term, start, end, joined }));
  return out;
}

/** The words of a text, folded. */
export function words(text: string): string[] {
  const out: string[] = [];
  scanWords(text, (term) => out.push(term));
  return out;
}

/** True for words with at least one ASCII digit. */
export function hasDigit(term: string): boolean {
  for (let i = 0; i < term.length; i++) if (isAsciiDigit(term.charCodeAt(i))) return true;
  return false;
}

/** Joins the thing and what it is for, in the languages of catalogues; a closed class of words. */
export const FOR_WORDS: ReadonlySet<string> = new Set([
  'for', 'fur', 'fuer', 'pour', 'para', 'per', 'voor', 'til', 'till', 'pro', 'dla', 'для', 'за', 'icin', 'compatible', 'kompatibel', 'fits',
  'with', 'mit', 'avec', 'con', 'com', 'met', 'med', 'z', 'с', 'incl',
]);
