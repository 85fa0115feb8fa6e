import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PackLine } from '#shared/domain/knowledge.ts';
import type { SignedChange } from '#shared/domain/packs/change.ts';
import type { KeyRole, PublicKey } from '#shared/domain/packs/keys.ts';
import type { PolicyRule } from '#shared/domain/packs/policy.ts';
import { beginTrustChange, createPublisher, openTrustStore, setUpTrust, signChanges, type Publisher, type RepositoryWriter, type Signer, type TrustPlan, type TrustStore } from '#main/features/packs/index.ts';
import { newSeed, signerFrom } from '#main/features/packs/signer.ts';

export const START = Date.UTC(2026, 0, 5, 8);

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'callside-packs-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A channel in memory that a test can look into and damage. */
export type MemoryChannel = RepositoryWriter & { files: Map<string, Buffer>; copy(): MemoryChannel };

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function memoryChannel(files = new Map<string, Buffer>()): MemoryChannel {
  return {
    files,
    copy: () => memoryChannel(new Map(files)),
    read: async (name, limit) => {
      const bytes = files.get(name);
      if (bytes === undefined) return { state: 'absent' };
      return bytes.length > limit ? { state: 'too-large' } : { state: 'found', bytes };
    },
    list: async (folder) => ({ state: 'listed', names: [...files.keys()].filter((name) => name.startsWith(`${folder}/`)).map((name) => name.slice(folder.length + 1)), conflicts: [] }),
    write: async (name, bytes) => {
      files.set(name, Buffer.from(bytes));
      return { state: 'written' };
    },
    remove: async (name) => {
      files.delete(name);
      return { state: 'written' };
    },
    publish: async (release) => {
      const now = files.get(release.head.name);
      const found = now === undefined ? undefined : digestOf(now);
      if (found !== release.expected) return { state: 'conflict', found };
      for (const { name, bytes } of [...release.files, release.head]) files.set(name, Buffer.from(bytes));
      return { state: 'written' };
    },
  };
}

export type Person = { signer: Signer; card: PublicKey };

export function person(name: string, roles: KeyRole[]): Person {
  const signer = signerFrom(newSeed(), name);
  return { signer, card: { id: signer.id, publicKey: signer.publicKey, name, roles, createdAt: START } };
}

export type Shop = {
  channel: MemoryChannel;
  publisher: Publisher;
  store: TrustStore;
  fingerprint: string;
  owner: Person;
  anna: Person;
  ben: Person;
  plan: TrustPlan;
  clock: { now: number };
};

export const EVERYTHING: PolicyRule = { prefix: '', keys: [], threshold: 1 };
export const TWO_FOR_SCRIPTS: PolicyRule = { prefix: 'script/', keys: [], threshold: 2 };

/** A knowledge base with an owner, an author (Anna) and an approver (Ben), set up and empty. */
export async function openShop(rules: PolicyRule[] = [EVERYTHING, TWO_FOR_SCRIPTS], more: Person[] = [], kb = 'shop'): Promise<Shop> {
  const owner = person('Olga, owner', ['owner']);
  const anna = person('Anna, author', ['author']);
  const ben = person('Ben, approver', ['author', 'approver']);
  const clock = { now: START };
  const channel = memoryChannel();
  const store = openTrustStore(join(tempDir(), 'packs'));
  const publisher = createPublisher({ writer: channel, store, now: () => clock.now });
  const plan: TrustPlan = { kb, title: 'Shop', epoch: 1, people: [owner.card, anna.card, ben.card, ...more.map(({ card }) => card)], revoked: [], ownersNeeded: 1, rules };
  const created = await publisher.create(beginTrustChange(plan, { root: 1, targets: 1 }, [owner.signer], clock.now), 'Shop', ben.signer);
  if (created.outcome !== 'published' || created.fingerprint === undefined) throw new Error(`could not set up: ${JSON.stringify(created)}`);
  return { channel, publisher, store, fingerprint: created.fingerprint, owner, anna, ben, plan, clock };
}

/** A product; `price` in cents tells versions apart. */
export function product(sku: string, price = 1_000): PackLine {
  return { kind: 'product', record: { sku, name: `Product ${sku}`, price: { amount: price, currency: 'EUR' } } as never };
}

/** Signs products at the given versions. */
export function sign(lines: readonly PackLine[], by: Signer, version = 1, at = START): Promise<SignedChange[]> {
  return signChanges({ kb: 'shop', epoch: 1, wanted: lines.map((line) => ({ line })), liveVersion: () => version - 1, by, at });
}

/** A desk that trusts the shop by its fingerprint. */
export async function openDesk(shop: Pick<Shop, 'channel' | 'fingerprint'>): Promise<TrustStore> {
  const store = openTrustStore(join(tempDir(), 'packs'));
  const trusted = await setUpTrust(shop.channel, store, { fingerprint: shop.fingerprint }, 'typed', START);
  if (trusted.outcome !== 'trusted') throw new Error(JSON.stringify(trusted));
  return store;
}
