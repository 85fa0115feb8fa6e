import { safeStorage } from 'electron';

/** The system's key store as a second lock around signing keys, or undefined where there is none worth the name. */
export function systemKeyWrapper(): { name: string; wrap(bytes: Buffer): Buffer; unwrap(bytes: Buffer): Buffer } | undefined {
  if (process.env['CALLSIDE_KEY_BACKEND'] === 'file' || !safeStorage.isEncryptionAvailable()) return undefined;
  const name = process.platform === 'darwin' ? 'keychain' : process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'dpapi';
  // A constant scramble is no lock, and a file that looks locked would be worse than one that does not.
  if (name === 'basic_text' || name === 'unknown') return undefined;
  return { name, wrap: (bytes) => safeStorage.encryptString(bytes.toString('base64')), unwrap: (bytes) => Buffer.from(safeStorage.decryptString(bytes), 'base64') };
}
