import { z } from 'zod';
import { instantSchema, LIMITS } from '../common.ts';

/** SHA-256 of the 32 raw bytes of an Ed25519 public key, as 64 lower-case hex digits. */
export const keyIdSchema = z.string().regex(/^[0-9a-f]{64}$/);
export type KeyId = z.infer<typeof keyIdSchema>;

/**
 * What a key may do. `author`: sign changes. `approver`: sign changes, count as an approval, publish
 * releases. `owner`: sign who the others are (the trust root).
 */
export const KEY_ROLES = ['author', 'approver', 'owner'] as const;
export const keyRoleSchema = z.enum(KEY_ROLES);
export type KeyRole = z.infer<typeof keyRoleSchema>;

/** A public key as people exchange it: in trust settings, in a key file, in a request to join. */
export const publicKeySchema = z.strictObject({
  id: keyIdSchema,
  /** The 32 raw bytes as 64 lower-case hex digits. */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** Who holds it, in words: "Anna Berg, supervisor". */
  name: z.string().min(1).max(LIMITS.line),
  roles: z.array(keyRoleSchema).max(KEY_ROLES.length),
  createdAt: instantSchema,
});
export type PublicKey = z.infer<typeof publicKeySchema>;

/** A key of this desk as screens see it; the private half never leaves the main process. */
export const heldKeySchema = publicKeySchema.extend({
  /** Unlocked with its passphrase, until the app is closed or the key is locked. */
  unlocked: z.boolean(),
  /** Wrapped by the system's key store on top of the passphrase. */
  wrapped: z.boolean(),
});
export type HeldKey = z.infer<typeof heldKeySchema>;

/** The first 16 digits of a key id in fours, to compare by eye: `3fa9 01c2 77d0 e41b`. */
export function shortKeyId(id: KeyId): string {
  return (id.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}
