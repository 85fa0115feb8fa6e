import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { natsNames, openLink, openNats, provisionStreams, type NatsLink } from '#main/features/channels/index.ts';
import { callside } from '#test/helpers/nats-deploy.ts';
import { NATS_SERVER, startNats, type TestServer } from '#test/helpers/nats-server.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const newSeed = (): string => new TextDecoder().decode(nkeys.createUser().getSeed());
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

// The very file an administrator is given, with users written into it by the command: what it promises is asked of a real server.
describe.skipIf(NATS_SERVER === undefined)('deploy/nats/accounts.conf', () => {
  let admin: { seed: string };
  let anna: { seed: string };
  let desk: { seed: string };
  let dir: string;
  let server: TestServer;
  let asDesk: NatsLink;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'callside-accounts-'));
    const accounts = join(dir, 'accounts.conf');
    copyFileSync(join(ROOT, 'deploy/nats/accounts.conf'), accounts);
    const make = async (name: string, role: string): Promise<string> => {
      expect(await callside('channel', 'user', name, '--role', role, '--out', join(dir, `${name}.nk`), '--accounts', accounts)).toMatchObject({ code: 0 });
      return readFileSync(join(dir, `${name}.nk`), 'utf8').trim();
    };
    admin = { seed: await make('admin', 'admin') };
    anna = { seed: await make('anna', 'supervisor') };
    desk = { seed: await make('desk-1', 'desk') };
    server = await startNats(readFileSync(accounts, 'utf8'));
    asDesk = openLink({ servers: [server.url], seed: desk.seed, user: 'desk-1', patienceMs: 1_500 });
  });
  afterAll(async () => {
    await asDesk.close();
    await server.cleanUp();
    rmSync(dir, { recursive: true, force: true });
  });

  it('the administrator makes the streams once; a second time changes nothing', async () => {
    const link = openLink({ servers: [server.url], seed: admin.seed });
    expect((await provisionStreams(link, natsNames('callside', 'admin'))).map(({ state }) => state)).toEqual(['made', 'made', 'made']);
    expect((await provisionStreams(link, natsNames('callside', 'admin'))).map(({ state }) => state)).toEqual(['there', 'there', 'there']);
    await link.close();
  });

  it('a supervisor publishes, a desk reads it and writes its receipt, the supervisor reads the receipt', async () => {
    const supervisor = openNats({ servers: [server.url], seed: anna.seed, user: 'anna', patienceMs: 3_000 });
    const reader = openNats({ servers: [server.url], seed: desk.seed, user: 'desk-1', patienceMs: 3_000 });
    const pack = new Uint8Array(1_300_000).fill(7);
    expect(await supervisor.publish({ files: [{ name: 'targets/1.pack', bytes: pack }], head: { name: 'metadata/timestamp.json', bytes: bytes('one') }, expected: undefined })).toEqual({ state: 'written' });
    const head = await reader.read('metadata/timestamp.json', 1_000);
    expect(head.state === 'found' && new TextDecoder().decode(head.bytes)).toBe('one');
    const read = await reader.read('targets/1.pack', 2_000_000);
    expect(read.state === 'found' && Buffer.compare(read.bytes, pack)).toBe(0);
    expect(await reader.write('receipts/desk-1.json', bytes('read'))).toEqual({ state: 'written' });
    expect(await supervisor.list('receipts')).toMatchObject({ state: 'listed', names: ['desk-1.json'] });
    await supervisor.close();
    await reader.close();
  });

  it.each([
    ['knowledge', '$KV.callside.r.x'],
    ['files', 'callside.files.f.metadata.timestamp%2Ejson'],
    ['another desk’s receipts', 'callside.desks.desk-2.receipts.desk-2%2Ejson'],
    ['a stream of its own', '$JS.API.STREAM.CREATE.mine'],
    ['a consumer, which could replay old messages to others', '$JS.API.CONSUMER.CREATE.KV_callside'],
    ['the end of a stream', '$JS.API.STREAM.DELETE.KV_callside'],
    ['an emptied stream', '$JS.API.STREAM.PURGE.KV_callside'],
    ['a false live message', 'live.callside.r.x'],
  ])('a desk is refused: %s', async (_what, subject) => {
    expect(await asDesk.ask(subject, '{}')).toEqual({ ok: false, why: 'refused' });
  });

  it('a desk is refused what another desk wrote, by name and as a list', async () => {
    expect(await asDesk.ask('$JS.API.DIRECT.GET.callside-desks.callside.desks.desk-2.receipts.desk-2%2Ejson', '')).toEqual({ ok: false, why: 'refused' });
    expect(await asDesk.ask('$JS.API.DIRECT.GET.callside-desks', '{"last_by_subj":"callside.desks.desk-2.receipts.desk-2%2Ejson"}')).toEqual({ ok: false, why: 'refused' });
    expect(await asDesk.ask('$JS.API.STREAM.INFO.callside-desks', '{"subjects_filter":">"}')).toEqual({ ok: false, why: 'refused' });
  });

  it('even a supervisor can delete nothing: removals are signed records', async () => {
    const supervisor = openLink({ servers: [server.url], seed: anna.seed, user: 'anna', patienceMs: 1_500 });
    for (const verb of ['MSG.DELETE', 'PURGE', 'DELETE']) expect(await supervisor.ask(`$JS.API.STREAM.${verb}.KV_callside`, '{"seq":1}')).toEqual({ ok: false, why: 'refused' });
    await supervisor.close();
  });

  it('somebody without a key of the list does not get in', async () => {
    const stranger = openLink({ servers: [server.url], seed: newSeed(), user: 'desk-1', patienceMs: 800 });
    expect(await stranger.isUp()).toBe(false);
    await stranger.close();
  });
});
