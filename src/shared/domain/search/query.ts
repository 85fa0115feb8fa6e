import { FILLERS } from './function-words.ts';
import { SEARCH_KINDS, type SearchFilters, type SearchKind } from './schema.ts';
import { wordSpans, type WordSpan } from './text.ts';
import { measuresIn, type Measure } from './units.ts';

/** More words than this add nothing an agent would type; the rest is left out. */
export const MAX_WORDS = 16;

/** A query taken apart. `words` are in typed order. */
export type ParsedQuery = {
  /** The text without filters. */
  text: string;
  words: WordSpan[];
  /** The words as typed, accents kept. */
  typed: string[];
  /** Runs of words that may be one code (`wh-1000 xm4`), compact, with the words they cover. */
  codes: { text: string; first: number; last: number }[];
  measures: Measure[];
  /** Words, as bits, that only hold the others together: a name may do without them. */
  fillers: number;
  /** The last word is still being typed: no separator follows it. */
  open: boolean;
  filters: SearchFilters;
  kinds: SearchKind[] | undefined;
};

const QUOTED = String.raw`(?:"([^"]*)"?|(\S*))`;
const BRAND = new RegExp(String.raw`(?:^|\s)(?:brand|marke|marque|marca):${QUOTED}`, 'iu');
const CATEGORY = new RegExp(String.raw`(?:^|\s)(?:in|category|kategorie):${QUOTED}`, 'iu');
const KIND = /(?:^|\s)(?:kind|is):(\S*)/iu;
const NUMBER = String.raw`[$€£]?(\d+(?:[.,]\d+)?)[$€£]?`;
const BETWEEN = new RegExp(String.raw`(?:^|\s)(?:price:)?${NUMBER}\.\.${NUMBER}(?=\s|$)`, 'u');
const BELOW = new RegExp(String.raw`(?:^|\s)(?:price:)?<=?\s?${NUMBER}(?=\s|$)`, 'u');
const ABOVE = new RegExp(String.raw`(?:^|\s)(?:price:)?>=?\s?${NUMBER}(?=\s|$)`, 'u');

const amount = (text: string | undefined): number => Number((text ?? '').replace(',', '.'));

function takeFilters(input: string): { text: string; filters: SearchFilters; kinds: SearchKind[] | undefined } {
  let text = input;
  const filters: SearchFilters = {};
  let kinds: SearchKind[] | undefined;
  const take = (pattern: RegExp, apply: (match: RegExpExecArray) => void): void => {
    const match = pattern.exec(text);
    if (match === null) return;
    apply(match);
    text = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  };
  take(BRAND, (m) => {
    const value = m[1] ?? m[2] ?? '';
    if (value !== '') filters.brand = value.slice(0, 120);
  });
  take(CATEGORY, (m) => {
    const value = m[1] ?? m[2] ?? '';
    if (value !== '') filters.category = value.slice(0, 120);
  });
  take(KIND, (m) => {
    const wanted = (m[1] ?? '').toLowerCase();
    const found = SEARCH_KINDS.filter((kind) => wanted !== '' && kind.startsWith(wanted.replace(/s$/, '')));
    if (found.length > 0) kinds = found;
  });
  take(BETWEEN, (m) => {
    filters.priceMin = amount(m[1]);
    filters.priceMax = amount(m[2]);
  });
  take(BELOW, (m) => {
    filters.priceMax = amount(m[1]);
  });
  take(ABOVE, (m) => {
    filters.priceMin = amount(m[1]);
  });
  return { text, filters, kinds };
}

const HAS_DIGIT = /\d/;
const MAX_CODE = 40;

/** Runs of neighbouring words that hold a digit when put together. */
function codeRuns(words: readonly WordSpan[]): ParsedQuery['codes'] {
  const out: ParsedQuery['codes'] = [];
  for (let first = 0; first < words.length; first++) {
    let text = '';
    for (let last = first; last < Math.min(words.length, first + 6); last++) {
      text += words[last]?.term.replace(/[^a-z0-9]/g, '') ?? '';
      if (text.length > MAX_CODE) break;
      if (text.length >= 3 && HAS_DIGIT.test(text)) out.push({ text, first, last });
    }
  }
  return out;
}

/** The words that only hold a query together. The last one never does, nor does what belongs to a size, nor the only words there are. */
function fillersAmong(words: readonly WordSpan[], typed: readonly string[], measures: readonly Measure[]): number {
  let bits = 0;
  for (let i = 0; i + 1 < words.length; i++) {
    const isFiller = FILLERS.has(words[i]?.term ?? '') || FILLERS.has(typed[i]?.toLowerCase() ?? '');
    if (isFiller && !measures.some(({ first, last }) => first <= i && i <= last)) bits |= 1 << i;
  }
  return bits;
}

/** Takes a typed query apart. Never throws, whatever the text. */
export function parseQuery(input: string): ParsedQuery {
  const { text, filters, kinds } = takeFilters(input);
  const words = wordSpans(text).slice(0, MAX_WORDS);
  const last = words.at(-1);
  const measures = measuresIn(text, words);
  const typed = words.map((word) => text.slice(word.start, word.end));
  return {
    text: text.trim(),
    words,
    typed,
    codes: codeRuns(words),
    measures,
    fillers: fillersAmong(words, typed, measures),
    open: last !== undefined && last.end >= text.trimEnd().length && !/\s$/.test(text),
    filters,
    kinds,
  };
}
