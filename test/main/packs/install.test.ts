import { describe, expect, it } from 'vitest';
import type { PackLine } from '#shared/domain/knowledge.ts';
import { signChanges, type WantedChange } from '#main/features/packs/index.ts';
import { writeFileSync } from 'node:fs';
import { newDesk, type Desk } from './desk.ts';
import { openShop, product, type Shop } from './helpers.ts';

const publish = async (shop: Shop, wanted: WantedChange[], versions: Record<string, number> = {}, kb = 'shop'): Promise<void> => {
  const changes = await signChanges({ kb, epoch: 1, wanted, liveVersion: (key) => versions[key] ?? 0, by: shop.ben.signer, at: shop.clock.now });
  expect(await shop.publisher.publish({ kb, changes, note: '', by: shop.ben.signer })).toMatchObject({ outcome: 'published' });
};
const put = (...lines: PackLine[]): WantedChange[] => lines.map((line) => ({ line }));
const found = (desk: Desk, text: string): string[] => desk.index.query({ text, limit: 10 } as never).hits.map((hit) => hit.key);

describe('a release on a desk', () => {
  it('brings records and search together, tells what changed, and takes removals as seriously', async () => {
    const shop = await openShop();
    await publish(shop, put(product('A'), product('B')));
    const desk = await newDesk(shop);
    expect(await desk.update()).toMatchObject({ installed: { counts: { product: { added: 2, changed: 0, removed: 0 } } } });
    expect(found(desk, 'Product A')).toContain('A');
    await publish(shop, [...put(product('A', 1_200)), { remove: 'product/B' }], { 'product/A': 1, 'product/B': 1 });
    expect(await desk.update()).toMatchObject({ installed: { counts: { product: { added: 0, changed: 1, removed: 1 } } } });
    expect(desk.products()).toEqual({ A: 1_200 });
    expect(found(desk, 'Product B')).not.toContain('B');
    expect((await desk.update()).outcome).toBe('up-to-date');
  });

  it('catches up over many releases at once, and goes back by a new release with older content', async () => {
    const shop = await openShop();
    for (let ver = 0; ver < 4; ver++) await publish(shop, put(product('A', 1_000 + ver)), { 'product/A': ver });
    const desk = await newDesk(shop);
    await desk.update();
    expect(desk.products()).toEqual({ A: 1_003 });
    await publish(shop, put(product('A', 1_000)), { 'product/A': 4 });
    await desk.update();
    expect(desk.products()).toEqual({ A: 1_000 });
    expect(desk.store.kept('shop')).toEqual([5, 4]);
  });

  it('keeps the last good three packs', async () => {
    const shop = await openShop();
    const desk = await newDesk(shop);
    for (let ver = 0; ver < 5; ver++) {
      await publish(shop, put(product('A', 1_000 + ver)), { 'product/A': ver });
      await desk.update();
    }
    expect(desk.store.kept('shop')).toEqual([5, 4, 3]);
  });

  it('is not there at all when its installation is cut off', async () => {
    const shop = await openShop();
    await publish(shop, put(product('A')));
    const desk = await newDesk(shop);
    await desk.update();
    await publish(shop, put(...Array.from({ length: 300 }, (_, at) => product(`N${at}`))));
    const checked = await desk.check();
    if (checked.outcome !== 'verified') throw new Error(checked.outcome);
    let steps = 0;
    const cut = desk.install(checked.release, { settle: async () => { if ((steps += 1) === 3) throw new Error('power'); } });
    await expect(cut).rejects.toThrow('power');
    expect(desk.products()).toEqual({ A: 1_000 });
    await desk.install(checked.release);
    expect(Object.keys(desk.products())).toHaveLength(301);
  });

  it('refuses to install a pack that was changed in the data folder after it was checked', async () => {
    const shop = await openShop();
    await publish(shop, put(product('A')));
    const desk = await newDesk(shop);
    const checked = await desk.check();
    if (checked.outcome !== 'verified') throw new Error(checked.outcome);
    writeFileSync(checked.release.file, 'something else');
    await expect(desk.install(checked.release)).rejects.toThrow('hash-mismatch');
    expect(desk.products()).toEqual({});
  });
});
