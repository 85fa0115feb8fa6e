import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { digestOf, openFolder } from '#main/features/channels/index.ts';
import { writeFault } from '#main/features/channels/folder-files.ts';
import { channelContract } from './contract.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const roots: string[] = [];
const makeRoot = (): string => {
  const root = join(mkdtempSync(join(tmpdir(), 'callside-channel-')), 'share');
  mkdirSync(root);
  roots.push(root);
  return root;
};
const put = (root: string, name: string, content: Uint8Array | string): void => {
  const file = join(root, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(dirname(root), { recursive: true, force: true });
});

channelContract('folder', () => {
  const root = makeRoot();
  return {
    open: () => openFolder({ root, pollMs: 60 }),
    place: (name, content) => put(root, name, content),
    vanish: () => renameSync(root, `${root}-out`),
    comeBack: () => renameSync(`${root}-out`, root),
    cleanUp: () => undefined,
  };
});

describe('a folder as it is out there', () => {
  it('reads a name whose case another program changed, and neither of two that differ by case only', async () => {
    const root = makeRoot();
    put(root, 'Packs/RELEASE.pack', 'x');
    const source = openFolder({ root });
    expect(await source.read('packs/release.pack', 10)).toMatchObject({ state: 'found' });
    put(root, 'Packs/Release.pack', 'y');
    expect(await source.read('packs/release.pack', 10)).toEqual({ state: 'absent' });
  });

  it('passes over what is being copied, and tells copies of two writers apart', async () => {
    const root = makeRoot();
    for (const name of ['a.json', '.callside-1234', '.syncthing.b.json.tmp', 'a.sync-conflict-20261101-101010-ABC.json', 'a (conflicted copy 2026-11-01).json']) put(root, `receipts/${name}`, 'x');
    expect(await openFolder({ root }).list('receipts')).toEqual({ state: 'listed', names: ['a.json'], conflicts: ['a (conflicted copy 2026-11-01).json', 'a.sync-conflict-20261101-101010-ABC.json'] });
  });

  it('never blocks on a pipe somebody put there, nor reads a folder as a file', async () => {
    const root = makeRoot();
    mkdirSync(join(root, 'packs'));
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [join(root, 'timestamp.json')]);
      expect(await openFolder({ root, patienceMs: 2_000 }).read('timestamp.json', 10)).toEqual({ state: 'absent' });
    }
    expect(await openFolder({ root }).read('packs', 10)).toEqual({ state: 'absent' });
  });

  it('notices a head that was copied over in its place, and is not woken by the receipts of others', async () => {
    const root = makeRoot();
    put(root, 'metadata/timestamp.json', '1');
    put(root, 'receipts/a.json', '1');
    const hints: string[] = [];
    const stop = openFolder({ root, pollMs: 40 }).watch((hint) => hints.push(hint));
    await new Promise((done) => setTimeout(done, 200));
    for (const name of ['b', 'c']) put(root, `receipts/${name}.json`, '1');
    await new Promise((done) => setTimeout(done, 500));
    expect(hints).toEqual([]);
    let content = '2, longer';
    await expect.poll(() => {
      writeFileSync(join(root, 'metadata/timestamp.json'), (content += 'x'));
      return hints.length;
    }, { timeout: 30_000, interval: 600 }).toBeGreaterThan(0);
    stop();
  });

  it('never makes the folder itself: a stick that is out does not turn into an empty folder', async () => {
    const root = join(makeRoot(), 'stick');
    expect(await openFolder({ root }).write('receipts/a.json', bytes('x'))).toEqual({ state: 'gone' });
    expect(readdirSync(dirname(root))).toEqual([]);
  });

  it('lets a publisher go on after one that died in the middle, but not beside one at work', async () => {
    const root = makeRoot();
    const lock = join(root, '.callside-publishing');
    writeFileSync(lock, '');
    put(root, 'packs/1.pack', 'half');
    const release = { files: [{ name: 'packs/1.pack', bytes: bytes('whole') }], head: { name: 'head.json', bytes: bytes('1') }, expected: undefined };
    expect(await openFolder({ root }).publish(release)).toEqual({ state: 'busy' });
    const old = Date.now() / 1_000 - 600;
    utimesSync(lock, old, old);
    expect(await openFolder({ root }).publish(release)).toEqual({ state: 'written' });
    expect(await openFolder({ root }).read('packs/1.pack', 100)).toEqual({ state: 'found', bytes: Buffer.from('whole') });
    expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('notices a head that came by copying while the release was being written', async () => {
    const root = makeRoot();
    const big = new Uint8Array(4_000_000);
    const publishing = openFolder({ root }).publish({ files: Array.from({ length: 8 }, (_, at) => ({ name: `packs/${at}.pack`, bytes: big })), head: { name: 'head.json', bytes: bytes('mine') }, expected: undefined });
    put(root, 'head.json', 'theirs');
    expect(await publishing).toEqual({ state: 'conflict', found: digestOf(bytes('theirs')) });
  });

  it('answers "busy" for a file that is still being copied', async () => {
    const root = makeRoot();
    put(root, 'packs/a.pack', new Uint8Array(60_000_000));
    const copying = setInterval(() => appendFileSync(join(root, 'packs/a.pack'), 'more'), 1);
    try {
      expect((await openFolder({ root }).read('packs/a.pack', 100_000_000)).state).toBe('busy');
    } finally {
      clearInterval(copying);
    }
  });

  it.each([['EROFS', 'read-only'], ['EACCES', 'read-only'], ['ENOSPC', 'full'], ['EDQUOT', 'full'], ['EBUSY', 'busy'], ['EIO', 'gone'], ['ESTALE', 'gone']])('calls %s on writing "%s"', (code, state) => {
    expect(writeFault(Object.assign(new Error(code), { code }))).toEqual({ state });
  });
});
