import { join } from 'node:path';
import { announceNewest, createLiveRepository, followChannel, openNats, type ChangeSource, type FollowOptions, type Follower, type FollowPace } from '#main/features/channels/index.ts';
import { beginTrustChange, createPublisher, openTrustStore, setUpTrust, signChanges, type Publisher, type PublishOutcome, type Signer, type TrustStore, type WantedChange } from '#main/features/packs/index.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import { changeKey } from '#shared/domain/packs/change.ts';
import type { PublicKey } from '#shared/domain/packs/keys.ts';
import { newSeed, signerFrom } from '#main/features/packs/signer.ts';
import { openKnowledge } from '../main/channels/release-helpers.ts';

/** Quick for tests: nothing waits for a thousand other desks. */
export const QUICK: Partial<FollowPace> = { spreadMs: 0, gatherMs: 5, restMs: 10, settleMs: 0, againMs: 50, mendMs: 1_000 };

export type LiveShop = {
  source: ChangeSource;
  store: TrustStore;
  publisher: Publisher;
  /** The one key: owner, author and approver. */
  by: Signer;
  fingerprint: string;
  /** Publishes a release with these records and tells desks of exactly them. */
  publish(wanted: readonly WantedChange[], tell?: boolean): Promise<PublishOutcome>;
  versions: Map<string, number>;
};

/** A supervisor who publishes to a server: one key for everything. */
export async function openLiveShop(url: string, dir: string, user: { user?: string; password?: string; seed?: string } = { user: 'anna' }): Promise<LiveShop> {
  const source = openNats({ servers: [url], patienceMs: 4_000, reconnectMs: 100, jitterMs: 50, ...user });
  const store = openTrustStore(join(dir, 'packs'));
  const publisher = createPublisher({ writer: source, store, now: Date.now });
  const by = signerFrom(newSeed(), 'Ben');
  const card: PublicKey = { id: by.id, publicKey: by.publicKey, name: by.name, roles: ['owner', 'author', 'approver'], createdAt: 0 };
  const plan = { kb: 'shop', title: 'Shop', epoch: 1, people: [card], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
  const created = await publisher.create(beginTrustChange(plan, { root: 1, targets: 1 }, [by], Date.now()), 'Shop', by);
  if (created.outcome !== 'published' || created.fingerprint === undefined) throw new Error(`no base could be begun: ${JSON.stringify(created)}`);
  const versions = new Map<string, number>();
  const publish: LiveShop['publish'] = async (wanted, tell = true) => {
    const changes = await signChanges({ kb: 'shop', epoch: 1, wanted, liveVersion: (key) => versions.get(key) ?? 0, by, at: Date.now() });
    const outcome = await publisher.publish({ kb: 'shop', changes, note: '', by });
    if (outcome.outcome !== 'published') return outcome;
    for (const one of wanted) {
      const key = 'line' in one ? changeKey(one.line) : one.remove;
      versions.set(key, (versions.get(key) ?? 0) + 1);
    }
    await publisher.live('shop');
    if (tell) {
      const told = await announceNewest({ source, store, kb: 'shop' }, changes);
      if (told.state !== 'announced') throw new Error(`not announced: ${told.state}`);
    }
    return outcome;
  };
  return { source, store, publisher, by, fingerprint: created.fingerprint, publish, versions };
}

export type LiveDesk = ReturnType<typeof openKnowledge> & { follower: Follower; source: ChangeSource; store: TrustStore; dir: string; prices(): Record<string, number | undefined>; quarantined(): string[]; close(): Promise<void> };

/** A desk with real files that follows a server. */
export async function openLiveDesk(shop: Pick<LiveShop, 'source' | 'fingerprint'>, url: string, dir: string, options: Partial<FollowOptions> & { user?: Record<string, string> } = {}): Promise<LiveDesk> {
  const { user = { user: 'desk-1' }, ...rest } = options;
  const knowledge = openKnowledge(join(dir, 'knowledge.db'));
  const store = openTrustStore(join(dir, 'packs'));
  if (store.pin('shop') === undefined) {
    const trusted = await setUpTrust(shop.source, store, { fingerprint: shop.fingerprint }, 'typed', Date.now());
    if (trusted.outcome !== 'trusted') throw new Error(JSON.stringify(trusted));
  }
  const source = openNats({ servers: [url], patienceMs: 4_000, reconnectMs: 100, jitterMs: 50, ...user });
  const follower = followChannel({ source, channel: 'nats', kb: 'shop', parts: knowledge, store, order: 100, pace: QUICK, random: () => 0.5, ...rest });
  return {
    ...knowledge, follower, source, store, dir,
    prices: () => Object.fromEntries(knowledge.repository.list('product').map(({ sku, price }) => [sku, price?.amount])),
    quarantined: () => createLiveRepository(knowledge.db).quarantined('shop').map(({ refusal }) => refusal.reason),
    close: async () => {
      await follower.close();
      await source.close();
      knowledge.db.close();
    },
  };
}

export const priced = (sku: string, amount: number): WantedChange => ({ line: { kind: 'product', record: { sku, name: `Product ${sku}`, price: { amount, currency: 'EUR' } } } as PackLine });
