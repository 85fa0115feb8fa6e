import { describe, expect, it } from 'vitest';
import { NOTHING_STORED } from '#main/features/packs/check-release.ts';
import { checkChannel } from '#main/features/packs/index.ts';
import { openDesk, openShop, product, sign, START } from './helpers.ts';

const now = (): number => START;

describe('publishing', () => {
  it('carries a release from the approver to a desk that knows only a fingerprint', async () => {
    const shop = await openShop();
    const desk = await openDesk(shop);
    expect((await checkChannel(shop.channel, desk, 'shop', NOTHING_STORED, { now })).outcome).toBe('nothing-published');
    const outcome = await shop.publisher.publish({ kb: 'shop', changes: await sign([product('A'), product('B')], shop.ben.signer), note: 'first', by: shop.ben.signer });
    expect(outcome).toEqual({ outcome: 'published', release: 1 });
    const checked = await checkChannel(shop.channel, desk, 'shop', NOTHING_STORED, { now });
    expect(checked).toMatchObject({ outcome: 'verified', release: { changed: 2, total: 2, info: { release: 1, note: 'first', counts: { product: 2 }, changed: { added: 2 } } } });
  });
});
