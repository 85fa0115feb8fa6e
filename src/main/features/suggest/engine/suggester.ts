import { COMMON_WORDS } from '#shared/domain/suggest/common-words.ts';
import { featuresOfWords, type Features } from '#shared/domain/suggest/features.ts';
import { FAMILY_WORDS } from '#shared/domain/suggest/word-families.ts';
import { keptText, words, type Word } from '#shared/domain/suggest/words.ts';
import { createConfidence } from './confidence.ts';
import { NONE, SHIPPED, isShipped, phraseName, titleName, type Example } from './example.ts';
import { explain } from './explain.ts';
import { createLearner } from './learner.ts';
import { createLexical, type LexicalMatch } from './lexical.ts';
import { MODEL_VERSION, readModel, writeModel, type ModelState } from './snapshot.ts';
import { respell } from './spelling.ts';
import { SOURCE_WEIGHT, type LearnOptions, type LearnedExample, type Suggestible, type Suggestions } from './types.ts';
import { createVocabulary } from './vocabulary.ts';

/** Suggests records (scripts, prompts, articles) for what a caller said, and learns which one it was. */
export type Suggester = {
  /** The best records for the text, best first, three unless `limit` says otherwise. Never throws. */
  suggest(text: string, options?: { limit?: number }): Suggestions;
  /** Learns that `text` was a call for `id` (null: for none of them). Returns the name to unlearn it by. */
  learn(text: string, id: string | null, options?: LearnOptions): string;
  /** Takes one example out as if it had never been learned; false when it is not known. */
  unlearn(exampleId: string): boolean;
  /** Makes the list of records this one; what was learned of a record that comes back is still there. */
  setScripts(scripts: readonly Suggestible[]): void;
  /** Brings the model closer to its exact solution; for idle time. One round costs one step per example. */
  settle(rounds?: number): void;
  /** What was learned, newest last, as the model keeps it. */
  examples(): LearnedExample[];
  snapshot(): Uint8Array;
  /** Bytes the model holds in memory. */
  bytes(): number;
};

/**
 * Share of the scripts' own words beside what was learned: `start` on a new desk, `rest` for good. It
 * sinks with the examples of the script itself (`own` of it) and of scripts on average; the first only
 * once `settled` examples per script are in, or the first call of a script would count against it.
 */
const LEXICAL = { start: 0.8, decay: 2.5, own: 0.6, settled: 1.5, rest: 0.02 } as const;
/**
 * What speaks against offering anything: likeness to calls that were for none of the scripts, and words
 * never heard here. Measured on CLINC150 (docs/suggest.md): false suggestions at 90 % recall fall from
 * 14 % by the best score alone to 12 % with the first and 8 % with both.
 */
const STRENGTH = { none: 2.5, strange: 0.8 } as const;
/** Spread of scores that tells two candidates apart, for the raw confidence. */
const TEMPERATURE = 0.07;
/** Confidence is a statement about the first few; more are not ranked against each other. */
const RIVALS = 8;
const MOST_EXPLAINED = 3;

type Known = { id: string; place: number; stamp: string };
type Ranked = { id: string; place: number; score: number };
type Ranking = { ranked: Ranked[]; strength: number; lexical: LexicalMatch };

/**
 * Builds a suggester. `model` is a `snapshot` of an earlier one; a model of another version is learned
 * anew from its texts. Throws `UnreadableModelError` for bytes that are no model.
 */
