import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UnreadableFileError } from '../errors.ts';

/** Bytes read from disk at once. */
const PIECE = 262_144;

/** The content of a file, unpacked when it is gzipped. `onBytes` hears how much of the file itself has been read. */
export function openBytes(file: string, gzip: boolean, onBytes: (total: number) => void = () => undefined): Readable {
  const raw = createReadStream(file, { highWaterMark: PIECE });
  let total = 0;
  raw.on('data', (piece) => {
    total += piece.length;
    onBytes(total);
  });
  // The listener above would start the flow before anybody reads.
  raw.pause();
  if (!gzip) return raw;
  // A failure travels to the unpacked stream, which is the one that is read.
  return pipeline(raw, createGunzip({ chunkSize: PIECE }), () => undefined);
}

/** Pieces of `openBytes`, with a broken gzip told as a damaged file. */
export async function* pieces(file: string, gzip: boolean, onBytes?: (total: number) => void): AsyncGenerator<Buffer> {
  const stream = openBytes(file, gzip, onBytes);
  try {
    for await (const piece of stream) yield piece as Buffer;
  } catch (cause) {
    throw isZlib(cause) ? new UnreadableFileError('damaged', cause) : cause;
  } finally {
    stream.destroy();
  }
}

function isZlib(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_');
}
