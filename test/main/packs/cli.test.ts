import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandWords, parseCommand } from '#main/cli/command-line.ts';
import { runCommand } from '#main/cli/run.ts';
import { openKnowledge } from './desk.ts';
import { product, START, tempDir } from './helpers.ts';

const PASS = 'correct horse battery staple';

async function callside(...words: string[]): Promise<{ code: number; json: Record<string, unknown> }> {
  let text = '';
  const code = await runCommand([...words, '--json'], { out: (said) => (text += said), language: 'en', passphrase: PASS, now: () => START });
  expect(text.split('\n')).toHaveLength(1);
  return { code, json: JSON.parse(text) as Record<string, unknown> };
}

const records = (file: string, ...lines: unknown[]): string => {
  writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  return file;
};

describe('callside pack', () => {
  it('makes a key, builds, verifies, inspects, installs, and builds the next release from what differs', async () => {
    const dir = tempDir();
    const [key, from, folder, data] = [join(dir, 'key.json'), join(dir, 'records.ndjson'), join(dir, 'channel'), join(dir, 'desk')];
    mkdirSync(folder);
    expect((await callside('key', 'create', '--name', 'IT', '--out', key)).code).toBe(0);
    const build = ['pack', 'build', folder, '--from', from, '--kb', 'shop', '--title', 'Shop', '--key', key];
    records(from, product('A', 100), product('B', 100));
    const first = await callside(...build);
    expect(first).toMatchObject({ code: 0, json: { outcome: 'published', release: 1, changed: 2 } });
    const fingerprint = String(first.json['fingerprint']);

    expect(await callside('pack', 'verify', folder, '--fingerprint', fingerprint)).toMatchObject({ code: 0, json: { outcome: 'verified', release: 1, records: 2 } });
    const pack = join(folder, 'targets', readdirSync(join(folder, 'targets')).find((name) => name.includes('.pack-')) ?? '');
    expect(await callside('pack', 'inspect', pack)).toMatchObject({ code: 0, json: { verified: false, records: 2, kinds: { product: 2 }, kbs: ['shop'] } });
    expect(await callside('pack', 'install', folder, '--data-dir', data, '--fingerprint', fingerprint)).toMatchObject({ code: 0, json: { outcome: 'installed', release: 1, changed: 2 } });
    expect(await callside('pack', 'install', folder, '--data-dir', data)).toMatchObject({ code: 0, json: { outcome: 'up-to-date' } });

    expect(await callside(...build)).toMatchObject({ code: 0, json: { outcome: 'unchanged' } });
    records(from, product('A', 120));
    expect(await callside(...build, '--remove-missing')).toMatchObject({ code: 0, json: { release: 2, changed: 2 } });
    expect(await callside('pack', 'install', folder, '--data-dir', data)).toMatchObject({ code: 0, json: { outcome: 'installed', release: 2 } });
    const db = openKnowledge(join(data, 'knowledge.db'));
    expect(db.prepare("SELECT key FROM record WHERE kind = 'product'").pluck().all()).toEqual(['A']);
    db.close();
  });

  it('says 1 for what was refused and names why, 2 for what it does not understand, 3 for what cannot be read', async () => {
    const dir = tempDir();
    const [key, from] = [join(dir, 'key.json'), join(dir, 'records.ndjson')];
    await callside('key', 'create', '--name', 'IT', '--out', key);
    records(from, product('A'));
    const { fingerprint } = (await callside('pack', 'build', dir, '--from', from, '--kb', 'shop', '--key', key)).json;
    const pack = join(dir, 'targets', readdirSync(join(dir, 'targets')).find((name) => name.includes('.pack-')) ?? '');
    const bytes = readFileSync(pack);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(pack, bytes);
    expect(await callside('pack', 'verify', dir, '--fingerprint', String(fingerprint))).toMatchObject({ code: 1, json: { outcome: 'refused', reason: 'hash-mismatch' } });
    expect(await callside('pack', 'verify', dir, '--fingerprint', '0000-0000-0000-0000-0000')).toMatchObject({ code: 1, json: { reason: 'wrong-fingerprint' } });
    expect((await callside('pack', 'verify', dir, '--fingerprint', 'not one')).code).toBe(2);
    expect(await callside('pack', 'install', dir, '--data-dir', join(dir, 'desk'))).toMatchObject({ code: 1, json: { reason: 'no-trust-root' } });
    expect(await callside('pack', 'inspect', from)).toMatchObject({ code: 1, json: { reason: 'not-a-pack' } });
    expect((await callside('pack', 'inspect', join(dir, 'nothing'))).code).toBe(3);
    expect((await callside('key', 'create', '--name', 'IT', '--out', key)).code).toBe(3);
    records(from, { kind: 'product', record: { sku: 'A', name: 7 } });
    expect(await callside('pack', 'build', dir, '--from', from, '--kb', 'shop', '--key', key)).toMatchObject({ code: 1 });
    expect((await callside('pack', 'fly', dir)).code).toBe(2);
    expect((await callside('pack', 'verify', dir, '--colour', 'red')).code).toBe(2);
    expect(existsSync(join(dir, 'desk', 'knowledge.db'))).toBe(false);
  });

  it('is told from an ordinary start and from what telephony passes on', () => {
    expect(commandWords(['pack', 'inspect', 'x'])).toEqual(['pack', 'inspect', 'x']);
    expect(commandWords(['.', '--no-sandbox', 'pack', 'inspect', 'x'])).toEqual(['pack', 'inspect', 'x']);
    expect(commandWords([])).toBeUndefined();
    expect(commandWords(['--ring', '0123', 'pack'])).toBeUndefined();
    expect(commandWords(['callside://call?name=pack'])).toBeUndefined();
    expect(parseCommand(['pack', 'verify', 'a', 'b', '--fingerprint', 'x']).ok).toBe(false);
  });
});
