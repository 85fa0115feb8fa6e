import { randomBytes } from 'node:crypto';
import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { safePath } from '#main/lib/app-path.ts';
import { allowedExternal } from '#main/lib/external-address.ts';
import { keyFromRecovery, recoveryText } from '#main/lib/recovery-key.ts';

describe('paths of app:// pages', () => {
  it.each([
    ['app://callside/', 'index.html'],
    ['app://callside/index.html#strip', 'index.html'],
    ['app://callside/assets/a-b_1.js?x=1', 'assets/a-b_1.js'],
    ['app://callside/a%20b.css', 'a b.css'],
  ])('%s is %s', (address, path) => expect(safePath(address)).toBe(path));

  it.each([
    'app://callside/../secret.js', 'app://callside/a/../../secret.js', 'app://callside/%2e%2e/secret.js', 'app://callside/%2E%2E%2Fsecret.js', 'app://callside/..%5csecret.js',
    'app://callside/a\\b.js', 'app://callside/a%00.js', 'app://callside/%252e%252e/x.js', 'app://elsewhere/index.html', 'app://user@callside/index.html', 'app://callside:1/index.html',
    'file:///etc/passwd', 'https://callside/index.html', '', 'app:', 'app://callside/%E0%A4%A',
  ])('%s leads nowhere', (address) => expect(safePath(address)).toBeUndefined());

  it('never leaves its folder, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'E', 'f', '5', 'c', '0', 'a', '?', '#', ' ') }), (text) => {
        const path = safePath(`app://callside/${text}`);
        if (path !== undefined) {
          expect(path.split('/')).not.toContain('..');
          expect(path.startsWith('/')).toBe(false);
          expect(path).not.toContain('\\');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('addresses that may be opened outside', () => {
  it.each(['https://example.com/a?b=c', 'tel:+447700900123', 'sip:line@example.com', 'mailto:help@example.com'])('%s may', (address) => expect(allowedExternal(address)).toBeDefined());
  it.each(['http://example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'https://user:pass@example.com', 'callside://call', 'ms-msdt:/id', '', 'https', `https://example.com/${'x'.repeat(2_000)}`])(
    '%s may not',
    (address) => expect(allowedExternal(address)).toBeUndefined(),
  );
});

describe('the recovery key on paper', () => {
  it('comes back whole, in lower case, without dashes, with the usual misreadings', () => {
    for (let round = 0; round < 200; round += 1) {
      const key = randomBytes(32);
      const text = recoveryText(key);
      expect(text).toMatch(/^([0-9A-Z]{4}-){13}[0-9A-Z]{4}$/);
      expect(keyFromRecovery(text)).toEqual(key);
      expect(keyFromRecovery(text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(key);
    }
  });

  it('one wrong character is noticed', () => {
    const text = recoveryText(randomBytes(32));
    let noticed = 0;
    for (let at = 0; at < text.length; at += 1) {
      if (text[at] === '-') continue;
      const other = text[at] === '7' ? '8' : '7';
      if (keyFromRecovery(text.slice(0, at) + other + text.slice(at + 1)) === undefined) noticed += 1;
    }
    expect(noticed).toBe(56);
    expect(keyFromRecovery('')).toBeUndefined();
    expect(keyFromRecovery(text.slice(0, 40))).toBeUndefined();
  });
});
