import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { refusalText } from '#shared/domain/packs/refusal-text.ts';
import type { PackRefusal, RefusalReason } from '#shared/domain/packs/refusal.ts';
import { catalogues, en } from '#shared/messages/catalogue.ts';
import { createTranslator } from '#shared/messages/translator.ts';
import { beginTrustChange } from '#main/features/packs/index.ts';
import { packName, TIMESTAMP } from '#main/features/packs/names.ts';
import { installedRelease, newDesk, type Desk } from './desk.ts';
import { anyChange, forge, productChange } from './forge.ts';
import { EVERYTHING, memoryChannel, openShop, person, product, sign, type Shop } from './helpers.ts';

const DAY = 86_400_000;

/** Row S13: whatever is done to a channel, the desk keeps the last good release and never parses what it has not verified. */
type Attack = {
  name: string;
  reason: RefusalReason;
  /** Whether a record of the pack may be parsed before the refusal: only where it was signed by the right people and lies about something else. */
  signed?: true;
  attack: (shop: Shop, desk: Desk) => Promise<void> | void;
};

const packFile = (shop: Shop, release: number): string => [...shop.channel.files.keys()].find((name) => name.endsWith(`.${packName(release)}`)) ?? '';
const flip = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};
const publishSecond = async (shop: Shop): Promise<void> => {
  expect(await shop.publisher.publish({ kb: 'shop', changes: await sign([product('A', 1_100)], shop.ben.signer, 2), note: '', by: shop.ben.signer })).toEqual({ outcome: 'published', release: 2 });
};
/** What is live, so that a forged pack is complete but for what is wrong with it. */
const live = (shop: Shop): Promise<ReturnType<typeof anyChange>[]> => sign([product('A')], shop.ben.signer);

