import { kbSchema } from '#shared/domain/packs/change.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import { createHash } from 'node:crypto';
import { fingerprintOf, readFingerprint } from './fingerprint.ts';
import { rootName } from './names.ts';
import type { FileSource } from './ports.ts';
import type { Pin, TrustStore } from './trust-store.ts';
import { tufModels } from './tuf-models.ts';

/** Whom to trust, as it was given to this desk: a typed fingerprint, the SHA-256 of a root file, or the root file itself. */
export type TrustAnchor = { fingerprint: string } | { sha256: string } | { root: Uint8Array };

export type SetUp = { outcome: 'trusted'; pin: Pin } | { outcome: 'mistyped' } | { outcome: 'refused'; refusal: PackRefusal };

/** Roots looked through for the one the fingerprint is of; a root changes when an owner comes or goes. */
const MOST_ROOTS = 256;

/**
 * Begins to trust a knowledge base. The fingerprint may be of any of its roots: what came after it is
 * accepted because it is signed by what came before. A root not signed by itself is refused.
 */
export async function setUpTrust(source: FileSource, store: TrustStore, anchor: TrustAnchor, by: Pin['by'], now: number): Promise<SetUp> {
  if ('root' in anchor) return accept(anchor.root, store, by, now);
  const wanted = 'fingerprint' in anchor ? readFingerprint(anchor.fingerprint) : anchor.sha256;
  if (wanted === undefined) return { outcome: 'mistyped' };
  const fits = (bytes: Uint8Array): boolean => ('fingerprint' in anchor ? fingerprintOf(bytes) : createHash('sha256').update(bytes).digest('hex')) === wanted;
  for (let version = 1; version <= MOST_ROOTS; version++) {
    const found = await source.read(rootName(version), PACK_LIMITS.rootBytes);
    if (found.state === 'absent' && version === 1) return refuse({ reason: 'missing-file', file: rootName(1) });
    if (found.state === 'absent') break;
    if (found.state === 'too-large') return refuse({ reason: 'too-large', file: rootName(version), limit: PACK_LIMITS.rootBytes });
    if (found.state !== 'found') return refuse({ reason: 'unreadable', file: rootName(version) });
    if (fits(found.bytes)) return accept(found.bytes, store, by, now);
  }
  return refuse({ reason: 'wrong-fingerprint', kb: 'fingerprint' in anchor ? anchor.fingerprint.slice(0, 40) : anchor.sha256.slice(0, 16) });
}

async function accept(bytes: Uint8Array, store: TrustStore, by: Pin['by'], now: number): Promise<SetUp> {
  try {
    const { Metadata, MetadataKind } = tufModels();
    const root = Metadata.fromJSON(MetadataKind.Root, JSON.parse(Buffer.from(bytes).toString('utf8')) as never);
    root.verifyDelegate(MetadataKind.Root, root);
    const { kb, title } = root.signed.unrecognizedFields['callside'] as { kb: unknown; title: unknown };
    const made = { kb: kbSchema.parse(kb), title: String(title).slice(0, 400), fingerprint: fingerprintOf(bytes), pinnedAt: now, by };
    const before = store.pin(made.kb);
    // Trusting the same root again must not forget how far this desk has already come.
    if (before?.fingerprint === made.fingerprint) return { outcome: 'trusted', pin: before };
    await store.savePin(made, bytes);
    return { outcome: 'trusted', pin: { format: 1, ...made } };
  } catch {
    return refuse({ reason: 'bad-metadata', file: rootName(1) });
  }
}

function refuse(refusal: PackRefusal): SetUp {
  return { outcome: 'refused', refusal };
}
