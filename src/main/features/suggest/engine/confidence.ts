import type { Example } from './example.ts';

/**
 * How sure the desk may be, kept honest by its own record: before each example is learned the desk says
 * what it would have suggested, and whether that was right goes into the tally. An example taken out
 * again takes its part of the tally with it.
 */
export type Confidence = {
  count(example: Example, by: 1 | -1): void;
  /** Chance that a suggestion with this raw share of the score is right. */
  calibrated(raw: number): number;
  /** Below this strength nothing is offered: one in ten calls the desk could have helped with is let go. */
  threshold(): number;
};

const BINS = 10;
/** Calls a bin must have seen before its own record outweighs the starting guess. */
const PRIOR = 12;
/** Share of good calls that may be answered by silence. */
const LET_GO = 0.1;
/** Strengths remembered, the newest; a desk's scores grow while it learns. */
const WINDOW = 400;
/** Before that many calls the threshold below is used. */
const ENOUGH = 40;
/** Strength under which a new desk keeps quiet: next to nothing in common with any script. */
const NEW_DESK_THRESHOLD = 0.12;

export function createConfidence(): Confidence {
  const right = new Array<number>(BINS).fill(0);
  const seen = new Array<number>(BINS).fill(0);
  const strengths = new Map<string, number>();
  let sorted: number[] | undefined;

  const binOf = (raw: number): number => Math.max(0, Math.min(BINS - 1, Math.floor(raw * BINS)));
  const at = (bin: number): number => (right[bin]! + PRIOR * ((bin + 0.5) / BINS)) / (seen[bin]! + PRIOR);

  return {
    count(example, by) {
      if (example.guess) {
        const bin = binOf(example.guess.confidence);
        seen[bin]! += by;
        if (example.guess.right) right[bin]! += by;
      }
      if (example.before === undefined) return;
      sorted = undefined;
      if (by === 1) strengths.set(example.id, example.before);
      else strengths.delete(example.id);
    },
    calibrated(raw) {
      const exact = Math.max(0, Math.min(BINS - 1, raw * BINS - 0.5));
      const low = Math.floor(exact);
      const high = Math.min(BINS - 1, low + 1);
      return at(low) + (at(high) - at(low)) * (exact - low);
    },
    threshold() {
      if (strengths.size < ENOUGH) return NEW_DESK_THRESHOLD;
      sorted ??= [...strengths.values()].slice(-WINDOW).sort((a, b) => a - b);
      return sorted[Math.floor(sorted.length * LET_GO)] ?? NEW_DESK_THRESHOLD;
    },
  };
}
