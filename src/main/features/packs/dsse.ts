import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Envelope, Signature } from '#shared/domain/packs/change.ts';
import type { KeyId } from '#shared/domain/packs/keys.ts';

/** The first bytes of an Ed25519 public key in DER: the rest are the 32 raw bytes (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Something that can sign; the private half stays inside it. */
export type Signer = {
  readonly id: KeyId;
  /** The 32 raw bytes of the public key as hex. */
  readonly publicKey: string;
  readonly name: string;
  sign(bytes: Uint8Array): Buffer;
};

/** SHA-256 of the raw public key. */
export function keyIdOf(publicKey: string): KeyId {
  return createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex');
}

export function publicKeyObject(publicKey: string): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(publicKey, 'hex')]), format: 'der', type: 'spki' });
}

/** The raw public key of a key object, as hex. */
export function rawPublicKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(SPKI.length).toString('hex');
}

/** DSSE's pre-authentication encoding: what is really signed. Lengths count bytes. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `), payload]);
}

/** Signs a text as it is. */
export function signText(payloadType: string, text: string, signers: readonly Signer[]): Envelope {
  return { payloadType, text, signatures: signers.map((signer) => signatureOf(payloadType, text, signer)) };
}

export function signatureOf(payloadType: string, text: string, signer: Signer): Signature {
  const signature = { keyid: signer.id, sig: signer.sign(preAuthEncoding(payloadType, Buffer.from(text))).toString('base64') };
  if (vouched.has(signer)) madeHere.set(signature, { payloadType, text, sig: signature.sig, keyid: signature.keyid });
  return signature;
}

/** Signers over a key of this very thread: their id is that of their key. */
const vouched = new WeakSet<Signer>();
const madeHere = new WeakMap<Signature, { payloadType: string; text: string } & Signature>();

/** Says that a signer signs with the key it is named after. */
export function vouchFor(signer: Signer): void {
  vouched.add(signer);
}

/**
 * Whether this very signature was made on this thread over this very text. Who signs a whole knowledge base and publishes it
 * need not check 50,000 signatures it has just made. What came from anywhere else is another object and is never known here.
 */
export function isMadeHere(signature: Signature, payloadType: string, text: string): boolean {
  const made = madeHere.get(signature);
  return made !== undefined && made.sig === signature.sig && made.keyid === signature.keyid && made.payloadType === payloadType && made.text === text;
}

/** Keys ready for checking signatures, made once per policy: making one costs more than using it. */
export type KeyRing = (id: KeyId) => KeyObject | undefined;

export function keyRing(keys: readonly { id: KeyId; publicKey: string }[]): KeyRing {
  // A name that is not the digest of its key would let one person sign under many names.
  const made = new Map(keys.filter(({ id, publicKey }) => keyIdOf(publicKey) === id).map(({ id, publicKey }) => [id, publicKeyObject(publicKey)]));
  return (id) => made.get(id);
}

/** Whether a signature is genuine. Says nothing about whether its key may sign this. */
export function isGenuine(key: KeyObject, payloadType: string, payload: Uint8Array, { sig }: Signature): boolean {
  const bytes = Buffer.from(sig, 'base64');
  return bytes.length === 64 && verify(null, preAuthEncoding(payloadType, payload), key, bytes);
}

/** The same on one of the threads Node keeps for such work: for packs with tens of thousands of signatures. Never rejects. */
export function isGenuineSoon(key: KeyObject, payloadType: string, payload: Uint8Array, { sig }: Signature): Promise<boolean> {
  const bytes = Buffer.from(sig, 'base64');
  if (bytes.length !== 64) return Promise.resolve(false);
  return new Promise((resolve) => verify(null, preAuthEncoding(payloadType, payload), key, bytes, (error, genuine) => resolve(error === null && genuine)));
}
