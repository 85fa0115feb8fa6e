import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceFingerprint } from '../../../scripts/lib/build.mjs';
import { coversLock } from '../../../scripts/lib/deps.mjs';
import { authorityFile, needsVirtualDisplay } from '../../../scripts/lib/display.mjs';
import { integrityOf } from '../../../scripts/lib/electron.mjs';
import { takeScreenshotArgument } from '../../../scripts/lib/env.mjs';
import { exec, exitCode } from '../../../scripts/lib/exec.mjs';
import { npmErrors } from '../../../scripts/lib/npm.mjs';
import { seconds, tail } from '../../../scripts/lib/report.mjs';
import { isDebianLike, missingLibraries } from '../../../scripts/lib/system.mjs';

let root = '';
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'callside-setup-')); });
afterEach(() => { rmSync(root, { recursive: true, force: true }); });

describe('installed packages against the lock', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'i' }, 'node_modules/mac': { version: '1.0.0', optional: true } } };
  it('accepts what npm may leave out', () => {
    expect(coversLock(lock, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'i' } } })).toBe(true);
  });
  it('refuses another version, other content, or a missing package', () => {
    expect(coversLock(lock, { packages: { 'node_modules/a': { version: '1.0.1', integrity: 'i' } } })).toBe(false);
    expect(coversLock(lock, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'j' } } })).toBe(false);
    expect(coversLock(lock, { packages: {} })).toBe(false);
    expect(coversLock(lock, {})).toBe(false);
  });
});

describe('the screenshot argument', () => {
  it('is read in both forms, relative to where the command was typed', () => {
    expect(takeScreenshotArgument(['--screenshot', 'out.png', '--call', '555'], '/home/a')).toEqual({ rest: ['--call', '555'], screenshot: '/home/a/out.png' });
    expect(takeScreenshotArgument(['--call', '555', '--screenshot=/tmp/o.png'], '/home/a')).toEqual({ rest: ['--call', '555'], screenshot: '/tmp/o.png' });
    expect(takeScreenshotArgument(['555'], '/')).toEqual({ rest: ['555'], screenshot: null });
  });
  it('is empty, not another argument, when the file is missing', () => {
    expect(takeScreenshotArgument(['--screenshot'], '/').screenshot).toBe('');
    expect(takeScreenshotArgument(['--screenshot', '--call'], '/').screenshot).toBe('');
    expect(takeScreenshotArgument(['--screenshot='], '/').screenshot).toBe('');
  });
});

describe('the build', () => {
  it('is out of date when a source is edited, added or removed, but not by what it generates', () => {
    mkdirSync(join(root, 'src'));
    mkdirSync(join(root, 'resources'));
    writeFileSync(join(root, 'src', 'a.ts'), 'a');
    const first = sourceFingerprint(root);
    writeFileSync(join(root, 'resources', 'starter-pack.ndjson'), '{}');
    expect(sourceFingerprint(root)).toBe(first);
    writeFileSync(join(root, 'src', 'b.ts'), 'b');
    const second = sourceFingerprint(root);
    expect(second).not.toBe(first);
    rmSync(join(root, 'src', 'b.ts'));
    expect(sourceFingerprint(root)).toBe(first);
    writeFileSync(join(root, 'src', 'a.ts'), 'ab');
    expect(sourceFingerprint(root)).not.toBe(first);
  });
});

describe('the virtual screen', () => {
  it('is for Linux without any display', () => {
    expect(needsVirtualDisplay({}, 'linux')).toBe(true);
    expect(needsVirtualDisplay({ DISPLAY: ':0' }, 'linux')).toBe(false);
    expect(needsVirtualDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(false);
    expect(needsVirtualDisplay({}, 'darwin')).toBe(false);
  });
  it('is guarded by a cookie in the format X clients read', () => {
    const file = authorityFile(Buffer.from('0123456789abcdef'));
    expect(file.toString('latin1')).toBe('\xff\xff\0\0\0\0\0\x12MIT-MAGIC-COOKIE-1\0\x100123456789abcdef');
  });
});

describe('the system', () => {
  it('names the libraries ldd did not find', () => {
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibgtk-3.so.0 => not found\n\tlibnss3.so => not found\n')).toEqual(['libgtk-3.so.0', 'libnss3.so']);
  });
  it('knows Debian and what is made from it', () => {
    expect(isDebianLike('NAME="Debian"\nID=debian\n')).toBe(true);
    expect(isDebianLike('ID=linuxmint\nID_LIKE="ubuntu debian"\n')).toBe(true);
    expect(isDebianLike('ID=fedora\nHOME_URL="x/debian"\n')).toBe(false);
  });
});

describe('running programs', () => {
  it('gives the exit code shells give', async () => {
    expect(exitCode(3, null)).toBe(3);
    expect(exitCode(null, 'SIGTERM')).toBe(143);
    expect((await exec('/no/such/program', [])).code).toBe(127);
  });
  it('keeps output and ends what takes too long', async () => {
    expect((await exec(process.execPath, ['-e', 'console.log(1); console.error(2)'])).output.split('\n').sort()).toEqual(['', '1', '2']);
    expect((await exec(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 200 })).code).toBe(137);
  });
});

describe('small things', () => {
  it('hashes a file the way locks write it', async () => {
    writeFileSync(join(root, 'f'), '');
    expect(await integrityOf(join(root, 'f'))).toBe('sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==');
  });
  it('says times and ends of output', () => {
    expect(seconds(1234)).toBe('1.2 s');
    expect(seconds(61_000)).toBe('1 min 1 s');
    expect(tail('a\nb\nc\n\n', 2)).toBe('b\nc');
  });
  it('shows what npm says, not its usage text', () => {
    const output = 'npm warn EBADENGINE x\nnpm error code EUSAGE\nnpm error\nnpm error Missing: a@1 from lock file\nnpm error\nnpm error Clean install a project\nnpm error Usage:\nnpm notice new\n';
    expect(npmErrors(output)).toBe('npm error code EUSAGE\nnpm error Missing: a@1 from lock file');
    expect(npmErrors('tar: cannot open')).toBe('tar: cannot open');
  });
});

describe('package-lock.json', () => {
  const text = readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8');
  it('holds no registry address', () => {
    expect(text).not.toMatch(/"resolved": "https?:/);
  });
  it('names the packages of every platform, without which npm ci refuses', () => {
    const { packages } = JSON.parse(text) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> };
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter((name) => path !== '' && packages[`node_modules/${name}`] === undefined && packages[`${path}/node_modules/${name}`] === undefined));
    expect(missing).toEqual([]);
  });
});