const ATTACKS: readonly Attack[] = [
  {
    name: 'one bit of the pack is flipped',
    reason: 'hash-mismatch',
    attack: async (shop) => {
      await publishSecond(shop);
      const name = packFile(shop, 2);
      shop.channel.files.set(name, flip(shop.channel.files.get(name) ?? Buffer.alloc(1), 40));
    },
  },
  {
    name: 'the pack is half copied',
    reason: 'truncated',
    attack: async (shop) => {
      await publishSecond(shop);
      const name = packFile(shop, 2);
      const bytes = shop.channel.files.get(name) ?? Buffer.alloc(0);
      shop.channel.files.set(name, bytes.subarray(0, bytes.length / 2));
    },
  },
  {
    name: 'the pack is not there yet',
    reason: 'missing-file',
    attack: async (shop) => {
      await publishSecond(shop);
      shop.channel.files.delete(packFile(shop, 2));
    },
  },
  {
    name: 'an older state of the whole channel is put back',
    reason: 'rollback',
    attack: async (shop, desk) => {
      const old = shop.channel.copy();
      await publishSecond(shop);
      await desk.check({}, shop.channel.copy());
      for (const [name, bytes] of old.files) shop.channel.files.set(name, bytes);
    },
  },
  {
    name: 'a key holder lists an older release as the newest',
    reason: 'rollback',
    attack: async (shop, desk) => {
      await publishSecond(shop);
      await desk.update();
      await forge(shop, { release: 1, alone: true, lines: await live(shop) });
    },
  },
  {
    name: 'the head of an older release is put beside a new pack',
    reason: 'rollback',
    attack: async (shop) => forge(shop, { lines: await live(shop), head: { ver: 1 } }),
  },
  {
    name: 'an older version of one record is signed into a new release',
    reason: 'replay',
    signed: true,
    attack: async (shop, desk) => {
      await publishSecond(shop);
      await desk.update();
      await forge(shop, { lines: await sign([product('A')], shop.ben.signer) });
    },
  },
  {
    name: 'another content comes under a version in use',
    reason: 'forked',
    signed: true,
    attack: async (shop) => forge(shop, { lines: await sign([product('A', 9_999)], shop.ben.signer) }),
  },
  {
    name: 'the channel is frozen: nothing newer is let through',
    reason: 'frozen',
    attack: (shop) => {
      shop.clock.now += 31 * DAY;
    },
  },
  {
    name: 'the metadata says the pack is larger than any pack may be',
    reason: 'too-large',
    attack: (shop) => forge(shop, { lines: [], length: 300 * 1024 * 1024 }),
  },
  {
    name: 'a time stamp of a megabyte',
    reason: 'too-large',
    attack: (shop) => void shop.channel.files.set(TIMESTAMP, Buffer.alloc(1_000_000, 0x20)),
  },
  {
    name: 'a gzip bomb with a good hash',
    reason: 'bomb',
    attack: (shop) => forge(shop, { bytes: gzipSync(Buffer.alloc(20_000_000, 0x0a)) }),
  },
  {
    name: 'one endless line',
    reason: 'bomb',
    attack: (shop) => forge(shop, { bytes: gzipSync(Buffer.concat([randomBytes(1_000_000).toString('hex'), 'x'.repeat(9_000_000)].map((part) => Buffer.from(part)))) }),
  },
  { name: 'something else than a pack under its name', reason: 'not-a-pack', attack: (shop) => forge(shop, { bytes: Buffer.from('MZ this is a program') }) },
  { name: 'a pack that ends in the middle of a line', reason: 'not-a-pack', attack: (shop) => forge(shop, { bytes: gzipSync('{"subject":') }) },
  {
    name: 'a signature that is not genuine',
    reason: 'bad-signature',
    attack: (shop) => {
      const change = anyChange(productChange('B', shop.ben.signer), [shop.ben.signer]);
      return forge(shop, { lines: [{ ...change, text: change.text.replace('"name":"B"', '"name":"C"') }] });
    },
  },
  { name: 'one signature where two are asked for', reason: 'too-few-signatures', attack: (shop) => forge(shop, { lines: [anyChange({ ...productChange('x', shop.ben.signer), key: 'script/x' }, [shop.ben.signer])] }) },
  { name: 'the same person signing twice', reason: 'same-signer-twice', attack: (shop) => forge(shop, { lines: [anyChange({ ...productChange('x', shop.ben.signer), key: 'script/x' }, [shop.ben.signer, shop.ben.signer])] }) },
  {
    name: 'a stranger signing',
    reason: 'unknown-key',
    attack: (shop) => forge(shop, { lines: [anyChange(productChange('B', shop.ben.signer), [person('Mallory', ['approver']).signer])] }),
  },
  { name: 'a stranger as the second signer', reason: 'unknown-key', attack: (shop) => forge(shop, { lines: [anyChange({ ...productChange('x', shop.ben.signer), key: 'script/x' }, [shop.ben.signer, person('Mallory', ['approver']).signer])] }) },
  { name: 'an author without an approver', reason: 'no-approver', attack: (shop) => forge(shop, { lines: [anyChange(productChange('B', shop.anna.signer), [shop.anna.signer])] }) },
  { name: 'an owner signing records', reason: 'not-allowed', attack: (shop) => forge(shop, { lines: [anyChange(productChange('B', shop.owner.signer), [shop.owner.signer])] }) },
  {
    name: 'a record of a withdrawn key that nobody signed again',
    reason: 'revoked-key',
    attack: async (shop) => {
      const cleo = person('Cleo', ['approver']);
      const people = [shop.owner.card, shop.anna.card, cleo.card];
      const change = beginTrustChange({ ...shop.plan, people, revoked: [{ id: shop.ben.card.id, name: 'Ben', at: shop.clock.now }] }, { root: 2, targets: 2 }, [shop.owner.signer], shop.clock.now);
      expect(await shop.publisher.changeTrust(change, cleo.signer)).toMatchObject({ outcome: 'published' });
      await forge(shop, { lines: await live(shop), by: cleo.signer });
    },
  },
  {
    name: 'a withdrawn publisher signing the time stamp',
    reason: 'untrusted-metadata',
    attack: async (shop) => {
      const cleo = person('Cleo', ['approver']);
      const change = beginTrustChange({ ...shop.plan, people: [shop.owner.card, shop.anna.card, cleo.card], revoked: [{ id: shop.ben.card.id, name: 'Ben', at: shop.clock.now }] }, { root: 2, targets: 2 }, [shop.owner.signer], shop.clock.now);
      expect(await shop.publisher.changeTrust(change, cleo.signer)).toMatchObject({ outcome: 'published' });
      await forge(shop, { lines: await live(shop), by: shop.ben.signer });
    },
  },
  { name: 'a time stamp by an author', reason: 'untrusted-metadata', attack: async (shop) => forge(shop, { lines: await live(shop), by: shop.anna.signer }) },
  {
    name: 'a new root signed by nobody who may',
    reason: 'untrusted-metadata',
    attack: (shop) => {
      const mallory = person('Mallory', ['owner', 'approver']);
      const change = beginTrustChange({ ...shop.plan, people: [mallory.card], rules: [EVERYTHING] }, { root: 2, targets: 2 }, [mallory.signer], shop.clock.now);
      shop.channel.files.set('metadata/2.root.json', Buffer.from(change.root));
    },
  },
  { name: 'metadata that is no metadata', reason: 'bad-metadata', attack: (shop) => void shop.channel.files.set(TIMESTAMP, Buffer.from('{"signed":')) },
  { name: 'a record of another knowledge base', reason: 'wrong-kb', signed: true, attack: (shop) => forge(shop, { lines: [anyChange(productChange('B', shop.ben.signer, { kb: 'bank' }), [shop.ben.signer])] }) },
  { name: 'a record of an earlier generation', reason: 'wrong-epoch', signed: true, attack: (shop) => forge(shop, { lines: [anyChange(productChange('B', shop.ben.signer, { epoch: 2 }), [shop.ben.signer])] }) },
  {
    name: 'a subject that asks for fewer signatures than the record needs',
    reason: 'wrong-subject',
    signed: true,
    attack: (shop) => forge(shop, { lines: [anyChange({ ...productChange('x', shop.ben.signer), key: 'script/x' }, [shop.ben.signer], 'product/x')] }),
  },
  { name: 'a body that belongs to another key', reason: 'wrong-subject', signed: true, attack: (shop) => forge(shop, { lines: [anyChange(productChange('B', shop.ben.signer, { key: 'product/C' }), [shop.ben.signer])] }) },
  {
    name: 'a record twice in one pack',
    reason: 'duplicate-key',
    signed: true,
    attack: (shop) => {
      const line = anyChange(productChange('B', shop.ben.signer), [shop.ben.signer]);
      return forge(shop, { lines: [line, line] });
    },
  },
  { name: 'a record left out without a signed removal', reason: 'missing-record', signed: true, attack: (shop) => forge(shop, { lines: [anyChange(productChange('B', shop.ben.signer), [shop.ben.signer])] }) },
  { name: 'fewer records than the head says', reason: 'incomplete', signed: true, attack: async (shop) => forge(shop, { lines: await live(shop), head: { count: 2 } }) },
  { name: 'other records than the head says', reason: 'incomplete', signed: true, attack: async (shop) => forge(shop, { lines: await live(shop), head: { digests: Array.from({ length: 256 }, () => '0'.repeat(32)) } }) },
  { name: 'a record whose body is wrong', reason: 'bad-record', signed: true, attack: (shop) => forge(shop, { lines: [anyChange(productChange('B', shop.ben.signer, { body: { sku: 'B', name: 7 } }), [shop.ben.signer])] }) },
  { name: 'a kind this version does not know', reason: 'newer-format', signed: true, attack: (shop) => forge(shop, { lines: [anyChange(productChange('B', shop.ben.signer, { key: 'hologram/B' }), [shop.ben.signer])] }) },
  { name: 'a field this version does not know', reason: 'newer-format', signed: true, attack: (shop) => forge(shop, { lines: [anyChange(productChange('B', shop.ben.signer, { body: { sku: 'B', name: 'B', hologram: true } }), [shop.ben.signer])] }) },
];

