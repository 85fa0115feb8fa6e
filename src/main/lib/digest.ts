import { webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** SHA-256 as hex, worked out on another thread: a pack takes tens of ms. */
export async function digestSoon(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex');
}

/** SHA-256 of a file as hex; undefined when it cannot be read. */
export async function digestOfFile(file: string): Promise<string | undefined> {
  try {
    return await digestSoon(await readFile(file));
  } catch {
    return undefined;
  }
}
