import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import { newDesk } from '../packs/desk.ts';
import { EVERYTHING, openShop, person, product, sign } from '../packs/helpers.ts';
import { begin, cheaper, shopWithLamp, writer } from './review-helpers.ts';

afterEach(() => void vi.useRealTimers());

/** One pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const id = (): { id: string } => ({ id: randomUUID() });

test('where the organisation asks for two approvals, one is not enough, not even for what was approved before it asked', async () => {
  const carl = person('Carl, approver', ['approver']);
  const shop = await openShop(undefined, [carl]);
  await shop.publisher.publish({ kb: 'shop', changes: await sign([product('LAMP', 1_999)], shop.ben.signer), note: '', by: shop.ben.signer });
  let asked: 1 | 2 = 1;
  const rule = (): 1 | 2 => asked;
  const [anna, ben, carls] = [await writer(shop, shop.anna, shop.channel, rule), await writer(shop, shop.ben, shop.channel, rule), await writer(shop, carl, shop.channel, rule)];
  const draft = await begin(anna, { from: 'live', kind: 'product', key: 'LAMP' }, cheaper(1_799));
  await anna.act(draft.id, { type: 'submit' });
  await ben.sync();
  expect((await ben.act(draft.id, { type: 'approve' })).state).toBe('approved');
  asked = 2;
  expect(await ben.handlers['authoring.publish']({ ids: [draft.id] }, id())).toEqual({ ok: false, reason: 'not-approved', ids: [draft.id] });
  expect((await ben.handlers['authoring.list']({ from: 0, count: 10 }, id())).drafts).toMatchObject([{ approvals: 1, required: 2 }]);
  await carls.sync();
  expect((await carls.act(draft.id, { type: 'approve' })).state).toBe('approved');
  expect(await carls.handlers['authoring.publish']({ ids: [draft.id] }, id())).toMatchObject({ ok: true });
});

test('a sole supervisor may approve their own change, until two are asked for or a second key is trusted', async () => {
  const shop = await openShop([EVERYTHING]);
  await shop.publisher.publish({ kb: 'shop', changes: await sign([product('LAMP', 1_999)], shop.ben.signer), note: '', by: shop.ben.signer });
  let asked: 1 | 2 = 1;
  const ben = await writer(shop, shop.ben, shop.channel, () => asked);
  expect(ben.room.identity()).toMatchObject({ alone: false, approversMissing: 1 });
  const alone = await writer(shop, shop.ben, shop.channel, () => asked, [shop.ben.card]);
  expect(alone.room.identity()).toMatchObject({ alone: true, approversMissing: 0 });
  const draft = await begin(alone, { from: 'live', kind: 'product', key: 'LAMP' }, cheaper(1_799));
  await alone.act(draft.id, { type: 'submit' });
  expect((await alone.act(draft.id, { type: 'approve' })).state).toBe('approved');
  asked = 2;
  expect(alone.room.identity()).toMatchObject({ alone: false, policy: 2, approversMissing: 2 });
  expect(await alone.handlers['authoring.publish']({ ids: [draft.id] }, id())).toMatchObject({ ok: false, reason: 'not-approved' });
  asked = 1;
  expect(await alone.handlers['authoring.publish']({ ids: [draft.id] }, id())).toMatchObject({ ok: true });
});

test('a change for a later day goes out by itself when its time has come, and at nobody’s whose key is locked', async () => {
  const shop = await shopWithLamp();
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  const draft = await begin(anna, { from: 'live', kind: 'product', key: 'LAMP' }, cheaper(1_799));
  const day = Date.now() + 3_600_000;
  await anna.act(draft.id, { type: 'schedule', from: day, until: null });
  await anna.act(draft.id, { type: 'submit' });
  await ben.sync();
  await ben.act(draft.id, { type: 'approve' });
  expect(await ben.handlers['authoring.publish']({ ids: [draft.id] }, id())).toMatchObject({ ok: false, reason: 'too-early' });
  expect((await ben.handlers['authoring.list']({ from: 0, count: 10 }, id())).drafts).toMatchObject([{ state: 'approved', publishAt: day }]);
  await ben.sync();
  expect((await ben.draft(draft.id)).state).toBe('approved');

  vi.useFakeTimers({ toFake: ['Date'], now: day + 1_000 });
  ben.lock(true);
  await ben.sync();
  expect((await ben.draft(draft.id)).state).toBe('approved');
  ben.lock(false);
  // Who may not publish leaves it alone.
  await anna.sync();
  expect((await anna.draft(draft.id)).state).toBe('approved');
  await ben.sync();
  expect(await ben.draft(draft.id)).toMatchObject({ state: 'published', release: 2 });
  const agent = await newDesk(shop);
  await agent.update();
  expect(agent.products()).toEqual({ LAMP: 1_799 });
});

test('a due change that cannot go does not hold back another, and is not tried over and over', async () => {
  const shop = await shopWithLamp();
  await shop.publisher.publish({ kb: 'shop', changes: await sign([product('SOFA', 90_000)], shop.ben.signer), note: '', by: shop.ben.signer });
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  const day = Date.now() + 3_600_000;
  for (const key of ['LAMP', 'SOFA']) {
    const draft = await begin(anna, { from: 'live', kind: 'product', key }, cheaper(100));
    await anna.act(draft.id, { type: 'schedule', from: day, until: null });
    await anna.act(draft.id, { type: 'submit' });
    await ben.sync();
    await ben.act(draft.id, { type: 'approve' });
  }
  await shop.publisher.publish({ kb: 'shop', changes: await sign([product('LAMP', 2_499)], shop.ben.signer, 2), note: '', by: shop.ben.signer });
  vi.useFakeTimers({ toFake: ['Date'], now: day + 1_000 });
  await ben.sync();
  await ben.sync();
  expect(ben.desk.products()).toEqual({ LAMP: 2_499, SOFA: 100 });
  const released = (await ben.releases.list()).releases.length;
  await ben.sync();
  expect((await ben.releases.list()).releases).toHaveLength(released);
});

test('pictures are sent, approved and published with their article, in one release', async () => {
  const shop = await openShop([EVERYTHING]);
  await shop.publisher.publish({ kb: 'shop', changes: await sign([product('LAMP', 1_999)], shop.ben.signer), note: '', by: shop.ben.signer });
  const [anna, ben] = [await writer(shop, shop.anna), await writer(shop, shop.ben)];
  const picture = await begin(anna, { from: 'new', kind: 'image', record: { type: 'image/png', data: PIXEL, alt: 'The socket', width: 1, height: 1 } }, (record) => ({ ...record, alt: 'The socket of the lamp' }));
  const text = (shown: string) => (record: Unfinished): Unfinished => ({ ...record, kind: 'how-to', title: 'Change a bulb', summary: 'Off, cool, out.', body: `![socket](image:${shown})` });
  const article = await begin(anna, { from: 'new', kind: 'article' }, text('nobody-has-it'));
  expect(await anna.handlers['authoring.act']({ id: article.id, rev: article.rev, action: { type: 'submit' } }, id())).toMatchObject({ ok: false, reason: 'picture-missing' });
  expect(await anna.handlers['authoring.save']({ id: article.id, rev: article.rev, record: text(picture.key)(article.record) }, id())).toMatchObject({ ok: true });
  // It is no draft of its own in the list: it belongs to the article.
  expect((await anna.handlers['authoring.list']({ from: 0, count: 10 }, id())).drafts.map(({ kind }) => kind)).toEqual(['article']);
  await anna.act(article.id, { type: 'submit' });
  await ben.sync();
  expect((await ben.handlers['authoring.picture']({ key: picture.key }, id())).record).toMatchObject({ alt: 'The socket of the lamp' });
  await ben.act(article.id, { type: 'approve' });
  expect((await ben.draft(picture.id)).state).toBe('approved');
  expect(await ben.handlers['authoring.publish']({ ids: [article.id] }, id())).toEqual({ ok: true, release: 2, count: 2 });
  const agent = await newDesk(shop);
  await agent.update();
  expect(agent.repository.get('image', picture.key)?.alt).toBe('The socket of the lamp');
});

test('a file that is no picture of its kind is kept from review', async () => {
  const shop = await openShop([EVERYTHING]);
  const anna = await writer(shop, shop.anna);
  const opened = await anna.handlers['authoring.open']({ from: 'new', kind: 'image', record: { type: 'image/png', data: Buffer.from('<svg onload="alert(1)">').toString('base64'), alt: 'x', width: 1, height: 1 } }, id());
  if (!opened.ok) throw new Error(opened.reason);
  expect((await anna.handlers['authoring.get']({ id: opened.draft.id }, id())).findings).toMatchObject([{ path: '/data', code: 'field.not-a-picture' }]);
  expect(await anna.handlers['authoring.act']({ id: opened.draft.id, rev: 1, action: { type: 'submit' } }, id())).toMatchObject({ ok: false, reason: 'has-errors' });
});
