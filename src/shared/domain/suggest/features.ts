import { isCommon } from './common-words.ts';
import { families } from './word-families.ts';
import { words, type Word } from './words.ts';

/**
 * The kinds of evidence a text gives, and how much each counts. Measured on public customer questions
 * (docs/suggest.md): letter pieces carry typing errors and word forms, single words the topic, pairs the
 * direction ("from card to account"), families the words callers use instead of the author's.
 */
export const BLOCKS = [
  { name: 'word', weight: 1 },
  { name: 'pair', weight: 0.55 },
  { name: 'gapped-pair', weight: 0.3 },
  { name: 'piece', weight: 2 },
  { name: 'family', weight: 1.4 },
] as const;

/** Weight of a common word against a telling one. */
const COMMON_WEIGHT = 0.5;
const PIECE_LENGTHS = [3, 4] as const;
/** Weight of a corrected spelling; the letters as typed keep the rest. */
const GUESS_WEIGHT = 0.7;
/** More words than this say nothing more about which script it is. */
const MAX_WORDS = 120;

/**
 * The evidence of one text. `hash[i]` names a feature (32 bits, blocks apart), `value[i]` its weight
 * before the block is scaled to length one, `block[i]` its row in `BLOCKS`, `word[i]` the word it came
 * from (index into `words`).
 */
export type Features = { hash: number[]; value: number[]; block: number[]; word: number[]; words: Word[] };

/** Extracts the features of a text, each once, counted as 1 + ln(times). */
export function featuresOf(text: string): Features {
  return featuresOfWords(words(text));
}

/** The same for words already found, which may carry a corrected spelling. */
export function featuresOfWords(all: readonly Word[]): Features {
  const found = all.slice(0, MAX_WORDS);
  const out: Features = { hash: [], value: [], block: [], word: [], words: found };
  const place = new Map<number, number>();
  const times: number[] = [];
  const add = (block: number, key: string, weight: number, word: number): void => {
    const hash = hashOf(block, key);
    const at = place.get(hash);
    if (at !== undefined) {
      times[at] = (times[at] ?? 1) + 1;
      return;
    }
    place.set(hash, out.hash.length);
    out.hash.push(hash);
    out.value.push(weight);
    out.block.push(block);
    out.word.push(word);
    times.push(1);
  };
  found.forEach((word, index) => {
    addWord(found, index, add);
    if (word.typed === undefined) addPieces(word.text, 1, index, add);
    else {
      addPieces(word.text, GUESS_WEIGHT, index, add);
      addPieces(word.typed, 1 - GUESS_WEIGHT, index, add);
    }
  });
  for (let i = 0; i < times.length; i += 1) out.value[i] = (out.value[i] ?? 0) * (1 + Math.log(times[i] ?? 1));
  return out;
}

type Add = (block: number, key: string, weight: number, word: number) => void;

function weightOf(word: string): number {
  return isCommon(word) ? COMMON_WEIGHT : 1;
}

function addWord(found: Word[], index: number, add: Add): void {
  const root = found[index]?.stem ?? '';
  const before = index === 0 ? '^' : (found[index - 1]?.stem ?? '');
  const after = found[index + 2]?.stem;
  const trust = found[index]?.typed === undefined ? 1 : GUESS_WEIGHT;
  const weight = weightOf(root) * trust;
  add(0, root, weight, index);
  add(1, `${before} ${root}`, trust, index);
  if (index === found.length - 1) add(1, `${root} $`, 1, index);
  if (after !== undefined) add(2, `${root}~${after}`, 1, index);
  const own = families(root);
  if (own.length === 0) add(4, root, weight, index);
  for (const name of own) add(4, name, weight, index);
}

function addPieces(word: string, trust: number, index: number, add: Add): void {
  const weight = weightOf(word) * trust;
  const edged = `_${word}_`;
  for (const length of PIECE_LENGTHS) {
    if (edged.length <= length) {
      add(3, edged, weight, index);
      break;
    }
    for (let i = 0; i + length <= edged.length; i += 1) add(3, edged.slice(i, i + length), weight, index);
  }
}

/** FNV-1a over the block and the UTF-16 units of the key, finished with a murmur mix; unsigned 32 bits. */
export function hashOf(block: number, key: string): number {
  let hash = Math.imul(0x811c9dc5 ^ (block + 1), 0x01000193);
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}
