import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import { newDesk } from '../packs/desk.ts';
import { product, sign, type MemoryChannel, type Person } from '../packs/helpers.ts';
import { begin, cheaper, shopWithLamp, writer } from './review-helpers.ts';

test('a price change goes from an author over a rejection to every desk, between two data folders', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  const { id } = await begin(anna, { from: 'live', kind: 'product', key: 'LAMP' }, cheaper(1_799));
  await anna.act(id, { type: 'submit', text: 'Spring sale' });

  await ben.sync();
  expect(await ben.draft(id)).toMatchObject({ state: 'in-review', author: { name: 'Anna, author' }, record: { price: { amount: 1_799 } }, base: { price: { amount: 1_999 } } });
  await ben.act(id, { type: 'reject', text: 'It is 17.49.' });

  await anna.sync();
  const back = await anna.draft(id);
  expect(back).toMatchObject({ state: 'draft', comments: [{ what: 'submitted' }, { what: 'rejected', text: 'It is 17.49.', by: { name: 'Ben, approver' } }] });
  expect(await anna.handlers['authoring.save']({ id, rev: back.rev, record: cheaper(1_749)(back.record) }, { id: randomUUID() })).toMatchObject({ ok: true });
  await anna.act(id, { type: 'submit' });

  await ben.sync();
  expect(await ben.draft(id)).toMatchObject({ state: 'in-review', record: { price: { amount: 1_749 } } });
  expect((await ben.act(id, { type: 'approve' })).state).toBe('approved');
  expect(await ben.handlers['authoring.publish']({ ids: [id] }, { id: randomUUID() })).toEqual({ ok: true, release: 2, count: 1 });

  await anna.sync();
  expect(anna.desk.products()).toEqual({ LAMP: 1_749 });
  expect(await anna.draft(id)).toMatchObject({ state: 'published', release: 2 });
  const agent = await newDesk(shop);
  await agent.update();
  expect(agent.products()).toEqual({ LAMP: 1_749 });
});

test('a script goes out with both signatures where the channel asks for two', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  const script = { id: 'refund', language: 'en', kind: 'call', title: 'Refund', description: 'Money back', entry: 'ask', steps: [{ id: 'ask', cue: 'Ask for the receipt', answers: [{ id: 'yes', label: 'Has it', to: 'pay' }, { id: 'no', label: 'Has none', to: 'stop' }] }, { id: 'pay', cue: 'Pay it back' }, { id: 'stop', cue: 'Explain why not' }] };
  const { id } = await begin(anna, { from: 'new', kind: 'script' }, () => script as Unfinished);
  await anna.act(id, { type: 'submit' });
  await ben.sync();
  await ben.act(id, { type: 'approve' });
  expect(await ben.handlers['authoring.publish']({ ids: [id] }, { id: randomUUID() })).toMatchObject({ ok: true });
  await anna.sync();
  expect(anna.desk.repository.get('script', 'refund')?.steps).toHaveLength(3);
});

test('of two authors of one record the second is told and chooses; what the first published stays', async () => {
  const shop = await shopWithLamp();
  const carl: Person = shop.ben;
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, carl)];
  const hers = await begin(anna, { from: 'live', kind: 'product', key: 'LAMP' }, cheaper(1_799));
  const his = await begin(ben, { from: 'live', kind: 'product', key: 'LAMP' }, (record) => ({ ...record, name: 'Lamp with dimmer' }));
  await anna.act(hers.id, { type: 'submit' });
  await ben.sync();
  await ben.act(hers.id, { type: 'approve' });
  expect(await ben.handlers['authoring.publish']({ ids: [hers.id] }, { id: randomUUID() })).toMatchObject({ ok: true });
  await ben.sync();
  const submit = await ben.handlers['authoring.act']({ id: his.id, rev: his.rev, action: { type: 'submit' } }, { id: randomUUID() });
  expect(submit).toMatchObject({ ok: false, reason: 'conflict' });
  const sides = await ben.handlers['authoring.compare']({ id: his.id }, { id: randomUUID() });
  expect(sides).toMatchObject({ base: { price: { amount: 1_999 } }, live: { price: { amount: 1_799 } }, mine: { name: 'Lamp with dimmer', price: { amount: 1_999 } }, liveVer: 2 });
  const merged = { ...sides.live, name: 'Lamp with dimmer' } as Unfinished;
  expect(await ben.handlers['authoring.resolve']({ id: his.id, rev: his.rev, liveVer: sides.liveVer, record: merged }, { id: randomUUID() })).toMatchObject({ ok: true, draft: { state: 'draft', baseVer: 2 } });
});

test('a change approved against an older version is refused at the last moment, and nothing is published', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  const { id } = await begin(anna, { from: 'live', kind: 'product', key: 'LAMP' }, cheaper(1_799));
  await anna.act(id, { type: 'submit' });
  await ben.sync();
  await ben.act(id, { type: 'approve' });
  // Another approver, on a desk that never saw the review, publishes the same record first.
  await shop.publisher.publish({ kb: 'shop', changes: await sign([product('LAMP', 2_499)], shop.ben.signer, 2), note: '', by: shop.ben.signer });
  expect(await ben.handlers['authoring.publish']({ ids: [id] }, { id: randomUUID() })).toMatchObject({ ok: false, reason: 'conflict' });
  await ben.sync();
  expect(ben.desk.products()).toEqual({ LAMP: 2_499 });
});

