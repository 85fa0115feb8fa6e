import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WantedChange } from './change-maker.ts';

/** A change to be signed, and the version it follows. */
export type Difference = { wanted: WantedChange; ver: number };

/** Differences read and written at one go. */
const TOGETHER = 256;

/**
 * Writes differences as JSON lines for this user alone. Going back to an older release may change everything there is:
 * as a file they get from the process that compares to the thread that signs without passing through the one with the windows.
 * Gives the keys of what would change.
 */
export async function writeDifferences(file: string, differences: AsyncIterable<Difference> | Iterable<Difference>, keyOf: (wanted: WantedChange) => string): Promise<string[]> {
  const keys: string[] = [];
  const lines = async function* (): AsyncGenerator<string> {
    for await (const one of differences) {
      keys.push(keyOf(one.wanted));
      yield `${JSON.stringify(one)}\n`;
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o600, flags: 'wx' }));
  return keys;
}

/** Reads what `writeDifferences` wrote, some at a time. */
export async function* readDifferences(file: string): AsyncGenerator<Difference[]> {
  let batch: Difference[] = [];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    // Written by this program, in a folder of its own; what is signed is checked again.
    batch.push(JSON.parse(line) as Difference);
    if (batch.length < TOGETHER) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
