import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseCommand } from '#main/cli/command-line.ts';
import { runCommand } from '#main/cli/run.ts';
import { openNats, openFolder } from '#main/features/channels/index.ts';
import { beginTrustChange, createPublisher, openTrustStore, signChanges, type WantedChange } from '#main/features/packs/index.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import { priced } from '#test/helpers/live-shop.ts';
import { NATS_SERVER, startNats, type TestServer } from '#test/helpers/nats-server.ts';
import { person } from '../packs/helpers.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'callside-channel-cli-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function run(...words: string[]): Promise<{ code: number; json: Record<string, unknown> }> {
  const said: string[] = [];
  const code = await runCommand([...words, '--json'], { out: (text) => said.push(text), language: 'en', passphrase: undefined, now: Date.now });
  return { code, json: JSON.parse(said.join('\n')) as Record<string, unknown> };
}
const policyFor = (server: string, user: string): string => {
  const file = join(dir, `${user}.json`);
  writeFileSync(file, JSON.stringify({ callsidePolicy: 1, knowledge: { channels: [{ type: 'nats', servers: [server], user, nkeyFile: join(dir, `${user}.nk`) }] } }));
  return file;
};

describe('callside channel', () => {
  it('makes a user: the secret in a private file of its own, the public half in the entry', async () => {
    const made = await run('channel', 'user', 'desk-7', '--role', 'desk', '--out', join(dir, 'desk-7.nk'));
    expect(made).toMatchObject({ code: 0, json: { outcome: 'created', role: 'desk' } });
    const seed = readFileSync(join(dir, 'desk-7.nk'), 'utf8').trim();
    expect(seed).toMatch(/^SU[A-Z0-9]{56}$/);
    expect(statSync(join(dir, 'desk-7.nk')).mode & 0o077).toBe(0);
    expect(JSON.stringify(made.json)).not.toContain(seed);
    expect(made.json['entry']).toContain(String(made.json['nkey']));
    expect((await run('channel', 'user', 'desk-7', '--role', 'desk', '--out', join(dir, 'desk-7.nk'))).code).toBe(3);
    expect((await run('channel', 'user', 'desk 7 }', '--role', 'desk', '--out', join(dir, 'x.nk'))).code).toBe(2);
    expect(existsSync(join(dir, 'x.nk'))).toBe(false);
  });

  it('writes entries into the accounts of the server, one for each user, and takes them out again', async () => {
    const accounts = join(dir, 'accounts.conf');
    copyFileSync(join(import.meta.dirname, '../../../deploy/nats/accounts.conf'), accounts);
    const before = readFileSync(accounts, 'utf8');
    for (const [name, role] of [['admin', 'admin'], ['anna', 'supervisor'], ['desk-1', 'desk'], ['desk-10', 'desk'], ['site-1', 'site']] as const) expect(await run('channel', 'user', name, '--role', role, '--out', join(dir, `${name}.nk`), '--accounts', accounts)).toMatchObject({ code: 0 });
    // A key that was lost is replaced: one entry for each user, whatever its neighbours are called.
    const renewed = await run('channel', 'user', 'desk-1', '--role', 'desk', '--out', join(dir, 'desk-1-new.nk'), '--accounts', accounts);
    const text = readFileSync(accounts, 'utf8');
    expect([...text.matchAll(/# (?:admin|supervisor|desk|site) (\S+)\n/g)].map(([, name]) => name)).toEqual(['admin', 'anna', 'desk-10', 'site-1', 'desk-1']);
    expect([...text.matchAll(/nkey: (U\w+)/g)]).toHaveLength(5);
    expect(text).toContain(String(renewed.json['nkey']));
    for (const name of ['admin', 'anna', 'desk-1', 'desk-10', 'site-1']) expect(await run('channel', 'remove', name, '--accounts', accounts)).toMatchObject({ code: 0, json: { outcome: 'removed' } });
    expect(readFileSync(accounts, 'utf8')).toBe(before);
    expect(await run('channel', 'remove', 'desk-1', '--accounts', accounts)).toMatchObject({ code: 1, json: { outcome: 'unknown' } });
    writeFileSync(accounts, 'accounts {}');
    expect(await run('channel', 'user', 'x', '--role', 'desk', '--out', join(dir, 'x.nk'), '--accounts', accounts)).toMatchObject({ code: 3, json: { outcome: 'no-marker' } });
    expect(existsSync(join(dir, 'x.nk'))).toBe(false);
  });

  it('makes all a desk needs: the policy with its own user, its secret, the certificate, under the names the policy has for them', async () => {
    const channel = { type: 'nats', servers: ['tls://nats.example.org:4222'], user: '{host}', nkeyFile: '/etc/callside/desk.nk', caFile: '/etc/callside/ca.pem' };
    writeFileSync(join(dir, 'policy.json'), JSON.stringify({ callsidePolicy: 1, organisation: 'Shop', knowledge: { channels: [{ type: 'folder', path: '/srv/share' }, channel] } }));
    writeFileSync(join(dir, 'authority.pem'), 'certificate');
    expect(await run('channel', 'desk', 'desk-7', '--policy', join(dir, 'policy.json'), '--ca', join(dir, 'authority.pem'), '--out', join(dir, 'desks', 'desk-7'))).toMatchObject({ code: 0, json: { name: 'desk-7' } });
    const folder = join(dir, 'desks', 'desk-7');
    expect(JSON.parse(readFileSync(join(folder, 'policy.json'), 'utf8'))).toEqual({ callsidePolicy: 1, organisation: 'Shop', knowledge: { channels: [{ type: 'folder', path: '/srv/share' }, { ...channel, user: 'desk-7' }] } });
    expect(readFileSync(join(folder, 'desk.nk'), 'utf8')).toMatch(/^SU/);
    expect(statSync(join(folder, 'desk.nk')).mode & 0o077).toBe(0);
    expect(readFileSync(join(folder, 'ca.pem'), 'utf8')).toBe('certificate');
    // A slip must not overwrite the secret of a desk in use.
    expect((await run('channel', 'desk', 'desk-7', '--policy', join(dir, 'policy.json'), '--out', folder)).code).toBe(3);
    writeFileSync(join(dir, 'policy.json'), JSON.stringify({ callsidePolicy: 1, knowlege: {} }));
    expect(await run('channel', 'desk', 'desk-8', '--policy', join(dir, 'policy.json'), '--out', join(dir, 'desks', 'desk-8'))).toMatchObject({ code: 2, json: { outcome: 'bad-policy', where: 'knowlege' } });
  });

  it('says what is missing instead of guessing', async () => {
    expect(parseCommand(['channel', 'setup']).ok).toBe(false);
    expect(parseCommand(['channel', 'user', 'x', '--role', 'king', '--out', 'f']).ok).toBe(false);
    writeFileSync(join(dir, 'empty.json'), JSON.stringify({ callsidePolicy: 1 }));
    expect(await run('channel', 'check', '--policy', join(dir, 'empty.json'))).toMatchObject({ code: 2, json: { outcome: 'no-broker' } });
    expect(await run('channel', 'check', '--policy', policyFor('nats://127.0.0.1:1', 'nobody'))).toMatchObject({ code: 3, json: { outcome: 'unreadable' } });
  });
});

describe.skipIf(NATS_SERVER === undefined)('an administrator sets a broker up from nothing', () => {
  let server: TestServer;
  afterEach(() => server.cleanUp());

  it('users, streams, a folder copied, a desk checked: each command does what the page for IT says', async () => {
    const entries: string[] = [];
    for (const [name, role] of [['admin', 'admin'], ['anna', 'supervisor'], ['desk-7', 'desk']] as const) entries.push(String((await run('channel', 'user', name, '--role', role, '--out', join(dir, `${name}.nk`))).json['entry']));
    server = await startNats(`accounts { KNOWLEDGE { jetstream: enabled, users: [\n${entries.join('\n')}\n] }, SYS { users: [] } }\nsystem_account: SYS`);
    expect(await run('channel', 'check', '--policy', policyFor(server.url, 'desk-7'))).toMatchObject({ code: 1, json: { steps: [{ step: 'connect', ok: true }, { step: 'read', ok: false }, {}, {}, {}] } });
    expect(await run('channel', 'setup', '--policy', policyFor(server.url, 'admin'))).toMatchObject({ code: 0, json: { outcome: 'ready', streams: [{ state: 'made' }, { state: 'made' }, { state: 'made' }] } });
    expect(await run('channel', 'setup', '--policy', policyFor(server.url, 'desk-7'))).toMatchObject({ code: 1 });

    const folder = join(dir, 'share');
    mkdirSync(folder);
    const ben = person('Ben', ['owner', 'author', 'approver']);
    const publisher = createPublisher({ writer: openFolder({ root: folder }), store: openTrustStore(join(dir, 'packs')), now: Date.now });
    const plan = { kb: 'shop', title: 'Shop', epoch: 1, people: [ben.card], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
    await publisher.create(beginTrustChange(plan, { root: 1, targets: 1 }, [ben.signer], Date.now()), 'Shop', ben.signer);
    expect(await run('channel', 'copy', folder, '--policy', policyFor(server.url, 'anna'))).toMatchObject({ code: 0, json: { outcome: 'copied' } });
    expect(await run('channel', 'copy', folder, '--policy', policyFor(server.url, 'anna'))).toMatchObject({ code: 0, json: { outcome: 'up-to-date' } });
    expect(await run('channel', 'copy', folder, '--policy', policyFor(server.url, 'desk-7'))).toMatchObject({ code: 0, json: { outcome: 'up-to-date', told: 'nothing' } });

    // What is copied reaches desks that follow as single changes: without them they took the release whole, half a minute later.
    const desk = openNats({ servers: [server.url], user: 'desk-7', seed: readFileSync(join(dir, 'desk-7.nk'), 'utf8').trim() });
    const heard: string[] = [];
    desk.live?.subscribe((event) => {
      if (event.kind === 'change') heard.push(event.change.name);
      else if (event.kind === 'head') heard.push('head');
    });
    // An answer on the connection it listens on: the subscription is there, too.
    await desk.live?.position();
    const urgent: WantedChange = { line: { kind: 'announcement', record: { id: 'recall', title: 'Stop', body: 'Now.', importance: 'urgent', acknowledge: 'no' } } as PackLine };
    const changes = await signChanges({ kb: 'shop', epoch: 1, wanted: [priced('K-200', 1), urgent], liveVersion: () => 0, by: ben.signer, at: Date.now() });
    expect(await publisher.publish({ kb: 'shop', changes, note: '', by: ben.signer })).toMatchObject({ outcome: 'published' });
    expect(await run('channel', 'copy', folder, '--policy', policyFor(server.url, 'anna'))).toMatchObject({ code: 0, json: { outcome: 'copied', told: 'announced', records: 2 } });
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(['announcement/recall', 'head', 'product/K-200']), { timeout: 30_000, interval: 50 });
    // Said once; the timer that runs the copy again tells nobody anything.
    expect(await run('channel', 'copy', folder, '--policy', policyFor(server.url, 'anna'))).toMatchObject({ code: 0, json: { outcome: 'up-to-date', told: 'announced', records: 0 } });
    expect(heard).toHaveLength(3);
    await desk.close();

    const checked = await run('channel', 'check', '--policy', policyFor(server.url, 'desk-7'));
    expect(checked).toMatchObject({ code: 0, json: { outcome: 'works' } });
    expect((checked.json['steps'] as { ok: boolean }[]).every(({ ok }) => ok)).toBe(true);
    const supervisor = openNats({ servers: [server.url], user: 'anna', seed: readFileSync(join(dir, 'anna.nk'), 'utf8').trim() });
    expect(await supervisor.list('presence')).toMatchObject({ names: ['desk-7.json'] });
    await supervisor.close();
  });
});
