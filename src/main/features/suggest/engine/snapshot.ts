import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Example } from './example.ts';

/** Raised when features or kernel change: older coefficients no longer fit, but their texts still do. */
export const MODEL_VERSION = 1;

/** Everything a desk has learned, apart from the scripts themselves. */
export type ModelState = {
  version: number;
  nextExample: number;
  ids: readonly (string | null)[];
  /** Content stamp of every script the title examples were made from, by script id. */
  stamps: Readonly<Record<string, string>>;
  examples: readonly Example[];
  /** One row per example with a slot, in the order of `examples`. */
  rows: readonly Float32Array[];
};

/** The bytes are not a model, or are damaged. What was learned must be read from elsewhere. */
export class UnreadableModelError extends Error {
  constructor(reason: string) {
    super(`The suggestion model cannot be read: ${reason}`);
    this.name = 'UnreadableModelError';
  }
}

const MAGIC = 0x43535347;

/** Layout: magic, version, length of the compressed JSON, the JSON, then the coefficients as float32 (all little-endian). */
export function writeModel(state: ModelState): Uint8Array {
  const head = deflateRawSync(Buffer.from(JSON.stringify({ ...state, rows: undefined, widths: state.rows.map((row) => row.length) })), { level: 6 });
  const floats = state.rows.reduce((sum, row) => sum + row.length, 0);
  const bytes = new Uint8Array(12 + head.length + floats * 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, state.version, true);
  view.setUint32(8, head.length, true);
  bytes.set(head, 12);
  let at = 12 + head.length;
  for (const row of state.rows) {
    for (const value of row) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/** Reads what `writeModel` wrote. Throws `UnreadableModelError`. */
export function readModel(bytes: Uint8Array): ModelState {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 12 || view.getUint32(0, true) !== MAGIC) throw new UnreadableModelError('not a model');
  const length = view.getUint32(8, true);
  if (12 + length > bytes.byteLength) throw new UnreadableModelError('cut short');
  let head: Omit<ModelState, 'rows'> & { widths: number[] };
  try {
    head = JSON.parse(inflateRawSync(bytes.subarray(12, 12 + length)).toString()) as typeof head;
  } catch {
    throw new UnreadableModelError('damaged');
  }
  let at = 12 + length;
  if (at + 4 * head.widths.reduce((sum, width) => sum + width, 0) !== bytes.byteLength) throw new UnreadableModelError('cut short');
  const rows = head.widths.map((width) => {
    const row = new Float32Array(width);
    for (let i = 0; i < width; i += 1) row[i] = view.getFloat32(at + i * 4, true);
    at += width * 4;
    return row;
  });
  return { version: head.version, nextExample: head.nextExample, ids: head.ids, stamps: head.stamps, examples: head.examples, rows };
}
