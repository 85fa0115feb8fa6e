import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { quickCheck } from '#main/db/open.ts';
import { announceNewest, createInstalledRepository, followChannel, openNats, reviveRelease } from '#main/features/channels/index.ts';
import { createPublisher, openTrustStore, signChanges } from '#main/features/packs/index.ts';
import { openLiveDesk, openLiveShop, priced, QUICK, type LiveDesk, type LiveShop } from '#test/helpers/live-shop.ts';
import { NATS_SERVER, startChannelServer, type TestServer } from '#test/helpers/nats-server.ts';
import { seeded } from '#test/helpers/seeded.ts';
import { tcpProxy } from '#test/helpers/tcp-proxy.ts';
import { unrulyProxy } from '#test/helpers/unruly-proxy.ts';
import { unruly } from '#test/helpers/unruly-live.ts';
import { tempDir } from '../packs/helpers.ts';

const WAIT = { timeout: 30_000, interval: 10 };
const DAY = 86_400_000;

const CAN_MOUNT = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    const dir = mkdtempSync(join(tmpdir(), 'callside-mount-'));
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', dir], { stdio: 'pipe' });
    execFileSync('umount', [dir]);
    rmSync(dir, { recursive: true });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(NATS_SERVER === undefined)('what goes wrong between a server and a desk', () => {
  let server: TestServer;
  let shop: LiveShop;
  let ends: (() => Promise<void>)[];
  const begin = async (config = ''): Promise<void> => {
    server = await startChannelServer(config);
    shop = await openLiveShop(server.url, tempDir());
    ends.push(() => shop.source.close());
  };
  const desk = async ({ dir = tempDir(), ...options }: Parameters<typeof openLiveDesk>[3] & { dir?: string } = {}): Promise<LiveDesk> => {
    const made = await openLiveDesk(shop, server.url, dir, options);
    ends.push(made.close);
    return made;
  };
  const isComplete = async (one: Pick<LiveDesk, 'follower'>, ver: number): Promise<void> => vi.waitFor(() => expect(one.follower.state()).toMatchObject({ phase: 'following', head: { ver } }), WAIT);
  const added = (one: LiveDesk): number => createInstalledRepository(one.db).log(0, 60).filter(({ first }) => !first).reduce((sum, { counts }) => sum + (counts.product?.added ?? 0), 0);

  beforeEach(() => {
    ends = [];
  });
  afterEach(async () => {
    for (const end of ends.toReversed()) await end();
    await server.cleanUp();
  });

  it('messages get lost, come three times and overtake each other: every record is in use once, in its newest version', async () => {
    await begin();
    await shop.publish([priced('A', 0)]);
    const random = seeded(7);
    const stored: string[] = [];
    const dir = tempDir();
    const first = await desk({ dir });
    await isComplete(first, 1);
    await first.close();
    ends.pop();
    const knowledge = await desk({ dir });
    await knowledge.follower.close();
    const shown: number[] = [];
    const follower = followChannel({
      source: unruly(knowledge.source, { lost: 0.3, twice: 0.5, late: 0.5, random }), channel: 'nats', kb: 'shop', parts: knowledge, store: knowledge.store, order: 100, pace: QUICK, random: () => 0.5,
      onApplied: ({ rows }) => {
        stored.push(...rows.map(({ key }) => key));
        shown.push(knowledge.prices()['A'] ?? -1);
      },
    });
    ends.push(() => follower.close());
    for (let round = 1; round <= 12; round += 1) await shop.publish([priced('A', round), priced(`N-${round}`, round)]);
    await isComplete({ follower }, 13);
    expect(knowledge.prices()).toEqual({ A: 12, ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`N-${at + 1}`, at + 1])) });
    // No older version was in use again, not for a moment.
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    const fresh = stored.filter((key) => key !== 'product/A');
    expect(fresh.toSorted()).toEqual([...new Set(fresh)].toSorted());
    expect(fresh).toHaveLength(12);
    expect(added(knowledge)).toBe(12);
  });

  it('a line that loses, repeats and holds back messages between server and desk: the same', async () => {
    await begin();
    await shop.publish([priced('A', 0)]);
    const proxy = await unrulyProxy(server.port, { lost: 0.2, twice: 0.5, late: 0.5, random: seeded(11) });
    ends.push(proxy.close);
    const stored: string[] = [];
    const shown: number[] = [];
    const look: { prices?: () => Record<string, number | undefined> } = {};
    const one = await openLiveDesk(shop, `nats://127.0.0.1:${proxy.port}`, tempDir(), {
      onApplied: ({ rows }) => {
        stored.push(...rows.map(({ key }) => key));
        shown.push(look.prices?.()['A'] ?? 0);
      },
    });
    look.prices = one.prices;
    ends.push(one.close);
    await isComplete(one, 1);
    // How many messages carry what is published is a matter of time, so rounds go on until the line did everything often enough.
    let rounds = 0;
    const wasUnruly = (): boolean => Object.values(proxy.did).every((count) => count > 5);
    while (rounds < 12 || (rounds < 40 && !wasUnruly())) {
      rounds += 1;
      await shop.publish([priced('A', rounds), priced(`N-${rounds}`, rounds)]);
      // The server's copies reach the line after the publisher is told.
      await new Promise((resolve) => void setTimeout(resolve, 20));
    }
    expect(proxy.did, 'the line was unruly').toSatisfy(wasUnruly);
    // A head that is lost is said again, as supervisors' desks do every few minutes.
    await vi.waitFor(async () => {
      await announceNewest({ source: shop.source, store: shop.store, kb: 'shop' });
      expect(one.follower.state()).toMatchObject({ phase: 'following', head: { ver: rounds + 1 } });
    }, { timeout: 30_000, interval: 300 });
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(one.prices()).toEqual({ A: rounds, ...Object.fromEntries(Array.from({ length: rounds }, (_, at) => [`N-${at + 1}`, at + 1])) });
    const fresh = stored.filter((key) => key !== 'product/A');
    expect(fresh.length).toBe(new Set(fresh).size);
    expect(added(one)).toBe(rounds);
    expect(one.quarantined()).toEqual([]);
  });

  it('a desk that does not read is let go by the server, and takes everything when it reads again', async () => {
    await begin('write_deadline: "500ms"\nmax_pending: 1048576');
    await shop.publish([priced('A', 0)]);
    const proxy = await tcpProxy(server.port);
    ends.push(proxy.close);
    const dir = tempDir();
    const one = await openLiveDesk(shop, `nats://127.0.0.1:${proxy.port}`, dir);
    ends.push(one.close);
    await isComplete(one, 1);
    const phases = new Set<string>();
    const look = setInterval(() => phases.add(one.follower.state().phase), 5);
    ends.push(async () => clearInterval(look));
    proxy.stall();
    for (let round = 1; round <= 20; round += 1) await shop.publish([priced(`N-${round}`, round), { line: { kind: 'article', record: { id: `long-${round}`, kind: 'policy', title: `Long ${round}`, summary: 'One sentence.', body: 'x'.repeat(200_000) } } }]);
    proxy.flow();
    proxy.cut();
    await isComplete(one, 21);
    expect(phases.has('away')).toBe(true);
    expect(added(one)).toBe(20);
    expect(one.repository.list('article')).toHaveLength(20);
  });

  it('a server set back to an older copy takes nothing away: desks say so, and a supervisor’s desk brings it up to date without a key', async () => {
    await begin();
    await shop.publish([priced('A', 100)]);
    const one = await desk();
    await isComplete(one, 1);
    await server.kill();
    const copy = join(tempDir(), 'copy');
    server.backUp(copy);
    await server.start();
    await vi.waitFor(async () => expect((await shop.source.state()).state).toBe('ready'), WAIT);
    await shop.publish([priced('A', 120), priced('B', 1)]);
    await shop.publish([priced('A', 130)]);
    await isComplete(one, 3);
    await server.kill();
    server.setBack(copy);
    await server.start();
    await vi.waitFor(() => expect(one.follower.state().alarm).toBe('rolled-back'), WAIT);
    expect(one.prices()).toEqual({ A: 130, B: 1 });
    await vi.waitFor(async () => expect((await shop.source.state()).state).toBe('ready'), WAIT);
    const parts = { source: shop.source, store: shop.store, kb: 'shop' };
    expect(await reviveRelease(parts)).toBe(true);
    expect(await announceNewest(parts)).toEqual({ state: 'announced', records: 2 });
    await vi.waitFor(() => expect(one.follower.state().alarm).toBeUndefined(), WAIT);
    expect(one.prices()).toEqual({ A: 130, B: 1 });
    const fresh = await desk();
    await isComplete(fresh, 3);
    expect(fresh.prices()).toEqual({ A: 130, B: 1 });
    // Once more changes nothing.
    expect(await reviveRelease(parts)).toBe(false);
  });

  it('an old release offered again as the newest, with its old head, is refused', async () => {
    await begin();
    await shop.publish([priced('A', 100)]);
    const old = await shop.source.read('metadata/timestamp.json', 50_000);
    const oldHead = await shop.source.live?.head('shop');
    const one = await desk();
    await isComplete(one, 1);
    await shop.publish([priced('A', 120)]);
    await isComplete(one, 2);
    if (old.state !== 'found' || oldHead === undefined) throw new Error('nothing was published');
    const rogue = openNats({ servers: [server.url], user: 'rogue' });
    ends.push(() => rogue.close());
    await rogue.write('metadata/timestamp.json', old.bytes);
    await rogue.live?.announce([], { kb: 'shop', ver: 99, bytes: oldHead });
    await vi.waitFor(() => expect(one.follower.state().alarm).toBe('rolled-back'), WAIT);
    await one.follower.catchUp();
    expect(one.prices()).toEqual({ A: 120 });
    expect(createInstalledRepository(one.db).base('shop')?.release).toBe(2);
  });

  it('a full disk: nothing half is in use, the desk says so, and goes on when there is room', async () => {
    await begin();
    await shop.publish([priced('A', 100)]);
    // Both changes come in one transaction.
    const one = await desk({ pace: { ...QUICK, gatherMs: 300 } });
    await isComplete(one, 1);
    one.db.pragma('wal_checkpoint(TRUNCATE)');
    const pages = Number(one.db.pragma('page_count', { simple: true }));
    one.db.pragma(`max_page_count = ${pages + 2}`);
    const long = (at: number, body: string) => ({ line: { kind: 'article' as const, record: { id: `long-${at}`, kind: 'policy' as const, title: `Long ${at}`, summary: 'One sentence.', body } } });
    await shop.publish([priced('A', 120), long(1, 'word '.repeat(40_000))], false);
    await announceNewest({ source: shop.source, store: shop.store, kb: 'shop' });
    await vi.waitFor(() => expect(one.follower.state().alarm).toBe('disk-full'), WAIT);
    expect(one.prices()).toEqual({ A: 100 });
    expect(one.db.inTransaction).toBe(false);
    one.db.pragma(`max_page_count = ${pages + 10_000}`);
    await isComplete(one, 2);
    expect(one.follower.state().alarm).toBeUndefined();
    expect(one.prices()).toEqual({ A: 120 });
    expect(one.repository.list('article')).toHaveLength(1);
  });

  it.skipIf(!CAN_MOUNT)('the disk itself is full (a small tmpfs; needs root): nothing half is in use, and it goes on when there is room', async () => {
    await begin();
    await shop.publish([priced('A', 100)]);
    const dir = tempDir();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dir], { stdio: 'pipe' });
    ends.push(async () => void execFileSync('umount', ['-l', dir]));
    const one = await desk({ dir, pace: { ...QUICK, gatherMs: 300 } });
    await isComplete(one, 1);
    const ballast = join(dir, 'ballast');
    const { bavail, bsize } = statfsSync(dir);
    writeFileSync(ballast, Buffer.alloc((bavail - 4) * bsize));
    await shop.publish([priced('A', 120), { line: { kind: 'article', record: { id: 'long', kind: 'policy', title: 'Long', summary: 'One sentence.', body: 'word '.repeat(40_000) } } }]);
    await vi.waitFor(() => expect(one.follower.state().alarm).toBe('disk-full'), WAIT);
    expect(one.prices()).toEqual({ A: 100 });
    expect(one.repository.list('article')).toEqual([]);
    rmSync(ballast);
    await isComplete(one, 2);
    expect(one.follower.state().alarm).toBeUndefined();
    expect(one.prices()).toEqual({ A: 120 });
    expect(one.repository.list('article')).toHaveLength(1);
    expect(quickCheck(one.db)).toEqual([]);
  });

  it.each([1, -1])('a clock %s day wrong is said, and changes nothing else', async (days) => {
    await begin();
    await shop.publish([priced('A', 100)]);
    const knowledge = await desk();
    await isComplete(knowledge, 1);
    await knowledge.follower.close();
    const wrong = (): number => Date.now() + days * DAY;
    const follower = followChannel({ source: knowledge.source, channel: 'nats', kb: 'shop', parts: { ...knowledge, now: wrong }, store: knowledge.store, order: 100, pace: QUICK });
    ends.push(() => follower.close());
    await shop.publish([priced('A', 120)]);
    await isComplete({ follower }, 2);
    expect(knowledge.prices()).toEqual({ A: 120 });
    expect(Math.round((follower.state().clock ?? 0) / DAY)).toBe(days);
    expect(follower.state().alarm).toBeUndefined();
  });

  it('a head that has run out blanks nothing: the state says until when somebody vouched', async () => {
    await begin();
    await shop.publish([priced('A', 100)]);
    const knowledge = await desk();
    await isComplete(knowledge, 1);
    await knowledge.follower.close();
    const later = (): number => Date.now() + 90 * DAY;
    const follower = followChannel({ source: knowledge.source, channel: 'nats', kb: 'shop', parts: { ...knowledge, now: later }, store: knowledge.store, order: 100, pace: QUICK });
    ends.push(() => follower.close());
    await isComplete({ follower }, 1);
    expect(follower.state().expires).toBeLessThan(later());
    expect(knowledge.prices()).toEqual({ A: 100 });
  });

  it('credentials taken away while connected: what is here stays, and following goes on when they are back', async () => {
    const users = (names: readonly string[]): string => `accounts { K { jetstream: enabled, users: [ ${names.map((name) => `{ user: ${name}, password: pw }`).join(', ')} ] } }`;
    server = await startChannelServer(users(['admin', 'anna', 'desk']), { user: 'admin', password: 'pw' });
    shop = await openLiveShop(server.url, tempDir(), { user: 'anna', password: 'pw' });
    ends.push(() => shop.source.close());
    await shop.publish([priced('A', 100)]);
    const one = await desk({ user: { user: 'desk', password: 'pw' } });
    await isComplete(one, 1);
    await server.configure(users(['admin', 'anna']));
    await vi.waitFor(() => expect(one.follower.state().phase).toBe('away'), WAIT);
    await shop.publish([priced('A', 120)]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(one.prices()).toEqual({ A: 100 });
    await server.configure(users(['admin', 'anna', 'desk']));
    await isComplete(one, 2);
    expect(one.prices()).toEqual({ A: 120 });
  });

  it('a record longer than the server takes is refused before anything is written', async () => {
    await begin();
    await shop.publish([priced('A', 100)]);
    const publisher = createPublisher({ writer: shop.source, store: shop.store, now: Date.now, recordLimit: async () => shop.source.live?.mostBytes() });
    const record = { id: 'long', kind: 'policy', title: 'Long', summary: 'One sentence.', body: 'x'.repeat(1_100_000) } as const;
    const changes = await signChanges({ kb: 'shop', epoch: 1, wanted: [{ line: { kind: 'article', record } }], liveVersion: () => 0, by: shop.by, at: 1 });
    const before = await shop.source.live?.position();
    const head = await shop.source.read('metadata/timestamp.json', 50_000);
    expect(await publisher.publish({ kb: 'shop', changes, note: '', by: shop.by })).toMatchObject({ outcome: 'refused', refusal: { reason: 'too-large', file: 'article/long' } });
    expect((await shop.source.live?.position())?.seq).toBe(before?.seq);
    expect(await shop.source.read('metadata/timestamp.json', 50_000)).toEqual(head);
  });

  it('of two supervisors at once one publishes and the other is told, and desks have what the one published', async () => {
    await begin();
    await shop.publish([priced('A', 100)]);
    const one = await desk();
    await isComplete(one, 1);
    const second = openTrustStore(join(tempDir(), 'packs'));
    const pin = shop.store.pin('shop');
    if (pin === undefined) throw new Error('no pin');
    await second.savePin(pin, shop.store.metadata('shop').root ?? new Uint8Array());
    const at = async (store: typeof second, price: number) => {
      const publisher = createPublisher({ writer: shop.source, store, now: Date.now, published: async (kb, changes) => void (await announceNewest({ source: shop.source, store, kb }, changes)) });
      const changes = await signChanges({ kb: 'shop', epoch: 1, wanted: [priced('A', price)], liveVersion: () => 1, by: shop.by, at: price });
      return publisher.publish({ kb: 'shop', changes, note: '', by: shop.by });
    };
    const outcomes = await Promise.all([at(shop.store, 1), at(second, 2)]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['overtaken', 'published']);
    await isComplete(one, 2);
    expect(one.prices()).toEqual({ A: outcomes[0]?.outcome === 'published' ? 1 : 2 });
  });

  it('a slow line is asked for no more than it carries, and what comes is whole', async () => {
    await begin();
    await shop.publish([priced('A', 100)]);
    const dir = tempDir();
    const one = await desk({ dir });
    await isComplete(one, 1);
    await one.close();
    ends.pop();
    const records = Array.from({ length: 60 }, (_, at) => ({ line: { kind: 'article' as const, record: { id: `a-${at}`, kind: 'policy' as const, title: `Article ${at}`, summary: 'One sentence.', body: 'x'.repeat(2_000) } } }));
    await shop.publish(records);
    const begun = performance.now();
    const slow = await desk({ dir, user: { user: 'desk-1', bytesPerSecond: 100_000 } as never, pace: { ...QUICK, batchBytes: 20_000 } });
    await isComplete(slow, 2);
    // Some 150 KB at 100 KB a second.
    expect(performance.now() - begun).toBeGreaterThan(1_000);
    expect(slow.repository.list('article')).toHaveLength(60);
  });

  it('on a line that costs nothing is fetched before somebody asks', async () => {
    await begin();
    await shop.publish([priced('A', 100)]);
    const one = await desk({ onlyWhenAsked: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(one.prices()).toEqual({});
    await one.follower.catchUp();
    expect(one.prices()).toEqual({ A: 100 });
    await shop.publish([priced('A', 120)]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(one.prices()).toEqual({ A: 100 });
    await one.follower.catchUp();
    expect(one.prices()).toEqual({ A: 120 });
  });

  it('a thousand desks that start in one moment ask spread over the given time', async () => {
    await begin();
    await shop.publish([priced('A', 100)]);
    const asked = new Map<number, number>();
    for (let at = 0; at < 6; at += 1) {
      // From when it asks for its share of the time: opening a desk takes as long as the machine likes.
      let begun: number | undefined;
      const random = (): number => {
        begun ??= performance.now();
        return at / 6;
      };
      await desk({ pace: { ...QUICK, spreadMs: 1_200 }, random, release: async () => void (asked.has(at) ? undefined : asked.set(at, performance.now() - (begun ?? Infinity))) });
    }
    await vi.waitFor(() => expect(asked.size).toBe(6), WAIT);
    const waits = [...asked].toSorted(([a], [b]) => a - b).map(([, wait]) => wait);
    expect((waits[5] ?? 0) - (waits[0] ?? 0)).toBeGreaterThan(600);
    expect(waits[5]).toBeGreaterThan(990);
  });
});
