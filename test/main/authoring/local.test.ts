import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createLayers, createLocalLayer, createMarks, LOCAL_SOURCE } from '#main/features/knowledge/index.ts';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import { product, sign } from '../packs/helpers.ts';
import { begin, cheaper, shopWithLamp, writer, type Writer } from './review-helpers.ts';

const id = (): { id: string } => ({ id: randomUUID() });
const LAMP = { kind: 'product', key: 'LAMP' } as const;
const changes = async (by: Writer) => (await by.handlers['local.list']({}, id())).changes;

/** Changes the lamp on this desk alone. */
async function changeHere(by: Writer, amount: number): Promise<void> {
  const draft = await begin(by, { from: 'here', ...LAMP }, cheaper(amount));
  expect(await by.handlers['local.use']({ id: draft.id, rev: draft.rev }, id())).toEqual({ ok: true });
}

test('a record changed on this desk shows here alone, is marked, and is taken back without a trace', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  await changeHere(anna, 1_500);
  expect(anna.desk.products()).toEqual({ LAMP: 1_500 });
  expect(ben.desk.products()).toEqual({ LAMP: 1_999 });
  expect(createMarks(anna.desk.db)()).toEqual([{ ...LAMP, local: true, others: [] }]);
  expect(await changes(anna)).toMatchObject([{ ...LAMP, inUse: true, signed: 'same', by: 'Anna, author' }]);
  expect(await anna.handlers['local.undo'](LAMP, id())).toEqual({ ok: true });
  expect(anna.desk.products()).toEqual({ LAMP: 1_999 });
  expect(createMarks(anna.desk.db)()).toEqual([]);
  expect(await changes(anna)).toEqual([]);
});

test('when the signed record changes beneath, the desk keeps its own and says so, until somebody looked', async () => {
  const shop = await shopWithLamp();
  const anna = await writer(shop, shop.anna);
  await changeHere(anna, 1_500);
  await shop.publisher.publish({ kb: 'shop', changes: await sign([product('LAMP', 2_499)], shop.ben.signer, 2), note: '', by: shop.ben.signer });
  await anna.sync();
  expect(anna.desk.products()).toEqual({ LAMP: 1_500 });
  expect(await changes(anna)).toMatchObject([{ signed: 'changed' }]);
  expect(await anna.handlers['local.keep'](LAMP, id())).toEqual({ ok: true });
  expect(await changes(anna)).toMatchObject([{ signed: 'same' }]);
  expect(await anna.handlers['local.undo'](LAMP, id())).toEqual({ ok: true });
  expect(anna.desk.products()).toEqual({ LAMP: 2_499 });
});

test('a change for everybody begins from what everybody has, not from what this desk changed for itself', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  await changeHere(anna, 1_500);
  const draft = await begin(anna, { from: 'live', ...LAMP }, (record) => ({ ...record, name: 'Lamp with dimmer' }));
  expect(draft).toMatchObject({ base: { price: { amount: 1_999 } }, baseVer: 1, record: { price: { amount: 1_999 } } });
  await anna.act(draft.id, { type: 'submit' });
  await ben.sync();
  await ben.act(draft.id, { type: 'approve' });
  expect(await ben.handlers['authoring.publish']({ ids: [draft.id] }, id())).toMatchObject({ ok: true, release: 2 });
  await anna.sync();
  // It is out, though this desk shows its own.
  expect(await anna.draft(draft.id)).toMatchObject({ state: 'published', release: 2 });
  expect(anna.desk.products()).toEqual({ LAMP: 1_500 });
});

test('a record hidden here is nowhere on this desk, whatever arrives beneath, and comes back as it is by then', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  expect(await anna.handlers['local.hide'](LAMP, id())).toEqual({ ok: true });
  expect([anna.desk.products(), ben.desk.products()]).toEqual([{}, { LAMP: 1_999 }]);
  expect(await changes(anna)).toMatchObject([{ ...LAMP, hidden: true, inUse: true, signed: 'same' }]);
  await shop.publisher.publish({ kb: 'shop', changes: await sign([product('LAMP', 2_499)], shop.ben.signer, 2), note: '', by: shop.ben.signer });
  await anna.sync();
  expect(anna.desk.products()).toEqual({});
  expect(await changes(anna)).toMatchObject([{ hidden: true, signed: 'changed' }]);
  // A catalogue brought here, another connection deciding anew: it stays away.
  const source = anna.desk.repository.saveSource('import:list.csv', '', 1);
  expect(anna.desk.repository.put({ kind: 'product', record: { sku: 'LAMP', name: 'Lamp', price: { amount: 1, currency: 'EUR' } } }, source)).toBe('same');
  expect(createLayers(anna.desk.db).settle(LAMP)).toEqual({ before: undefined, after: undefined });
  expect(await anna.handlers['local.undo'](LAMP, id())).toEqual({ ok: true });
  expect(anna.desk.products()).toEqual({ LAMP: 1 });
  createLayers(anna.desk.db).say(source, LAMP, undefined);
  expect(anna.desk.products()).toEqual({ LAMP: 2_499 });
  expect(await changes(anna)).toEqual([]);
});

