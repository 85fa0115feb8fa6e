import { createHash, hash } from 'node:crypto';
import { BUCKETS } from '#shared/domain/packs/release.ts';

/** One live record as the head counts it. */
export type HeadEntry = { key: string; ver: number; digest: string };

/** The bucket of a key: the first byte of its SHA-256. */
export function bucketOf(key: string): number {
  return hash('sha256', key, 'buffer')[0] ?? 0;
}

/** The digest of one bucket; `entries` in any order. */
export function bucketDigest(entries: readonly HeadEntry[]): string {
  return digestOf(entries.map(toLine));
}

const toLine = ({ key, ver, digest }: HeadEntry): string => `${key}\n${ver}\n${digest}\n`;

/** Of lines in any order. The bytes they are sorted by are made here: kept for all records they would keep the garbage collector busy. */
function digestOf(lines: readonly string[]): string {
  const hash = createHash('sha256');
  const sorted = lines.map((line) => ({ key: Buffer.from(line.slice(0, line.indexOf('\n'))), line })).toSorted((a, b) => Buffer.compare(a.key, b.key));
  for (const { line } of sorted) hash.update(line);
  return hash.digest('hex').slice(0, 32);
}

/**
 * Gathers live records and tells the digest of each bucket: the first 16 bytes of SHA-256 over the lines
 * `key LF version LF digest LF` of its records, sorted by the bytes of the key. An empty bucket is the digest of nothing.
 */
export function createBuckets(): { /** Returns the bucket. */ add(entry: HeadEntry): number; count(): number; digests(): string[]; /** The same, a few ms at a time. */ pacedDigests(pause: () => Promise<void>): Promise<string[]> } {
  const buckets: string[][] = Array.from({ length: BUCKETS }, () => []);
  let count = 0;
  return {
    add: (entry) => {
      count += 1;
      const at = bucketOf(entry.key);
      buckets[at]?.push(toLine(entry));
      return at;
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
