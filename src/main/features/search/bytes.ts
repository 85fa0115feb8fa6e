import * as zlib from 'node:zlib';

/** A growing array of 32-bit numbers, outside the JavaScript heap. */
export class NumberList {
  data: Uint32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 128) {
    this.data = new Uint32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const bigger = new Uint32Array(this.data.length * 2);
      bigger.set(this.data);
      this.data = bigger;
    }
    this.data[this.length++] = value;
  }

  /** The filled part; shares memory with the list. */
  view(): Uint32Array<ArrayBuffer> {
    return this.data.subarray(0, this.length);
  }
}

/** Writes variable-length integers and hands out full chunks of a fixed size. */
export class ChunkWriter {
  readonly #size: number;
  readonly #flush: (chunk: number, data: Uint8Array) => void;
  #buffer: Uint8Array;
  #used = 0;
  #chunk = 0;

  constructor(size: number, flush: (chunk: number, data: Uint8Array) => void) {
    this.#size = size;
    this.#flush = flush;
    this.#buffer = new Uint8Array(size);
  }

  /** Bytes written so far. */
  get position(): number {
    return this.#chunk * this.#size + this.#used;
  }

  byte(value: number): void {
    if (this.#used === this.#size) this.#emit();
    this.#buffer[this.#used++] = value;
  }

  varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  finish(): void {
    if (this.#used > 0) this.#emit();
  }

  #emit(): void {
    this.#flush(this.#chunk++, this.#buffer.subarray(0, this.#used));
    this.#buffer = new Uint8Array(this.#size);
    this.#used = 0;
  }
}

const TABLE = new Int32Array(256).map((_zero, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crcInScript(data: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < data.length; i++) crc = (TABLE[(crc ^ (data[i] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

/** CRC-32 of a block; the native one where the runtime has it (Node 20.15 and 22.2 on). */
export const crc32: (data: Uint8Array) => number = typeof zlib.crc32 === 'function' ? (data) => zlib.crc32(data) : crcInScript;

/** FNV-1a over UTF-16 units, two lanes, as a 53-bit number: the place of a key in the key table. */
export function hash53(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high ^= high >>> 13;
  }
  return (high >>> 11) * 4_294_967_296 + (low >>> 0);
}

/** Sorts `keys` (non-negative, below 2^53) ascending, carrying `values` along. Radix sort, 4 passes of 14 bits; stable. */
export function sortPairs(keys: Float64Array, values: Uint32Array): void {
  const n = keys.length;
  let sorted = true;
  for (let i = 1; i < n && sorted; i++) sorted = (keys[i - 1] ?? 0) <= (keys[i] ?? 0);
  if (sorted) return;
  if (n < 2_000) {
    const order = [...keys.keys()].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
    const k = order.map((i) => keys[i] ?? 0);
    const v = order.map((i) => values[i] ?? 0);
    keys.set(k);
    values.set(v);
    return;
  }
  let fromKeys = keys;
  let fromValues = values;
  let toKeys = new Float64Array(n);
  let toValues = new Uint32Array(n);
  const counts = new Uint32Array(16_385);
  for (let pass = 0, unit = 1; pass < 4; pass++, unit *= 16_384) {
    counts.fill(0);
    for (let i = 0; i < n; i++) {
      const digit = Math.floor((fromKeys[i] ?? 0) / unit) % 16_384;
      counts[digit + 1] = (counts[digit + 1] ?? 0) + 1;
    }
    for (let d = 0; d < 16_384; d++) counts[d + 1] = (counts[d + 1] ?? 0) + (counts[d] ?? 0);
    for (let i = 0; i < n; i++) {
      const key = fromKeys[i] ?? 0;
      const digit = Math.floor(key / unit) % 16_384;
      const at = counts[digit] ?? 0;
      counts[digit] = at + 1;
      toKeys[at] = key;
      toValues[at] = fromValues[i] ?? 0;
    }
    [fromKeys, toKeys] = [toKeys, fromKeys as Float64Array<ArrayBuffer>];
    [fromValues, toValues] = [toValues, fromValues as Uint32Array<ArrayBuffer>];
  }
}
