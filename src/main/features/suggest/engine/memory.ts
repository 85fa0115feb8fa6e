import { BLOCKS, featuresOf, type Features } from '#shared/domain/suggest/features.ts';
import { createPostingPool } from './posting-pool.ts';

/** Examples by slot, with the likeness of any text to each of them. */
export type Memory = {
  /** Puts a text into `slot`; the slot must be empty. */
  put(slot: number, text: string): void;
  /** Empties the slot: the exact opposite of `put`. */
  take(slot: number): void;
  /** Likeness (0 to 1, weighted cosine) of the text to every slot, added to `out`, which must be zero. */
  likeness(features: Features, out: Float32Array): void;
  /** The same for the text in a slot. */
  likenessOf(slot: number, out: Float32Array): void;
  /** Adds to `out[i]` what feature i of the text and the slot have in common, times `weight`. */
  shared(features: Features, slot: number, weight: number, out: Float32Array): void;
  bytes(): number;
};

type Vector = { hash: Uint32Array; value: Float32Array };

/** What an unknown feature of a query counts in its length, against 1 for a known one. */
const UNKNOWN = 0.15;

/** An inverted index over the examples: a likeness costs what the words shared cost, not what is stored. */
export function createMemory(): Memory {
  const pool = createPostingPool();
  const vectors: (Vector | undefined)[] = [];
  return {
    put(slot, text) {
      const features = featuresOf(text);
      const scale = scales(features, () => true);
      const value = Float32Array.from(features.value, (v, i) => v * scale[features.block[i]!]!);
      const hash = Uint32Array.from(features.hash);
      vectors[slot] = { hash, value };
      hash.forEach((h, i) => pool.add(h, slot, value[i]!));
    },
    take(slot) {
      vectors[slot]?.hash.forEach((h) => pool.remove(h, slot));
      vectors[slot] = undefined;
    },
    likeness(features, out) {
      const found = features.hash.map((hash) => pool.find(hash));
      const scale = scales(features, (i) => found[i] !== -1);
      found.forEach((feature, i) => {
        if (feature !== -1) pool.accumulate(feature, features.value[i]! * scale[features.block[i]!]!, out);
      });
    },
    likenessOf(slot, out) {
      const vector = vectors[slot];
      vector?.hash.forEach((hash, i) => pool.accumulate(pool.find(hash), vector.value[i]!, out));
    },
    shared(features, slot, weight, out) {
      const vector = vectors[slot];
      if (!vector) return;
      const place = new Map<number, number>();
      features.hash.forEach((hash, i) => place.set(hash, i));
      const scale = scales(features, () => true);
      vector.hash.forEach((hash, j) => {
        const i = place.get(hash);
        if (i !== undefined) out[i]! += weight * vector.value[j]! * features.value[i]! * scale[features.block[i]!]!;
      });
    },
    bytes: () => pool.bytes() + vectors.reduce((sum, vector) => sum + (vector ? vector.hash.byteLength * 2 + 200 : 0), 0),
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
