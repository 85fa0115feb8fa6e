import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createInstalledRepository, natsPlace, openFolder, openPlace, policyChannelId, type ChannelPlace } from '#main/features/channels/index.ts';
import { beginTrustChange, createPublisher, openTrustStore, setUpTrust, signChanges } from '#main/features/packs/index.ts';
import { packsDir } from '#main/processes/packs-dir.ts';
import { checkRelease, installChecked } from '#main/processes/release-tasks.ts';
import { NATS_SERVER, startChannelServer } from '#test/helpers/nats-server.ts';
import { person, tempDir } from '../packs/helpers.ts';
import { openKnowledge, product } from './release-helpers.ts';

const settle = async (): Promise<void> => undefined;

describe.skipIf(NATS_SERVER === undefined)('from a supervisor to a desk through NATS', () => {
  /** A supervisor publishing to a broker, and a desk whose policy names it. */
  async function openAll() {
    const server = await startChannelServer();
    onTestFinished(() => server.cleanUp());
    const place: ChannelPlace = { kind: 'nats', servers: [server.url], user: 'anna' };
    const source = openPlace(place);
    onTestFinished(() => source.close());
    const ben = person('Ben', ['owner', 'author', 'approver']);
    const publisher = createPublisher({ writer: source, store: openTrustStore(join(tempDir(), 'packs')), now: Date.now });
    const plan = { kb: 'shop', title: 'Shop', epoch: 1, people: [ben.card], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
    const created = await publisher.create(beginTrustChange(plan, { root: 1, targets: 1 }, [ben.signer], Date.now()), 'Shop', ben.signer);
    let version = 0;
    const publish = async (price: number) => {
      const changes = await signChanges({ kb: 'shop', epoch: 1, wanted: [{ line: product('A-1', 'Kettle', price) }], liveVersion: () => version, by: ben.signer, at: Date.now() });
      version += 1;
      return publisher.publish({ kb: 'shop', changes, note: '', by: ben.signer });
    };
    const dataDir = tempDir();
    const knowledge = openKnowledge(join(dataDir, 'knowledge.db'));
    const config = { dataDir, resourcesDir: '' };
    expect(await setUpTrust(source, openTrustStore(packsDir(dataDir)), { fingerprint: created.fingerprint ?? '' }, 'typed', Date.now())).toMatchObject({ outcome: 'trusted' });
    return {
      server, source, publish,
      check: (at: ChannelPlace = { kind: 'nats', servers: [server.url], user: 'desk-1' }) => checkRelease(config, { place: at, kb: 'shop' }),
      install: () => installChecked(config, { kb: 'shop', order: 500 }, settle),
      price: () => knowledge.repository.get('product', 'A-1')?.price?.amount,
      installs: () => createInstalledRepository(knowledge.db).log(0, 10).length,
    };
  }

  it('checks and installs a release exactly as from a folder', async () => {
    const all = await openAll();
    await all.publish(100);
    expect(await all.check()).toMatchObject({ outcome: 'verified', release: 1 });
    expect(await all.install()).toMatchObject({ ok: true, release: 1 });
    expect(all.price()).toBe(100);
    await all.publish(120);
    await all.check();
    await all.install();
    expect([all.price(), all.installs()]).toEqual([120, 2]);
  });

  it('somebody who may write to the broker but holds no key changes nothing: refused, the last good stays', async () => {
    const all = await openAll();
    await all.publish(100);
    await all.check();
    await all.install();
    await all.source.write('metadata/timestamp.json', new TextEncoder().encode('{"signed":{},"signatures":[]}'));
    expect(await all.check()).toMatchObject({ outcome: 'refused' });
    expect(all.price()).toBe(100);
  });

  it('the same release from the broker and from a folder is one install', async () => {
    const all = await openAll();
    await all.publish(100);
    const path = join(tempDir(), 'share');
    mkdirSync(path);
    const folder = openFolder({ root: path });
    for (const part of ['metadata', 'targets']) {
      const listed = await all.source.list(part);
      for (const name of listed.state === 'listed' ? listed.names : []) {
        const found = await all.source.read(`${part}/${name}`, 10_000_000);
        if (found.state === 'found') await folder.write(`${part}/${name}`, found.bytes);
      }
    }
    await all.check();
    await all.install();
    expect(await all.check({ kind: 'folder', path })).toMatchObject({ outcome: 'up-to-date' });
    expect(all.installs()).toBe(1);
  });
});

describe('a broker in the policy', () => {
  const channel = { type: 'nats' as const, servers: ['tls://nats.example.org:4222'], user: 'desk-{host}', nkeyFile: '/etc/callside/desk.nk', caFile: '/etc/callside/ca.pem' };

  it('becomes a place with its secrets read from their files, and this machine in the user’s name', () => {
    expect(natsPlace(channel, (file) => `content of ${file}\n`, 'Front Desk.7')).toEqual({
      ok: true,
      place: { kind: 'nats', servers: ['tls://nats.example.org:4222'], user: 'desk-front-desk-7', seed: 'content of /etc/callside/desk.nk', tls: { ca: 'content of /etc/callside/ca.pem' } },
    });
  });

  it('names the file that cannot be read', () => {
    const read = (file: string): string => {
      if (file.endsWith('.pem')) throw new Error('ENOENT');
      return 'x';
    };
    expect(natsPlace(channel, read, 'h')).toEqual({ ok: false, file: '/etc/callside/ca.pem' });
  });

  it('keeps its id as long as its servers stay', () => {
    expect(policyChannelId(channel)).toBe(policyChannelId({ ...channel, name: 'Live' }));
    expect(policyChannelId(channel)).not.toBe(policyChannelId({ ...channel, servers: ['tls://other:4222'] }));
  });
});
