import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInstalledRepository, natsNames, openLink } from '#main/features/channels/index.ts';
import { packLine, signChanges } from '#main/features/packs/index.ts';
import { openLiveDesk, openLiveShop, priced, QUICK, type LiveDesk, type LiveShop } from '#test/helpers/live-shop.ts';
import { NATS_SERVER, startChannelServer, type TestServer } from '#test/helpers/nats-server.ts';
import { tempDir } from '../packs/helpers.ts';

const WAIT = { timeout: 30_000, interval: 10 };

describe.skipIf(NATS_SERVER === undefined)('how often a desk writes', () => {
  let server: TestServer;
  let shop: LiveShop;
  let desk: LiveDesk | undefined;

  beforeEach(async () => {
    server = await startChannelServer();
    shop = await openLiveShop(server.url, tempDir());
  });
  afterEach(async () => {
    await desk?.close();
    desk = undefined;
    await shop.source.close();
    await server.cleanUp();
  });

  it('the first change after a quiet while is in use at once; while more keep coming they are put in use together', async () => {
    await shop.publish([priced('A', 1)]);
    const applied: { at: number; keys: readonly string[] }[] = [];
    desk = await openLiveDesk(shop, server.url, tempDir(), { pace: { ...QUICK, restMs: 2_000 }, onApplied: (_applied, keys) => applied.push({ at: performance.now(), keys }) });
    const { follower } = desk;
    await vi.waitFor(() => expect(follower.state()).toMatchObject({ phase: 'following', head: { ver: 1 } }), WAIT);
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    applied.length = 0;

    const changes = await signChanges({ kb: 'shop', epoch: 1, wanted: Array.from({ length: 20 }, (_, at) => priced(`P-${at}`, at)), liveVersion: () => 0, by: shop.by, at: Date.now() });
    const link = openLink({ servers: [server.url], user: 'anna' });
    for (const change of changes) {
      await link.ask(natsNames('callside', 'anna').record(change.subject), Buffer.from(packLine(change)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await vi.waitFor(() => expect(applied.flatMap(({ keys }) => keys)).toHaveLength(20), WAIT);
    await link.close();
    // At once, however many come after it: had it waited for a rest, the others would be with it.
    expect(applied[0]?.keys[0]).toBe('product/P-0');
    expect(applied[0]?.keys.length).toBeLessThan(20);
    // Some 400 ms of changes, 20 ms apart: not one transaction each.
    expect(applied.length).toBeLessThan(8);
    for (const [at, one] of applied.slice(1).entries()) expect(one.at - (applied[at]?.at ?? 0)).toBeGreaterThan(1_500);
    expect(desk.prices()).toMatchObject({ 'P-0': 0, 'P-19': 19 });
  });

  it('a signed head ends the rest: what it counts is in use and compared at once', async () => {
    await shop.publish([priced('A', 1)]);
    desk = await openLiveDesk(shop, server.url, tempDir(), { pace: { ...QUICK, restMs: 60_000 } });
    const { follower } = desk;
    await vi.waitFor(() => expect(follower.state()).toMatchObject({ head: { ver: 1 } }), WAIT);
    await shop.publish([priced('A', 2)]);
    await shop.publish([priced('A', 3)]);
    await vi.waitFor(() => expect(follower.state()).toMatchObject({ head: { ver: 3 } }), WAIT);
    expect(desk.prices()).toEqual({ A: 3 });
  });

  it('a new desk begins with the pack and reads only what the stream has after it', async () => {
    await shop.publish(Array.from({ length: 50 }, (_, at) => priced(`P-${at}`, at)));
    await shop.publish([priced('A', 1)]);
    let read = 0;
    desk = await openLiveDesk(shop, server.url, tempDir(), {});
    const { live } = desk.source;
    const end = await live?.position();
    const base = createInstalledRepository(desk.db);
    await vi.waitFor(() => expect(desk?.follower.state()).toMatchObject({ phase: 'following', head: { ver: 2 } }), WAIT);
    const seq = base.base('shop')?.seq ?? 0;
    for await (const { changes } of live?.after({ epoch: end?.epoch ?? '', seq }, 512 * 1_024) ?? []) read += changes.length;
    expect(read).toBe(1);
    expect(Object.keys(desk.prices())).toHaveLength(51);
  });
});