describe('a desk keeps the last good release when', () => {
  it.each(ATTACKS)('$name', async ({ reason, signed, attack }) => {
    const shop = await openShop();
    await shop.publisher.publish({ kb: 'shop', changes: await live(shop), note: '', by: shop.ben.signer });
    const desk = await newDesk(shop);
    expect((await desk.update()).outcome).toBe('verified');
    await attack(shop, desk);
    const before = { products: desk.products(), release: installedRelease(desk), kept: desk.store.kept('shop') };

    let parsed = 0;
    const parse = (text: string): unknown => {
      // The release's own description and the head are not records; each was checked before.
      if (!text.includes('"op":')) return JSON.parse(text);
      parsed += text.length;
      if (signed === undefined) throw new Error('a record was parsed before it was verified');
      return JSON.parse(text);
    };
    const checked = await desk.update({ parse });
    expect(checked).toMatchObject({ outcome: 'refused', refusal: { reason } });
    if (signed === undefined) expect(parsed).toBe(0);
    expect({ products: desk.products(), release: installedRelease(desk), kept: desk.store.kept('shop') }).toEqual(before);

    const refusal = (checked as { refusal: PackRefusal }).refusal;
    for (const language of ['en', 'de']) {
      const sentence = refusalText(createTranslator(language, catalogues[language] ?? {}, en), refusal);
      expect(sentence).not.toMatch(/undefined|\{|NaN/);
      expect(sentence.length).toBeGreaterThan(30);
    }
  });

  it('somebody swaps the channel while it is read', async () => {
    const shop = await openShop();
    await shop.publisher.publish({ kb: 'shop', changes: await live(shop), note: '', by: shop.ben.signer });
    const desk = await newDesk(shop);
    await desk.update();
    const old = shop.channel.copy();
    await publishSecond(shop);
    // Every way to read some files of the old state and the rest of the new one: old, new, or a refusal, never a mixture.
    const names = [...new Set([...old.files.keys(), ...shop.channel.files.keys()])];
    for (let reads = 0; reads <= 8; reads++) {
      let count = 0;
      const torn = { read: (name: string, limit: number) => ((count += 1) <= reads ? memoryChannel(old.files) : shop.channel).read(name, limit) };
      const checked = await desk.check({}, torn);
      expect(['up-to-date', 'verified', 'refused']).toContain(checked.outcome);
      if (checked.outcome === 'verified') expect(checked.release.info.release).toBe(2);
    }
    expect(names.length).toBeGreaterThan(8);
    expect(await desk.update()).toMatchObject({ outcome: 'verified' });
    expect(desk.products()).toEqual({ A: 1_100 });
  });
});
