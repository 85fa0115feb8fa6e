import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDeskWatch, natsNames, openLink, openNats, writePresence, writeReceipt, type ChangeSource } from '#main/features/channels/index.ts';
import type { Presence } from '#shared/domain/news/presence.ts';
import type { Receipt } from '#shared/domain/news/receipt.ts';
import { NATS_SERVER, startChannelServer, type TestServer } from '#test/helpers/nats-server.ts';

const WAIT = { timeout: 30_000, interval: 20 };
const idOf = (at: number): string => `desk-${String(at).padStart(12, 'a')}`;
const presence = (at: number, release: number): Presence => ({ v: 1, desk: idOf(at), at: Date.now(), app: '1.0', releases: [{ source: 'shop', release }] });
const receipt = (at: number, acknowledged: Receipt['acknowledged'] = []): Receipt => ({ v: 1, desk: idOf(at), at: Date.now(), app: '1.0', releases: [{ source: 'shop', release: 1, installedAt: 1 }], acknowledged, flags: [] });

describe.skipIf(NATS_SERVER === undefined)('what desks say, through a real server', () => {
  const open = (server: TestServer, user: string): ChangeSource => {
    const source = openNats({ servers: [server.url], user, patienceMs: 3_000, reconnectMs: 100, jitterMs: 50 });
    onTestFinished(() => source.close());
    return source;
  };
  const watching = (server: TestServer) => {
    const source = open(server, 'anna');
    const changed = vi.fn<() => void>();
    const watch = createDeskWatch({ now: Date.now, sources: () => [{ id: 'nats', source }], changed, warn: () => undefined });
    onTestFinished(() => watch.close());
    return { watch, changed };
  };
  const start = async () => {
    const server = await startChannelServer();
    onTestFinished(() => server.cleanUp());
    return server;
  };

  it('keeps the last words of each desk for a supervisor who comes later, and brings what is said from then on', async () => {
    const server = await start();
    const desks = [1, 2].map((at) => open(server, `machine-${at}`));
    const [one, two] = desks as [ChangeSource, ChangeSource];
    await writePresence(one, presence(1, 1));
    await writePresence(one, presence(1, 2));
    await writeReceipt(two, receipt(2));
    const { watch, changed } = watching(server);
    const first = await watch.look();
    expect(first.desks.map(({ desk, releases }) => `${desk} ${String(releases[0]?.release)}`).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([`${idOf(1)} 2`, `${idOf(2)} 1`]);
    expect(first.unreadable).toBe(0);

    await writeReceipt(two, receipt(2, [{ announcement: 'news', digest: 'd', at: 5 }]));
    await writePresence(one, presence(1, 3));
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), WAIT);
    const then = new Map((await watch.look()).desks.map((desk) => [desk.desk, desk]));
    expect(then.get(idOf(1))?.releases).toMatchObject([{ release: 3 }]);
    expect(then.get(idOf(2))?.receipt?.acknowledged).toHaveLength(1);
  });

  it('reads again what was said while the server could not be heard', async () => {
    const server = await start();
    const { watch } = watching(server);
    await watch.look();
    await server.kill();
    await server.start();
    const desk = open(server, 'machine-1');
    await vi.waitFor(async () => expect(await writePresence(desk, presence(1, 7))).toEqual({ state: 'written' }), WAIT);
    await vi.waitFor(async () => expect((await watch.look()).desks.map(({ releases }) => releases[0]?.release)).toEqual([7]), WAIT);
  });

  it('a thousand desks at one moment are a few changes of the screen, and none is missed', async () => {
    const server = await start();
    const { watch, changed } = watching(server);
    await watch.look();
    const desk = open(server, 'machine');
    const count = 1_000;
    await Promise.all(Array.from({ length: count }, (_, at) => writePresence(desk, presence(at, 1))));
    await vi.waitFor(async () => expect((await watch.look()).desks).toHaveLength(count), WAIT);
    // One in 400 ms, however long a thousand take; without that it is a thousand.
    expect(changed.mock.calls.length).toBeLessThan(count / 10);
    // Somebody who looks for the first time reads them all.
    expect((await watching(server).watch.look()).desks).toHaveLength(count);
  });

  it('what desks say is no reason for a desk to look for releases', async () => {
    const server = await start();
    const listener = vi.fn<() => void>();
    const reader = open(server, 'anna');
    const stop = reader.watch(listener);
    await new Promise((done) => setTimeout(done, 300));
    listener.mockClear();
    const desk = open(server, 'machine-1');
    for (let at = 0; at < 20; at += 1) await writePresence(desk, presence(1, at));
    await new Promise((done) => setTimeout(done, 300));
    await desk.live?.announce([{ name: 'product/a', ver: 1, bytes: Buffer.from('x') }], undefined);
    await new Promise((done) => setTimeout(done, 300));
    expect(listener).not.toHaveBeenCalled();
    // Of a file it hears the name: a small pack went out whole to every desk of the house, asked for or not.
    const heard: number[] = [];
    const link = openLink({ servers: [server.url], user: 'desk-1' });
    link.listen(natsNames('callside', 'desk-1').liveFiles, ({ data }) => heard.push(data.length));
    await link.isUp();
    await desk.write('targets/a.pack', Buffer.alloc(400_000));
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), WAIT);
    await vi.waitFor(() => expect(heard).toEqual([0]), WAIT);
    await link.close();
    stop();
  });
});
