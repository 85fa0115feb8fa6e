import type { Features } from '#shared/domain/suggest/features.ts';
import { createClassTable, type ClassTable } from './class-table.ts';
import { isShipped, type Example } from './example.ts';
import { createKernelRidge } from './kernel-ridge.ts';
import { createMemory } from './memory.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Examples that take part in scoring; the others are kept to be unlearned, or to step in for one that is. */
const MAX_LIVE = 3_600;
/** Per script. More add little (docs/suggest.md) and cost time in every suggestion. */
const MAX_LIVE_PER_CLASS = 60;
/** Examples kept in all; past this the oldest that take no part are forgotten. */
const MAX_KEPT = 20_000;
/**
 * Power of the likeness. Above 1, sharing several things at once counts for more than each alone, which
 * is what a plain linear model over the same words cannot see (worth 4 points @1 on banking77).
 */
const SHARPNESS = 1.65;
/** Likeness below this is chance. */
const LEAST_LIKENESS = 0.03;
/** Coordinate steps per change: at most, at least, and the multiplications they may cost in between. */
const STEPS = { most: 14, least: 3, budget: 2_000_000 } as const;

export type Learner = {
  readonly classes: ClassTable;
  readonly examples: ReadonlyMap<string, Example>;
  add(example: Example): void;
  remove(id: string): boolean;
  /** Takes the examples of a class out of scoring without forgetting them, or brings them back. */
  park(classIndex: number): void;
  unpark(classIndex: number): void;
  /** Examples learned of a class; titles do not count. */
  count(classIndex: number): number;
  /** Examples learned per open class. */
  average(): number;
  /** Scores of all classes for a text, into `out`. The row of likenesses stays valid for `support`. */
  scores(features: Features, out: Float32Array): void;
  /** Slots that speak for the class in the last `scores`, strongest first, with their share of its score. */
  support(classIndex: number, most: number): { slot: number; share: number }[];
  shared(features: Features, slot: number, weight: number, out: Float32Array): void;
  /** Steps until nothing moves by more than `precision`, or `rounds` are done. For idle time. */
  settle(precision: number, rounds: number): void;
  coefficients(slot: number): Float32Array;
  /** Puts an example back with the coefficients it had; nothing is settled. */
  restore(example: Example, coefficients: Float32Array | undefined): void;
  bytes(): number;
};

