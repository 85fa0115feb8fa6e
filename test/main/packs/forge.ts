import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { HEAD_TYPE, CHANGE_TYPE, type SignedChange } from '#shared/domain/packs/change.ts';
import type { SignedHead } from '#shared/domain/packs/release.ts';
import { createBuckets } from '#main/features/packs/digests.ts';
import { signText, type Signer } from '#main/features/packs/dsse.ts';
import { packLine } from '#main/features/packs/merge-pack.ts';
import { packName, releaseName, releasesName, snapshotName, targetName, TIMESTAMP } from '#main/features/packs/names.ts';
import { textDigest } from '#main/features/packs/open-change.ts';
import { lastTrusted, refreshTrust } from '#main/features/packs/refresh-trust.ts';
import { buildReleases, buildSnapshot, buildTimestamp, signMetadata } from '#main/features/packs/tuf-build.ts';
import type { Shop } from './helpers.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A change as anybody could sign it, right or wrong. */
export function anyChange(change: Record<string, unknown>, signers: readonly Signer[], subject = String(change['key'])): SignedChange {
  return { subject, ...signText(CHANGE_TYPE, JSON.stringify(change), signers) };
}

export const productChange = (sku: string, by: Signer, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  kb: 'shop', epoch: 1, key: `product/${sku}`, ver: 1, op: 'put', by: by.id, at: 0, body: { sku, name: sku }, ...more,
});

export type Forgery = {
  /** Lines of the pack, as they are; a head is made that fits them. */
  lines?: readonly SignedChange[];
  /** The bytes of the pack instead of lines. */
  bytes?: Buffer;
  head?: Partial<SignedHead>;
  /** Fields of the release's own description. */
  info?: Record<string, unknown>;
  release?: number;
  by?: Signer;
  /** The instant everything is dated, for what has expired. */
  at?: number;
  length?: number;
  /** Leaves every other release out of the list. */
  alone?: true;
};

/**
 * Publishes whatever it is told, with metadata that is signed properly: what a publisher's own desk would
 * refuse to write, but a person with a key and a program of their own could.
 */
export async function forge(shop: Shop, forgery: Forgery): Promise<void> {
  const by = forgery.by ?? shop.ben.signer;
  await refreshTrust(shop.channel, shop.store, 'shop', 0);
  const state = lastTrusted(shop.store, 'shop');
  if (state === undefined) throw new Error('nothing to build upon');
  const at = forgery.at ?? shop.clock.now;
  const release = forgery.release ?? (state.release ?? 0) + 1;
  const lines = forgery.lines ?? [];
  const pack = forgery.bytes ?? gzipSync(lines.map((line) => `${packLine(line)}\n`).join(''));
  const head = { ...headOf(lines, release, at), ...forgery.head };
  const info = Buffer.from(JSON.stringify({ format: 1, kb: 'shop', epoch: 1, release, title: 'Shop', at, by: by.id, note: '', counts: {}, changes: [], changed: { added: 0, changed: 0, removed: 0 }, head: signText(HEAD_TYPE, JSON.stringify(head), [by]), ...forgery.info }));
  const files = [
    { name: packName(release), length: forgery.length ?? pack.length, sha256: sha256(pack) },
    { name: releaseName(release), length: info.length, sha256: sha256(info) },
    ...state.available.filter((number) => number !== release && forgery.alone === undefined).flatMap((number) => Object.values(state.files(number) ?? {})),
  ];
  const { versions } = state;
  const targets = { version: versions.targets, bytes: shop.store.metadata('shop').targets ?? Buffer.alloc(0) };
  const releases = { version: versions.releases + 1, bytes: signMetadata(buildReleases(files, versions.releases + 1, at), [by]) };
  const snapshot = { version: versions.snapshot + 1, bytes: signMetadata(buildSnapshot(targets, releases, versions.snapshot + 1, at), [by]) };
  const put = (name: string, bytes: Uint8Array): unknown => shop.channel.files.set(name, Buffer.from(bytes));
  put(targetName(packName(release), sha256(pack)), pack);
  put(targetName(releaseName(release), sha256(info)), info);
  put(releasesName(releases.version), releases.bytes);
  put(snapshotName(snapshot.version), snapshot.bytes);
  put(TIMESTAMP, signMetadata(buildTimestamp(snapshot, versions.timestamp + 1, at), [by]));
}

function headOf(lines: readonly SignedChange[], release: number, at: number): SignedHead {
  const buckets = createBuckets();
  for (const { subject, text } of lines) {
    const { ver, op } = JSON.parse(text) as { ver: number; op: string };
    if (op === 'put') buckets.add({ key: subject, ver, digest: textDigest(text) });
  }
  return { kb: 'shop', epoch: 1, ver: release, seq: 0, count: buckets.count(), digests: buckets.digests(), expires: at + 1_000 };
}
