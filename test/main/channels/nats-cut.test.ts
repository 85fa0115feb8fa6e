import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { natsNames, openLink, openNats, provisionStreams, type ChangeSource, type LiveEvent } from '#main/features/channels/index.ts';
import { tempFolder } from '#test/helpers/nats-deploy.ts';
import { openLiveDesk, openLiveShop, priced } from '#test/helpers/live-shop.ts';
import { NATS_SERVER } from '#test/helpers/nats-server.ts';
import { tempDir } from '../packs/helpers.ts';

const ip = (...words: string[]): void => void execFileSync('ip', words, { stdio: 'pipe' });
const TAG = `cs${process.pid % 100_000}`;

/** A namespace with a line that can be made to swallow packets needs an administrator on Linux. */
const CAN_CUT = ((): boolean => {
  if (NATS_SERVER === undefined || process.getuid?.() !== 0) return false;
  try {
    ip('netns', 'add', `${TAG}x`);
    ip('netns', 'delete', `${TAG}x`);
    return true;
  } catch {
    return false;
  }
})();

const WAIT = { timeout: 30_000, interval: 50 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

// The desk's line runs over a bridge: a port taken from it swallows every packet in both directions and says nothing.
describe.skipIf(!CAN_CUT)('a network that swallows packets (needs root and ip netns)', () => {
  const SPACE = `${TAG}n`;
  const BRIDGE = `${TAG}b`;
  const DESK = { here: `${TAG}d0`, bridge: `${TAG}d1`, port: `${TAG}d2`, there: `${TAG}d3` };
  const OFFICE = { here: `${TAG}o0`, there: `${TAG}o1` };
  const NET = process.pid % 250;
  let folder: ReturnType<typeof tempFolder>;
  let server: ChildProcess | undefined;
  const opened: ChangeSource[] = [];

  beforeEach(async () => {
    folder = tempFolder();
    ip('netns', 'add', SPACE);
    ip('link', 'add', BRIDGE, 'type', 'bridge');
    ip('link', 'add', DESK.here, 'type', 'veth', 'peer', 'name', DESK.bridge);
    ip('link', 'add', DESK.port, 'type', 'veth', 'peer', 'name', DESK.there);
    ip('link', 'add', OFFICE.here, 'type', 'veth', 'peer', 'name', OFFICE.there);
    for (const link of [DESK.there, OFFICE.there]) ip('link', 'set', link, 'netns', SPACE);
    for (const link of [DESK.bridge, DESK.port]) ip('link', 'set', link, 'master', BRIDGE);
    for (const link of [BRIDGE, DESK.here, DESK.bridge, DESK.port, OFFICE.here]) ip('link', 'set', link, 'up');
    ip('address', 'add', `10.231.${NET}.1/30`, 'dev', DESK.here);
    ip('address', 'add', `10.231.${NET}.5/30`, 'dev', OFFICE.here);
    ip('netns', 'exec', SPACE, 'ip', 'address', 'add', `10.231.${NET}.2/30`, 'dev', DESK.there);
    ip('netns', 'exec', SPACE, 'ip', 'address', 'add', `10.231.${NET}.6/30`, 'dev', OFFICE.there);
    for (const link of ['lo', DESK.there, OFFICE.there]) ip('netns', 'exec', SPACE, 'ip', 'link', 'set', link, 'up');
    const file = join(folder.dir, 'server.conf');
    writeFileSync(file, `listen: "0.0.0.0:4222"\njetstream { store_dir: "${folder.dir}/store" }\n`);
    const running = spawn('ip', ['netns', 'exec', SPACE, NATS_SERVER ?? '', '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    server = running;
    await new Promise<void>((resolve) => void running.stderr.on('data', (data: Buffer) => (data.toString('utf8').includes('Server is ready') ? resolve() : undefined)));
    const admin = openLink({ servers: [`nats://10.231.${NET}.6:4222`] });
    await provisionStreams(admin, natsNames('callside', 'admin'));
    await admin.close();
  });
  afterEach(async () => {
    for (const source of opened.splice(0)) await source.close();
    server?.kill('SIGKILL');
    for (const words of [['netns', 'delete', SPACE], ['link', 'delete', BRIDGE], ['link', 'delete', DESK.here], ['link', 'delete', OFFICE.here], ['link', 'delete', DESK.port]]) {
      try {
        ip(...words);
      } catch {
        // Gone with its other end.
      }
    }
    folder.remove();
  });
  const open = (host: number): ChangeSource => {
    const source = openNats({ servers: [`nats://10.231.${NET}.${host}:4222`], patienceMs: 1_000, reconnectMs: 200, jitterMs: 100, pingMs: 500 });
    opened.push(source);
    return source;
  };

  it('is noticed by the desk, which comes back by itself and misses nothing', async () => {
    const supervisor = open(6);
    const desk = open(2);
    const [live, office] = [desk.live, supervisor.live];
    if (live === undefined || office === undefined) throw new Error('no live side');
    const head = { kb: 'shop', ver: 1, bytes: bytes('head') };
    const say = (name: string) => office.announce([{ name, ver: 1, bytes: bytes(name) }], head);
    const events: LiveEvent[] = [];
    live.subscribe((event) => events.push(event));
    await vi.waitFor(() => expect(events.some(({ kind }) => kind === 'connected')).toBe(true), WAIT);
    // An answer on the same connection: the subscription is there, too.
    const start = await live.position();
    await say('product/before');
    await vi.waitFor(() => expect(events.some(({ kind }) => kind === 'change')).toBe(true), WAIT);

    ip('link', 'set', DESK.port, 'nomaster');
    await say('product/during-1');
    expect(await desk.state()).toEqual({ state: 'gone' });
    // By the silence of the line, in seconds: the system itself gives such a connection up after a quarter of an hour.
    await vi.waitFor(() => expect(events.at(-1)?.kind).toBe('disconnected'), WAIT);
    await say('product/during-2');
    expect(events.filter(({ kind }) => kind === 'change')).toHaveLength(1);

    ip('link', 'set', DESK.port, 'master', BRIDGE);
    await vi.waitFor(() => expect(events.at(-1)?.kind).toBe('connected'), WAIT);
    const missed: string[] = [];
    if (start !== undefined) for await (const { changes } of live.after(start, 100_000)) missed.push(...changes.map(({ name }) => name));
    expect(missed).toEqual(['product/before', 'product/during-1', 'product/during-2']);
    await say('product/after');
    await vi.waitFor(() => expect(events.filter(({ kind }) => kind === 'change')).toHaveLength(2), WAIT);
  });

  it('takes nothing from a desk that follows, and each change reaches it once when packets pass again', async () => {
    const shop = await openLiveShop(`nats://10.231.${NET}.6:4222`, tempDir());
    opened.push(shop.source);
    await shop.publish([priced('A', 100)]);
    const stored: string[] = [];
    const desk = await openLiveDesk(shop, `nats://10.231.${NET}.2:4222`, tempDir(), { user: { user: 'desk-1', pingMs: 500, patienceMs: 1_000 } as never, onApplied: ({ rows }) => stored.push(...rows.map(({ key }) => key)) });
    try {
      const isComplete = (ver: number): Promise<void> => vi.waitFor(() => expect(desk.follower.state()).toMatchObject({ phase: 'following', head: { ver } }), WAIT);
      await isComplete(1);
      ip('link', 'set', DESK.port, 'nomaster');
      await shop.publish([priced('A', 120)]);
      await shop.publish([priced('B', 1)]);
      await vi.waitFor(() => expect(desk.follower.state().phase).toBe('away'), WAIT);
      expect(desk.prices()).toEqual({ A: 100 });
      ip('link', 'set', DESK.port, 'master', BRIDGE);
      await isComplete(3);
      expect(desk.prices()).toEqual({ A: 120, B: 1 });
      expect(stored.toSorted()).toEqual(['product/A', 'product/B']);
    } finally {
      await desk.close();
    }
  });
});
