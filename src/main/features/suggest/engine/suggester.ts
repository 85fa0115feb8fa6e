import { featuresOfWords, type Features } from '#shared/domain/suggest/features.ts';
import { keptText } from '#shared/domain/suggest/words.ts';
import { createLexical } from './lexical.ts';
import { createLearner, NONE, type Learner } from './learner.ts';
import { explain } from './explain.ts';
import { SOURCE_WEIGHT, type LearnOptions, type Suggestible, type Suggestion, type Suggestions } from './types.ts';

export type Suggester = {
  suggest(text: string, options?: { limit?: number }): Suggestions;
  /** Learns that `text` was a call for `id` (null: for none of them). Returns the name to unlearn it by. */
  learn(text: string, id: string | null, options?: LearnOptions): string;
  /** Takes one example out as if it had never been learned; false when it is not known. */
  unlearn(exampleId: string): boolean;
  /** Makes the list of scripts this one; what was learned of a script that comes back is still there. */
  setScripts(scripts: readonly Suggestible[]): void;
  snapshot(): Uint8Array;
};

export function createSuggester(options: { scripts: readonly Suggestible[]; model?: Uint8Array }): Suggester {
  const learner: Learner = createLearner();
  const lexical = createLexical();
  const known = new Map<string, { place: number; stamp: string; script: Suggestible }>();
  let lexScores = new Float32Array(64);
  let kernScores = new Float32Array(64);
  let nextExample = 1;

  const setScripts = (scripts: readonly Suggestible[]): void => {
    const wanted = new Map(scripts.map((script) => [script.id, script]));
    for (const [id, entry] of known) {
      if (wanted.has(id)) continue;
      lexical.clear(entry.place);
      learner.closeClass(id);
      known.delete(id);
    }
    for (const script of wanted.values()) {
      const stamp = JSON.stringify([script.title, script.description, script.steps, script.examples]);
      if (known.get(script.id)?.stamp === stamp) continue;
      const place = learner.openClass(script.id);
      lexical.set(place, script);
      for (const t of [script.title, script.description ?? '', ...(script.steps ?? [])]) learner.addWords(t);
      learner.seed(script.id, [script.title, ...(script.examples ?? [])]);
      known.set(script.id, { place, stamp, script });
    }
    const size = learner.classes();
    if (size > lexScores.length) {
      lexScores = new Float32Array(size * 2);
      kernScores = new Float32Array(size * 2);
    }
  };

  const combined = (features: Features): { ranked: { id: string; place: number; score: number }[] } => {
    lexical.scores(features, lexScores);
    learner.scores(features, kernScores);
    const ranked = [...known].map(([id, { place }]) => {
      const n = learner.count(place);
      return { id, place, score: kernScores[place]! + lexShare(n, learner.average()) * lexScores[place]! };
    });
    ranked.sort((a, b) => b.score - a.score);
    return { ranked };
  };

  setScripts(options.scripts);
  return {
    setScripts,
    suggest(text, { limit = 3 } = {}) {
      const features = featuresOfWords(learner.corrected(text));
      const { ranked } = combined(features);
      const items: Suggestion[] = ranked.slice(0, limit).map(({ id, score, place }) => ({
        id,
        score,
        confidence: 0,
        because: explain(features, place, learner, lexical),
      }));
      return { items, none: features.words.length === 0, inScope: (ranked[0]?.score ?? 0) - TUNE.none * kernScores[NONE]! };
    },
    learn(text, id, { source = 'chosen', weight, exampleId } = {}) {
      const name = exampleId ?? `e${nextExample++}`;
      learner.learn(name, id, keptText(text), weight ?? SOURCE_WEIGHT[source], source);
      return name;
    },
    unlearn: (exampleId) => learner.unlearn(exampleId),
    snapshot: () => new Uint8Array(0),
  };
}
export const TUNE = { lex: 0.8, decay: 2.5, own: 0.6, floor: 0.02, none: 1 };
const lexShare = (n: number, avg: number): number => TUNE.floor + TUNE.lex / (1 + TUNE.decay * (TUNE.own * n + (1 - TUNE.own) * avg));
