import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeyRole, PublicKey } from '#shared/domain/packs/keys.ts';
import { coSign, createTrustDesk, openKeyVault, openTrustStore, signChanges, type KeyVault, type RepositoryWriter, type TrustDesk } from '#main/features/packs/index.ts';
import { newDesk, type Desk } from './desk.ts';
import { memoryChannel, product, START, tempDir, type MemoryChannel, type Shop } from './helpers.ts';

const COST = { N: 16_384, r: 8, p: 1 };
const PASS = 'correct horse battery staple';

type Supervisor = { vault: KeyVault; desk: TrustDesk; card: PublicKey };

async function supervisor(name: string, channel: RepositoryWriter, clock = { now: START }): Promise<Supervisor> {
  const dir = tempDir();
  const vault = openKeyVault({ dir: join(dir, 'keys'), wrapper: undefined, now: () => clock.now, cost: COST });
  const desk = createTrustDesk({ file: join(dir, 'publishing.json'), vault, store: openTrustStore(join(dir, 'packs')), open: () => channel, now: () => clock.now });
  const { id } = await vault.create(name, ['author', 'approver', 'owner'], PASS);
  const card = vault.card(id);
  if (card === undefined) throw new Error('no card');
  return { vault, desk, card };
}

const as = (card: PublicKey, roles: KeyRole[]): PublicKey => ({ ...card, roles });

/** Olga begins a shop alone and takes Ben in. */
async function twoSupervisors(clock = { now: START }): Promise<{ channel: MemoryChannel; olga: Supervisor; ben: Supervisor; fingerprint: string; clock: { now: number } }> {
  const channel = memoryChannel();
  const olga = await supervisor('Olga', channel, clock);
  const ben = await supervisor('Ben', channel, clock);
  expect(await olga.desk.create({ kb: 'shop', title: 'Shop', key: olga.card.id, folder: '/share' })).toEqual({ outcome: 'done' });
  const fingerprint = olga.desk.facts()?.fingerprint ?? '';
  expect(await olga.desk.change({ people: [olga.card, as(ben.card, ['author', 'approver'])], required: 1, ownersNeeded: 1 })).toEqual({ outcome: 'done' });
  await olga.desk.refresh();
  expect(await ben.desk.join('/share', fingerprint.toLowerCase().replaceAll('-', ' '))).toEqual({ outcome: 'done' });
  return { channel, olga, ben, fingerprint, clock };
}

const publish = async (who: Supervisor, sku: string, version = 1, price = 1_000): Promise<unknown> => {
  const by = who.vault.signer(who.card.id);
  const room = who.desk.publishing();
  if (by === undefined || room === undefined) throw new Error('cannot publish');
  const changes = await signChanges({ kb: 'shop', epoch: 1, wanted: [{ line: product(sku, price) }], liveVersion: () => version - 1, by, at: START });
  return room.publisher.publish({ kb: 'shop', changes, note: '', by });
};

const deskOf = (channel: MemoryChannel, fingerprint: string, clock: { now: number }): Promise<Desk> => newDesk({ channel, fingerprint, clock } as unknown as Shop);

