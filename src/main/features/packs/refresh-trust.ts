import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdOf } from './dsse.ts';
import { trustPolicySchema, type TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import { packName, releaseName } from './names.ts';
import { readMetadata, type TargetFiles } from './read-metadata.ts';
import type { FileSource } from './ports.ts';
import type { MetadataRole, MetadataSet, TrustStore } from './trust-store.ts';

/** A file the metadata vouches for. */
export type TrustedFile = { name: string; length: number; sha256: string };

/** What a channel's metadata, checked, says is current. */
export type TrustedState = {
  policy: TrustPolicy;
  /** SHA-256 of the policy: when it changes, everything is checked again. */
  policyDigest: string;
  /** The newest release, or undefined when nothing has been published yet. */
  release: number | undefined;
  /** Releases that can be had, newest first. */
  available: number[];
  /** The pack and the description of a release. */
  files(release: number): { pack: TrustedFile; info: TrustedFile } | undefined;
  /** When the time stamp runs out (UTC ms): from then on nobody vouches that this is the newest state. */
  expires: number;
  versions: { root: number; timestamp: number; snapshot: number; targets: number; releases: number };
};

export type Refreshed = { outcome: 'trusted'; state: TrustedState } | { outcome: 'refused'; refusal: PackRefusal };

/**
 * Brings a desk's metadata up to the channel's by the workflow of The Update Framework: roots one by one,
 * time stamp, snapshot, targets, releases. Nothing is kept of a set that does not pass as a whole, except
 * roots: they are trusted because the root before signed them.
 * @param at the instant expiry is judged by (UTC ms): the desk's clock; a publisher, who is there to renew what has run out, passes 0
 */
export async function refreshTrust(source: FileSource, store: TrustStore, kb: string, at: number): Promise<Refreshed> {
  const before = store.metadata(kb);
  if (before.root === undefined || store.pin(kb) === undefined) return refuse({ reason: 'no-trust-root', kb });
  return store.working(kb, (work) => refreshIn(work, before, source, store, kb, at));
}

async function refreshIn(work: string, before: MetadataSet, source: FileSource, store: TrustStore, kb: string, at: number): Promise<Refreshed> {
  for (const [role, bytes] of Object.entries(before)) writeFileSync(join(work, `${role}.json`), bytes);
  const { openUpdater } = await import('./tuf-fetcher.ts');
  const updater = openUpdater(work, source, at);
  try {
    await updater.run(releaseName(1));
  } catch (cause) {
    await saveRoot(store, kb, work, before);
    return refuse(updater.fetcher.problem ?? classify(cause, updater.fetcher.last));
  }
  const state = readState(work);
  if ('outcome' in state) return state;
  if (state.policy.kb !== kb) return refuse({ reason: 'wrong-kb', expected: kb, found: state.policy.kb });
  await store.saveMetadata(kb, readSet(work));
  return { outcome: 'trusted', state };
}

async function saveRoot(store: TrustStore, kb: string, work: string, before: MetadataSet): Promise<void> {
  const root = readFileSync(join(work, 'root.json'));
  if (before.root?.equals(root) !== true) await store.saveMetadata(kb, { root });
}

function readSet(work: string): MetadataSet {
  const read = (role: MetadataRole): Buffer => readFileSync(join(work, `${role}.json`));
  return { root: read('root'), timestamp: read('timestamp'), snapshot: read('snapshot'), targets: read('targets'), releases: read('releases') };
}

/** The state kept from the last refresh, without asking the channel. Undefined when there was none. */
export function lastTrusted(store: TrustStore, kb: string): TrustedState | undefined {
  const set = store.metadata(kb);
  if (set.root === undefined || set.timestamp === undefined || set.snapshot === undefined || set.targets === undefined || set.releases === undefined) return undefined;
  const state = stateOf(set);
  return 'outcome' in state ? undefined : state;
}

function readState(work: string): TrustedState | { outcome: 'refused'; refusal: PackRefusal } {
  return stateOf(readSet(work));
}

/** Reads checked metadata. Only what the library has passed may come here. */
function stateOf(set: MetadataSet): TrustedState | { outcome: 'refused'; refusal: PackRefusal } {
  const root = readMetadata('root', set.root);
  const timestamp = readMetadata('timestamp', set.timestamp);
  const snapshot = readMetadata('snapshot', set.snapshot);
  const targets = readMetadata('targets', set.targets);
  const releases = readMetadata('targets', set.releases);
  // One key under two names would count as two people.
  if (Object.entries(root.keys).some(([id, key]) => id !== keyIdOf(key.keyval.public))) return refuse({ reason: 'bad-metadata', file: 'metadata/root.json' });
  const policyJson = targets.callside;
  const policy = trustPolicySchema.safeParse(policyJson);
  if (!policy.success) return refuse({ reason: 'bad-metadata', file: 'metadata/targets.json' });
  const available = releaseNumbers(releases);
  return {
    policy: policy.data,
    policyDigest: createHash('sha256').update(JSON.stringify(policyJson)).digest('hex'),
    release: available[0],
    available,
    files: (release) => {
      const pack = trustedFile(releases, packName(release));
      const info = trustedFile(releases, releaseName(release));
      return pack === undefined || info === undefined ? undefined : { pack, info };
    },
    expires: Date.parse(timestamp.expires),
    versions: { root: root.version, timestamp: timestamp.version, snapshot: snapshot.version, targets: targets.version, releases: releases.version },
  };
}

/** The policy in a `targets` file whose signatures were checked, or are about to be by everybody who reads it. */
export function policyIn(targets: Uint8Array): TrustPolicy {
  return trustPolicySchema.parse(readMetadata('targets', targets).callside);
}

/** Releases that are listed whole. The newest is the highest number: a release never goes back, only its content. */
function releaseNumbers(releases: TargetFiles): number[] {
  return Object.keys(releases.targets)
    .flatMap((name) => /^release-(\d{1,9})\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .filter((release) => releases.targets[packName(release)] !== undefined)
    .toSorted((a, b) => b - a);
}

function trustedFile(releases: TargetFiles, name: string): TrustedFile | undefined {
  const file = releases.targets[name];
  const sha256 = file?.hashes.sha256;
  return file === undefined || sha256 === undefined ? undefined : { name, length: file.length, sha256 };
}

/** The library tells its reasons in words only. */
function classify(cause: unknown, file: string): PackRefusal {
  const words = cause instanceof Error ? cause.message : String(cause);
  if (/expired/.test(words)) return { reason: 'frozen', file };
  if (/less than current|Expected version|does not match snapshot|doesn't match timestamp|Missing file|Missing \S+ in snapshot/.test(words)) return { reason: 'rollback', file };
  if (/was signed by|no delegation|No delegations/i.test(words)) return { reason: 'untrusted-metadata', file };
  if (/Expected length|Expected hash/.test(words)) return { reason: 'hash-mismatch', file };
  return { reason: 'bad-metadata', file };
}

function refuse(refusal: PackRefusal): { outcome: 'refused'; refusal: PackRefusal } {
  return { outcome: 'refused', refusal };
}
