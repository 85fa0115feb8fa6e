/**
 * How typed words go wrong, for queries that are made from a catalogue. Every change draws from a seeded
 * generator, so that the same catalogue and seed give the same queries.
 */
export type Random = () => number;

/** Changes one word; gives it back unchanged when nothing of the sort can go wrong with it. */
export type Change = (word: string, random: Random) => string;

const below = (random: Random, count: number): number => Math.floor(random() * count);

/** A letter from a to z, each as likely, other than `not`. */
function otherLetter(random: Random, not: string | undefined): string {
  const letter = String.fromCharCode(97 + below(random, 25));
  return letter === not ? 'z' : letter;
}

/** One letter, in any place, is another one. */
const substitution: Change = (word, random) => {
  const at = below(random, word.length);
  return word.slice(0, at) + otherLetter(random, word[at]) + word.slice(at + 1);
};

/** One letter is missing. */
const deletion: Change = (word, random) => {
  const at = below(random, word.length);
  return word.slice(0, at) + word.slice(at + 1);
};

/** One letter too many. */
const insertion: Change = (word, random) => {
  const at = below(random, word.length + 1);
  return word.slice(0, at) + otherLetter(random, word[at]) + word.slice(at);
};

/** Two neighbours, not alike, have changed places. */
const transposition: Change = (word, random) => {
  const places = Array.from({ length: word.length - 1 }, (_, i) => i).filter((i) => word[i] !== word[i + 1]);
  const at = places[below(random, places.length)];
  return at === undefined ? word : word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
};

/** Slips of the fingers, by kind. */
export const SLIPS = { substitution, deletion, insertion, transposition } as const satisfies Record<string, Change>;

/** One slip of any of the four kinds, in any place but after the last letter; a letter may be replaced by itself. */
export function slip(word: string, random: Random): string {
  const at = Math.floor(random() * (word.length - 1));
  const letter = String.fromCharCode(97 + Math.floor(random() * 26));
  switch (Math.floor(random() * 4)) {
    case 0:
      return word.slice(0, at) + letter + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + word.slice(at + 1);
    case 2:
      return word.slice(0, at) + letter + word.slice(at);
    default:
      return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
  }
}

type Rule = readonly [RegExp, string];

const SOUNDS: readonly Rule[] = [[/ph/, 'f'], [/f/, 'ph'], [/qu/, 'kw'], [/ck/, 'k'], [/x/, 'ks'], [/c(?=[aou])/, 'k'], [/k/, 'c'], [/ie/, 'ee'], [/ea/, 'ee'], [/ai/, 'ei'], [/ou/, 'oo'], [/ll/, 'l'], [/s$/, 'z'], [/th/, 't'], [/oo/, 'u']];

/** The word as somebody might write it who has only heard it: one sound spelled another way. */
export function misheard(word: string, random: Random): string {
  const fitting = SOUNDS.filter(([from]) => from.test(word));
  const chosen = fitting[Math.floor(random() * fitting.length)];
  return chosen === undefined ? word.replace(/([aeiou])/, '$1$1') : word.replace(chosen[0], chosen[1]);
}

/** Habits of writers who do not know how a word is spelled: doubled letters, unstressed vowels, silent letters. */
const HABITS: readonly Rule[] = [
  [/([bcdfglmnprst])\1/, '$1'], [/(?<=[aeiou])([lmnprst])(?=[aeiou])/, '$1$1'], [/ei/, 'ie'], [/ie/, 'ei'], [/(?<=.)y(?=.)/, 'i'], [/(?<=..)i(?=[^aeiou])/, 'e'], [/(?<=..)e(?=[rnl])/, 'a'],
  [/(?<=..)a(?=[rnl])/, 'e'], [/(?<=..)o(?=[rn])/, 'e'], [/(?<=[crtg])h/, ''], [/(?<=.)sc(?=[ei])/, 's'], [/(?<=..)c(?=[ei])/, 's'], [/(?<=..)s(?=[ei])/, 'c'], [/(?<=..)e$/, ''], [/(?<=.)ue$/, ''], [/ea/, 'ae'], [/eau/, 'o'], [/ui/, 'iu'],
];

/** The word as somebody writes it who does not know its spelling: one habit of {@link HABITS}, somewhere in the word. */
export function misspelt(word: string, random: Random): string {
  const fitting = HABITS.filter(([from]) => from.test(word));
  const chosen = fitting[below(random, fitting.length)];
  return chosen === undefined ? word : word.replace(chosen[0], chosen[1]);
}
