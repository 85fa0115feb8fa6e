import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { natsNames, openLink, openNats, provisionStreams, type ChangeSource, type LiveEvent, type Position } from '#main/features/channels/index.ts';
import { NATS_SERVER, startChannelServer, type TestServer } from '#test/helpers/nats-server.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);
const HEAD = { kb: 'shop', ver: 1, bytes: bytes('head') };
const WAIT = { timeout: 30_000, interval: 20 };

describe.skipIf(NATS_SERVER === undefined)('single changes on a real server', () => {
  let server: TestServer;
  let opened: ChangeSource[];
  const open = (): ChangeSource => {
    const source = openNats({ servers: [server.url], patienceMs: 3_000, reconnectMs: 100, jitterMs: 50 });
    opened.push(source);
    return source;
  };
  const liveOf = (source: ChangeSource) => {
    if (source.live === undefined) throw new Error('no live side');
    return source.live;
  };
  const all = async (source: ChangeSource, from: Position, batch = 200_000) => {
    const out: { name: string; text: string; seq: number }[] = [];
    let position = from;
    for await (const step of liveOf(source).after(from, batch)) {
      out.push(...step.changes.map(({ name, bytes: data, seq }) => ({ name, text: text(data), seq })));
      position = step.position;
    }
    return { changes: out, position };
  };

  beforeEach(async () => {
    server = await startChannelServer();
    opened = [];
  });
  afterEach(async () => {
    for (const source of opened) await source.close();
    await server.cleanUp();
  });

  it('a desk that was away for weeks gets the last value of each record, once, in their order', async () => {
    const supervisor = open();
    const start = await liveOf(supervisor).position();
    if (start === undefined) throw new Error('no position');
    for (let version = 1; version <= 50; version += 1) await liveOf(supervisor).announce([{ name: 'product/kettle', ver: version, bytes: bytes(`kettle ${version}`) }], HEAD);
    await liveOf(supervisor).announce(Array.from({ length: 700 }, (_, at) => ({ name: `product/p${at}`, ver: 1, bytes: bytes(`p${at} ${'x'.repeat(900)}`) })), HEAD);
    const { changes, position } = await all(open(), start);
    expect(changes).toHaveLength(701);
    expect(changes.filter(({ name }) => name === 'product/kettle').map((one) => one.text)).toEqual(['kettle 50']);
    expect(changes.map(({ seq }) => seq)).toEqual(changes.map(({ seq }) => seq).toSorted((a, b) => a - b));
    expect((await all(open(), position)).changes).toEqual([]);
    expect(text((await liveOf(open()).head('shop')) ?? new Uint8Array())).toBe('head');
  });

  it('hears changes as they happen, each once, and the head after them', async () => {
    const events: LiveEvent[] = [];
    const listening = open();
    const stop = liveOf(listening).subscribe((event) => events.push(event));
    await vi.waitFor(() => expect(events.some(({ kind }) => kind === 'connected')).toBe(true), WAIT);
    // An answer on the same connection: the subscription is there, too.
    await liveOf(listening).position();
    await liveOf(open()).announce([{ name: 'article/a', ver: 1, bytes: bytes('one') }, { name: 'article/b', ver: 1, bytes: bytes('two') }], HEAD);
    await vi.waitFor(() => expect(events.some(({ kind }) => kind === 'head')).toBe(true), WAIT);
    expect(events.filter(({ kind }) => kind === 'change' || kind === 'head' || kind === 'gap').map((event) => (event.kind === 'change' ? `${event.change.name} ${text(event.change.bytes)}` : event.kind))).toEqual(['article/a one', 'article/b two', 'head']);
    stop();
  });

  it('of two supervisors the later version stays, even when the earlier one arrives last', async () => {
    const [a, b] = [open(), open()];
    const start = await liveOf(a).position();
    await liveOf(b).announce([{ name: 'product/kettle', ver: 7, bytes: bytes('seven') }], HEAD);
    await liveOf(a).announce([{ name: 'product/kettle', ver: 6, bytes: bytes('six') }], HEAD);
    const { changes } = await all(open(), start ?? { epoch: '', seq: 0 });
    expect(changes.map((one) => one.text)).toEqual(['seven']);
    const race = await Promise.all([8, 9, 10, 11].map((ver) => liveOf(ver % 2 === 0 ? a : b).announce([{ name: 'product/kettle', ver, bytes: bytes(String(ver)) }], HEAD)));
    expect(race.every(({ state }) => state === 'written')).toBe(true);
    expect((await all(open(), start ?? { epoch: '', seq: 0 })).changes.map((one) => one.text)).toEqual(['11']);
  });

  it('a server killed in mid-stream loses nothing it acknowledged; the listener says it was away and hears again', async () => {
    const supervisor = open();
    const start = await liveOf(supervisor).position();
    const events: LiveEvent[] = [];
    liveOf(open()).subscribe((event) => events.push(event));
    // Listener and supervisor come back each in their own time: a round begins when both are there.
    const hears = async (): Promise<void> => vi.waitFor(() => expect(events.at(-1)?.kind).not.toBe('disconnected'), WAIT);
    await vi.waitFor(() => expect(events.some(({ kind }) => kind === 'connected')).toBe(true), WAIT);
    let acknowledged = 0;
    for (let round = 0; round < 3; round += 1) {
      for (let at = 0; at < 20; at += 1) if ((await liveOf(supervisor).announce([{ name: `product/r${round}-${at}`, ver: 1, bytes: bytes('x') }], HEAD)).state === 'written') acknowledged += 1;
      await server.kill();
      await vi.waitFor(() => expect(events.filter(({ kind }) => kind === 'disconnected')).toHaveLength(round + 1), WAIT);
      await server.start();
      await vi.waitFor(async () => expect((await supervisor.state()).state).toBe('ready'), WAIT);
      await hears();
    }
    expect(acknowledged).toBe(60);
    expect((await all(open(), start ?? { epoch: '', seq: 0 })).changes).toHaveLength(60);
    // What is published before a listener is back reaches it by catching up; what comes after, it hears.
    await liveOf(supervisor).announce([{ name: 'product/after', ver: 1, bytes: bytes('heard') }], HEAD);
    await vi.waitFor(() => expect(events.some((event) => event.kind === 'change' && event.change.name === 'product/after')).toBe(true), WAIT);
  });

  it('a stream that was deleted and made anew is told apart by its birth, even when it counts as far', async () => {
    const supervisor = open();
    await liveOf(supervisor).announce([{ name: 'product/old', ver: 1, bytes: bytes('old') }], HEAD);
    const before = await liveOf(supervisor).position();
    const admin = openLink({ servers: [server.url] });
    // The product's own stream refuses to be emptied; whoever runs the server can still delete it.
    expect((await admin.ask('$JS.API.STREAM.DELETE.KV_callside', '')).ok).toBe(true);
    await provisionStreams(admin, natsNames('callside', 'admin'));
    await admin.close();
    for (let at = 0; at < 5; at += 1) await liveOf(supervisor).announce([{ name: `product/new${at}`, ver: 1, bytes: bytes('new') }], HEAD);
    const after = await liveOf(supervisor).position();
    expect(after?.epoch).not.toBe(before?.epoch);
    expect((await all(supervisor, before ?? { epoch: '', seq: 0 })).changes).toEqual([]);
    expect((await all(supervisor, { epoch: after?.epoch ?? '', seq: 0 })).changes).toHaveLength(5);
  });
});
