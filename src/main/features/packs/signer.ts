import { createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import { keyIdOf, rawPublicKey, type Signer } from './dsse.ts';

/** The first bytes of an Ed25519 private key in DER; the rest is the 32-byte seed (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Bytes of the secret everything of a key follows from. */
export const SEED_BYTES = 32;

export const newSeed = (): Buffer => randomBytes(SEED_BYTES);

/** A signer from its secret. The secret is taken up into a key object and not kept. */
export function signerFrom(seed: Uint8Array, name: string): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = rawPublicKey(createPublicKey(key));
  return { id: keyIdOf(publicKey), publicKey, name, sign: (bytes) => sign(null, bytes, key) };
}
