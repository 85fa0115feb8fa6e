import { createHash } from 'node:crypto';
import { BUCKETS } from '#shared/domain/packs/release.ts';

/** One live record as the head counts it. */
export type HeadEntry = { key: string; ver: number; digest: string };

/** The bucket of a key: the first byte of its SHA-256. */
export function bucketOf(key: string): number {
  return createHash('sha256').update(key).digest()[0] ?? 0;
}

/**
 * Gathers live records and tells the digest of each bucket: the first 16 bytes of SHA-256 over the lines
 * `key LF version LF digest LF` of its records, sorted by the bytes of the key. An empty bucket is the digest of nothing.
 */
export function createBuckets(): { add(entry: HeadEntry): void; count(): number; digests(): string[]; /** The same, a few ms at a time. */ pacedDigests(pause: () => Promise<void>): Promise<string[]> } {
  const buckets: { key: Buffer; line: string }[][] = Array.from({ length: BUCKETS }, () => []);
  let count = 0;
  const digestOf = (bucket: { key: Buffer; line: string }[]): string => {
    const hash = createHash('sha256');
    for (const { line } of bucket.toSorted((a, b) => Buffer.compare(a.key, b.key))) hash.update(line);
    return hash.digest('hex').slice(0, 32);
  };
  return {
    add: ({ key, ver, digest }) => {
      count += 1;
      buckets[bucketOf(key)]?.push({ key: Buffer.from(key), line: `${key}\n${ver}\n${digest}\n` });
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
