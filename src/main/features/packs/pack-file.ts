import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';

/** Thrown inside this feature where a loop has to end; the public functions return the refusal. */
export class Refused extends Error {
  readonly refusal: PackRefusal;
  constructor(refusal: PackRefusal) {
    super(refusal.reason);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** Runs `work` and turns a `Refused` into its refusal. */
export async function refusing<T>(work: () => Promise<T>): Promise<T | { outcome: 'refused'; refusal: PackRefusal }> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Refused) return { outcome: 'refused', refusal: cause.refusal };
    throw cause;
  }
}

/** Bounds of one unpacking; tests make them small. */
export type UnpackLimits = { unpackedBytes: number; ratio: number; ratioFrom: number; lineBytes: number; records: number };

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
const LF = 0x0a;
/** Lines handed on together: checking their signatures takes some 7 ms. */
const BATCH = 64;

/**
 * The lines of a pack in batches, unpacked as they are read, within the limits. Nothing is parsed.
 * Throws `Refused`: not a pack, a bomb, a line that never ends.
 */
export async function* packLines(file: string, name: string, limits: UnpackLimits = PACK_LIMITS): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let batch: string[] = [];
  for await (const chunk of unpacked(file, name, limits)) {
    const pieces = (rest + decode(decoder, chunk, name)).split('\n');
    rest = pieces.pop() ?? '';
    // A piece can hold a hundred thousand empty lines: they are taken one by one.
    for (const line of pieces) {
      batch.push(line);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (rest !== '') throw new Refused({ reason: 'not-a-pack', file: name });
  if (batch.length > 0) yield batch;
}

/** Unpacks a pack to its end without keeping anything: whether it stays within the limits. Throws `Refused`. */
export async function tryUnpacking(file: string, name: string, limits?: UnpackLimits): Promise<void> {
  for await (const _ of unpacked(file, name, limits)) continue;
}

/** The unpacked bytes of a pack as they come; the lines in them are only counted. */
async function* unpacked(file: string, name: string, limits: UnpackLimits = PACK_LIMITS): AsyncGenerator<Buffer> {
  const { unpacker, size } = await unpackerFor(file, name);
  const source = createReadStream(file);
  const failed = pipeline(source, unpacker).then(() => undefined, (cause: unknown) => cause);
  const most = Math.min(limits.unpackedBytes, Math.max(limits.ratioFrom, size * limits.ratio));
  let bytes = 0;
  let records = 0;
  let line = 0;
  try {
    for await (const chunk of unpacker as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) throw new Refused({ reason: 'bomb', file: name, limit: most });
      let from = 0;
      for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
        line += end - from;
        if (line > limits.lineBytes) throw new Refused({ reason: 'bomb', file: name, limit: limits.lineBytes });
        records += 1;
        line = 0;
        from = end + 1;
      }
      line += chunk.length - from;
      if (line > limits.lineBytes) throw new Refused({ reason: 'bomb', file: name, limit: limits.lineBytes });
      if (records > limits.records) throw new Refused({ reason: 'bomb', file: name, limit: limits.records });
      yield chunk;
    }
    if (line > 0) throw new Refused({ reason: 'not-a-pack', file: name });
  } catch (cause) {
    if (cause instanceof Refused) throw cause;
    // What gzip says about bytes that are not gzip, or that end too early.
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_')) throw new Refused({ reason: 'not-a-pack', file: name });
    throw cause;
  } finally {
    source.destroy();
    unpacker.destroy();
    await failed;
  }
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer, name: string): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw new Refused({ reason: 'not-a-pack', file: name });
  }
}

async function unpackerFor(file: string, name: string): Promise<{ unpacker: Transform; size: number }> {
  const handle = await open(file);
  const { size } = await handle.stat();
  const start = Buffer.alloc(4);
  await handle.read(start, 0, 4, 0).finally(() => handle.close());
  if (GZIP.every((byte, at) => start[at] === byte)) return { unpacker: zlib.createGunzip({ chunkSize: 262_144 }), size };
  if (!ZSTD.every((byte, at) => start[at] === byte)) throw new Refused({ reason: 'not-a-pack', file: name });
  // Node has zstd from 22.15 on; older ones say so instead of failing on the bytes.
  const make = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress;
  if (make === undefined) throw new Refused({ reason: 'unsupported-packing', file: name });
  return { unpacker: make(), size };
}

/** Packs lines with gzip into `out` as they come. */
export async function writePack(out: NodeJS.WritableStream, batches: AsyncIterable<readonly string[]>): Promise<void> {
  const text = async function* (): AsyncGenerator<string> {
    for await (const batch of batches) if (batch.length > 0) yield `${batch.join('\n')}\n`;
  };
  await pipeline(Readable.from(text()), zlib.createGzip({ level: 6 }), out);
}
