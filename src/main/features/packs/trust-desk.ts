import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '#main/lib/atomic-file.ts';
import { kbSchema } from '#shared/domain/packs/change.ts';
import type { KeyId, PublicKey } from '#shared/domain/packs/keys.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import { planProblem, type PlanProblem, type TrustChange, type TrustPlan } from './create-trust.ts';
import type { Signer } from './dsse.ts';
import type { KeyVault } from './key-vault.ts';
import type { RepositoryWriter } from './ports.ts';
import { workHere, type PackWork } from './pack-tasks.ts';
import type { Publisher, PublisherParts } from './publisher.ts';
import type { PublishOutcome } from './publish-outcome.ts';
import { lastTrusted, type TrustedState } from './refresh-trust.ts';
import { readMetadata } from './read-metadata.ts';
import type { TrustStore } from './trust-store.ts';

/** Which knowledge base this desk writes for, and where. */
const placeSchema = z.strictObject({ v: z.literal(1), kb: kbSchema, folder: z.string().min(1).max(4_000) });
export type PublishingPlace = { kb: string; folder: string };

const changeFileSchema = z.strictObject({ format: z.literal(1), kb: kbSchema, rootVersion: z.int().min(1), targetsVersion: z.int().min(1), root: z.string().max(200_000), targets: z.string().max(2_000_000) });

/** How a change of trust ended. */
export type TrustDone =
  | { outcome: 'done' }
  | { outcome: 'locked' }
  | { outcome: 'mistyped' }
  | { outcome: 'not-a-file' }
  | { outcome: 'overtaken' }
  /** Other owners have to sign too: give them this file. */
  | { outcome: 'needs-owners'; missing: number; file: string }
  | { outcome: 'plan'; problem: PlanProblem }
  | { outcome: 'channel'; state: 'read-only' | 'full' | 'busy' | 'gone' }
  | { outcome: 'refused'; refusal: PackRefusal };

export type TrustDeskParts = {
  /** Where the place is kept. */
  file: string;
  vault: KeyVault;
  store: TrustStore;
  /** `folder` is a folder, or another place as the program writes it. */
  open: (folder: string) => RepositoryWriter;
  /** Who does what takes long; this very thread when nobody is named. */
  work?: PackWork;
  /** What the publisher of a place does more. */
  more?: (folder: string) => Pick<PublisherParts, 'recordLimit' | 'published'>;
  /** UTC ms. */
  now: () => number;
  /** The place this desk writes to has changed: it reads from there, too. */
  placed?: (place: PublishingPlace) => void;
};

export type TrustFacts = { place: PublishingPlace; fingerprint: string; policy: TrustPolicy; owners: KeyId[]; ownersNeeded: number; release: number; expires: number; state: TrustedState };

/** A time stamp with less than this left is renewed as soon as somebody who may has unlocked their key (ms). */
const RENEW_MS = 15 * 86_400_000;

/** The supervisor's side of trust on one desk: the knowledge base it writes for, its keys there, and who may do what. */
export type TrustDesk = ReturnType<typeof createTrustDesk>;

