import { createHash } from 'node:crypto';
import { BUCKETS } from '#shared/domain/packs/release.ts';

/** One live record as the head counts it. */
export type HeadEntry = { key: string; ver: number; digest: string };

/** The bucket of a key: the first byte of its SHA-256. */
export function bucketOf(key: string): number {
  return createHash('sha256').update(key).digest()[0] ?? 0;
}

/** The digest of one bucket; `entries` in any order. */
export function bucketDigest(entries: readonly HeadEntry[]): string {
  return digestOf(entries.map(toLine));
}

type Line = { key: Buffer; line: string };
const toLine = ({ key, ver, digest }: HeadEntry): Line => ({ key: Buffer.from(key), line: `${key}\n${ver}\n${digest}\n` });

function digestOf(lines: readonly Line[]): string {
  const hash = createHash('sha256');
  for (const { line } of lines.toSorted((a, b) => Buffer.compare(a.key, b.key))) hash.update(line);
  return hash.digest('hex').slice(0, 32);
}

/**
 * Gathers live records and tells the digest of each bucket: the first 16 bytes of SHA-256 over the lines
 * `key LF version LF digest LF` of its records, sorted by the bytes of the key. An empty bucket is the digest of nothing.
 */
export function createBuckets(): { add(entry: HeadEntry): void; count(): number; digests(): string[]; /** The same, a few ms at a time. */ pacedDigests(pause: () => Promise<void>): Promise<string[]> } {
  const buckets: Line[][] = Array.from({ length: BUCKETS }, () => []);
  let count = 0;
  return {
    add: (entry) => {
      count += 1;
      buckets[bucketOf(entry.key)]?.push(toLine(entry));
    },
    count: () => count,
    digests: () => buckets.map(digestOf),
    pacedDigests: async (pause) => {
      const digests: string[] = [];
      for (const bucket of buckets) {
        digests.push(digestOf(bucket));
        await pause();
      }
      return digests;
    },
  };
}
