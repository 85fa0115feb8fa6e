import { createServer } from 'node:net';
import { nkeys } from '@nats-io/transport-node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkNats, openNats } from '#main/features/channels/index.ts';
import { NATS_SERVER, startChannelServer, startNats } from '#test/helpers/nats-server.ts';

const OWN = { name: 'presence/desk-abcdefghijkl.json', bytes: Buffer.from('{}') };
const check = async (place: Parameters<typeof checkNats>[0]): Promise<string[]> =>
  (await checkNats(place, OWN, 1_500)).map(({ step, state, why }) => `${step}: ${state}${why === undefined ? '' : ` (${why})`}`);
const skipped = (...steps: string[]): string[] => steps.map((step) => `${step}: skipped`);

describe('a server somebody tries', () => {
  it('that is not there stops at the first step and says why', async () => {
    const probe = createServer();
    const port = await new Promise<number>((resolve) => void probe.listen(0, '127.0.0.1', () => resolve((probe.address() as { port: number }).port)));
    probe.close();
    expect(await check({ kind: 'nats', servers: [`nats://127.0.0.1:${port}`] })).toEqual(['reach: failed (no-answer)', ...skipped('tls', 'sign-in', 'stream', 'read', 'receipt')]);
    expect(await check({ kind: 'nats', servers: ['nats://no-such-machine.invalid:4222'] })).toEqual(['reach: failed (no-such-name)', ...skipped('tls', 'sign-in', 'stream', 'read', 'receipt')]);
  });
});

describe.skipIf(NATS_SERVER === undefined)('a real server somebody tries', () => {
  it('works to the end, says that it is not encrypted and that nothing is published, then no longer', async () => {
    const server = await startChannelServer();
    onTestFinished(() => server.cleanUp());
    const place = { kind: 'nats' as const, servers: [server.url], user: 'desk-1' };
    expect(await check(place)).toEqual(['reach: ok', 'tls: note (plain)', 'sign-in: ok', 'stream: ok', 'read: note (nothing-published)', 'receipt: ok']);
    const anna = openNats({ servers: [server.url], user: 'anna' });
    onTestFinished(() => anna.close());
    await anna.write('metadata/timestamp.json', Buffer.from('{}'));
    expect(await check(place)).toContain('read: ok');
  });

  it('without encryption is not told anything where encryption was asked for', async () => {
    const server = await startChannelServer();
    onTestFinished(() => server.cleanUp());
    expect(await check({ kind: 'nats', servers: [server.url.replace('nats:', 'tls:')], user: 'desk-1', password: 'secret' })).toEqual(['reach: ok', 'tls: failed (no-tls)', ...skipped('sign-in', 'stream', 'read', 'receipt')]);
  });

  it('says which step a wrong key, a missing stream and a wrong name stop at', async () => {
    const key = nkeys.createUser();
    const seed = new TextDecoder().decode(key.getSeed());
    const server = await startNats(`accounts { A { jetstream: enabled, users: [ { nkey: ${key.getPublicKey()} } ] } }`);
    onTestFinished(() => server.cleanUp());
    const place = { kind: 'nats' as const, servers: [server.url], user: 'desk-1' };
    expect(await check({ ...place, seed })).toEqual(['reach: ok', 'tls: note (plain)', 'sign-in: ok', 'stream: failed (no-stream)', ...skipped('read', 'receipt')]);
    const stranger = new TextDecoder().decode(nkeys.createUser().getSeed());
    expect(await check({ ...place, seed: stranger })).toEqual(['reach: ok', 'tls: note (plain)', 'sign-in: failed (unknown-user)', ...skipped('stream', 'read', 'receipt')]);
    expect(await check({ ...place, seed: 'SUA-this-is-no-seed' })).toEqual(['reach: ok', 'tls: note (plain)', 'sign-in: failed (bad-file)', ...skipped('stream', 'read', 'receipt')]);
  });

  it('says when this desk may read and not write under its name', async () => {
    const server = await startChannelServer('authorization { users: [ { user: admin, password: a }, { user: desk-1, password: b, permissions: { publish: { allow: ["$JS.API.STREAM.INFO.>", "$JS.API.DIRECT.GET.>", "callside.desks.desk-1.>"] } } } ] }', { user: 'admin', password: 'a' });
    onTestFinished(() => server.cleanUp());
    expect(await check({ kind: 'nats', servers: [server.url], user: 'desk-1', password: 'b' })).toContain('receipt: ok');
    expect(await check({ kind: 'nats', servers: [server.url], user: 'desk-1', password: 'b', prefix: 'other' })).toContain('stream: failed (no-stream)');
  });
});
