import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../lib/atomic-file.ts';

/**
 * A small file beside the database. It tells the right key from a wrong one without touching the
 * database, and it lets a session without the key write notes only the key's owner can read: it
 * holds the public half of a key pair derived from the database key (X25519).
 */
const keyCheckSchema = z.object({ version: z.literal(1), check: z.string(), sealTo: z.string() });
const sealedSchema = z.object({ version: z.literal(1), from: z.string(), box: z.string() });

export type KeyVerdict = 'right' | 'wrong' | 'no-check';

const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');

function checkOf(key: Buffer): Buffer {
  return createHmac('sha256', key).update('callside records key check v1').digest();
}

function sealPrivateKey(key: Buffer): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'callside side notes v1', 32));
  return createPrivateKey({ key: Buffer.concat([PKCS8_X25519, seed]), format: 'der', type: 'pkcs8' });
}

const exportPublic = (key: KeyObject): string => key.export({ format: 'der', type: 'spki' }).toString('base64');
const importPublic = (text: string): KeyObject => createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });

function readJson<T>(file: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whether `key` is the one this folder's data was locked with. */
export function verifyKey(file: string, key: Buffer | undefined): KeyVerdict {
  const stored = readJson(file, keyCheckSchema);
  if (stored === undefined) return 'no-check';
  if (key === undefined) return 'wrong';
  const expected = Buffer.from(stored.check, 'base64');
  const actual = checkOf(key);
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? 'right' : 'wrong';
}

/** Writes the check for a key that has just been proved right. */
export function writeKeyCheck(file: string, key: Buffer): void {
  const sealTo = exportPublic(createPublicKey(sealPrivateKey(key)));
  writeFileAtomic(file, JSON.stringify({ version: 1, check: checkOf(key).toString('base64'), sealTo }));
}

function boxKey(mine: KeyObject, theirs: KeyObject): Buffer {
  return Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey: mine, publicKey: theirs }), Buffer.alloc(0), 'callside side box v1', 32));
}

/** Makes a fresh key and seals it to the folder's owner; undefined when the check file cannot be read. */
export function sealFreshKey(checkFile: string): { key: Buffer; sealed: string } | undefined {
  const stored = readJson(checkFile, keyCheckSchema);
  if (stored === undefined) return undefined;
  const key = randomBytes(32);
  const pair = generateKeyPairSync('x25519');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', boxKey(pair.privateKey, importPublic(stored.sealTo)), nonce);
  const box = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  return { key, sealed: JSON.stringify({ version: 1, from: exportPublic(pair.publicKey), box: box.toString('base64') }) };
}

/** Opens a sealed key with the database key; undefined when it was sealed to another one. */
export function unsealKey(sealedFile: string, key: Buffer): Buffer | undefined {
  const sealed = readJson(sealedFile, sealedSchema);
  if (sealed === undefined) return undefined;
  try {
    const box = Buffer.from(sealed.box, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', boxKey(sealPrivateKey(key), importPublic(sealed.from)), box.subarray(0, 12));
    decipher.setAuthTag(box.subarray(box.length - 16));
    return Buffer.concat([decipher.update(box.subarray(12, box.length - 16)), decipher.final()]);
  } catch {
    return undefined;
  }
}
