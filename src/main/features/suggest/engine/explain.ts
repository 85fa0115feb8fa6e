import { isCommon } from '#shared/domain/suggest/common-words.ts';
import type { Features } from '#shared/domain/suggest/features.ts';
import type { Learner } from './learner.ts';
import type { LexicalMatch } from './lexical.ts';

/** More words than this are not read in a call. */
const MOST_WORDS = 4;
/** Examples that speak for a script are looked at up to here; the rest hardly add. */
const MOST_EXAMPLES = 6;

/**
 * The caller's own words that made a script come up, strongest first: what each word has in common with
 * the script's text and with the examples that speak for it, by their share in its score. Must follow
 * `learner.scores` for the same features. Words every call has are named only where nothing else speaks.
 */
export function explain(features: Features, place: number, lexicalWeight: number, learner: Learner, lexical: LexicalMatch): string[] {
  const byFeature = new Float32Array(features.hash.length);
  lexical.shared(place, lexicalWeight, byFeature);
  for (const { slot, share } of learner.support(place, MOST_EXAMPLES)) learner.shared(features, slot, share, byFeature);
  const byWord = new Map<string, number>();
  features.word.forEach((index, i) => {
    const word = features.words[index]!;
    const name = word.typed ?? word.text;
    byWord.set(name, (byWord.get(name) ?? 0) + byFeature[i]!);
  });
  byWord.delete('0');
  const ranked = [...byWord].filter(([, value]) => value > 0).sort((a, b) => b[1] - a[1]);
  const telling = ranked.filter(([word]) => !isCommon(word));
  const chosen = telling.length > 0 ? telling : ranked;
  const least = (chosen[0]?.[1] ?? 0) * 0.15;
  return chosen.filter(([, value]) => value >= least).slice(0, MOST_WORDS).map(([word]) => word);
}
