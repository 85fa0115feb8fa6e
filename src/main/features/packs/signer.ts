import { createPrivateKey, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import { keyIdOf, rawPublicKey, vouchFor, type Signer } from './dsse.ts';
import type { SentSigner } from './pack-tasks.ts';

/** The first bytes of an Ed25519 private key in DER; the rest is the 32-byte seed (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Bytes of the secret everything of a key follows from. */
export const SEED_BYTES = 32;

export const newSeed = (): Buffer => randomBytes(SEED_BYTES);

/** The key of each signer, so that nobody who holds a signer holds more than the means to sign. */
const keys = new WeakMap<Signer, KeyObject>();

/** A signer from its secret. The secret is taken up into a key object and not kept; the caller wipes its own copy. */
export function signerFrom(seed: Uint8Array, name: string): Signer {
  const der = Buffer.concat([PKCS8, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return signerOf(key, name);
}

/** A signer over a key object. */
export function signerOf(key: KeyObject, name: string): Signer {
  const publicKey = rawPublicKey(createPublicKey(key));
  const signer: Signer = { id: keyIdOf(publicKey), publicKey, name, sign: (bytes) => sign(null, bytes, key) };
  keys.set(signer, key);
  vouchFor(signer);
  return signer;
}

/** The signer for another thread of this very process. Node clones the handle of a key; the secret itself stays in one place and is never in a message. */
export function sentSigner(signer: Signer): SentSigner {
  const key = keys.get(signer);
  if (key === undefined) throw new Error('only a signer over a key can be given to another thread');
  return { name: signer.name, key };
}