test('files nobody trusted signed, cut ones and changed ones do nothing', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  const { id } = await begin(anna, { from: 'live', kind: 'product', key: 'LAMP' }, cheaper(1_799));
  await anna.act(id, { type: 'submit' });
  const [name, bytes] = [...shop.channel.files].find(([one]) => one.startsWith('handover/')) ?? ['', Buffer.alloc(0)];
  expect(name).not.toBe('');
  shop.channel.files.set(name, bytes.subarray(0, bytes.length / 2));
  await ben.sync();
  expect((await ben.handlers['authoring.list']({ from: 0, count: 10 }, { id: '' })).total).toBe(0);
  // The rest of the copy arrives.
  shop.channel.files.set(name, bytes);
  shop.channel.files.set(name.replace('.1.json', '.2.json'), Buffer.from(bytes.toString().replace('1799', '99')));
  await ben.sync();
  expect(await ben.draft(id)).toMatchObject({ record: { price: { amount: 1_799 } } });
});

test('an author cannot approve, and a key without that role cannot publish', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  const his = await begin(ben, { from: 'live', kind: 'product', key: 'LAMP' }, cheaper(1_799));
  await ben.act(his.id, { type: 'submit' });
  expect(await ben.handlers['authoring.act']({ id: his.id, rev: (await ben.draft(his.id)).rev, action: { type: 'approve' } }, { id: randomUUID() })).toMatchObject({ ok: false, reason: 'own-draft' });
  await anna.sync();
  expect(await anna.handlers['authoring.act']({ id: his.id, rev: (await anna.draft(his.id)).rev, action: { type: 'approve' } }, { id: randomUUID() })).toMatchObject({ ok: false, reason: 'not-allowed' });
  expect(await anna.handlers['authoring.publish']({ ids: [his.id] }, { id: randomUUID() })).toMatchObject({ ok: false });
});

test('what cannot be sent now is sent when the channel is back', async () => {
  const shop = await shopWithLamp();
  const files = shop.channel.files;
  let away = true;
  const flaky: MemoryChannel = { ...shop.channel, files, write: async (name, bytes) => (away && name.startsWith('handover/') ? { state: 'gone' } : shop.channel.write(name, bytes)) };
  const [anna, ben] = [await writer(shop, shop.anna, flaky), await writer(shop, shop.ben)];
  const { id } = await begin(anna, { from: 'live', kind: 'product', key: 'LAMP' }, cheaper(1_799));
  await anna.act(id, { type: 'submit' });
  await ben.sync();
  expect((await ben.handlers['authoring.list']({ from: 0, count: 10 }, { id: '' })).total).toBe(0);
  away = false;
  await anna.room.look();
  await ben.sync();
  expect((await ben.draft(id)).state).toBe('in-review');
});

test('taking a record off the desks is reviewed like any change', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  const opened = await anna.handlers['authoring.open']({ from: 'live', kind: 'product', key: 'LAMP', op: 'retire' }, { id: randomUUID() });
  if (!opened.ok) throw new Error(opened.reason);
  await anna.act(opened.draft.id, { type: 'submit' });
  await ben.sync();
  await ben.act(opened.draft.id, { type: 'approve' });
  expect(await ben.handlers['authoring.publish']({ ids: [opened.draft.id] }, { id: randomUUID() })).toMatchObject({ ok: true });
  await anna.sync();
  expect(anna.desk.products()).toEqual({});
  expect((await anna.draft(opened.draft.id)).state).toBe('retired');
});

test('going back to an earlier release brings back what it held, as a new release, and can itself be undone', async () => {
  const shop = await shopWithLamp();
  await shop.publisher.publish({ kb: 'shop', changes: [...(await sign([product('LAMP', 1_499)], shop.ben.signer, 2)), ...(await sign([product('SOFA', 90_000)], shop.ben.signer))], note: 'prices', by: shop.ben.signer });
  const ben = await writer(shop, shop.ben);
  expect(ben.desk.products()).toEqual({ LAMP: 1_499, SOFA: 90_000 });
  expect(await ben.releases.rollback(1)).toEqual({ ok: true, release: 3, count: 2 });
  await ben.sync();
  expect(ben.desk.products()).toEqual({ LAMP: 1_999 });
  const { releases } = await ben.releases.list();
  expect(releases.map(({ release, rollbackTo, current }) => [release, rollbackTo, current])).toEqual([[3, 1, true], [2, undefined, false], [1, undefined, false]]);
  expect(await ben.releases.rollback(2)).toMatchObject({ ok: true, release: 4 });
  await ben.sync();
  expect(ben.desk.products()).toEqual({ LAMP: 1_499, SOFA: 90_000 });
  expect(await ben.releases.rollback(4)).toEqual({ ok: false, reason: 'nothing-changed' });
});

test('where two have to sign, going back is sent for review, and goes out when the other one agrees', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  const { id } = await begin(anna, { from: 'live', kind: 'product', key: 'LAMP' }, cheaper(1_499));
  await anna.act(id, { type: 'submit' });
  await ben.sync();
  await ben.act(id, { type: 'approve' });
  await ben.handlers['authoring.publish']({ ids: [id] }, { id: randomUUID() });
  await anna.sync();
  expect(await anna.releases.rollback(1)).toEqual({ ok: true, release: null, count: 1 });
  await anna.room.look();
  await ben.sync();
  const { drafts } = await ben.handlers['authoring.list']({ states: ['in-review'], from: 0, count: 10 }, { id: '' });
  expect(drafts).toHaveLength(1);
  const back = drafts[0]?.id ?? '';
  await ben.act(back, { type: 'approve' });
  expect(await ben.handlers['authoring.publish']({ ids: [back] }, { id: randomUUID() })).toMatchObject({ ok: true, release: 3 });
  await anna.sync();
  expect(anna.desk.products()).toEqual({ LAMP: 1_999 });
});
