import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '#main/cli/run.ts';
import { digestOf, openLink, openNats, type ChangeSource, type LiveEvent, type NatsLink, type NatsOptions } from '#main/features/channels/index.ts';
import { CAN_DEPLOY, callside, copyDeploy, HOST, makeCertificates, tempFolder, writePolicy } from '#test/helpers/nats-deploy.ts';
import { freePort, runNats, startNats, type RunningServer } from '#test/helpers/nats-server.ts';

const WAIT = { timeout: 30_000, interval: 50 };
const HEAD = { name: 'metadata/timestamp.json' } as const;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);

/** The number of the server that leads a stream: the one whose loss is felt most. */
async function leaderOf(link: NatsLink, stream: string): Promise<number> {
  const info = await link.ask(`$JS.API.STREAM.INFO.${stream}`, '');
  const leader = info.ok ? info.value.json<{ cluster?: { leader?: string } }>().cluster?.leader : undefined;
  return Number(leader?.replace('callside-', ''));
}

// The committed files, with their paths filled in, on real servers.
describe.skipIf(!CAN_DEPLOY)('deploy/nats', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });
  const folder = (): string => {
    const { dir, remove } = tempFolder();
    ends.push(remove);
    return dir;
  };
  const run = async (file: string): Promise<RunningServer> => {
    const server = await runNats(file);
    ends.push(() => server.kill());
    return server;
  };
  /** Makes a user in the accounts of every server named. */
  const user = async (machines: readonly string[], name: string, role: string): Promise<string> => {
    const [first = ''] = machines;
    const out = join(first, `${name}.nk`);
    const made = await callside('channel', 'user', name, '--role', role, '--out', out, '--accounts', join(first, 'accounts.conf'));
    expect(made).toMatchObject({ code: 0 });
    const accounts = readFileSync(join(first, 'accounts.conf'));
    for (const other of machines.slice(1)) writeFileSync(join(other, 'accounts.conf'), accounts);
    return out;
  };
  const openAs = (ports: readonly number[], name: string, machine: string, more: Partial<NatsOptions> = {}): ChangeSource => {
    const source = openNats({ servers: ports.map((port) => `tls://${HOST}:${port}`), user: name, seed: readFileSync(join(machine, `${name}.nk`), 'utf8').trim(), tls: { ca: readFileSync(join(machine, 'tls', 'ca.pem'), 'utf8') }, patienceMs: 4_000, reconnectMs: 100, jitterMs: 50, ...more });
    ends.push(() => source.close());
    return source;
  };
  const headOf = async (source: ChangeSource): Promise<string> => {
    const found = await source.read(HEAD.name, 1_000);
    return found.state === 'found' ? text(found.bytes) : found.state;
  };
  const liveOf = (source: ChangeSource) => {
    if (source.live === undefined) throw new Error('no live side');
    return source.live;
  };

  it('one server: encrypted or not at all, and whoever is not let in is told why in one sentence', async () => {
    const dir = folder();
    makeCertificates(join(dir, 'tls'));
    const port = await freePort();
    const machine = join(dir, 'machine');
    copyDeploy(machine, join(dir, 'tls'), { client: port });
    const nkeyFile = await user([machine], 'desk-1', 'desk');
    const adminKey = await user([machine], 'admin', 'admin');
    await run(join(machine, 'server.conf'));
    const policy = (channel: { server?: string; user?: string; nkeyFile?: string; caFile?: string }): string =>
      writePolicy(join(dir, 'policy.json'), { servers: [channel.server ?? `tls://${HOST}:${port}`], user: channel.user ?? 'desk-1', nkeyFile: channel.nkeyFile ?? nkeyFile, caFile: channel.caFile ?? join(machine, 'tls', 'ca.pem') });
    expect(await callside('channel', 'setup', '--policy', policy({ user: 'admin', nkeyFile: adminKey }))).toMatchObject({ code: 0 });
    expect(await callside('channel', 'check', '--policy', policy({}))).toMatchObject({ code: 0, json: { outcome: 'works' } });

    makeCertificates(join(dir, 'other'));
    const other = await callside('channel', 'check', '--policy', policy({ caFile: join(dir, 'other', 'ca.pem') }));
    expect(other).toMatchObject({ code: 3, json: { problem: 'not-trusted' } });
    const said: string[] = [];
    await runCommand(['channel', 'check', '--policy', join(dir, 'policy.json')], { out: (line) => said.push(line), language: 'en', passphrase: undefined, now: Date.now });
    expect(said.join('\n')).toBe(`✗ The certificate of tls://${HOST}:${port} was not made by the authority in caFile. Either the file is the wrong one, or somebody stands in between.`);
    expect(await callside('channel', 'check', '--policy', policy({ server: `tls://127.0.0.1:${port}` }))).toMatchObject({ code: 3, json: { problem: 'wrong-name' } });
    expect(await callside('channel', 'check', '--policy', policy({ server: `tls://${HOST}:${await freePort()}` }))).toMatchObject({ code: 3, json: { problem: 'no-answer' } });
    await callside('channel', 'user', 'stranger', '--role', 'desk', '--out', join(dir, 'stranger.nk'));
    expect(await callside('channel', 'check', '--policy', policy({ nkeyFile: join(dir, 'stranger.nk') }))).toMatchObject({ code: 3, json: { problem: 'unknown-user' } });
  });

  it('a server without encryption is not spoken to by a desk whose policy says tls', async () => {
    const plain = await startNats();
    ends.push(() => plain.cleanUp());
    const source = openNats({ servers: [`tls://${HOST}:${plain.port}`], patienceMs: 500 });
    ends.push(() => source.close());
    expect(await source.state()).toEqual({ state: 'gone' });
  });

  it('three servers: the one that leads is killed, publishing and reading go on', async () => {
    const dir = folder();
    makeCertificates(join(dir, 'tls'));
    const clients = await Promise.all([1, 2, 3].map(() => freePort()));
    const routes = await Promise.all([1, 2, 3].map(() => freePort()));
    const machines = clients.map((client, at) => {
      const machine = join(dir, `machine-${at + 1}`);
      copyDeploy(machine, join(dir, 'tls'), { client, route: routes[at] ?? 0, routes });
      return machine;
    });
    const [machine = ''] = machines;
    const adminKey = await user(machines, 'admin', 'admin');
    await user(machines, 'anna', 'supervisor');
    await user(machines, 'desk-1', 'desk');
    const servers = await Promise.all(machines.map((one, at) => run(join(one, `cluster-${at + 1}.conf`))));
    const policy = writePolicy(join(dir, 'admin.json'), { servers: clients.map((port) => `tls://${HOST}:${port}`), user: 'admin', nkeyFile: adminKey, caFile: join(machine, 'tls', 'ca.pem') });
    await vi.waitFor(async () => expect(await callside('channel', 'setup', '--policy', policy, '--replicas', '3')).toMatchObject({ code: 0 }), WAIT);

    const asAdmin = openLink({ servers: clients.map((port) => `tls://${HOST}:${port}`), user: 'admin', seed: readFileSync(adminKey, 'utf8').trim(), tls: { ca: readFileSync(join(machine, 'tls', 'ca.pem'), 'utf8') }, patienceMs: 2_000, reconnectMs: 100, jitterMs: 50 });
    ends.push(() => asAdmin.close());
    const anna = openAs(clients, 'anna', machine);
    const desk = openAs(clients, 'desk-1', machine);
    expect(await anna.publish({ files: [], head: { ...HEAD, bytes: bytes('one') }, expected: undefined })).toEqual({ state: 'written' });
    expect(await headOf(desk)).toBe('one');
    const leader = await leaderOf(asAdmin, 'callside-files');
    await servers[leader - 1]?.kill();
    await vi.waitFor(async () => expect(await anna.publish({ files: [], head: { ...HEAD, bytes: bytes('two') }, expected: digestOf(bytes('one')) })).toEqual({ state: 'written' }), WAIT);
    await vi.waitFor(async () => expect(await headOf(desk)).toBe('two'), WAIT);
  });

  it('a site: its desks go on reading with the hub dead, get what they missed, and a site cannot speak as the hub', async () => {
    const dir = folder();
    makeCertificates(join(dir, 'tls'));
    const [hubPort, leafPort, sitePort] = [await freePort(), await freePort(), await freePort()];
    const [hub, site] = [join(dir, 'hub'), join(dir, 'site')];
    copyDeploy(hub, join(dir, 'tls'), { client: hubPort, leaf: leafPort }, true);
    copyDeploy(site, join(dir, 'tls'), { client: sitePort, hubLeaf: leafPort });
    const hubAdmin = await user([hub], 'admin', 'admin');
    await user([hub], 'anna', 'supervisor');
    await user([hub], 'desk-hub', 'desk');
    expect(await callside('channel', 'user', 'site-1', '--role', 'site', '--out', join(site, 'site.nk'), '--accounts', join(hub, 'accounts.conf'))).toMatchObject({ code: 0 });
    const siteAdmin = await user([site], 'admin', 'admin');
    await user([site], 'desk-1', 'desk');
    const hubServer = await run(join(hub, 'server.conf'));
    await run(join(site, 'site.conf'));
    const ca = join(hub, 'tls', 'ca.pem');
    expect(await callside('channel', 'setup', '--policy', writePolicy(join(dir, 'hub.json'), { servers: [`tls://${HOST}:${hubPort}`], user: 'admin', nkeyFile: hubAdmin, caFile: ca }))).toMatchObject({ code: 0 });
    const sitePolicy = writePolicy(join(dir, 'site.json'), { servers: [`tls://${HOST}:${sitePort}`], user: 'admin', nkeyFile: siteAdmin, caFile: ca });
    await vi.waitFor(async () => expect(await callside('channel', 'setup', '--policy', sitePolicy, '--mirror-of', 'hub')).toMatchObject({ code: 0 }), WAIT);

    const anna = openAs([hubPort], 'anna', hub);
    const desk = openAs([sitePort], 'desk-1', site);
    const events: LiveEvent[] = [];
    liveOf(desk).subscribe((event) => events.push(event));
    await vi.waitFor(() => expect(events.some(({ kind }) => kind === 'connected')).toBe(true), WAIT);
    const head = { kb: 'shop', ver: 1, bytes: bytes('head') };
    const say = (name: string, ver: number) => liveOf(anna).announce([{ name, ver, bytes: bytes(`${name} ${ver}`) }], head);
    expect(await anna.publish({ files: [], head: { ...HEAD, bytes: bytes('one') }, expected: undefined })).toEqual({ state: 'written' });
    await vi.waitFor(async () => expect(await headOf(desk)).toBe('one'), WAIT);
    const start = await liveOf(desk).position();
    // A pack's place in the hub's history means the same at the site.
    expect(start?.epoch).toBe((await liveOf(anna).position())?.epoch);
    expect(await say('product/kettle', 1)).toEqual({ state: 'written' });
    await vi.waitFor(() => expect(events.flatMap((event) => (event.kind === 'change' ? [text(event.change.bytes)] : []))).toEqual(['product/kettle 1']), WAIT);
    // A receipt goes from the site to the hub, where supervisors read it.
    await vi.waitFor(async () => expect(await desk.write('receipts/desk-1.json', bytes('{}'))).toEqual({ state: 'written' }), WAIT);
    expect(await anna.list('receipts')).toMatchObject({ names: ['desk-1.json'] });

    await hubServer.kill();
    expect(await headOf(desk)).toBe('one');
    expect(await liveOf(desk).position()).toBeDefined();
    expect((await desk.write('receipts/desk-1.json', bytes('{}'))).state).toBe('gone');
    await hubServer.start();
    await vi.waitFor(async () => expect(await say('product/toaster', 1)).toEqual({ state: 'written' }), WAIT);
    await vi.waitFor(async () => {
      const missed: string[] = [];
      for await (const { changes } of liveOf(desk).after(start ?? { epoch: '', seq: 0 }, 100_000)) missed.push(...changes.map((change) => text(change.bytes)));
      expect(missed).toEqual(['product/kettle 1', 'product/toaster 1']);
    }, { timeout: 40_000, interval: 250 });
    await vi.waitFor(async () => expect(await desk.write('receipts/desk-1.json', bytes('{"again":1}'))).toEqual({ state: 'written' }), WAIT);

    // Whoever rules a site's server is still no supervisor: false live messages and knowledge stay there.
    const heard: string[] = [];
    const elsewhere = openAs([hubPort], 'desk-hub', hub);
    liveOf(elsewhere).subscribe((event) => heard.push(event.kind));
    await vi.waitFor(() => expect(heard).toContain('connected'), WAIT);
    const rogue = openLink({ servers: [`tls://${HOST}:${sitePort}`], user: 'admin', seed: readFileSync(siteAdmin, 'utf8').trim(), tls: { ca: readFileSync(ca, 'utf8') }, patienceMs: 1_000 });
    ends.push(() => rogue.close());
    for (const subject of ['live.callside.r.x', 'callside.files.f.metadata.timestamp%2Ejson', '$JS.hub.API.STREAM.DELETE.KV_callside', '$JS.hub.API.STREAM.CREATE.mine']) expect((await rogue.ask(subject, '{}')).ok).toBe(false);
    const overheard: string[] = [];
    rogue.listen('callside.desks.>', (message) => overheard.push(message.subject));
    await elsewhere.write('receipts/desk-hub.json', bytes('{}'));
    expect(await headOf(elsewhere)).toBe('one');
    await vi.waitFor(async () => expect(await say('product/lamp', 1)).toEqual({ state: 'written' }), WAIT);
    await vi.waitFor(() => expect(heard.filter((kind) => kind === 'change')).toHaveLength(1), WAIT);
    expect(overheard).toEqual([]);
  });
});
