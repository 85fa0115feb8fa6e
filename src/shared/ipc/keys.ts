import { z } from 'zod';
import { idSchema, instantSchema, LIMITS } from '../domain/common.ts';
import { heldKeySchema, keyIdSchema, keyRoleSchema, publicKeySchema } from '../domain/packs/keys.ts';
import { packRefusalSchema } from '../domain/packs/refusal.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});
const name = z.string().trim().min(1).max(LIMITS.line);
const roles = z.array(keyRoleSchema).min(1).max(3);
/** Long enough that guessing one of them takes longer than anybody has, at 0.4 s a guess. */
export const PASSPHRASE_MIN = 12;
const newPassphrase = z.string().min(PASSPHRASE_MIN).max(200);
const passphrase = z.string().min(1).max(200);
const approvals = z.union([z.literal(1), z.literal(2)]);

const unlockOutcome = z.enum(['unlocked', 'wrong-passphrase', 'unknown-key', 'other-machine', 'damaged']);
const addOutcome = z.enum(['added', 'cancelled', 'wrong-passphrase', 'damaged', 'already-here', 'mistyped']);

/** The knowledge base this desk writes for, and who may do what in it. */
export const trustStateSchema = z.strictObject({
  kb: idSchema,
  title: z.string().max(LIMITS.line),
  folder: z.string().max(LIMITS.text),
  /** What other desks are given. */
  fingerprint: z.string().max(40),
  people: z.array(publicKeySchema).max(100),
  revoked: z.array(z.strictObject({ id: keyIdSchema, name, at: instantSchema })).max(500),
  required: approvals,
  owners: z.array(keyIdSchema).max(100),
  ownersNeeded: z.int().min(1),
  release: z.int().min(0),
  /** When somebody has to confirm that this is the newest state, UTC ms. */
  expires: instantSchema,
});
export type TrustView = z.infer<typeof trustStateSchema>;

const channelState = z.enum(['read-only', 'full', 'busy', 'gone']);
export const trustOutcomeSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('done') }),
  z.strictObject({ outcome: z.literal('cancelled') }),
  /** No key that may do this is unlocked here. */
  z.strictObject({ outcome: z.literal('locked') }),
  z.strictObject({ outcome: z.literal('mistyped') }),
  /** The folder holds a knowledge base already, or somebody else published meanwhile. */
  z.strictObject({ outcome: z.literal('overtaken') }),
  /** Saved as a file for the other owners. */
  z.strictObject({ outcome: z.literal('needs-owners'), missing: z.int() }),
  z.strictObject({ outcome: z.literal('plan'), problem: z.enum(['no-owner', 'too-few-owners', 'no-approver', 'rule-too-few']) }),
  z.strictObject({ outcome: z.literal('not-a-file') }),
  z.strictObject({ outcome: z.literal('channel'), state: channelState }),
  z.strictObject({ outcome: z.literal('refused'), refusal: packRefusalSchema }),
]);
export type TrustOutcome = z.infer<typeof trustOutcomeSchema>;

/** Signing keys of this desk and the trust they belong to. Secrets go in here and never come out to a page. */
export const keysContract = {
  'keys.list': query({ home: 'main', input: nothing, output: z.strictObject({ keys: z.array(heldKeySchema).max(100), /** The system's key store that also guards them; null: none here. */ store: z.string().max(60).nullable() }) }),
  'keys.create': command({ home: 'main', input: z.strictObject({ name, roles, passphrase: newPassphrase }), output: heldKeySchema }),
  'keys.unlock': command({ home: 'main', input: z.strictObject({ id: keyIdSchema, passphrase }), output: z.strictObject({ outcome: unlockOutcome }) }),
  'keys.lock': command({ home: 'main', input: z.strictObject({ id: keyIdSchema }), output: nothing }),
  /** Saves the key, encrypted with its passphrase, for another desk. */
  'keys.export': command({ home: 'main', input: z.strictObject({ id: keyIdSchema }), output: z.strictObject({ outcome: z.enum(['saved', 'cancelled', 'unknown-key', 'other-machine', 'damaged']) }) }),
  /** Saves the public half, to be given to an owner. */
  'keys.share': command({ home: 'main', input: z.strictObject({ id: keyIdSchema }), output: z.strictObject({ outcome: z.enum(['saved', 'cancelled', 'unknown-key']) }) }),
  'keys.import': command({ home: 'main', input: z.strictObject({ passphrase }), output: z.strictObject({ outcome: addOutcome }) }),
  /** Prints the recovery sheet, or saves it as PDF. Made and sent to the printer by the main process. */
  'keys.sheet': command({ home: 'main', input: z.strictObject({ id: keyIdSchema, passphrase, as: z.enum(['print', 'pdf']) }), output: z.strictObject({ outcome: z.enum(['done', 'cancelled', 'no-printer', 'wrong-passphrase', 'unknown-key', 'other-machine', 'damaged']) }) }),
  'keys.restore': command({ home: 'main', input: z.strictObject({ sheet: z.string().max(LIMITS.text), name, roles, passphrase: newPassphrase }), output: z.strictObject({ outcome: addOutcome }) }),
  'keys.remove': command({ home: 'main', input: z.strictObject({ id: keyIdSchema }), output: nothing }),

  'trust.state': query({ home: 'main', input: nothing, output: z.strictObject({ base: trustStateSchema.nullable(), refusal: packRefusalSchema.nullable(), /** Channels of this desk that can be published to without a folder. */ brokers: z.array(z.strictObject({ id: idSchema, name })).max(30) }) }),
  /** Prints a page with the fingerprint for the desks, to type or to scan, or saves it as PDF. */
  'trust.sheet': command({ home: 'main', input: z.strictObject({ as: z.enum(['print', 'pdf']) }), output: z.strictObject({ outcome: z.enum(['done', 'cancelled', 'no-printer', 'damaged']) }) }),
  /** Begins a knowledge base in one of this desk's channels, or in a folder chosen now, with this key as its first owner and approver. */
  'trust.create': command({ home: 'main', input: z.strictObject({ kb: idSchema, title: name, key: keyIdSchema, channel: idSchema.optional() }), output: trustOutcomeSchema }),
  /** Writes for a knowledge base somebody else began, in one of this desk's channels or a folder chosen now. */
  'trust.join': command({ home: 'main', input: z.strictObject({ fingerprint: z.string().max(100), channel: idSchema.optional() }), output: trustOutcomeSchema }),
  /** Reads a public key file chosen now. */
  'trust.read-card': command({ home: 'main', input: nothing, output: z.strictObject({ card: publicKeySchema.nullable(), outcome: z.enum(['read', 'cancelled', 'not-a-file']) }) }),
  /** Who may do what from now on. Whoever is left out is withdrawn, and what they signed is signed again. */
  'trust.change': command({ home: 'main', input: z.strictObject({ people: z.array(publicKeySchema).min(1).max(100), required: approvals, ownersNeeded: z.int().min(1).max(100) }), output: trustOutcomeSchema }),
  /** Signs a change another owner began, from a file; puts it in force when that was the last signature needed. */
  'trust.agree': command({ home: 'main', input: nothing, output: trustOutcomeSchema }),
  /** Confirms that what is published is the newest state. */
  'trust.confirm': command({ home: 'main', input: nothing, output: trustOutcomeSchema }),
} as const;

export const keysEvents = { 'keys.changed': nothing } as const;
