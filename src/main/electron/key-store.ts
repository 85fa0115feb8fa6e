import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import { writeFileAtomic } from '#main/lib/atomic-file.ts';

const FILE = 'records.key.json';

const keyFileSchema = z.strictObject({
  format: z.literal(1),
  /** What wraps the key: the system key store by name, or `file` where the machine has none. */
  backend: z.string().max(60),
  wrapped: z.base64(),
  /** First 8 bytes of SHA-256 of the key: tells a wrong recovery key before a database is touched. */
  check: z.string().length(16),
});

export type KeyResult =
  | { kind: 'ready'; key: Buffer; backend: string; created: boolean }
  /** The key cannot be unwrapped here; only the recovery key opens the records. A new key is never made over an existing file. */
  | { kind: 'locked'; reason: 'backend-changed' | 'unwrap-failed' | 'damaged' | 'missing-over-existing' };

/** `file` means the key lies in a 0600 file beside the data: settings say so. */
function currentBackend(): string {
  if (process.env['CALLSIDE_KEY_BACKEND'] === 'file') return 'file';
  if (!safeStorage.isEncryptionAvailable()) return 'file';
  if (process.platform !== 'linux') return process.platform === 'darwin' ? 'keychain' : 'dpapi';
  const backend = safeStorage.getSelectedStorageBackend();
  // `basic_text` scrambles with a constant: no better than a private file, and it must not look better.
  return backend === 'basic_text' || backend === 'unknown' ? 'file' : backend;
}

function fingerprint(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

function save(dir: string, key: Buffer, backend: string): void {
  const wrapped = backend === 'file' ? key : safeStorage.encryptString(key.toString('base64'));
  const content = { format: 1, backend, wrapped: wrapped.toString('base64'), check: fingerprint(key) };
  writeFileAtomic(join(dir, FILE), JSON.stringify(content));
}

/**
 * The 32-byte key of the records database. Made once; wrapped by the system key store where there is
 * one. `recordsExist` guards the worst mistake: minting a new key over records that need the old one.
 */
export function openKey(dir: string, recordsExist: boolean): KeyResult {
  const path = join(dir, FILE);
  const backend = currentBackend();
  if (!existsSync(path)) {
    if (recordsExist) return { kind: 'locked', reason: 'missing-over-existing' };
    const key = randomBytes(32);
    save(dir, key, backend);
    return { kind: 'ready', key, backend, created: true };
  }
  const parsed = readKeyFile(path);
  if (parsed === undefined) return { kind: 'locked', reason: 'damaged' };
  if (parsed.backend !== 'file' && parsed.backend !== backend) return { kind: 'locked', reason: 'backend-changed' };
  try {
    const bytes = Buffer.from(parsed.wrapped, 'base64');
    const key = parsed.backend === 'file' ? bytes : Buffer.from(safeStorage.decryptString(bytes), 'base64');
    if (key.length !== 32 || fingerprint(key) !== parsed.check) return { kind: 'locked', reason: 'damaged' };
    return { kind: 'ready', key, backend: parsed.backend, created: false };
  } catch {
    return { kind: 'locked', reason: 'unwrap-failed' };
  }
}

function readKeyFile(path: string): z.infer<typeof keyFileSchema> | undefined {
  try {
    return keyFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Puts a key typed from the recovery sheet back in place, wrapped for this machine. */
export function restoreKey(dir: string, key: Buffer): void {
  save(dir, key, currentBackend());
}
