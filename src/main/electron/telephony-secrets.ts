import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import { writeFileAtomic } from '#main/lib/atomic-file.ts';

const FILE = 'telephony.secret.json';
const fileSchema = z.strictObject({ format: z.literal(1), wrapped: z.boolean(), value: z.base64() });
const secretsSchema = z.strictObject({ token: z.string().min(32).max(200), password: z.string().max(200) });
type Secrets = z.infer<typeof secretsSchema>;

export type TelephonySecrets = { token(): string; newToken(): string; password(): string; setPassword(password: string): void };

/**
 * The token of the local entrance and the manager's password, wrapped by the system's key store where
 * there is one. What cannot be read is made anew: a lost token costs one copied address.
 */
export function openTelephonySecrets(dir: string): TelephonySecrets {
  const path = join(dir, FILE);
  const canWrap = process.env['CALLSIDE_KEY_BACKEND'] !== 'file' && safeStorage.isEncryptionAvailable();
  let secrets: Secrets | undefined = read(path);
  const save = (next: Secrets): void => {
    secrets = next;
    const text = JSON.stringify(next);
    const bytes = canWrap ? safeStorage.encryptString(text) : Buffer.from(text);
    writeFileAtomic(path, JSON.stringify({ format: 1, wrapped: canWrap, value: bytes.toString('base64') }));
  };
  const current = (): Secrets => {
    if (secrets === undefined) save({ token: makeToken(), password: '' });
    return secrets ?? { token: '', password: '' };
  };
  return {
    token: () => current().token,
    newToken: () => {
      save({ ...current(), token: makeToken() });
      return current().token;
    },
    password: () => current().password,
    setPassword: (password) => save({ ...current(), password }),
  };
}

function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

function read(path: string): Secrets | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const { wrapped, value } = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    const bytes = Buffer.from(value, 'base64');
    return secretsSchema.parse(JSON.parse(wrapped ? safeStorage.decryptString(bytes) : bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}
