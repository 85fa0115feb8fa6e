import { createHash } from 'node:crypto';

/** Letters and digits that are hard to confuse on paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The key as 56 characters in groups of four, the last four a check, for paper. */
export function recoveryText(key: Buffer): string {
  const bits = Array.from(Buffer.concat([key, createHash('sha256').update(key).digest().subarray(0, 3)]), (byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = bits.match(/.{1,5}/g)?.map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '') ?? [];
  return letters.join('').match(/.{1,4}/g)?.join('-') ?? '';
}

/** The key a person typed from paper, or undefined when a character is wrong. */
export function keyFromRecovery(text: string): Buffer | undefined {
  const letters = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const values = Array.from(letters, (letter) => ALPHABET.indexOf(letter));
  if (values.includes(-1)) return undefined;
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  if (bytes.length < 35) return undefined;
  const key = Buffer.from(bytes.slice(0, 32));
  const check = createHash('sha256').update(key).digest().subarray(0, 3);
  return check.equals(Buffer.from(bytes.slice(32, 35))) ? key : undefined;
}
