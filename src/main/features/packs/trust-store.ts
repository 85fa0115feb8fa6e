import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { instantSchema, LIMITS } from '#shared/domain/common.ts';
import { kbSchema } from '#shared/domain/packs/change.ts';
import { packRefusalSchema, type PackRefusal } from '#shared/domain/packs/refusal.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import { stageFile, syncFolderSoon, writeFileAtomicSoon } from '#main/lib/atomic-file.ts';

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

/**
 * What a desk has once accepted: trust roots, the newest metadata seen, the last good packs. Lies in the data folder.
 * What is flushed to the disk is waited for, never held on to: publishing does this in the process that shows the windows.
 */
export type TrustStore = {
  pins(): Pin[];
  pin(kb: string): Pin | undefined;
  /** Begins to trust: the pin and its root, in place of whatever was there. */
  savePin(pin: Omit<Pin, 'format'>, root: Uint8Array): Promise<void>;
  /** Forgets a knowledge base with its packs. */
  forget(kb: string): void;
  metadata(kb: string): MetadataSet;
  /** Another one whenever the metadata on the disk is other: each is put in use as a new file. */
  mark(kb: string): string;
  /** Puts what differs in use. */
  saveMetadata(kb: string, set: MetadataSet): Promise<void>;
  packFile(kb: string, release: number): string;
  releaseFile(kb: string, release: number): string;
  /** Releases whose packs lie here, newest first. */
  kept(kb: string): number[];
  /** Keeps the last good ones and lets the older go. */
  prune(kb: string, keep?: number): void;
  /** Notes that the kept pack of a release passed every check under a policy. */
  savePassed(kb: string, release: number, mark: string): Promise<void>;
  /** Whether the kept pack of a release passed with this mark. */
  passed(kb: string, release: number, mark: string): boolean;
  /** What was refused last, so that it is not taken apart again every few seconds. */
  saveRefused(kb: string, mark: string, refusal: PackRefusal): Promise<void>;
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
  const metadata = (kb: string): MetadataSet => {
    const set: MetadataSet = {};
    for (const role of METADATA) {
      const file = folder(kb, 'metadata', `${role}.json`);
      if (existsSync(file)) set[role] = readFileSync(file);
    }
    return set;
  };
  const saveMetadata = async (kb: string, set: MetadataSet): Promise<void> => {
    const own = folder(kb, 'metadata');
    mkdirSync(own, { recursive: true, mode: 0o700 });
    const before = metadata(kb);
    const staged: [string, string][] = [];
    for (const role of METADATA) {
      const bytes = set[role];
      if (bytes === undefined || before[role]?.equals(bytes) === true) continue;
      const file = join(own, `${role}.json`);
      staged.push([await stageFile(file, bytes), file]);
    }
    if (staged.length === 0) return;
    // At one go, and the root first: what comes after it is worth nothing without it. Power may go between any two.
    for (const [temp, file] of staged) renameSync(temp, file);
    await syncFolderSoon(own);
  };
  return {
    pins: () => (existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : []).filter((entry) => entry.isDirectory() && kbSchema.safeParse(entry.name).success).flatMap((entry) => pin(entry.name) ?? []),
    pin,
    savePin: async (made, root) => {
      rmSync(folder(made.kb), { recursive: true, force: true });
      await saveMetadata(made.kb, { root: Buffer.from(root) });
      await writeFileAtomicSoon(folder(made.kb, 'pin.json'), JSON.stringify({ format: 1, ...made }));
    },
    forget: (kb) => rmSync(folder(kb), { recursive: true, force: true }),
    metadata,
    mark: (kb) =>
      METADATA.map((role) => {
        const file = statSync(folder(kb, 'metadata', `${role}.json`), { bigint: true, throwIfNoEntry: false });
        return file === undefined ? '' : `${file.ino} ${file.mtimeNs} ${file.size}`;
      }).join(),
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
    savePassed: (kb, release, mark) => writeFileAtomicSoon(folder(kb, `pack-${release}.passed`), mark),
    passed: (kb, release, mark) => readText(folder(kb, `pack-${release}.passed`)) === mark,
    saveRefused: (kb, mark, refusal) => writeFileAtomicSoon(folder(kb, 'refused.json'), JSON.stringify({ mark, refusal })),
    refused: (kb, mark) => {
      const text = readText(folder(kb, 'refused.json'));
      const parsed = text === undefined ? undefined : refusedSchema.safeParse(JSON.parse(text));
      return parsed?.success === true && parsed.data.mark === mark ? parsed.data.refusal : undefined;
    },
    working: async (kb, work) => {
      const own = folder(kb, `work-${randomUUID()}`);
      await mkdir(own, { recursive: true, mode: 0o700 });
      try {
        return await work(own);
      } finally {
        await rm(own, { recursive: true, force: true });
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
