/** Where each feature occurs: growable runs of (slot, value) in two flat arrays. */
export type PostingPool = {
  /** Number of the feature with this hash, or -1 when no example has it. */
  find(hash: number): number;
  add(hash: number, slot: number, value: number): void;
  remove(hash: number, slot: number): void;
  /** Adds `weight * value` of every posting of the feature to `out[slot]`. */
  accumulate(feature: number, weight: number, out: Float32Array): void;
  /** Features in use. */
  size(): number;
  /** Bytes held by the arrays, in use or not. */
  bytes(): number;
};

const FIRST_ROOM = 2;

/**
 * Postings in one pool instead of an array per feature: sixty thousand small arrays would cost more in
 * headers than in content. A run that is full moves to one twice as long; left runs are reused by length.
 * A feature whose last posting goes is forgotten, hash and all.
 */
export function createPostingPool(): PostingPool {
  const numberOf = new Map<number, number>();
  const spare: number[] = [];
  const freeRuns = new Map<number, number[]>();
  let start = new Int32Array(1024);
  let length = new Int32Array(1024);
  let room = new Int32Array(1024);
  let features = 0;
  let slots = new Uint16Array(8192);
  let values = new Float32Array(8192);
  let end = 0;

  const takeRun = (size: number): number => {
    const free = freeRuns.get(size)?.pop();
    if (free !== undefined) return free;
    const at = end;
    end += size;
    if (end > slots.length) {
      slots = grown(slots, new Uint16Array(Math.max(end, slots.length * 2)));
      values = grown(values, new Float32Array(slots.length));
    }
    return at;
  };
  const giveRun = (at: number, size: number): void => {
    const list = freeRuns.get(size);
    if (list) list.push(at);
    else freeRuns.set(size, [at]);
  };
  const newFeature = (hash: number): number => {
    const feature = spare.pop() ?? features++;
    if (feature >= start.length) {
      start = grown(start, new Int32Array(feature * 2));
      length = grown(length, new Int32Array(start.length));
      room = grown(room, new Int32Array(start.length));
    }
    start[feature] = takeRun(FIRST_ROOM);
    length[feature] = 0;
    room[feature] = FIRST_ROOM;
    numberOf.set(hash, feature);
    return feature;
  };

  return {
    find: (hash) => numberOf.get(hash) ?? -1,
    add(hash, slot, value) {
      const feature = numberOf.get(hash) ?? newFeature(hash);
      const count = length[feature]!;
      const size = room[feature]!;
      if (count === size) {
        const from = start[feature]!;
        const to = takeRun(size * 2);
        slots.copyWithin(to, from, from + count);
        values.copyWithin(to, from, from + count);
        giveRun(from, size);
        start[feature] = to;
        room[feature] = size * 2;
      }
      const at = start[feature]! + count;
      slots[at] = slot;
      values[at] = value;
      length[feature] = count + 1;
    },
    remove(hash, slot) {
      const feature = numberOf.get(hash);
      if (feature === undefined) return;
      const from = start[feature]!;
      const last = from + length[feature]! - 1;
      for (let at = from; at <= last; at += 1) {
        if (slots[at] !== slot) continue;
        slots[at] = slots[last]!;
        values[at] = values[last]!;
        slots[last] = 0;
        values[last] = 0;
        length[feature] = last - from;
        break;
      }
      if (length[feature] !== 0) return;
      giveRun(from, room[feature]!);
      numberOf.delete(hash);
      spare.push(feature);
    },
    accumulate(feature, weight, out) {
      const to = start[feature]! + length[feature]!;
      for (let at = start[feature]!; at < to; at += 1) out[slots[at]!]! += weight * values[at]!;
    },
    size: () => numberOf.size,
    bytes: () => slots.byteLength + values.byteLength + start.byteLength * 3 + numberOf.size * 40,
  };
}

function grown<T extends Int32Array | Uint16Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
