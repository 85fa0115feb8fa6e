import { stem } from './stem.ts';

/** Longest text looked at, in UTF-16 units: a call's opening words, not a transcript. */
export const MAX_TEXT = 2_000;
/** A longer run of letters is not a word somebody said; it is cut so that one word cannot cost much. */
const MAX_WORD = 40;
const WORD = /\p{N}+|[\p{L}\p{M}]+/gu;
const MARKS = /\p{M}+/gu;
const LATIN_WITH_MARKS = /[\u00c0-\u024f\u1e00-\u1eff]/u;

/** A word (folded), the stem under which its forms meet, and what was typed where the spelling was corrected. */
export type Word = { text: string; stem: string; typed?: string };

/**
 * Lower case, compatibility forms, Latin accents removed, English short forms spelt so that their words
 * meet ("don't" → "do not", "it's" → "it"). Other scripts keep their marks, which carry meaning there.
 */
export function foldText(text: string): string {
  let folded = text.slice(0, MAX_TEXT).normalize('NFKC').toLowerCase();
  if (LATIN_WITH_MARKS.test(folded)) {
    folded = folded.replaceAll(/[\u00c0-\u024f\u1e00-\u1eff]+/gu, (run) => run.normalize('NFD').replaceAll(MARKS, ''));
  }
  return folded
    .replaceAll(/[\u2018\u2019\u02bc\u0060\u00b4]/gu, "'")
    .replaceAll("can't", 'can not')
    .replaceAll("n't", ' not')
    .replaceAll(/'s\b/gu, '')
    .replaceAll("'", '');
}

/**
 * The words of a text, folded and stemmed. Every number becomes `0`: which order or card it was says
 * nothing about the script, and no number a caller gave is ever kept in the model.
 */
export function words(text: string): Word[] {
  const found: Word[] = [];
  for (const match of foldText(text).matchAll(WORD)) {
    const raw = match[0].slice(0, MAX_WORD);
    const word = /^\p{N}/u.test(raw) ? '0' : raw;
    found.push({ text: word, stem: stem(word) });
  }
  return found;
}

/** The text as the model keeps it: folded words with numbers masked, joined by spaces. */
export function keptText(text: string): string {
  return words(text).map((word) => word.text).join(' ');
}
