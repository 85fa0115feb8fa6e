import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { digestOf, LINE, openLink, openNats, shareOf, whyNoEntry, type ChangeSource, type NatsLink } from '#main/features/channels/index.ts';
import { NATS_SERVER, startChannelServer, startNats, type TestServer } from '#test/helpers/nats-server.ts';

const WAIT = { timeout: 30_000, interval: 20 };
const QUICK = { patienceMs: 1_500, reconnectMs: 100, jitterMs: 50 };

describe.skipIf(NATS_SERVER === undefined)('limits of a server', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });
  const use = <T extends { cleanUp(): unknown }>(server: T): T => {
    ends.push(() => server.cleanUp());
    return server;
  };
  const opened = <T extends ChangeSource | NatsLink>(one: T): T => {
    ends.push(() => one.close());
    return one;
  };

  it('what is longer than the server takes is refused at once as not fitting, and the line stays', async () => {
    const server = use(await startChannelServer('max_payload: 64KB'));
    const desk = opened(openNats({ servers: [server.url], ...QUICK }));
    expect(await desk.write('receipts/desk-1.json', new Uint8Array(100_000))).toEqual({ state: 'full' });
    expect(await desk.publish({ files: [{ name: 'targets/1.pack', bytes: new Uint8Array(600_000) }], head: { name: 'metadata/timestamp.json', bytes: new Uint8Array(3) }, expected: undefined })).toEqual({ state: 'full' });
    expect(await desk.write('receipts/desk-1.json', new Uint8Array(10_000))).toEqual({ state: 'written' });
    expect((await desk.read('metadata/timestamp.json', 100)).state).toBe('absent');
  });

  it('a server that is full says so to whoever asks, and lets the next in by itself when somebody leaves', async () => {
    const server = use(await startNats('max_connections: 2'));
    const [first] = [opened(openLink({ servers: [server.url], ...QUICK })), opened(openLink({ servers: [server.url], ...QUICK }))];
    await vi.waitFor(async () => expect(await first.isUp()).toBe(true), WAIT);
    const late = opened(openLink({ servers: [server.url], ...QUICK }));
    expect(await late.isUp()).toBe(false);
    expect(await whyNoEntry({ servers: [server.url], patienceMs: 1_500 })).toMatchObject({ problem: 'full' });
    await first.close();
    await vi.waitFor(async () => expect(await late.isUp()).toBe(true), WAIT);
  });

  it('a publisher whose server died in the middle of a publication publishes again at once when it is back', async () => {
    const server = use(await startChannelServer());
    const anna = opened(openNats({ servers: [server.url], user: 'anna', ...QUICK }));
    const files = Array.from({ length: 600 }, (_, at) => ({ name: `targets/${at}.json`, bytes: new TextEncoder().encode(`file ${at}`) }));
    const head = { name: 'metadata/timestamp.json', bytes: new TextEncoder().encode('one') };
    const torn = anna.publish({ files, head, expected: undefined });
    await vi.waitFor(async () => expect((await anna.read('targets/5.json', 100)).state).toBe('found'), WAIT);
    await server.kill();
    expect(await torn).toEqual({ state: 'gone' });
    await server.start();
    await vi.waitFor(async () => expect((await anna.state()).state).toBe('ready'), WAIT);
    // Not "busy": its own lock of a minute, still there, does not keep it out.
    expect(await anna.publish({ files: files.slice(0, 3), head, expected: undefined })).toEqual({ state: 'written' });
    // Of one desk, too, two publications follow each other.
    const both = await Promise.all(['two', 'three'].map((text) => anna.publish({ files: [], head: { ...head, bytes: new TextEncoder().encode(text) }, expected: digestOf(head.bytes) })));
    expect(both.map(({ state }) => state).toSorted()).toEqual(['conflict', 'written']);
  });

  it('a full disk quota is told to the publisher; what was there stays readable', async () => {
    const server = use(await startChannelServer('accounts { K { jetstream: { max_file: 2MB }, users: [ { user: anna, password: x } ] } }', { user: 'anna', password: 'x' }));
    const anna = opened(openNats({ servers: [server.url], user: 'anna', password: 'x', ...QUICK, patienceMs: 4_000 }));
    const head = { name: 'metadata/timestamp.json', bytes: new TextEncoder().encode('one') };
    expect(await anna.publish({ files: [{ name: 'targets/1.pack', bytes: new Uint8Array(1_000_000).fill(1) }], head, expected: undefined })).toEqual({ state: 'written' });
    expect(await anna.write('targets/2.pack', new Uint8Array(2_000_000).fill(2))).toEqual({ state: 'full' });
    const pack = await anna.read('targets/1.pack', 2_000_000);
    expect(pack.state === 'found' && pack.bytes.length).toBe(1_000_000);
  });

  it('a desk whose user is taken away loses the server, and is back without a restart when the user is given back', async () => {
    const users = (names: string): string => `authorization { users: [ { user: admin, password: x }\n${names} ] }`;
    const server = use(await startNats('include "users.conf"', { 'users.conf': users('{ user: desk-1, password: x }') }));
    const desk = opened(openLink({ servers: [server.url], user: 'desk-1', password: 'x', ...QUICK }));
    expect(await desk.isUp()).toBe(true);
    server.write('users.conf', users(''));
    await server.reload();
    await vi.waitFor(async () => expect(await desk.isUp()).toBe(false), WAIT);
    // Longer than the two refusals after which the client gives up for good by itself.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await whyNoEntry({ servers: [server.url], user: 'desk-1', password: 'x', patienceMs: 1_500 })).toMatchObject({ problem: 'unknown-user' });
    server.write('users.conf', users('{ user: desk-1, password: x }'));
    await server.reload();
    await vi.waitFor(async () => expect(await desk.isUp()).toBe(true), WAIT);
  });

  it('a desk that was started before its user was entered gets in when it is', async () => {
    const server = use(await startNats('include "users.conf"', { 'users.conf': 'authorization { users: [ { user: admin, password: x } ] }' }));
    const desk = opened(openLink({ servers: [server.url], user: 'desk-1', password: 'x', ...QUICK }));
    expect(await desk.isUp()).toBe(false);
    server.write('users.conf', 'authorization { users: [ { user: desk-1, password: x } ] }');
    await server.reload();
    await vi.waitFor(async () => expect(await desk.isUp()).toBe(true), WAIT);
  });
});