export function createTrustDesk({ file, vault, store, open, work = workHere, more = () => ({}), now, placed }: TrustDeskParts) {
  let place = readPlace(file);
  let publisher: Publisher | undefined;

  const settle = (next: PublishingPlace): void => {
    place = next;
    publisher = undefined;
    writeFileAtomic(file, JSON.stringify({ v: 1, ...next }));
    placed?.(next);
  };
  const publishing = (): { kb: string; publisher: Publisher; writer: RepositoryWriter } | undefined => {
    if (place === undefined) return undefined;
    const writer = open(place.folder);
    publisher ??= work.publisher({ writer, store, now, ...more(place.folder) });
    return { kb: place.kb, publisher, writer };
  };
  const unlockedIn = (policy: TrustPolicy, role: 'author' | 'approver'): Signer | undefined =>
    policy.keys.filter(({ roles }) => roles.includes(role)).map(({ id }) => vault.signer(id)).find((signer) => signer !== undefined);
  const ownerSigners = (ids: readonly KeyId[]): Signer[] => ids.flatMap((id) => vault.signer(id) ?? []);

  /** What is known without asking the channel. */
  const facts = (): TrustFacts | undefined => {
    const state = place === undefined ? undefined : lastTrusted(store, place.kb);
    const root = place === undefined ? undefined : store.metadata(place.kb).root;
    const pin = place === undefined ? undefined : store.pin(place.kb);
    if (place === undefined || state === undefined || root === undefined || pin === undefined) return undefined;
    const role = readMetadata('root', root).roles['root'];
    return { place, fingerprint: pin.fingerprint, policy: state.policy, owners: role?.keyids ?? [], ownersNeeded: role?.threshold ?? 1, release: state.release ?? 0, expires: state.expires, state };
  };

  const put = async (change: TrustChange, by: Signer): Promise<TrustDone> => {
    const now_ = publishing();
    if (now_ === undefined) return { outcome: 'locked' };
    return done(await now_.publisher.changeTrust(change, by));
  };

  return {
    place: (): PublishingPlace | undefined => place,
    publishing,
    facts,
    /** Asks the channel who is trusted now. */
    refresh: async (): Promise<{ outcome: 'ready' } | { outcome: 'none' } | { outcome: 'refused'; refusal: PackRefusal }> => {
      const now_ = publishing();
      if (now_ === undefined) return { outcome: 'none' };
      const live = await now_.publisher.live(now_.kb);
      return live.outcome === 'refused' ? live : { outcome: 'ready' };
    },
    /** The key this desk signs records with: one that is in the policy, unlocked ones first. */
    signer: (role: 'author' | 'approver'): Signer | undefined => {
      const known = facts();
      return known === undefined ? undefined : unlockedIn(known.policy, role);
    },

    /** Begins a knowledge base in an empty folder, with one key for everything. More people join afterwards. */
    create: async ({ kb, title, key, folder }: { kb: string; title: string; key: KeyId; folder: string }): Promise<TrustDone> => {
      const signer = vault.signer(key);
      const card = vault.card(key);
      if (signer === undefined || card === undefined) return { outcome: 'locked' };
      const plan: TrustPlan = { kb, title, epoch: 1, people: [{ ...card, roles: ['author', 'approver', 'owner'] }], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 }] };
      const made = await work.publisher({ writer: open(folder), store, now }).create(await work.beginTrustChange(plan, { root: 1, targets: 1 }, [signer], now()), title, signer);
      if (made.outcome !== 'published') return done(made);
      settle({ kb, folder });
      const ready = await publishing()?.publisher.live(kb);
      return ready?.outcome === 'refused' ? ready : { outcome: 'done' };
    },

    /** Writes for a knowledge base that is there already. */
    join: async (folder: string, fingerprint: string): Promise<TrustDone> => {
      const source = open(folder);
      const trusted = await work.setUpTrust(source, store, { fingerprint }, 'typed', now());
      if (trusted.outcome !== 'trusted') return trusted;
      settle({ kb: trusted.pin.kb, folder });
      const live = await publishing()?.publisher.live(trusted.pin.kb);
      return live?.outcome === 'refused' ? live : { outcome: 'done' };
    },

    /** Changes who may do what. Whoever is left out is withdrawn. */
    change: async ({ people, required, ownersNeeded }: { people: readonly PublicKey[]; required: 1 | 2; ownersNeeded: number }): Promise<TrustDone> => {
      const known = facts();
      const signers = known === undefined ? [] : ownerSigners([...new Set([...known.owners, ...people.filter(({ roles }) => roles.includes('owner')).map(({ id }) => id)])]);
      if (known === undefined || signers.length === 0) return { outcome: 'locked' };
      const gone = known.policy.keys.filter(({ id }) => !people.some((one) => one.id === id)).map(({ id, name }) => ({ id, name, at: now() }));
      const back = known.policy.revoked.filter(({ id }) => !people.some((one) => one.id === id));
      const plan: TrustPlan = { kb: known.policy.kb, title: known.policy.title, epoch: known.policy.epoch, people, revoked: [...back, ...gone], ownersNeeded, rules: [{ prefix: '', keys: [], threshold: required }, ...known.policy.rules.filter(({ prefix }) => prefix !== '')] };
      const problem = planProblem(plan);
      if (problem !== undefined) return { outcome: 'plan', problem };
      const { versions } = known.state;
      const change = await work.beginTrustChange(plan, { root: versions.root + 1, targets: versions.targets + 1 }, signers, now());
      const lacking = await work.missingOwners(change, store.metadata(known.policy.kb).root);
      const missing = Math.max(lacking.now, lacking.before);
      if (missing > 0) return { outcome: 'needs-owners', missing, file: `${JSON.stringify(change)}\n` };
      const by = people.filter(({ roles }) => roles.includes('approver')).map(({ id }) => vault.signer(id)).find((signer) => signer !== undefined);
      return by === undefined ? { outcome: 'locked' } : put(change, by);
    },

    /** Adds this desk's owners' signatures to a change another owner began. */
    agree: async (text: string): Promise<TrustDone> => {
      const known = facts();
      const parsed = parseChange(text);
      if (known === undefined || parsed === undefined || parsed.kb !== known.policy.kb) return { outcome: 'not-a-file' };
      const next = readMetadata('root', Buffer.from(parsed.root)).roles['root']?.keyids ?? [];
      const signers = ownerSigners([...new Set([...known.owners, ...next])]);
      if (signers.length === 0) return { outcome: 'locked' };
      const change = await work.agree(parsed, signers);
      const lacking = await work.missingOwners(change, store.metadata(known.policy.kb).root);
      const missing = Math.max(lacking.now, lacking.before);
      if (missing > 0) return { outcome: 'needs-owners', missing, file: `${JSON.stringify(change)}\n` };
      const by = unlockedIn(known.policy, 'approver');
      return by === undefined ? { outcome: 'needs-owners', missing: 0, file: `${JSON.stringify(change)}\n` } : put(change, by);
    },

    /** Confirms that what is published is the newest. */
    confirm: async (): Promise<TrustDone> => {
      const known = facts();
      const by = known === undefined ? undefined : unlockedIn(known.policy, 'approver');
      const now_ = publishing();
      if (by === undefined || now_ === undefined) return { outcome: 'locked' };
      return done(await now_.publisher.confirm(now_.kb, by));
    },

    /** Whether the time stamp runs out soon. */
    isDue: (): boolean => {
      const known = facts();
      return known !== undefined && known.expires - now() < RENEW_MS;
    },
  };
}

function done(outcome: PublishOutcome): TrustDone {
  switch (outcome.outcome) {
    case 'published':
      return { outcome: 'done' };
    case 'conflict':
      return { outcome: 'overtaken' };
    default:
      return outcome;
  }
}

function parseChange(text: string): TrustChange | undefined {
  try {
    return changeFileSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function readPlace(file: string): PublishingPlace | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const { kb, folder } = placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return { kb, folder };
  } catch {
    return undefined;
  }
}
