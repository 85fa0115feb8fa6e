import { editDistance } from '#shared/domain/suggest/edit-distance.ts';

/** The words of scripts and examples, and the one a mistyped word was probably meant to be. */
export type Vocabulary = {
  add(words: Iterable<string>): void;
  /** The opposite of `add`; a word added twice stays until removed twice. */
  remove(words: Iterable<string>): void;
  has(word: string): boolean;
  /** How often the word was added. */
  uses(word: string): number;
  /** The known word one slip away (two in a long word), the most used of the nearest; else undefined. */
  nearest(word: string): string | undefined;
};

/** Shorter words have too many neighbours to guess among. */
const SHORTEST = 3;
const LONG = 8;

/**
 * Known words under every spelling they have with one letter dropped, so that a mistyped word finds its
 * candidates by dropping one of its own letters and no word is compared with the whole vocabulary.
 */
export function createVocabulary(): Vocabulary {
  const uses = new Map<string, number>();
  const bySpelling = new Map<string, Set<string>>();

  const learn = (word: string): void => {
    for (const spelling of spellings(word)) {
      const list = bySpelling.get(spelling);
      if (list) list.add(word);
      else bySpelling.set(spelling, new Set([word]));
    }
  };
  const forget = (word: string): void => {
    for (const spelling of spellings(word)) {
      const list = bySpelling.get(spelling);
      list?.delete(word);
      if (list?.size === 0) bySpelling.delete(spelling);
    }
  };

  return {
    add(words) {
      for (const word of words) {
        const before = uses.get(word) ?? 0;
        uses.set(word, before + 1);
        if (before === 0 && word.length >= SHORTEST - 1) learn(word);
      }
    },
    remove(words) {
      for (const word of words) {
        const before = uses.get(word) ?? 0;
        if (before > 1) uses.set(word, before - 1);
        else if (uses.delete(word)) forget(word);
      }
    },
    has: (word) => uses.has(word),
    uses: (word) => uses.get(word) ?? 0,
    nearest(word) {
      if (word.length < SHORTEST || word.length > 24) return undefined;
      const most = word.length >= LONG ? 2 : 1;
      let found: string | undefined;
      let foundRank = 0;
      const seen = new Set<string>();
      for (const spelling of spellings(word)) {
        for (const candidate of bySpelling.get(spelling) ?? []) {
          if (seen.has(candidate)) continue;
          seen.add(candidate);
          const distance = editDistance(word, candidate, most);
          if (distance > most) continue;
          const rank = (uses.get(candidate) ?? 1) ** 0.8 / 4 ** distance / (candidate[0] === word[0] ? 1 : 2);
          if (rank > foundRank || (rank === foundRank && candidate < (found ?? ''))) {
            found = candidate;
            foundRank = rank;
          }
        }
      }
      return found;
    },
  };
}

function spellings(word: string): string[] {
  const list = [word];
  for (let i = 0; i < word.length; i += 1) {
    if (word[i] !== word[i - 1]) list.push(word.slice(0, i) + word.slice(i + 1));
  }
  return list;
}
