import { canonicalCode, codeReadings, codesInWords, packedRange, reversed } from '#shared/domain/search/codes.ts';
import { editDistance } from '#shared/domain/search/edit-distance.ts';
import type { ParsedQuery } from '#shared/domain/search/query.ts';
import { wordSpans } from '#shared/domain/search/text.ts';
import { type DocSet, WEIGHT } from './plan.ts';
import type { Segment } from './segment.ts';
import type { StoredDoc } from './segment-builder.ts';

const MAX_EXACT = 60;
const MAX_PARTS = 200;
const MAX_CHECKED = 200;
/** Documents read to find a mistyped code, per query: each is parsed. */
const MAX_TYPO_CHECKED = 80;
/** Shared beginning or end below which codes have nothing to do with each other. */
const LEAST_SHARED = 4;

/** Every code of a document, canonical. */
export function codesOf(doc: StoredDoc): string[] {
  const out = (doc.n ?? []).map(canonicalCode);
  if (doc.k === 'product') out.push(canonicalCode(doc.id));
  if (doc.m !== undefined) out.push(canonicalCode(doc.m));
  for (const text of [doc.t, doc.b ?? '', doc.m ?? '']) for (const code of codesInWords(wordSpans(text))) out.push(canonicalCode(code));
  return out;
}

/** True when a run of words looks like a code and not like words around a number. */
function worthwhile(text: string, wordCount: number): boolean {
  const digits = text.replace(/\D/g, '').length;
  if (text.length < 4 || text.length > 24) return false;
  return wordCount === 1 ? digits >= 1 : digits >= 2 && digits * 4 >= text.length;
}

/** Documents that have a code with this beginning, or end. Keys hold only so many characters: beyond them codes are read. */
function documents(segment: Segment, code: string, end: boolean, limit: number): number[] {
  const { digits, key, high, whole } = packedRange(end ? reversed(code) : code);
  const table = digits ? (end ? 'digitEnd' : 'digit') : end ? 'mixedEnd' : 'mixed';
  const found = segment.lookUp(table, key, high, whole ? limit : Math.min(limit, MAX_EXACT)).filter((doc) => segment.gone[doc] === 0);
  return whole ? found : checked(segment, found, (other) => (end ? other.endsWith(code) : other.startsWith(code)));
}

/** Documents one of whose codes passes `test`. */
function checked(segment: Segment, docs: readonly number[], test: (code: string) => boolean): number[] {
  return [...new Set(docs)].slice(0, MAX_CHECKED).filter((doc) => codesOf(segment.stored(doc)).some(test));
}

/** Documents with exactly this code; as many as the limit means there may be more. */
function exactly(segment: Segment, code: string): number[] {
  return checked(segment, documents(segment, code, false, MAX_EXACT), (other) => other === code);
}

/** A number of this length is a barcode: every slip of one digit can be tried. */
const BARCODE = /^\d{8,14}$/;

/** The numbers that one wrong, swapped, missing or added digit could have made of the one typed; those of the right length first. */
function* slipsOf(code: string): Generator<string[]> {
  const swaps: string[] = [];
  const others: string[] = [];
  const longer: string[] = [];
  const shorter: string[] = [];
  for (let i = 0; i <= code.length; i++) {
    const [before, own, after] = [code.slice(0, i), code[i] ?? '', code.slice(i + 1)];
    for (let digit = 0; digit < 10; digit++) {
      if (own !== '' && own !== String(digit)) others.push(`${before}${digit}${after}`);
      longer.push(`${before}${digit}${own}${after}`);
    }
    if (own !== '') shorter.push(before + after);
    if (after !== '' && after[0] !== own) swaps.push(`${before}${after[0]}${own}${after.slice(1)}`);
  }
  yield [...swaps, ...others];
  yield [...longer, ...shorter];
}

/** Documents whose barcode is one slip away. */
function nearBarcode(segment: Segment, code: string): number[] {
  for (const slips of slipsOf(code)) {
    const found = new Set<number>();
    for (const slip of new Set(slips)) if (!slip.startsWith('0')) for (const doc of exactly(segment, slip)) found.add(doc);
    if (found.size > 0) return [...found];
  }
  return [];
}

/** Documents that share the longest beginning, or the longest end, with a code, checked for a slip. */
function withTypo(segment: Segment, code: string): number[] {
  const barcodes = BARCODE.test(code) ? nearBarcode(segment, code) : [];
  if (barcodes.length > 0) return barcodes;
  const limit = code.length >= 10 ? 2 : 1;
  const near: number[] = [];
  for (const end of [false, true]) {
    for (let kept = code.length - 1; kept >= Math.max(LEAST_SHARED, Math.floor(code.length / 2) - 1); kept--) {
      const docs = documents(segment, end ? code.slice(-kept) : code.slice(0, kept), end, MAX_TYPO_CHECKED / 2);
      near.push(...docs);
      if (docs.length > 0) break;
    }
  }
  return checked(segment, near, (other) => Math.abs(other.length - code.length) <= limit && editDistance(code, other) <= limit);
}

/**
 * Documents by the codes in a query: exact under every reading, by beginning, by end, as a longer
 * form of a known code, and, when nothing else fits, with a mistyped character.
 */
export function findCodes(segment: Segment, query: ParsedQuery): DocSet[] {
  const out: DocSet[] = [];
  const sizes = new Set(query.measures.map((m) => `${m.first}-${m.last}`));
  const tries = { left: 2 };
  for (const run of query.codes) {
    if (!worthwhile(run.text, run.last - run.first + 1) || sizes.has(`${run.first}-${run.last}`)) continue;
    let bits = 0;
    for (let i = run.first; i <= run.last; i++) bits |= 1 << i;
    out.push(...findRun(segment, run.text, bits, run.last === query.words.length - 1 && query.open, tries));
  }
  return out;
}

function findRun(segment: Segment, text: string, bits: number, open: boolean, tries: { left: number }): DocSet[] {
  const out: DocSet[] = [];
  // A list cut at its limit would favour the documents that happen to be on it: such a "code" is a word.
  const isWord = (): boolean => {
    const { low, high } = segment.dictionary().prefixRange(text);
    return high > low;
  };
  const found = (docs: number[], weight: number, limit = Infinity): void => {
    if (docs.length > 0 && (docs.length < limit || !isWord())) out.push({ docs, bits, weight, reason: 'code' });
  };
  const code = canonicalCode(text);
  found(codeReadings(text).flatMap((reading) => exactly(segment, reading)), WEIGHT.code, MAX_EXACT);
  const exact = out.length > 0;
  if (open && code.length >= 3) found(documents(segment, code, false, MAX_PARTS), WEIGHT.codeBeginning, MAX_PARTS);
  // The end of a code is typed with its zeros.
  // A few digits read out are more often the last than the first of a barcode.
  if (text.length >= 4) found(documents(segment, text, true, MAX_PARTS), /^\d{4,8}$/.test(text) ? WEIGHT.codeLastDigits : WEIGHT.codeEnd, MAX_PARTS);
  if (exact || out.length > 0 || code.length < 6) return out;
  for (let cut = code.length - 1; cut >= Math.max(5, code.length - 5) && out.length === 0; cut--) {
    found(exactly(segment, code.slice(0, cut)), WEIGHT.codeLonger - 0.04 * (code.length - cut));
  }
  // A known code with a few more characters may as well be a longer one with a slip.
  if ((out[0]?.weight ?? 0) > WEIGHT.codeLonger - 0.06 || tries.left === 0) return out;
  tries.left--;
  found(withTypo(segment, code), WEIGHT.codeTypo);
  return out;
}
