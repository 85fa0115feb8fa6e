import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announceNewest, type AnnounceOutcome, type ChangeSource } from '#main/features/channels/index.ts';
import { checkChannel, NOTHING_STORED, openSignedHead, openTrustStore, refreshTrust, rootName, setUpTrust, trustContext } from '#main/features/packs/index.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';

/** `refused`: what lies in the folder is not what its own owners signed. */
export type Announced = AnnounceOutcome | { state: 'refused' };

/**
 * Tells desks one by one what the newest release of a folder changed, and its signed head, as a publisher's own desk
 * does; without it desks take the release whole when their turn comes. Everything told was signed by the publisher, and
 * every desk checks it: the folder's own root is enough to see here what is newer. What was told before is not told again.
 */
export async function announceFolder(from: ChangeSource, to: ChangeSource, now: () => number): Promise<Announced> {
  const root = await from.read(rootName(1), PACK_LIMITS.rootBytes);
  if (root.state !== 'found' || to.live === undefined) return { state: 'nothing' };
  const work = await mkdtemp(join(tmpdir(), 'callside-copy-'));
  try {
    const store = openTrustStore(work);
    const trust = await setUpTrust(from, store, { root: root.bytes }, 'typed', now());
    if (trust.outcome !== 'trusted') return { state: 'refused' };
    const { kb } = trust.pin;
    const refreshed = await refreshTrust(from, store, kb, now());
    if (refreshed.outcome !== 'trusted') return { state: 'refused' };
    const { policy, release } = refreshed.state;
    if (release === undefined) return { state: 'nothing' };
    const there = await to.live.head(kb);
    const told = there === undefined ? undefined : openSignedHead(there, trustContext(policy));
    if (told?.ok === true && told.head.ver >= release) return { state: 'announced', records: 0 };
    const checked = await checkChannel(from, store, kb, NOTHING_STORED, { now });
    return checked.outcome === 'verified' ? await announceNewest({ source: to, store, kb }) : { state: 'refused' };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
