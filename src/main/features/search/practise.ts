import type { Segment } from './segment.ts';
import { FIELD } from './tables.ts';

/** Queries asked before anybody waits for an answer. */
const QUERIES = 120;
/** With fewer documents every answer is quick. */
const FEWEST = 1_000;
/** Words of a name that a query is made of, at most. */
const WORDS = 3;
const LONG = 5;

/**
 * Queries as agents type them, made of names all over a segment: whole, half typed, and with two letters swapped.
 * Asking them has the code that answers compiled before the first call of a shift.
 */
export function* practiceQueries(segment: Segment): Generator<string> {
  if (segment.docs < FEWEST) return;
  const forward = segment.forward();
  const offsets = segment.forwardOffsets();
  const dictionary = segment.dictionary();
  for (let i = 0; i < QUERIES; i++) {
    const doc = Math.floor((i * segment.docs) / QUERIES);
    const words = [...forward.subarray(offsets[doc], offsets[doc + 1])].filter((entry) => (entry & 7) === FIELD.title).slice(0, 1 + (i % WORDS)).map((entry) => dictionary.text(entry >>> 3));
    const longest = words.findIndex((word) => word.length >= LONG);
    const word = words[longest];
    if (i % 2 === 1 && word !== undefined) words[longest] = `${word.slice(0, 2)}${word.charAt(3)}${word.charAt(2)}${word.slice(4)}`;
    const text = words.join(' ');
    yield i % 4 < 2 ? text : text.slice(0, Math.ceil(text.length * 0.7));
  }
}