test('hidden, then changed here: the change shows; news that must be acknowledged can be neither', async () => {
  const shop = await shopWithLamp();
  const must = { kind: 'announcement', record: { id: 'sale', title: 'Sale', body: 'From today.', importance: 'urgent', acknowledge: 'once' } } as const;
  await shop.publisher.publish({ kb: 'shop', changes: await sign([must], shop.ben.signer), note: '', by: shop.ben.signer });
  const anna = await writer(shop, shop.anna);
  expect(await anna.handlers['local.hide'](LAMP, id())).toEqual({ ok: true });
  await changeHere(anna, 1_500);
  expect(anna.desk.products()).toEqual({ LAMP: 1_500 });
  expect(await changes(anna)).toMatchObject([{ hidden: false }]);
  expect(await anna.handlers['local.hide']({ kind: 'announcement', key: 'sale' }, id())).toEqual({ ok: false, reason: 'must-stay' });
  const draft = await begin(anna, { from: 'here', kind: 'announcement', key: 'sale' }, (record) => ({ ...record, acknowledge: 'no' }));
  expect(await anna.handlers['local.use']({ id: draft.id, rev: draft.rev }, id())).toEqual({ ok: false, reason: 'must-stay' });
  expect(await anna.handlers['local.hide']({ kind: 'article', key: 'nowhere' }, id())).toEqual({ ok: false, reason: 'gone' });
});

test('drafts of this desk are in no list of drafts, are not sent, and need no key', async () => {
  const shop = await shopWithLamp();
  const agent = await writer(shop, { ...shop.anna, card: { ...shop.anna.card, id: 'f'.repeat(64) } });
  expect(agent.room.identity()).toBeUndefined();
  const draft = await begin(agent, { from: 'here', ...LAMP }, (record: Unfinished) => ({ ...record, name: '' }));
  expect((await agent.handlers['authoring.list']({ from: 0, count: 10 }, id())).total).toBe(0);
  expect(await changes(agent)).toMatchObject([{ inUse: false, draft: draft.id, by: 'Ada' }]);
  expect(await agent.handlers['authoring.act']({ id: draft.id, rev: draft.rev, action: { type: 'submit' } }, id())).toMatchObject({ ok: false, reason: 'no-key' });
  expect(await agent.handlers['local.use']({ id: draft.id, rev: draft.rev }, id())).toEqual({ ok: false, reason: 'has-errors' });
  expect(agent.desk.products()).toEqual({ LAMP: 1_999 });
});

test('where the organisation says so, a desk changes nothing for itself, and what it had can still be taken back', async () => {
  const shop = await shopWithLamp();
  const anna = await writer(shop, shop.anna);
  await changeHere(anna, 1_500);
  const begun = await begin(anna, { from: 'here', ...LAMP }, cheaper(1_400));
  anna.forbidChangesHere();
  expect(await anna.handlers['authoring.open']({ from: 'here', ...LAMP }, id())).toEqual({ ok: false, reason: 'not-here' });
  expect(await anna.handlers['local.use']({ id: begun.id, rev: begun.rev }, id())).toEqual({ ok: false, reason: 'not-here' });
  expect(await anna.handlers['local.hide'](LAMP, id())).toEqual({ ok: false, reason: 'not-here' });
  expect(await anna.handlers['local.undo'](LAMP, id())).toEqual({ ok: true });
  expect(anna.desk.products()).toEqual({ LAMP: 1_999 });
});

test('what the drafts’ file says is put on top again after the knowledge was made anew, and what it no longer says goes', async () => {
  const shop = await shopWithLamp();
  const { desk } = await writer(shop, shop.anna);
  const layer = createLocalLayer({ repository: desk.repository, layers: createLayers(desk.db), index: () => undefined, now: Date.now });
  expect(desk.repository.source(LOCAL_SOURCE)).toBeUndefined();
  const json = JSON.stringify({ sku: 'LAMP', name: 'Ours', price: { amount: 1, currency: 'EUR' } });
  expect(layer.reconcile([{ ...LAMP, json }])).toBe(true);
  expect(layer.reconcile([{ ...LAMP, json }])).toBe(false);
  expect(desk.products()).toEqual({ LAMP: 1 });
  expect(layer.reconcile([{ ...LAMP, json: null }])).toBe(true);
  expect(desk.products()).toEqual({});
  expect(layer.reconcile([{ ...LAMP, json: null }])).toBe(false);
  expect(layer.reconcile([])).toBe(true);
  expect(desk.products()).toEqual({ LAMP: 1_999 });
});