export function createLearner(vocabulary: Vocabulary): Learner {
  const memory = createMemory();
  const ridge = createKernelRidge(MAX_LIVE);
  const classes = createClassTable();
  const examples = new Map<string, Example>();
  const live: (Example | undefined)[] = [];
  const freeSlots: number[] = [];
  const liveOf = new Map<number, Set<Example>>();
  const parkedOf = new Map<number, Set<Example>>();
  const counts: number[] = [];
  const kernel = new Float32Array(MAX_LIVE);
  let learned = 0;
  let turn = 0;

  const setOf = (of: Map<number, Set<Example>>, classIndex: number): Set<Example> => {
    const set = of.get(classIndex) ?? new Set<Example>();
    of.set(classIndex, set);
    return set;
  };
  const sharpen = (row: Float32Array): Float32Array => {
    for (let i = 0; i < row.length; i += 1) row[i] = row[i]! < LEAST_LIKENESS ? 0 : row[i]! ** SHARPNESS;
    return row;
  };
  const emptyRow = (): Float32Array => kernel.subarray(0, live.length).fill(0);
  const rowOf = (slot: number): Float32Array => {
    const row = emptyRow();
    memory.likenessOf(slot, row);
    return sharpen(row);
  };
  const step = (slot: number): number => (live[slot] ? ridge.step(slot, rowOf(slot)) : 0);
  const stepsNow = (): number =>
    Math.max(STEPS.least, Math.min(STEPS.most, Math.floor(STEPS.budget / Math.max(1, live.length * classes.size()))));

  /** After a change at a text: its neighbours first, which it concerns most, then others in turn. */
  const settleAround = (row: Float32Array, slot: number): void => {
    const steps = stepsNow();
    const near = strongest(row, Math.ceil(steps / 2), slot);
    if (live[slot]) ridge.step(slot, row);
    for (const other of near) step(other);
    for (let i = near.length; i < steps && live.length > 0; i += 1) {
      turn = (turn + 1) % live.length;
      step(turn);
    }
    step(slot);
  };

  const leave = (example: Example): void => {
    const { slot } = example;
    if (slot === -1) return;
    memory.take(slot);
    ridge.clearSlot(slot);
    vocabulary.remove(example.text.split(' '));
    live[slot] = undefined;
    freeSlots.push(slot);
    example.slot = -1;
    liveOf.get(example.classIndex)?.delete(example);
  };
  const parkOne = (example: Example): void => {
    leave(example);
    setOf(parkedOf, example.classIndex).add(example);
  };
  const occupy = (example: Example): number => {
    const own = setOf(liveOf, example.classIndex);
    if (own.size >= MAX_LIVE_PER_CLASS) parkWeakest(own);
    if (freeSlots.length === 0 && live.length === MAX_LIVE) parkWeakest([...liveOf.values()].reduce((a, b) => (b.size > a.size ? b : a)));
    const slot = freeSlots.pop() ?? live.length;
    live[slot] = example;
    example.slot = slot;
    own.add(example);
    memory.put(slot, example.text);
    vocabulary.add(example.text.split(' '));
    ridge.setClass(slot, example.classIndex, example.weight);
    return slot;
  };
  /** The example the others explain best: its going changes least. */
  const parkWeakest = (set: ReadonlySet<Example>): void => {
    let weakest: Example | undefined;
    for (const example of set) {
      if (example.source === 'title') continue;
      if (!weakest || ridge.strength(example.slot) < ridge.strength(weakest.slot)) weakest = example;
    }
    if (weakest) parkOne(weakest);
  };
  const enter = (example: Example): void => {
    const slot = occupy(example);
    settleAround(rowOf(slot), slot);
  };
  const tally = (example: Example, by: 1 | -1): void => {
    if (example.source === 'title') return;
    counts[example.classIndex] = (counts[example.classIndex] ?? 0) + by;
    learned += by;
  };
  const forgetOldest = (): void => {
    for (const example of examples.values()) {
      if (examples.size <= MAX_KEPT) return;
      if (example.slot !== -1 || isShipped(example)) continue;
      examples.delete(example.id);
      parkedOf.get(example.classIndex)?.delete(example);
      tally(example, -1);
    }
  };

  return {
    classes,
    examples,
    add(example) {
      examples.set(example.id, example);
      tally(example, 1);
      if (classes.isOpen(example.classIndex)) enter(example);
      else setOf(parkedOf, example.classIndex).add(example);
      if (examples.size > MAX_KEPT) forgetOldest();
    },
    remove(id) {
      const example = examples.get(id);
      if (!example) return false;
      examples.delete(id);
      tally(example, -1);
      const parked = setOf(parkedOf, example.classIndex);
      if (example.slot === -1) return parked.delete(example);
      const { slot } = example;
      const row = rowOf(slot).slice();
      leave(example);
      row[slot] = 0;
      settleAround(row, slot);
      const next = [...parked].at(-1);
      if (next) {
        parked.delete(next);
        enter(next);
      }
      return true;
    },
    park(classIndex) {
      for (const example of Array.from(setOf(liveOf, classIndex))) parkOne(example);
      ridge.clearClass(classIndex);
    },
    unpark(classIndex) {
      const parked = setOf(parkedOf, classIndex);
      for (const example of [...parked].slice(-MAX_LIVE_PER_CLASS)) {
        parked.delete(example);
        enter(example);
      }
    },
    count: (classIndex) => counts[classIndex] ?? 0,
    average: () => learned / Math.max(1, classes.offered()),
    scores(features, out) {
      const row = emptyRow();
      memory.likeness(features, row);
      ridge.scores(sharpen(row), out);
    },
    support(classIndex, most) {
      const found: { slot: number; share: number }[] = [];
      for (const example of liveOf.get(classIndex) ?? []) {
        const share = kernel[example.slot]! * ridge.coefficient(example.slot, classIndex);
        if (share > 0) found.push({ slot: example.slot, share });
      }
      return found.sort((a, b) => b.share - a.share).slice(0, most);
    },
    shared: memory.shared,
    settle(precision, rounds) {
      for (let round = 0; round < rounds; round += 1) {
        let moved = 0;
        for (let slot = 0; slot < live.length; slot += 1) moved = Math.max(moved, step(slot));
        if (moved < precision) return;
      }
    },
    coefficients: (slot) => ridge.row(slot),
    restore(example, coefficients) {
      examples.set(example.id, example);
      tally(example, 1);
      if (!coefficients) {
        setOf(parkedOf, example.classIndex).add(example);
        return;
      }
      ridge.setRow(occupy(example), coefficients);
    },
    bytes: () => memory.bytes() + ridge.bytes(),
  };
}

/** The `most` slots with the largest values, largest first, without `but`. */
function strongest(row: Float32Array, most: number, but: number): number[] {
  const best: number[] = [];
  for (let slot = 0; slot < row.length; slot += 1) {
    const value = row[slot]!;
    if (slot === but || value < LEAST_LIKENESS) continue;
    if (best.length === most && value <= row[best[most - 1]!]!) continue;
    let at = best.length;
    while (at > 0 && row[best[at - 1]!]! < value) at -= 1;
    best.splice(at, 0, slot);
    if (best.length > most) best.pop();
  }
  return best;
}
