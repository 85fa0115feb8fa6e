import type { Features } from '#shared/domain/suggest/features.ts';
import { featuresOf } from '#shared/domain/suggest/features.ts';
import type { Suggestible } from './types.ts';

/** What a script says about itself, matched without any example. */
export type Lexical = {
  set(place: number, script: Suggestible): void;
  clear(place: number): void;
  match(features: Features): LexicalMatch;
};

/** How a text matches the scripts. */
export type LexicalMatch = {
  /** Writes one score per place to `out`: 0 for nothing in common, about 1 for everything said found in the title. */
  scores(out: Float32Array): void;
  /** Adds to `out[i]` what feature i of the text contributes to the score of a place. */
  shared(place: number, weight: number, out: Float32Array): void;
};

type Field = 'title' | 'description' | 'steps' | 'examples';
const FIELDS: readonly Field[] = ['title', 'description', 'steps', 'examples'];
/** Weight of a field's own score; fields are scored apart so that long steps cannot drown a title. */
const FIELD_WEIGHT: Readonly<Record<Field, number>> = { title: 1, description: 0.5, steps: 0.35, examples: 0.5 };
/** Weight of the kinds of evidence within a field, by block of `BLOCKS`: word, pair, gapped pair, piece, family. */
const KIND_WEIGHT = [1, 0.2, 0, 0.7, 0.6] as const;
/** BM25 saturation and length share. */
const K1 = 1.2;
const B = 0.6;
/** What a feature no script has counts in the length of the question, against 1. */
const UNKNOWN = 0.3;

type FieldIndex = { postings: Map<number, Map<number, number>>; lengths: Map<number, number>; total: number };

export function createLexical(): Lexical {
  const index = Object.fromEntries(FIELDS.map((field) => [field, emptyField()])) as Record<Field, FieldIndex>;
  const held = new Map<number, Record<Field, number[]>>();

  const clear = (place: number): void => {
    const kept = held.get(place);
    if (!kept) return;
    held.delete(place);
    for (const field of FIELDS) {
      const into = index[field];
      into.total -= into.lengths.get(place) ?? 0;
      into.lengths.delete(place);
      for (const hash of kept[field]) {
        const list = into.postings.get(hash);
        list?.delete(place);
        if (list?.size === 0) into.postings.delete(hash);
      }
    }
  };

  return {
    clear,
    set(place, script) {
      clear(place);
      const kept: Record<Field, number[]> = { title: [], description: [], steps: [], examples: [] };
      for (const field of FIELDS) kept[field] = addField(index[field], place, textsOf(script, field));
      held.set(place, kept);
    },
    match(features) {
      const fields = FIELDS.flatMap((field) => matchField(index[field], features, held.size, FIELD_WEIGHT[field]) ?? []);
      return {
        scores(out) {
          out.fill(0);
          for (const match of fields) {
            match.lists.forEach((list, i) => {
              const share = match.shares[i]!;
              if (list && share > 0) for (const [place, count] of list) out[place]! += share * match.saturated(place, count);
            });
          }
        },
        shared(place, weight, out) {
          for (const match of fields) {
            match.lists.forEach((list, i) => {
              const count = list?.get(place);
              if (count !== undefined) out[i]! += weight * match.shares[i]! * match.saturated(place, count);
            });
          }
        },
      };
    },
  };
}

function emptyField(): FieldIndex {
  return { postings: new Map(), lengths: new Map(), total: 0 };
}

function textsOf(script: Suggestible, field: Field): readonly string[] {
  switch (field) {
    case 'title': return [script.title];
    case 'description': return script.description === undefined ? [] : [script.description];
    case 'steps': return script.steps ?? [];
    case 'examples': return script.examples ?? [];
  }
}

/** Indexes the texts of one field; returns the hashes used, for taking them out again. */
function addField(into: FieldIndex, place: number, texts: readonly string[]): number[] {
  const counts = new Map<number, number>();
  let length = 0;
  for (const text of texts) {
    const features = featuresOf(text);
    length += features.words.length;
    features.hash.forEach((hash, i) => {
      if (KIND_WEIGHT[features.block[i]!]! > 0) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    });
  }
  if (counts.size === 0) return [];
  into.lengths.set(place, length);
  into.total += length;
  for (const [hash, count] of counts) {
    const list = into.postings.get(hash) ?? new Map<number, number>();
    list.set(place, count);
    into.postings.set(hash, list);
  }
  return [...counts.keys()];
}

type FieldMatch = {
  lists: (Map<number, number> | undefined)[];
  /** Most that feature i can add to a score through this field. */
  shares: number[];
  /** BM25's share of that for a script which has the feature so many times. */
  saturated(place: number, count: number): number;
};

function matchField(index: FieldIndex, features: Features, scripts: number, weight: number): FieldMatch | undefined {
  if (index.lengths.size === 0) return undefined;
  const average = index.total / index.lengths.size;
  const best = KIND_WEIGHT.map(() => 0);
  const rarest = Math.log(1 + scripts);
  const lists = features.hash.map((hash) => index.postings.get(hash));
  const idf = lists.map((list) => (list ? Math.log(1 + (scripts - list.size + 0.5) / (list.size + 0.5)) : rarest));
  features.hash.forEach((_, i) => {
    best[features.block[i]!]! += idf[i]! * features.value[i]! * (lists[i] ? 1 : UNKNOWN);
  });
  const shares = features.block.map((block, i) => (weight * KIND_WEIGHT[block]! * idf[i]! * features.value[i]!) / best[block]!);
  return {
    lists,
    shares,
    saturated(place, count) {
      const long = 1 - B + (B * (index.lengths.get(place) ?? average)) / average;
      return (count * (K1 + 1)) / (count + K1 * long);
    },
  };
}
