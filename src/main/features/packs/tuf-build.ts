import { createHash } from 'node:crypto';
import type { Key, MetaFile, Metadata, Root, Snapshot, Targets, Timestamp } from '@tufjs/models';
import type { KeyId } from '#shared/domain/packs/keys.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { Signer } from './dsse.ts';
import { RELEASES } from './names.ts';
import type { TrustedFile } from './refresh-trust.ts';
import { tufModels } from './tuf-models.ts';

/** How long each role stays good, days. Roots and policies change rarely; the time stamp is what a publisher confirms. */
export const EXPIRES_DAYS = { root: 3_650, targets: 3_650, releases: 365, snapshot: 365, timestamp: 30 } as const;

/** Version of The Update Framework's specification. */
const SPEC = '1.0.31';
const DAY_MS = 86_400_000;

/** Who holds the roots of a knowledge base, and how many of them must agree. */
export type RootSpec = {
  kb: string;
  title: string;
  owners: readonly { id: KeyId; publicKey: string }[];
  threshold: number;
  /** May publish: sign the snapshot and the time stamp. */
  publishers: readonly { id: KeyId; publicKey: string }[];
};

type Signable = Root | Targets | Snapshot | Timestamp;

/** Instants in TUF have whole seconds. */
export function expiry(now: number, days: number): string {
  return new Date(now + days * DAY_MS).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

const keyOf = ({ id, publicKey }: { id: KeyId; publicKey: string }): Key => new (tufModels().Key)({ keyID: id, keyType: 'ed25519', scheme: 'ed25519', keyVal: { public: publicKey } });

export function buildRoot({ kb, title, owners, threshold, publishers }: RootSpec, version: number, now: number): Root {
  const keys = Object.fromEntries([...owners, ...publishers].map((one) => [one.id, keyOf(one)]));
  const role = (ids: readonly { id: KeyId }[], count: number): never => ({ keyids: ids.map(({ id }) => id), threshold: count }) as never;
  return tufModels().Root.fromJSON({
    spec_version: SPEC,
    version,
    expires: expiry(now, EXPIRES_DAYS.root),
    consistent_snapshot: true,
    keys: Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, key.toJSON()])),
    roles: { root: role(owners, threshold), targets: role(owners, threshold), snapshot: role(publishers, 1), timestamp: role(publishers, 1) },
    callside: { kb, title },
  });
}

/** The policy, and who may list packs: its approvers. */
export function buildTargets(policy: TrustPolicy, version: number, now: number): Targets {
  const publishers = policy.keys.filter(({ roles }) => roles.includes('approver'));
  return tufModels().Targets.fromJSON({
    spec_version: SPEC,
    version,
    expires: expiry(now, EXPIRES_DAYS.targets),
    targets: {},
    delegations: {
      keys: Object.fromEntries(publishers.map((one) => [one.id, keyOf(one).toJSON()])),
      roles: [{ name: RELEASES, keyids: publishers.map(({ id }) => id), threshold: 1, terminating: true, paths: ['*'] }],
    },
    callside: policy as never,
  });
}

export function buildReleases(files: readonly TrustedFile[], version: number, now: number): Targets {
  const models = tufModels();
  return new models.Targets({
    specVersion: SPEC,
    version,
    expires: expiry(now, EXPIRES_DAYS.releases),
    targets: Object.fromEntries(files.map(({ name, length, sha256 }) => [name, new models.TargetFile({ path: name, length, hashes: { sha256 } })])),
  });
}

/** A file named in the metadata above it, with length and hash, so that it is checked before it is parsed. */
function metaFile(version: number, bytes: Uint8Array): MetaFile {
  return new (tufModels().MetaFile)({ version, length: bytes.length, hashes: { sha256: createHash('sha256').update(bytes).digest('hex') } });
}

export function buildSnapshot(targets: { version: number; bytes: Uint8Array }, releases: { version: number; bytes: Uint8Array }, version: number, now: number): Snapshot {
  return new (tufModels().Snapshot)({
    specVersion: SPEC,
    version,
    expires: expiry(now, EXPIRES_DAYS.snapshot),
    meta: { 'targets.json': metaFile(targets.version, targets.bytes), [`${RELEASES}.json`]: metaFile(releases.version, releases.bytes) },
  });
}

export function buildTimestamp(snapshot: { version: number; bytes: Uint8Array }, version: number, now: number, days: number = EXPIRES_DAYS.timestamp): Timestamp {
  return new (tufModels().Timestamp)({ specVersion: SPEC, version, expires: expiry(now, days), snapshotMeta: metaFile(snapshot.version, snapshot.bytes) });
}

/** Signs metadata and gives its bytes. */
export function signMetadata(signed: Signable, signers: readonly Signer[]): Buffer {
  const models = tufModels();
  const metadata = new models.Metadata(signed);
  for (const signer of signers) metadata.sign((bytes) => new models.Signature({ keyID: signer.id, sig: signer.sign(bytes).toString('hex') }));
  return bytesOf(metadata);
}

export function bytesOf(metadata: Metadata<Signable>): Buffer {
  return Buffer.from(`${JSON.stringify(metadata.toJSON(), null, 1)}\n`);
}

/** Adds a signature to a root or policy somebody else began. What was signed before stays byte for byte the same. */
export function addSignature(kind: 'root' | 'targets', bytes: Uint8Array, signer: Signer): Buffer {
  const metadata = kind === 'root' ? readRoot(bytes) : readTargets(bytes);
  metadata.sign((canonical) => new (tufModels().Signature)({ keyID: signer.id, sig: signer.sign(canonical).toString('hex') }));
  return bytesOf(metadata);
}

const json = (bytes: Uint8Array): never => JSON.parse(Buffer.from(bytes).toString('utf8')) as never;

export function readRoot(bytes: Uint8Array): Metadata<Root> {
  const { Metadata: Read, MetadataKind } = tufModels();
  return Read.fromJSON(MetadataKind.Root, json(bytes));
}

export function readTargets(bytes: Uint8Array): Metadata<Targets> {
  const { Metadata: Read, MetadataKind } = tufModels();
  return Read.fromJSON(MetadataKind.Targets, json(bytes));
}