describe('a limited line', () => {
  it('is never given out twice: whatever reads at one moment has a share of it', () => {
    expect(LINE.own + LINE.live).toBeLessThanOrEqual(1);
    expect(LINE.own + LINE.liveMeanwhile + LINE.release).toBeLessThanOrEqual(1);
    expect(shareOf(100_000, LINE.live, 2)).toBe(40_000);
    expect(shareOf(null, LINE.live)).toBeUndefined();
    expect(shareOf(1_000, 0.0001)).toBe(1);
  });

  it.skipIf(NATS_SERVER === undefined)('holds for the desk as a whole: three connections that read at once take no more together', async () => {
    const server = await startChannelServer();
    const open = (share?: number): ChangeSource => openNats({ servers: [server.url], ...QUICK, ...(share === undefined ? {} : { bytesPerSecond: shareOf(CAP, share) ?? 0 }) });
    const CAP = 400_000;
    const publisher = open();
    const file = new Uint8Array(40_000).fill(1);
    await publisher.publish({ files: [{ name: 'targets/1.pack', bytes: file }], head: { name: 'metadata/timestamp.json', bytes: new Uint8Array(5_000) }, expected: undefined });
    await publisher.live?.announce(Array.from({ length: 60 }, (_, at) => ({ name: `article/${at}`, ver: 1, bytes: file })), undefined);
    const position = await publisher.live?.position();
    const [own, live, release] = [open(LINE.own), open(LINE.live), open(LINE.release)];
    // As when a release is looked at while changes are followed.
    live.limit?.(shareOf(CAP, LINE.liveMeanwhile));
    let bytes = 0;
    const begun = performance.now();
    const until = begun + 2_000;
    const reads = async (source: ChangeSource, name: string): Promise<void> => {
      while (performance.now() < until) {
        const found = await source.read(name, 1_000_000);
        if (found.state === 'found') bytes += found.bytes.length;
      }
    };
    const follows = async (): Promise<void> => {
      while (performance.now() < until) {
        for await (const { changes } of live.live?.after({ epoch: position?.epoch ?? '', seq: 0 }, 50_000) ?? []) {
          for (const change of changes) bytes += change.bytes.length;
          if (performance.now() >= until) break;
        }
      }
    };
    await Promise.all([reads(own, 'metadata/timestamp.json'), reads(release, 'targets/1.pack'), follows()]);
    const rate = (bytes * 1_000) / (performance.now() - begun);
    expect(rate).toBeLessThan(CAP * 1.02);
    // And it is used.
    expect(rate).toBeGreaterThan(CAP * 0.5);
    await Promise.all([publisher, own, live, release].map((one) => one.close()));
    await server.cleanUp();
  });
});

describe.skipIf(NATS_SERVER === undefined)('many desks cut off in one moment', () => {
  const DESKS = 200;
  let server: TestServer;
  let proxy: Server;
  const sockets = new Set<Socket>();
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => proxy.close(resolve));
    await server.cleanUp();
  });

  it('come back spread over time although the server never went away, all of them', async () => {
    server = await startNats();
    let arrivals: number[] = [];
    proxy = createServer((socket) => {
      arrivals.push(performance.now());
      const onward = connect(server.port, '127.0.0.1');
      for (const [a, b] of [[socket, onward], [onward, socket]] as const) {
        sockets.add(a);
        a.pipe(b);
        a.on('error', () => b.destroy());
        a.on('close', () => b.destroy());
      }
    });
    const port = await new Promise<number>((resolve) => proxy.listen(0, '127.0.0.1', () => {
      const address = proxy.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    }));
    const links = Array.from({ length: DESKS }, () => openLink({ servers: [`nats://127.0.0.1:${port}`], reconnectMs: 100, jitterMs: 8_000 }));
    expect(await Promise.all(links.map((link) => link.isUp()))).not.toContain(false);
    let back = 0;
    for (const link of links) link.onEvent((event) => {
      if (event === 'up') back += 1;
    });
    arrivals = [];
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await vi.waitFor(() => expect(back).toBe(DESKS), WAIT);
    // Evenly spread over two seconds a tenth of a second sees a twentieth of them; at once it would see all.
    const busiest = Math.max(...arrivals.map((at) => arrivals.filter((other) => other >= at && other < at + 100).length));
    expect(busiest).toBeLessThan(DESKS / 5);
    await Promise.all(links.map((link) => link.close()));
  });
});
