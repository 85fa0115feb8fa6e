import { createHash } from 'node:crypto';

/** Letters and digits that are hard to confuse on paper or on the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 20 letters of 5 bits: forging a root with the same fingerprint takes 2^100 tries. */
const LETTERS = 20;

/** The fingerprint of a root file: the first 100 bits of its SHA-256, as `7K2M-90XQ-…`. */
export function fingerprintOf(root: Uint8Array): string {
  const bits = Array.from(createHash('sha256').update(root).digest().subarray(0, 13), (byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length: LETTERS }, (_, at) => ALPHABET[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)] ?? '');
  return (letters.join('').match(/.{4}/g) ?? []).join('-');
}

/** A fingerprint as a person typed it, or undefined when it cannot be one. Case, blanks and O/0, I/1, L/1 do not matter. */
export function readFingerprint(typed: string): string | undefined {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (letters.length !== LETTERS || Array.from(letters).some((letter) => !ALPHABET.includes(letter))) return undefined;
  return (letters.match(/.{4}/g) ?? []).join('-');
}
