import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { removeFileFully, writeFileAtomic } from '#main/lib/atomic-file.ts';
import { isNetworkPath, recordPaths } from '#main/lib/paths.ts';

const dir = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'callside-files-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

describe('atomic files', () => {
  it('replace the whole content and leave nothing beside it', () => {
    const folder = dir();
    const file = join(folder, 'a.json');
    writeFileAtomic(file, 'first, longer');
    writeFileAtomic(file, 'second');
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('are readable by their owner alone', () => {
    const file = join(dir(), 'key');
    writeFileAtomic(file, Buffer.from([1]));
    expect(process.platform === 'win32' ? 0o600 : statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keep the old content when the new cannot be put in place', () => {
    const folder = dir();
    expect(() => writeFileAtomic(join(folder, 'missing', 'a'), 'x')).toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('can be removed, also when they are not there', () => {
    const file = join(dir(), 'a');
    writeFileSync(file, 'secret');
    removeFileFully(file);
    removeFileFully(file);
    expect(() => statSync(file)).toThrow('ENOENT');
  });
});

describe('paths', () => {
  it.each([
    [String.raw`\\server\share\data`, true],
    ['//server/share', true],
    [String.raw`\\?\UNC\server\share`, true],
    [String.raw`\\?\C:\Users\ada`, false],
    [String.raw`C:\Users\ada\AppData\Local`, false],
    ['/home/ada', false],
    ['relative/path', false],
  ])('%s on a network: %s', (path, network) => {
    expect(isNetworkPath(path)).toBe(network);
  });

  it('put everything of the records into one folder', () => {
    const paths = recordPaths('/data');
    expect(Object.values(paths).every((path) => path.startsWith(paths.dir))).toBe(true);
  });
});
