import type { T } from '#renderer/messages/messages.tsx';
import { ENGLISH_SUMMARY_WORDS, type SummaryWords } from '#shared/domain/calls/summary.ts';

const NAMES = Object.keys(ENGLISH_SUMMARY_WORDS) as (keyof SummaryWords)[];

/** The words of the drafted summary in the language in use, with the places of the facts left open. */
export function summaryWords(t: T): SummaryWords {
  const words = NAMES.map((name) => [name, t(`summary.${name}`, { who: '{who}', what: '{what}' })] as const);
  return { ...ENGLISH_SUMMARY_WORDS, ...Object.fromEntries(words) };
}