export function createSuggester(options: { scripts: readonly Suggestible[]; model?: Uint8Array }): Suggester {
  const vocabulary = createVocabulary();
  vocabulary.add(COMMON_WORDS);
  vocabulary.add(FAMILY_WORDS);
  const learner = createLearner(vocabulary);
  const lexical = createLexical();
  const confidence = createConfidence();
  const known = new Map<string, Known>();
  const ownWords = new Map<string, string[]>();
  let lexicalScores = new Float32Array(64);
  let learnedScores = new Float32Array(64);
  let nextExample = 1;

  const lexicalShare = (place: number): number => {
    const average = learner.average();
    const own = LEXICAL.own * Math.min(1, average / LEXICAL.settled);
    return LEXICAL.rest + LEXICAL.start / (1 + LEXICAL.decay * (own * learner.count(place) + (1 - own) * average));
  };

  /** Share of the words that neither scripts nor calls have, as typed. */
  const strangeness = (found: readonly Word[]): number =>
    found.filter((word) => word.typed !== undefined || !vocabulary.has(word.text)).length / Math.max(1, found.length);
  const rank = (features: Features): Ranking => {
    const match = lexical.match(features);
    match.scores(lexicalScores);
    learner.scores(features, learnedScores);
    const ranked: Ranked[] = [];
    for (const { id, place } of known.values()) {
      ranked.push({ id, place, score: learnedScores[place]! + lexicalShare(place) * lexicalScores[place]! });
    }
    ranked.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    const best = ranked[0];
    // "None of these" has no words of its own: it is scaled up as far as the best one leans on its words.
    const nothing = learnedScores[NONE]! * (STRENGTH.none + (best ? lexicalShare(best.place) : 0));
    const strength = (best?.score ?? 0) - nothing - STRENGTH.strange * strangeness(features.words);
    return { ranked, strength, lexical: match };
  };
  const rawConfidence = (ranked: readonly Ranked[]): number[] => {
    const best = ranked[0]?.score ?? 0;
    const odds = ranked.slice(0, RIVALS).map(({ score }) => Math.exp((score - best) / TEMPERATURE));
    const sum = odds.reduce((a, b) => a + b, 0) + Math.exp((NOTHING - best) / TEMPERATURE);
    return odds.map((value) => value / sum);
  };

  const forgetScript = (entry: Known): void => {
    lexical.clear(entry.place);
    vocabulary.remove(ownWords.get(entry.id) ?? []);
    ownWords.delete(entry.id);
    forgetShipped(entry.id);
    known.delete(entry.id);
  };
  const forgetShipped = (id: string): void => {
    learner.remove(titleName(id));
    for (let n = 0; learner.remove(phraseName(id, n)); n += 1);
  };
  const offer = (script: Suggestible, stamp: string, withExamples: boolean): void => {
    const before = learner.classes.find(script.id);
    const returning = before !== undefined && !learner.classes.isOpen(before);
    const place = learner.classes.open(script.id);
    makeRoom();
    lexical.set(place, script);
    const own = [script.title, script.description ?? '', ...(script.steps ?? [])].flatMap((text) => words(text).map((word) => word.text));
    vocabulary.add(own);
    ownWords.set(script.id, own);
    known.set(script.id, { id: script.id, place, stamp });
    if (returning) learner.unpark(place);
    if (!withExamples) return;
    learner.add({ id: titleName(script.id), classIndex: place, text: keptText(script.title), weight: 1, source: 'title', slot: -1 });
    script.examples?.forEach((text, i) => {
      learner.add({ id: phraseName(script.id, i), classIndex: place, text: keptText(text), weight: SOURCE_WEIGHT.pack, source: 'pack', slot: -1 });
    });
  };
  const makeRoom = (): void => {
    if (learner.classes.size() <= lexicalScores.length) return;
    lexicalScores = new Float32Array(learner.classes.size() * 2);
    learnedScores = new Float32Array(learner.classes.size() * 2);
  };
  const setScripts = (scripts: readonly Suggestible[]): void => {
    const wanted = new Map(scripts.map((script) => [script.id, script]));
    for (const entry of Array.from(known.values())) {
      const script = wanted.get(entry.id);
      if (script && stampOf(script) === entry.stamp) continue;
      forgetScript(entry);
      if (script) continue;
      learner.classes.close(entry.id);
      learner.park(entry.place);
    }
    for (const script of wanted.values()) if (!known.has(script.id)) offer(script, stampOf(script), true);
  };

  const restore = (state: ModelState): void => {
    nextExample = state.nextExample;
    for (const id of state.ids) if (id !== null) learner.classes.open(id);
    makeRoom();
    const current = new Map(options.scripts.map((script) => [script.id, script]));
    const fits = state.version === MODEL_VERSION;
    let row = 0;
    for (const kept of state.examples) {
      const example: Example = { ...kept, slot: -1 };
      const coefficients = kept.slot === -1 ? undefined : state.rows[row++];
      confidence.count(example, 1);
      if (fits) learner.restore(example, coefficients);
      else learner.add(example);
    }
    for (const id of state.ids) {
      if (id === null) continue;
      const script = current.get(id);
      const place = learner.classes.find(id)!;
      if (script && stampOf(script) === state.stamps[id]) {
        offer(script, state.stamps[id], false);
        continue;
      }
      forgetShipped(id);
      if (script) continue;
      learner.classes.close(id);
      learner.park(place);
    }
  };

  const api: Suggester = {
    setScripts,
    suggest(text, { limit = 3 } = {}) {
      const features = featuresOfWords(respell(words(text), vocabulary));
      const { ranked, strength, lexical: match } = rank(features);
      const raw = rawConfidence(ranked);
      const items = ranked.slice(0, limit).map(({ id, score, place }, i) => ({
        id,
        score,
        confidence: confidence.calibrated(raw[i] ?? 0),
        because: i < MOST_EXPLAINED ? explain(features, place, lexicalShare(place), learner, match) : [],
      }));
      return { items, none: features.words.length === 0 || strength < confidence.threshold(), strength };
    },
    learn(text, id, { source = 'chosen', weight, exampleId } = {}) {
      if (exampleId?.startsWith(SHIPPED)) throw new Error(`An example name may not start with ${SHIPPED}`);
      const name = exampleId ?? `e${nextExample++}`;
      if (learner.examples.has(name)) api.unlearn(name);
      const classIndex = id === null ? NONE : learner.classes.find(id);
      const kept = keptText(text);
      if (classIndex === undefined || kept === '') return name;
      const { ranked, strength } = rank(featuresOfWords(words(kept)));
      const example: Example = {
        id: name, classIndex, text: kept, weight: Math.min(3, Math.max(0.05, weight ?? SOURCE_WEIGHT[source])), source, slot: -1,
        ...(id === null ? {} : { before: strength }),
        guess: { confidence: rawConfidence(ranked)[0] ?? 0, right: ranked[0]?.id === id },
      };
      confidence.count(example, 1);
      learner.add(example);
      return name;
    },
    unlearn(exampleId) {
      const example = learner.examples.get(exampleId);
      if (!example || isShipped(example)) return false;
      confidence.count(example, -1);
      return learner.remove(exampleId);
    },
    settle: (rounds = 1) => learner.settle(0.001, rounds),
    examples: () =>
      [...learner.examples.values()].filter((example) => !isShipped(example)).map((example) => ({
        exampleId: example.id,
        id: learner.classes.ids()[example.classIndex] ?? null,
        text: example.text,
        weight: example.weight,
        source: example.source === 'title' ? 'pack' : example.source,
      })),
    snapshot() {
      const examples = [...learner.examples.values()];
      return writeModel({
        version: MODEL_VERSION,
        nextExample,
        ids: learner.classes.ids(),
        stamps: Object.fromEntries([...known.values()].map(({ id, stamp }) => [id, stamp])),
        examples,
        rows: examples.filter((example) => example.slot !== -1).map((example) => learner.coefficients(example.slot)),
      });
    },
    bytes: () => learner.bytes(),
  };

  if (options.model) restore(readModel(options.model));
  setScripts(options.scripts);
  return api;
}

/** Score of offering nothing, in the raw confidence. */
const NOTHING = 0.1;

/** Records are not changed in place, so each is read through once. */
const stamps = new WeakMap<Suggestible, string>();

/** A text that changes whenever the words of the record do. */
function stampOf(script: Suggestible): string {
  const known = stamps.get(script);
  if (known !== undefined) return known;
  const text = JSON.stringify([script.title, script.description, script.steps, script.examples]);
  let one = 0x811c9dc5;
  let two = 0x1000193;
  for (let i = 0; i < text.length; i += 1) {
    one = Math.imul(one ^ text.charCodeAt(i), 0x01000193);
    two = Math.imul(two + text.charCodeAt(i), 0x85ebca6b);
  }
  const stamp = `${(one >>> 0).toString(36)}-${(two >>> 0).toString(36)}`;
  stamps.set(script, stamp);
  return stamp;
}
