import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInstalledRepository, natsNames, openLink, provisionStreams } from '#main/features/channels/index.ts';
import { openLiveDesk, openLiveShop, priced, QUICK, type LiveDesk, type LiveShop } from '#test/helpers/live-shop.ts';
import { NATS_SERVER, startChannelServer, type TestServer } from '#test/helpers/nats-server.ts';
import { person, tempDir } from '../packs/helpers.ts';
import { packLine, signChanges } from '#main/features/packs/index.ts';
import { releaseHere } from '#main/features/channels/follow-release.ts';

const WAIT = { timeout: 30_000, interval: 10 };

describe.skipIf(NATS_SERVER === undefined)('a desk that follows single changes', () => {
  let server: TestServer;
  let shop: LiveShop;
  let desks: LiveDesk[];
  const desk = async ({ dir = tempDir(), ...options }: Parameters<typeof openLiveDesk>[3] & { dir?: string } = {}): Promise<LiveDesk> => {
    const made = await openLiveDesk(shop, server.url, dir, options);
    desks.push(made);
    return made;
  };
  const isComplete = async (one: LiveDesk, ver: number): Promise<void> => vi.waitFor(() => expect(one.follower.state()).toMatchObject({ phase: 'following', head: { ver } }), WAIT);
  const news = (one: LiveDesk) => createInstalledRepository(one.db).log(0, 200);

  beforeEach(async () => {
    server = await startChannelServer();
    shop = await openLiveShop(server.url, tempDir());
    desks = [];
  });
  afterEach(async () => {
    for (const one of desks) await one.close();
    await shop.source.close();
    await server.cleanUp();
  });

  it('begins with the release and goes on with what was published after it, each once', async () => {
    await shop.publish([priced('A', 100), priced('B', 100)]);
    // No look of its own for an hour: what comes is heard.
    const one = await desk({ pace: { ...QUICK, lookMs: 3_600_000, mendMs: 3_600_000 } });
    await isComplete(one, 1);
    expect(one.prices()).toEqual({ A: 100, B: 100 });
    await shop.publish([priced('A', 120)]);
    await vi.waitFor(() => expect(one.prices()['A']).toBe(120), WAIT);
    await isComplete(one, 2);
    await shop.publish([{ remove: 'product/B' }, priced('C', 5)]);
    await isComplete(one, 3);
    expect(one.prices()).toEqual({ A: 120, C: 5 });
    expect(one.index.query({ text: 'Product C', limit: 5 }).hits.map(({ key }) => key)).toContain('C');
    expect(one.index.query({ text: 'Product B', limit: 5 }).hits.map(({ key }) => key)).not.toContain('B');
    expect(createInstalledRepository(one.db).base('shop')).toMatchObject({ release: 3, count: 2 });
    expect(news(one).map(({ release, counts }) => [release, counts.product])).toEqual([[3, { added: 1, changed: 0, removed: 1 }], [2, { added: 0, changed: 1, removed: 0 }], [1, { added: 2, changed: 0, removed: 0 }]]);
  });

  it('the same content as a change and as a release is one effect, told of once', async () => {
    await shop.publish([priced('A', 100)]);
    const one = await desk();
    await isComplete(one, 1);
    await shop.publish([priced('A', 120)]);
    await isComplete(one, 2);
    // The release comes after it, and so does the announcement again.
    await releaseHere({ source: one.source, store: one.store, kb: 'shop', parts: one, order: 100 }, 'repair');
    const again = await shop.publish([priced('Z', 1)]);
    expect(again.outcome).toBe('published');
    await isComplete(one, 3);
    expect(news(one).map(({ release }) => release)).toEqual([3, 2, 1]);
    expect(one.prices()).toEqual({ A: 120, Z: 1 });
  });

  it('changes wait until the call is over, then come together', async () => {
    await shop.publish([priced('A', 100)]);
    let letGo = (): void => undefined;
    let inCall = false;
    const one = await desk({ permit: async () => {
      if (inCall) await new Promise<void>((resolve) => { letGo = resolve; });
      return () => undefined;
    } });
    await isComplete(one, 1);
    inCall = true;
    await shop.publish([priced('A', 120)]);
    await shop.publish([priced('A', 130), priced('B', 1)]);
    await vi.waitFor(() => expect(one.follower.state().phase).toBe('waiting'), WAIT);
    expect(one.prices()).toEqual({ A: 100 });
    inCall = false;
    letGo();
    await isComplete(one, 3);
    expect(one.prices()).toEqual({ A: 130, B: 1 });
  });

  it('nobody without a key brings anything into use: another key, another base, another subject, an old record, junk', async () => {
    await shop.publish([priced('A', 100), priced('B', 100)]);
    const one = await desk();
    await isComplete(one, 1);
    const live = shop.source.live;
    if (live === undefined) throw new Error('no live side');
    const old = await live.head('shop');
    const stale: Uint8Array[] = [];
    for await (const { changes } of live.after({ epoch: (await live.position())?.epoch ?? '', seq: 0 }, 100_000)) stale.push(...changes.map(({ bytes }) => bytes));
    await shop.publish([priced('A', 200)]);
    await isComplete(one, 2);
    const rogue = openLink({ servers: [server.url], user: 'rogue' });
    const names = natsNames('callside', 'rogue');
    const send = (key: string, bytes: Uint8Array): Promise<unknown> => rogue.ask(names.record(key), bytes);
    const mallory = person('Mallory', ['author', 'approver']).signer;
    const signed = async (kb: string, epoch: number, by: typeof mallory, ver: number) => Buffer.from(packLine((await signChanges({ kb, epoch, wanted: [priced('A', 1)], liveVersion: () => ver - 1, by, at: 1 }))[0] ?? ({} as never)));
    await send('product/A', await signed('shop', 1, mallory, 9));
    await send('product/A', await signed('other', 1, shop.by, 9));
    await send('product/A', await signed('shop', 2, shop.by, 9));
    await send('product/B', await signed('shop', 1, shop.by, 9));
    await send('product/A', new TextEncoder().encode('{"junk":'));
    // A good key's name under a signature that is not its own.
    const forged = JSON.parse((await signed('shop', 1, mallory, 9)).toString('utf8')) as { signatures: { keyid: string }[] };
    for (const each of forged.signatures) each.keyid = shop.by.id;
    await send('product/A', Buffer.from(JSON.stringify(forged)));
    await send('product/A', stale[0] ?? new Uint8Array());
    await rogue.ask(names.head('shop'), new TextEncoder().encode('{}'));
    await rogue.ask(names.head('shop'), old ?? new Uint8Array());
    await vi.waitFor(() => expect(one.quarantined()).toHaveLength(6), WAIT);
    expect(one.quarantined().toSorted()).toEqual(['bad-record', 'bad-signature', 'unknown-key', 'wrong-epoch', 'wrong-kb', 'wrong-subject']);
    expect(one.prices()).toEqual({ A: 200, B: 100 });
    await vi.waitFor(() => expect(one.follower.state().alarm).toBe('rolled-back'), WAIT);
    await rogue.close();
    // The next real publication goes out over what the rogue left behind, and the alarm is over.
    await shop.publish([priced('A', 210)]);
    await isComplete(one, 3);
    expect(one.follower.state().alarm).toBeUndefined();
    expect(one.prices()).toEqual({ A: 210, B: 100 });
  });

  it('a change that was lost on its way is found by the head, and a damaged row is written anew', async () => {
    await shop.publish([priced('A', 100), priced('B', 100)]);
    const one = await desk();
    await isComplete(one, 1);
    await shop.publish([priced('A', 150), priced('B', 150)]);
    await isComplete(one, 2);
    await one.follower.close();
    one.db.exec("UPDATE signed_record SET digest = 'damaged' WHERE key = 'A'; DELETE FROM signed_record WHERE key = 'B'");
    const again = await desk({ dir: one.dir });
    await isComplete(again, 2);
    expect(again.db.prepare("SELECT count(*) FROM signed_record WHERE key IN ('A', 'B') AND ver = 2 AND length(digest) = 64").pluck().get()).toBe(2);
  });

  it('a stream that is deleted and made anew takes nothing away; what comes after is heard', async () => {
    await shop.publish([priced('A', 100)]);
    const one = await desk();
    await isComplete(one, 1);
    await shop.publish([priced('A', 120)]);
    await isComplete(one, 2);
    const admin = openLink({ servers: [server.url] });
    await admin.ask('$JS.API.STREAM.DELETE.KV_callside', '');
    await provisionStreams(admin, natsNames('callside', 'admin'));
    await admin.close();
    await one.follower.catchUp();
    expect(one.prices()).toEqual({ A: 120 });
    expect(one.follower.state().alarm).toBe('emptied');
    await shop.publish([priced('A', 130)]);
    await isComplete(one, 3);
    expect(one.follower.state().alarm).toBeUndefined();
    expect(one.prices()).toEqual({ A: 130 });
  });

  it('a server killed while a supervisor publishes: nothing it acknowledged is missing, nothing comes twice, and publishing goes on at once', async () => {
    await shop.publish([priced('A', 0)]);
    const stored: string[] = [];
    const one = await desk({ onApplied: (applied) => stored.push(...applied.rows.map(({ key }) => key)) });
    await isComplete(one, 1);
    const acknowledged: string[] = [];
    let torn = 0;
    for (let round = 1; round <= 4; round += 1) {
      let up = true;
      const before = acknowledged.length;
      const publishing = (async () => {
        for (let at = 0; up; at += 1) {
          const done = await shop.publish([priced(`R${round}-${at}`, round)]).catch(() => undefined);
          if (done?.outcome === 'published') acknowledged.push(`R${round}-${at}`);
          else torn += 1;
        }
      })();
      await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + 1), WAIT);
      await new Promise((resolve) => setTimeout(resolve, 23 * round));
      await server.kill();
      up = false;
      await server.start();
      await publishing;
      await vi.waitFor(async () => expect((await shop.source.state()).state).toBe('ready'), WAIT);
      await shop.publisher.live('shop');
    }
    // Not "busy": its own lock, which the last kill left there for a minute, does not keep it out.
    const last = await shop.publish([priced('last', 9)]);
    expect(last.outcome).toBe('published');
    await vi.waitFor(() => expect(one.prices()['last']).toBe(9), WAIT);
    // The head of this release: the record may be in use a moment before it.
    await isComplete(one, last.outcome === 'published' ? (last.release ?? 0) : 0);
    // The kills fell into publications, and some were acknowledged before.
    expect(torn).toBeGreaterThan(0);
    expect(acknowledged.length).toBeGreaterThan(7);
    expect(Object.keys(one.prices())).toEqual(expect.arrayContaining(acknowledged));
    expect(stored.length).toBe(new Set(stored).size);
    expect(news(one).filter(({ first }) => !first).reduce((sum, { counts }) => sum + (counts.product?.added ?? 0), 0)).toBe(Object.keys(one.prices()).length - 1);
  });
});
