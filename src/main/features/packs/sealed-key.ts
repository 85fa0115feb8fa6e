import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { instantSchema, LIMITS } from '#shared/domain/common.ts';
import { keyIdSchema, keyRoleSchema } from '#shared/domain/packs/keys.ts';

/**
 * scrypt at N = 2^17, r = 8, p = 1: 128 MB and some 0.4 s for each guess (OWASP's first choice for
 * passphrases, Password Storage Cheat Sheet 2024). Stored with the key, so that it can be raised.
 */
const KDF = { N: 131_072, r: 8, p: 1 } as const;
const MOST_MEMORY = 512 * 1024 * 1024;

/** A private key as it lies in a file: encrypted with a passphrase, and everything needed to try one. */
export const sealedKeySchema = z.strictObject({
  format: z.literal('callside-key/1'),
  id: keyIdSchema,
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1).max(LIMITS.line),
  roles: z.array(keyRoleSchema).max(3),
  createdAt: instantSchema,
  kdf: z.strictObject({ name: z.literal('scrypt'), N: z.int().min(16_384).max(1_048_576), r: z.int().min(8).max(16), p: z.int().min(1).max(4), salt: z.base64() }),
  /** AES-256-GCM over the 32-byte seed; name, id and roles are authenticated with it. */
  cipher: z.strictObject({ name: z.literal('aes-256-gcm'), iv: z.base64(), data: z.base64(), tag: z.base64() }),
});
export type SealedKey = z.infer<typeof sealedKeySchema>;
type Facts = Pick<SealedKey, 'id' | 'publicKey' | 'name' | 'roles' | 'createdAt'>;

/** Encrypts a seed with a passphrase. */
export async function sealKey(seed: Uint8Array, facts: Facts, passphrase: string, cost: { N: number; r: number; p: number } = KDF): Promise<SealedKey> {
  const salt = randomBytes(32);
  const iv = randomBytes(12);
  const key = await derive(passphrase, salt, cost);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  key.fill(0);
  cipher.setAAD(boundTo(facts));
  const data = Buffer.concat([cipher.update(seed), cipher.final()]);
  return {
    format: 'callside-key/1',
    ...facts,
    kdf: { name: 'scrypt', N: cost.N, r: cost.r, p: cost.p, salt: salt.toString('base64') },
    cipher: { name: 'aes-256-gcm', iv: iv.toString('base64'), data: data.toString('base64'), tag: cipher.getAuthTag().toString('base64') },
  };
}

/** The seed, or undefined when the passphrase is wrong or the file was changed. The caller wipes it. */
export async function openSealed(sealed: SealedKey, passphrase: string): Promise<Buffer | undefined> {
  const { kdf, cipher } = sealed;
  const key = await derive(passphrase, Buffer.from(kdf.salt, 'base64'), kdf);
  const tag = Buffer.from(cipher.tag, 'base64');
  if (tag.length !== 16) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(cipher.iv, 'base64'));
    decipher.setAAD(boundTo(sealed));
    decipher.setAuthTag(tag);
    const piece = decipher.update(Buffer.from(cipher.data, 'base64'));
    try {
      return Buffer.concat([piece, decipher.final()]);
    } finally {
      piece.fill(0);
    }
  } catch {
    return undefined;
  } finally {
    key.fill(0);
  }
}

function boundTo({ id, publicKey, name, roles, createdAt }: Facts): Buffer {
  return Buffer.from(JSON.stringify([id, publicKey, name, roles, createdAt]));
}

/** Passphrases typed on different keyboards come in different forms of Unicode. */
function derive(passphrase: string, salt: Buffer, { N, r, p }: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem: MOST_MEMORY }, (cause, key) => (cause === null ? resolve(key) : reject(cause)));
  });
}
