import { featuresOf, type Features } from '#shared/domain/suggest/features.ts';
import { createKernelRidge } from './kernel-ridge.ts';
import { COMMON_WORDS } from '#shared/domain/suggest/common-words.ts';
import { FAMILY_WORDS } from '#shared/domain/suggest/word-families.ts';
import { createMemory } from './memory.ts';
import { createVocabulary } from './vocabulary.ts';
import { words, type Word } from '#shared/domain/suggest/words.ts';
import { respell } from './spelling.ts';
import type { Source } from './types.ts';

/** The class of "none of these". */
export const NONE = 0;
/** Examples that take part in scoring; the rest are kept only to be unlearned or to step in. */
const MAX_LIVE = 4_096;
/** Per script. More add little (docs/suggest.md) and cost time in every suggestion. */
const MAX_LIVE_PER_CLASS = 60;
/**
 * Power of the likeness. Above 1, sharing several things at once counts for more than each alone, which
 * is what a plain linear model over the same words cannot see (worth 4 points @1 on banking77).
 */
const SHARPNESS = 1.65;
/** Examples settled after each one learned: its nearest, and some in turn. */
const NEIGHBOURS = 6;
const IN_TURN = 4;

export type Example = { id: string; classIndex: number; text: string; weight: number; source: Source | 'seed'; slot: number };

export type Learner = {
  openClass(id: string): number;
  closeClass(id: string): void;
  classes(): number;
  count(classIndex: number): number;
  average(): number;
  seed(id: string, texts: readonly string[]): void;
  learn(name: string, id: string | null, text: string, weight: number, source: Source): void;
  unlearn(name: string): boolean;
  scores(features: Features, out: Float32Array): void;
  corrected(text: string): Word[];
  addWords(text: string): void;
};

export function createLearner(): Learner {
  const memory = createMemory();
  const vocabulary = createVocabulary();
  vocabulary.add(COMMON_WORDS);
  vocabulary.add(FAMILY_WORDS);
  const ridge = createKernelRidge(MAX_LIVE);
  const classOf = new Map<string, number>();
  const examples = new Map<string, Example>();
  const live: (Example | undefined)[] = [];
  const freeSlots: number[] = [];
  const liveOf: Example[][] = [[]];
  const counts: number[] = [0];
  const kernel = new Float32Array(MAX_LIVE);
  let turn = 0;

  const kernelRow = (features: Features): Float32Array => {
    const row = kernel.subarray(0, live.length);
    row.fill(0);
    memory.likeness(features, row);
    for (let i = 0; i < row.length; i += 1) row[i] = row[i]! < 0.03 ? 0 : row[i]! ** SHARPNESS;
    return row;
  };
  const settle = (slot: number): number => {
    const example = live[slot];
    return example ? ridge.step(slot, kernelRow(featuresOf(example.text))) : 0;
  };
  const settleSome = (near: readonly number[]): void => {
    for (const slot of near) settle(slot);
    for (let i = 0; i < IN_TURN && live.length > 0; i += 1) {
      turn = (turn + 1) % live.length;
      settle(turn);
    }
  };
  const nearest = (row: Float32Array, but: number): number[] => {
    const best: number[] = [];
    for (let slot = 0; slot < row.length; slot += 1) {
      if (slot === but || row[slot]! < 0.02) continue;
      if (best.length === NEIGHBOURS && row[slot]! <= row[best[NEIGHBOURS - 1]!]!) continue;
      let at = best.length;
      while (at > 0 && row[best[at - 1]!]! < row[slot]!) at -= 1;
      best.splice(at, 0, slot);
      if (best.length > NEIGHBOURS) best.pop();
    }
    return best;
  };
  const leave = (example: Example): void => {
    if (example.slot === -1) return;
    memory.take(example.slot, example.text);
    vocabulary.remove(example.text.split(' '));
    ridge.clearSlot(example.slot);
    live[example.slot] = undefined;
    freeSlots.push(example.slot);
    example.slot = -1;
    const list = liveOf[example.classIndex]!;
    list.splice(list.indexOf(example), 1);
  };
  const weakest = (list: readonly Example[]): Example | undefined => {
    let found: Example | undefined;
    for (const example of list) {
      if (example.source === 'seed') continue;
      if (!found || ridge.strength(example.slot) < ridge.strength(found.slot)) found = example;
    }
    return found;
  };
  const enter = (example: Example): void => {
    const own = liveOf[example.classIndex]!;
    if (own.length >= MAX_LIVE_PER_CLASS) { const w = weakest(own); if (w) leave(w); }
    if (freeSlots.length === 0 && live.length === MAX_LIVE) {
      const biggest = liveOf.reduce((a, b) => (b.length > a.length ? b : a));
      const w = weakest(biggest);
      if (w) leave(w);
    }
    const slot = freeSlots.pop() ?? live.length;
    live[slot] = example;
    example.slot = slot;
    own.push(example);
    memory.put(slot, example.text);
    vocabulary.add(example.text.split(' '));
    ridge.setClass(slot, example.classIndex, example.weight);
    const row = kernelRow(featuresOf(example.text));
    const near = nearest(row, slot);
    ridge.step(slot, row);
    settleSome(near);
    settle(slot);
  };

  return {
    openClass(id) {
      const at = classOf.get(id) ?? classOf.size + 1;
      classOf.set(id, at);
      liveOf[at] ??= [];
      counts[at] ??= 0;
      return at;
    },
    closeClass() { /* */ },
    classes: () => classOf.size + 1,
    count: (c) => counts[c] ?? 0,
    average: () => counts.reduce((a, b) => a + b, 0) / Math.max(1, classOf.size),
    seed(id, texts) {
      texts.forEach((text, i) => {
        const e: Example = { id: `seed:${id}:${i}`, classIndex: classOf.get(id)!, text, weight: i === 0 ? 1 : 1, source: 'seed', slot: -1 };
        examples.set(e.id, e);
        enter(e);
      });
    },
    learn(name, id, text, weight, source) {
      const classIndex = id === null ? NONE : classOf.get(id);
      if (classIndex === undefined) return;
      counts[classIndex]! += 1;
      const e: Example = { id: name, classIndex, text, weight, source, slot: -1 };
      examples.set(name, e);
      enter(e);
    },
    unlearn(name) {
      const e = examples.get(name);
      if (!e) return false;
      leave(e);
      counts[e.classIndex]! -= 1;
      examples.delete(name);
      return true;
    },
    addWords: (text) => vocabulary.add(words(text).map((w) => w.text)),
    corrected: (text) => respell(words(text), vocabulary),
    scores(features, out) {
      ridge.scores(kernelRow(features), out);
    },
  };
}
