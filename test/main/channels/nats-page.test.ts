import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openFolder } from '#main/features/channels/index.ts';
import { beginTrustChange, createPublisher, openTrustStore } from '#main/features/packs/index.ts';
import { CAN_DEPLOY, HOST, tempFolder } from '#test/helpers/nats-deploy.ts';
import { freePort, NATS_SERVER, runNats, type RunningServer } from '#test/helpers/nats-server.ts';
import { person } from '../packs/helpers.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
type Block = { language: string; what: string; text: string };

/** The fenced blocks of the page, in their order. `root` needs a whole machine; `cluster` and `site` have tests of their own. */
const blocksOf = (page: string): Block[] => [...page.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(([, language = '', what = '', text = '']) => ({ language, what, text }));

describe.skipIf(!CAN_DEPLOY)('docs/nats.md', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  it('does what it says, step by step, for somebody who types it in', async () => {
    const { dir, remove } = tempFolder();
    ends.push(remove);
    const port = await freePort();
    const etc = join(dir, 'etc', 'callside-nats');
    const share = join(dir, 'share');
    for (const folder of [dirname(etc), join(dir, 'bin'), share]) mkdirSync(folder, { recursive: true });
    // Another machine's places and names, and nothing else, are put in place of the page's.
    const here = (text: string): string => text.replaceAll('nats.example.org:4222', `${HOST}:${port}`).replaceAll('nats.example.org', HOST).replaceAll('/etc/callside-nats', etc).replaceAll('/srv/callside-share', share);
    cpSync(join(ROOT, 'deploy'), join(dir, 'deploy'), { recursive: true });
    const command = join(dir, 'bin', 'callside');
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'scripts/callside.ts')}" "$@"\n`, { mode: 0o755 });
    const env = { ...process.env, PATH: `${join(dir, 'bin')}:${dirname(NATS_SERVER ?? '')}:${process.env['PATH'] ?? ''}`, LANG: 'en' };
    const run = (text: string, cwd: string): string => execFileSync('bash', ['-euc', text], { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

    const ben = person('Ben', ['owner', 'author', 'approver']);
    const publisher = createPublisher({ writer: openFolder({ root: share }), store: openTrustStore(join(dir, 'packs')), now: Date.now });
    const plan = { kb: 'shop', title: 'Shop', epoch: 1, people: [ben.card], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
    await publisher.create(beginTrustChange(plan, { root: 1, targets: 1 }, [ben.signer], Date.now()), 'Shop', ben.signer);

    const said: string[] = [];
    let server: RunningServer | undefined;
    const page = readFileSync(join(ROOT, 'docs/nats.md'), 'utf8');
    for (const { language, what, text } of blocksOf(page)) {
      if (language === 'json') writeFileSync(join(etc, what), here(text));
      if (language !== 'sh' || what === 'root' || what === 'cluster' || what === 'site') continue;
      said.push(run(here(text), said.length === 0 ? dir : etc));
      if (said.length === 1) {
        const file = join(etc, 'server.conf');
        writeFileSync(file, readFileSync(file, 'utf8').replaceAll('/etc/callside-nats', etc).replace('/var/lib/callside-nats', join(dir, 'store')).replace('0.0.0.0:4222', `127.0.0.1:${port}`));
      }
      if (/nats-server .* -t/.test(text)) {
        server = await runNats(join(etc, 'server.conf'));
        const running = server;
        ends.push(() => running.kill());
      }
      if (what === 'reload') await server?.reload();
    }
    const all = said.join('\n');
    expect(all).toContain('server.pem: OK');
    expect(all.match(/✓ \S+ was made/g)).toHaveLength(3);
    expect(all).toContain('The entry of admin is out of the file');
    expect(all).toMatch(/Published: \d+ files copied/);
    expect(said.at(-1)?.trim().split('\n')).toEqual(['✓ the server lets this user in', '✓ files can be read', '✓ something is published', '✓ changes can be followed', '✓ a receipt can be written']);
  });

  it('names files that are there', () => {
    const page = readFileSync(join(ROOT, 'docs/nats.md'), 'utf8');
    const named = [...page.matchAll(/`((?:cluster|server|site|sites|accounts|callside)[\w.-]*\.conf)`/g)].map(([, name = '']) => name);
    expect(new Set(named).size).toBeGreaterThan(5);
    for (const name of named) expect(readFileSync(join(ROOT, 'deploy/nats', name), 'utf8')).not.toBe('');
    for (const [, test = ''] of page.matchAll(/`(test\/[\w/.-]+)`/g)) expect(readFileSync(join(ROOT, test), 'utf8')).not.toBe('');
  });
});
