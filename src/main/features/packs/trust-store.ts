import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { instantSchema, LIMITS } from '#shared/domain/common.ts';
import { kbSchema } from '#shared/domain/packs/change.ts';
import { packRefusalSchema, type PackRefusal } from '#shared/domain/packs/refusal.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import { writeFileAtomic } from '#main/lib/atomic-file.ts';

const pinSchema = z.strictObject({
  format: z.literal(1),
  kb: kbSchema,
  title: z.string().max(LIMITS.line),
  /** Of the root that was accepted first. Later ones are accepted because earlier ones signed them. */
  fingerprint: z.string().length(24),
  pinnedAt: instantSchema,
  /** Who said so: a person at this desk, the policy file, or the owner who made it here. */
  by: z.enum(['typed', 'policy', 'created']),
});
export type Pin = z.infer<typeof pinSchema>;

const refusedSchema = z.strictObject({ mark: z.string(), refusal: packRefusalSchema });

const METADATA = ['root', 'timestamp', 'snapshot', 'targets', 'releases'] as const;
export type MetadataRole = (typeof METADATA)[number];
export type MetadataSet = Partial<Record<MetadataRole, Buffer>>;

/** What a desk has once accepted: trust roots, the newest metadata seen, the last good packs. Lies in the data folder. */
export type TrustStore = {
  pins(): Pin[];
  pin(kb: string): Pin | undefined;
  /** Begins to trust: the pin and its root, in place of whatever was there. */
  savePin(pin: Omit<Pin, 'format'>, root: Uint8Array): void;
  /** Forgets a knowledge base with its packs. */
  forget(kb: string): void;
  metadata(kb: string): MetadataSet;
  saveMetadata(kb: string, set: MetadataSet): void;
  packFile(kb: string, release: number): string;
  releaseFile(kb: string, release: number): string;
  /** Releases whose packs lie here, newest first. */
  kept(kb: string): number[];
  /** Keeps the last good ones and lets the older go. */
  prune(kb: string, keep?: number): void;
  /** Notes that the kept pack of a release passed every check under a policy. */
  savePassed(kb: string, release: number, mark: string): void;
  /** Whether the kept pack of a release passed with this mark. */
  passed(kb: string, release: number, mark: string): boolean;
  /** What was refused last, so that it is not taken apart again every few seconds. */
  saveRefused(kb: string, mark: string, refusal: PackRefusal): void;
  refused(kb: string, mark: string): PackRefusal | undefined;
  /** Runs `work` with a folder of its own, which is gone afterwards. */
  working<T>(kb: string, work: (folder: string) => Promise<T>): Promise<T>;
};

const PACK = /^pack-(\d{1,9})\.ndjson\.gz$/;

/** @param dir `<data folder>/packs` */
export function openTrustStore(dir: string): TrustStore {
  const folder = (kb: string, ...rest: string[]): string => join(dir, kbSchema.parse(kb), ...rest);
  const pin = (kb: string): Pin | undefined => {
    try {
      return pinSchema.parse(JSON.parse(readFileSync(folder(kb, 'pin.json'), 'utf8')));
    } catch {
      return undefined;
    }
  };
  const kept = (kb: string): number[] =>
    (existsSync(folder(kb)) ? readdirSync(folder(kb)) : [])
      .flatMap((name) => PACK.exec(name)?.[1] ?? [])
      .map(Number)
      .toSorted((a, b) => b - a);
  const saveMetadata = (kb: string, set: MetadataSet): void => {
    mkdirSync(folder(kb, 'metadata'), { recursive: true, mode: 0o700 });
    // The root first: what comes after it is worth nothing without it. Power may go between any two.
    for (const role of METADATA) if (set[role] !== undefined) writeFileAtomic(folder(kb, 'metadata', `${role}.json`), set[role]);
  };
  return {
    pins: () => (existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : []).filter((entry) => entry.isDirectory() && kbSchema.safeParse(entry.name).success).flatMap((entry) => pin(entry.name) ?? []),
    pin,
    savePin: (made, root) => {
      rmSync(folder(made.kb), { recursive: true, force: true });
      saveMetadata(made.kb, { root: Buffer.from(root) });
      writeFileAtomic(folder(made.kb, 'pin.json'), JSON.stringify({ format: 1, ...made }));
    },
    forget: (kb) => rmSync(folder(kb), { recursive: true, force: true }),
    metadata: (kb) => {
      const set: MetadataSet = {};
      for (const role of METADATA) {
        const file = folder(kb, 'metadata', `${role}.json`);
        if (existsSync(file)) set[role] = readFileSync(file);
      }
      return set;
    },
    saveMetadata,
    packFile: (kb, release) => folder(kb, `pack-${release}.ndjson.gz`),
    releaseFile: (kb, release) => folder(kb, `release-${release}.json`),
    kept,
    prune: (kb, keep = PACK_LIMITS.keptOnDesk) => {
      for (const release of kept(kb).slice(keep)) {
        rmSync(folder(kb, `pack-${release}.ndjson.gz`), { force: true });
        rmSync(folder(kb, `release-${release}.json`), { force: true });
        rmSync(folder(kb, `pack-${release}.passed`), { force: true });
      }
    },
    savePassed: (kb, release, mark) => writeFileAtomic(folder(kb, `pack-${release}.passed`), mark),
    passed: (kb, release, mark) => readText(folder(kb, `pack-${release}.passed`)) === mark,
    saveRefused: (kb, mark, refusal) => writeFileAtomic(folder(kb, 'refused.json'), JSON.stringify({ mark, refusal })),
    refused: (kb, mark) => {
      const text = readText(folder(kb, 'refused.json'));
      const parsed = text === undefined ? undefined : refusedSchema.safeParse(JSON.parse(text));
      return parsed?.success === true && parsed.data.mark === mark ? parsed.data.refusal : undefined;
    },
    working: async (kb, work) => {
      const own = folder(kb, `work-${randomUUID()}`);
      mkdirSync(own, { recursive: true, mode: 0o700 });
      try {
        return await work(own);
      } finally {
        rmSync(own, { recursive: true, force: true });
      }
    },
  };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
