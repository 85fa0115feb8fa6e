import { BLOCKS, featuresOf, type Features } from '#shared/domain/suggest/features.ts';
import { createPostingPool } from './posting-pool.ts';

/** Examples by slot, with the likeness of any text to each of them. */
export type Memory = {
  /** Puts a text into `slot`; the slot must be empty. */
  put(slot: number, text: string): void;
  /** Takes the text out of `slot` again, the exact opposite of `put` with the same text. */
  take(slot: number, text: string): void;
  /**
   * Likeness (0 to 1, weighted cosine) of the text to every slot, written to `out`, which must be zero.
   * Returns the share of the text's evidence that some example has (1: nothing in it is new).
   */
  likeness(features: Features, out: Float32Array): number;
  bytes(): number;
};

/** What an unknown feature of a query counts in its length, against 1 for a known one. */
const UNKNOWN = 0.15;
const BLOCK_ROOT = BLOCKS.map((block) => Math.sqrt(block.weight));

/** An inverted index over the examples: a likeness costs what the words shared cost, not what is stored. */
export function createMemory(): Memory {
  const pool = createPostingPool();
  const each = (text: string, use: (hash: number, value: number) => void): void => {
    const features = featuresOf(text);
    const scale = scales(features, () => true);
    features.hash.forEach((hash, i) => use(hash, features.value[i]! * scale[features.block[i]!]!));
  };
  return {
    put: (slot, text) => each(text, (hash, value) => pool.add(hash, slot, value)),
    take: (slot, text) => each(text, (hash) => pool.remove(hash, slot)),
    likeness(features, out) {
      const found = features.hash.map((hash) => pool.find(hash));
      const scale = scales(features, (i) => found[i] !== -1);
      let known = 0;
      let all = 0;
      for (let i = 0; i < found.length; i += 1) {
        const value = features.value[i]!;
        const feature = found[i]!;
        const rooted = BLOCK_ROOT[features.block[i]!]! * value;
        all += rooted;
        if (feature === -1) continue;
        known += rooted;
        pool.accumulate(feature, value * scale[features.block[i]!]!, out);
      }
      return all === 0 ? 0 : known / all;
    },
    bytes: () => pool.bytes(),
  };
}

/** Factor per block that brings the block to length one times its share; an empty block gives its share up. */
function scales(features: Features, known: (i: number) => boolean): number[] {
  const square = BLOCKS.map(() => 0);
  features.value.forEach((value, i) => {
    square[features.block[i]!]! += (known(i) ? 1 : UNKNOWN) * value * value;
  });
  const total = BLOCKS.reduce((sum, block, i) => sum + (square[i]! > 0 ? block.weight : 0), 0);
  return square.map((sum, i) => (sum > 0 ? Math.sqrt(BLOCKS[i]!.weight / total / sum) : 0));
}
