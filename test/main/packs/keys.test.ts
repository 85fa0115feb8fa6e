import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openKeyVault, recoverySheet, type KeyVault, type Wrapper } from '#main/features/packs/index.ts';
import { isGenuine, publicKeyObject, signText } from '#main/features/packs/dsse.ts';
import { START, tempDir } from './helpers.ts';

/** scrypt made cheap; the real cost is checked on its own. */
const COST = { N: 16_384, r: 8, p: 1 };
const PASS = 'correct horse battery staple';
const WORDS = { title: 'Sheet', holder: 'Holder', key: 'Key', made: 'Made', what: 'What', how: 'How', secret: 'Secret', date: 'today' };

const vaultIn = (dir: string, wrapper?: Wrapper): KeyVault => openKeyVault({ dir, wrapper, now: () => START, cost: COST });
/** A key store of a system: another one cannot open what it wrapped. */
const wrapperOf = (mask: number): Wrapper => ({ name: 'test-store', wrap: (bytes) => Buffer.from([mask, ...bytes.map((byte) => byte ^ mask)]), unwrap: (bytes) => { if (bytes[0] !== mask) throw new Error('not mine'); return Buffer.from(bytes.subarray(1).map((byte) => byte ^ mask)); } });

const signs = (vault: KeyVault, id: string): boolean => {
  const signer = vault.signer(id);
  if (signer === undefined) return false;
  const envelope = signText('t', 'words', [signer]);
  const [signature] = envelope.signatures;
  return signature !== undefined && isGenuine(publicKeyObject(signer.publicKey), 't', Buffer.from('words'), signature);
};

describe('signing keys', () => {
  it('sign after their passphrase was given, and not before, nor after they are locked', async () => {
    const dir = tempDir();
    const { id } = await vaultIn(dir).create('Anna', ['author'], PASS);
    const later = vaultIn(dir);
    expect(later.list()).toMatchObject([{ id, name: 'Anna', unlocked: false, wrapped: false }]);
    expect(signs(later, id)).toBe(false);
    expect(await later.unlock(id, 'something else entirely')).toBe('wrong-passphrase');
    expect(signs(later, id)).toBe(false);
    expect(await later.unlock(id, PASS)).toBe('unlocked');
    expect(signs(later, id)).toBe(true);
    later.lock(id);
    expect(signs(later, id)).toBe(false);
  });

  it('leave no secret in the file: not the seed, not the passphrase', async () => {
    const dir = tempDir();
    const vault = vaultIn(dir);
    const { id } = await vault.create('Anna', ['author'], PASS);
    const found = await vault.recoveryWords(id, PASS);
    const text = readdirSync(dir).map((name) => readFileSync(join(dir, name), 'utf8')).join('\n') + Buffer.from(/"sealed":"([^"]+)"/.exec(readFileSync(join(dir, `${id}.json`), 'utf8'))?.[1] ?? '', 'base64').toString('utf8');
    expect(text).not.toContain(PASS);
    expect(found.outcome === 'ready' && text.includes(found.words)).toBe(false);
    expect(text).toContain('"scrypt"');
  });

  it('are bound to the computer by its key store, and say so elsewhere', async () => {
    const dir = tempDir();
    const { id } = await vaultIn(dir, wrapperOf(7)).create('Anna', ['author'], PASS);
    expect(await vaultIn(dir, wrapperOf(7)).unlock(id, PASS)).toBe('unlocked');
    expect(await vaultIn(dir, wrapperOf(9)).unlock(id, PASS)).toBe('other-machine');
    expect(await vaultIn(dir).unlock(id, PASS)).toBe('other-machine');
    const moved = vaultIn(dir, wrapperOf(7)).exportFile(id);
    if (moved.outcome !== 'exported') throw new Error(moved.outcome);
    const other = vaultIn(tempDir(), wrapperOf(9));
    expect((await other.importFile(moved.text, 'wrong words here')).outcome).toBe('wrong-passphrase');
    expect(await other.importFile(moved.text, PASS)).toMatchObject({ outcome: 'added', key: { id, unlocked: true, wrapped: true } });
    expect((await other.importFile(moved.text, PASS)).outcome).toBe('already-here');
  });

  it('do not take over another name or other rights by an edit of their file', async () => {
    const vault = vaultIn(tempDir());
    const { id } = await vault.create('Anna', ['author'], PASS);
    const moved = vault.exportFile(id);
    if (moved.outcome !== 'exported') throw new Error(moved.outcome);
    expect((await vaultIn(tempDir()).importFile(moved.text.replace('"Anna"', '"Olga"'), PASS)).outcome).toBe('wrong-passphrase');
    expect((await vaultIn(tempDir()).importFile('{"format":"callside-key/1"}', PASS)).outcome).toBe('damaged');
  });

  it('come back from the text of the printed sheet alone, with a new passphrase', async () => {
    const vault = vaultIn(tempDir());
    const { id } = await vault.create('Anna Ümlaut <b>', ['author', 'approver'], PASS);
    expect((await vault.recoveryWords(id, 'not the passphrase')).outcome).toBe('wrong-passphrase');
    const found = await vault.recoveryWords(id, PASS);
    if (found.outcome !== 'ready') throw new Error(found.outcome);
    const html = recoverySheet(found.key, found.words, WORDS);
    expect(html).not.toContain('<b>"');
    // What a person reads on paper: the page without its tags, lines broken as they are printed, typed in small letters.
    const paper = html.replaceAll(/<style>.*?<\/style>/gs, '').replaceAll(/<[^>]+>/g, '\n').toLowerCase();
    const elsewhere = vaultIn(tempDir());
    expect(await elsewhere.restore(paper, 'Anna', ['author'], 'another good passphrase')).toMatchObject({ outcome: 'added', key: { id } });
    expect(signs(elsewhere, id)).toBe(true);
    const wrong = found.words.replace(/^./, (letter) => (letter === '7' ? '8' : '7'));
    expect((await vaultIn(tempDir()).restore(wrong, 'Anna', ['author'], PASS)).outcome).toBe('mistyped');
    expect((await vaultIn(tempDir()).restore('no groups at all', 'Anna', ['author'], PASS)).outcome).toBe('mistyped');
  });

  it('say that their file is damaged instead of failing', async () => {
    const dir = tempDir();
    const { id } = await vaultIn(dir).create('Anna', ['author'], PASS);
    writeFileSync(join(dir, `${id}.json`), '{');
    expect(await vaultIn(dir).unlock(id, PASS)).toBe('damaged');
    expect(vaultIn(dir).list()).toEqual([]);
  });

  it('cost a guesser the full price of scrypt', async () => {
    const vault = openKeyVault({ dir: tempDir(), wrapper: undefined, now: () => START });
    const { id } = await vault.create('Anna', ['author'], PASS);
    const file = vault.exportFile(id);
    expect(file.outcome === 'exported' && JSON.parse(file.text)).toMatchObject({ kdf: { N: 131_072, r: 8 } });
  });
});
