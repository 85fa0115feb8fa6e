import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheRoot, cachedFolder, isStale, withLock } from '../../../scripts/lib/cache.mjs';

let root = '';
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'callside-cache-')); });
afterEach(() => { rmSync(root, { recursive: true, force: true }); });

const write = (text: string) => async (folder: string) => { writeFileSync(join(folder, 'file'), text); };

describe('the place of the cache', () => {
  it('follows each system and ignores a relative XDG folder', () => {
    expect(cacheRoot({ XDG_CACHE_HOME: '/x' }, 'linux', '/home/a')).toBe('/x/callside');
    expect(cacheRoot({ XDG_CACHE_HOME: 'x' }, 'linux', '/home/a')).toBe('/home/a/.cache/callside');
    expect(cacheRoot({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Caches/callside');
  });
});

describe('a cached folder', () => {
  it('is built once, also by several at the same time', async () => {
    let builds = 0;
    const build = async (folder: string) => { builds += 1; await new Promise((done) => { setTimeout(done, 50); }); await write('a')(folder); };
    const folders = await Promise.all([1, 2, 3].map(() => cachedFolder('thing', build, root)));
    expect(builds).toBe(1);
    expect(new Set(folders).size).toBe(1);
    expect(readFileSync(join(root, 'thing', 'file'), 'utf8')).toBe('a');
    expect(readdirSync(root)).toEqual(['thing']);
  });

  it('does not exist after a failed build, and the next build works', async () => {
    await expect(cachedFolder('thing', async (folder) => { await write('half')(folder); throw new Error('disk full'); }, root)).rejects.toThrow('disk full');
    expect(readdirSync(root)).toEqual([]);
    await cachedFolder('thing', write('whole'), root);
    expect(readFileSync(join(root, 'thing', 'file'), 'utf8')).toBe('whole');
  });

  it('clears away what a killed builder left', async () => {
    mkdirSync(join(root, 'thing.part-dead'));
    writeFileSync(join(root, 'thing.part-dead', 'file'), 'half');
    writeFileSync(join(root, 'thing.lock'), `999999999 ${hostname()} dead`);
    await cachedFolder('thing', write('whole'), root);
    expect(readdirSync(root)).toEqual(['thing']);
  });
});

describe('a lock', () => {
  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => { inside += 1; most = Math.max(most, inside); await new Promise((done) => { setTimeout(done, 20); }); inside -= 1; };
    await Promise.all([1, 2, 3, 4].map(() => withLock(join(root, 'l'), work, { pollMs: 5 })));
    expect(most).toBe(1);
    expect(existsSync(join(root, 'l'))).toBe(false);
  });

  it('is stale when its process is gone or it was not touched for a minute, else not', () => {
    const path = join(root, 'l');
    writeFileSync(path, `${process.pid} ${hostname()} x`);
    expect(isStale(path)).toBe(false);
    utimesSync(path, new Date(), new Date(Date.now() - 61_000));
    expect(isStale(path)).toBe(true);
    writeFileSync(path, `999999999 ${hostname()} x`);
    expect(isStale(path)).toBe(true);
    writeFileSync(path, '999999999 another-machine x');
    expect(isStale(path)).toBe(false);
  });

  it('is released when the work throws', async () => {
    await expect(withLock(join(root, 'l'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(join(root, 'l'))).toBe(false);
  });
});
