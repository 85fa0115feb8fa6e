import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';

/** Bytes hashed at one go: some ms. */
const PIECE = 1_048_576;

/** SHA-256 as hex, a piece at a time: of a whole pack it takes longer than a window may wait for its next picture. */
export async function digestSoon(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PIECE) {
    hash.update(bytes.subarray(at, at + PIECE));
    if (at + PIECE < bytes.length) await breathe();
  }
  return hash.digest('hex');
}

/** SHA-256 of a file as hex; undefined when it cannot be read. */
export async function digestOfFile(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file, { highWaterMark: PIECE })) hash.update(piece as Buffer);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}