describe('who may publish', () => {
  it('an owner begins, takes somebody in, and both publish to a desk that was given a fingerprint', async () => {
    const { channel, olga, ben, fingerprint, clock } = await twoSupervisors();
    const desk = await deskOf(channel, fingerprint, clock);
    expect(await publish(olga, 'A')).toEqual({ outcome: 'published', release: 1 });
    expect(await publish(ben, 'B')).toEqual({ outcome: 'published', release: 2 });
    await desk.update();
    expect(Object.keys(desk.products())).toEqual(['A', 'B']);
  });

  it('a second publisher on what the first has published meanwhile is told so, and nothing is overwritten', async () => {
    const { olga, ben } = await twoSupervisors();
    await publish(olga, 'A');
    expect(await publish(ben, 'A')).toEqual({ outcome: 'conflict', keys: [{ key: 'product/A', live: 1, signed: 1 }] });
    expect(await publish(ben, 'A', 2)).toEqual({ outcome: 'published', release: 2 });
  });

  it('a publisher overtaken between reading and writing changes nothing', async () => {
    const { channel, olga, ben } = await twoSupervisors();
    await publish(olga, 'A');
    const original = channel.publish;
    let raced = false;
    channel.publish = async (release) => {
      if (!raced) {
        raced = true;
        expect(await publish(olga, 'C')).toMatchObject({ outcome: 'published' });
      }
      return original(release);
    };
    expect(await publish(ben, 'B')).toEqual({ outcome: 'overtaken' });
    channel.publish = original;
    expect(await publish(ben, 'B')).toEqual({ outcome: 'published', release: 3 });
  });

  it('a withdrawn approver publishes nothing more; what they signed is signed again and stays as it was', async () => {
    const { channel, olga, ben, fingerprint, clock } = await twoSupervisors();
    const desk = await deskOf(channel, fingerprint, clock);
    await publish(ben, 'B', 1, 777);
    await desk.update();
    const before = desk.products();
    await olga.desk.refresh();
    expect(await olga.desk.change({ people: [olga.card], required: 1, ownersNeeded: 1 })).toEqual({ outcome: 'done' });
    expect(await publish(ben, 'X')).toMatchObject({ outcome: 'refused' });
    // The same text, the same versions: nothing of it is new to the desk, and its signatures are good again.
    expect(await desk.update()).toMatchObject({ outcome: 'verified', installed: { changed: 0 } });
    expect(desk.products()).toEqual(before);
    await olga.desk.refresh();
    expect(await publish(olga, 'B', 2)).toMatchObject({ outcome: 'published' });
    expect((await desk.update()).outcome).toBe('verified');
  });

  it('the first owner hands over to another: a new root signed by the old one, and desks follow', async () => {
    const { channel, olga, ben, fingerprint, clock } = await twoSupervisors();
    const desk = await deskOf(channel, fingerprint, clock);
    await publish(olga, 'A');
    await desk.update();
    await olga.desk.refresh();
    expect(await olga.desk.change({ people: [as(olga.card, ['approver']), ben.card], required: 1, ownersNeeded: 1 })).toMatchObject({ outcome: 'needs-owners', missing: 1 });
    const began = await olga.desk.change({ people: [as(olga.card, ['approver']), ben.card], required: 1, ownersNeeded: 1 });
    if (began.outcome !== 'needs-owners') throw new Error(began.outcome);
    await ben.desk.refresh();
    expect(await ben.desk.agree(began.file)).toEqual({ outcome: 'done' });
    await ben.desk.refresh();
    expect(ben.desk.facts()).toMatchObject({ owners: [ben.card.id], state: { versions: { root: 3 } } });
    expect(await publish(ben, 'B')).toMatchObject({ outcome: 'published' });
    expect((await desk.update()).outcome).toBe('verified');
    expect(await ben.desk.agree('not a change')).toEqual({ outcome: 'not-a-file' });
  });

  it('two owners must agree where two are asked for', async () => {
    const { olga, ben } = await twoSupervisors();
    const people = [olga.card, ben.card];
    const began = await olga.desk.change({ people, required: 1, ownersNeeded: 2 });
    expect(began).toMatchObject({ outcome: 'needs-owners', missing: 1 });
    if (began.outcome !== 'needs-owners') return;
    await ben.desk.refresh();
    expect(await ben.desk.agree(began.file)).toEqual({ outcome: 'done' });
    await olga.desk.refresh();
    expect(await olga.desk.change({ people, required: 2, ownersNeeded: 2 })).toMatchObject({ outcome: 'needs-owners', missing: 1 });
    expect(await olga.desk.change({ people: [olga.card], required: 2, ownersNeeded: 1 })).toEqual({ outcome: 'plan', problem: 'rule-too-few' });
  });

  it('nobody changes anything while their key is locked', async () => {
    const { olga } = await twoSupervisors();
    olga.vault.lock();
    expect(await olga.desk.change({ people: [olga.card], required: 1, ownersNeeded: 1 })).toEqual({ outcome: 'locked' });
    expect(await olga.desk.confirm()).toEqual({ outcome: 'locked' });
  });

  it('an expired time stamp is renewed by an approver, and desks that said "may be out of date" are content', async () => {
    const { channel, olga, fingerprint, clock } = await twoSupervisors();
    const desk = await deskOf(channel, fingerprint, clock);
    await publish(olga, 'A');
    await desk.update();
    clock.now += 40 * 86_400_000;
    expect(await desk.check()).toMatchObject({ outcome: 'refused', refusal: { reason: 'frozen' } });
    expect(olga.desk.isDue()).toBe(true);
    expect(await olga.desk.confirm()).toEqual({ outcome: 'done' });
    expect((await desk.check()).outcome).toBe('up-to-date');
    expect(desk.products()).toEqual({ A: 1_000 });
  });
});

describe('two signatures on the same bytes', () => {
  it('are what a change needs where two people are asked for, and one alone is told so', async () => {
    const { channel, olga, ben, fingerprint, clock } = await twoSupervisors();
    await olga.desk.change({ people: [olga.card, as(ben.card, ['author', 'approver'])], required: 2, ownersNeeded: 1 });
    await olga.desk.refresh();
    const [author, approver] = [ben.vault.signer(ben.card.id), olga.vault.signer(olga.card.id)];
    if (author === undefined || approver === undefined) throw new Error('not set up');
    const changes = await signChanges({ kb: 'shop', epoch: 1, wanted: [{ line: product('A', 55) }], liveVersion: () => 0, by: author, at: START });
    const room = olga.desk.publishing();
    expect(await room?.publisher.publish({ kb: 'shop', changes, note: '', by: approver })).toMatchObject({ outcome: 'refused', refusal: { reason: 'too-few-signatures' } });
    expect(await room?.publisher.publish({ kb: 'shop', changes: changes.map((change) => coSign(change, author)), note: '', by: approver })).toMatchObject({ outcome: 'refused', refusal: { reason: 'too-few-signatures' } });
    expect(await room?.publisher.publish({ kb: 'shop', changes: changes.map((change) => coSign(change, approver)), note: '', by: approver })).toMatchObject({ outcome: 'published' });
    const desk = await deskOf(channel, fingerprint, clock);
    await desk.update();
    expect(desk.products()).toEqual({ A: 55 });
  });
});
