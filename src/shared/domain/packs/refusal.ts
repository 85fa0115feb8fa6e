import { z } from 'zod';
import { releaseNumberSchema } from './release.ts';
import { keyIdSchema } from './keys.ts';

const key = z.string().max(400);
const name = z.string().max(400);
const file = z.string().max(400);
const count = z.number();

/**
 * Why something from a channel was not taken. Whatever the reason: the last good release stays in use.
 * Every reason has a sentence of its own under `packs.refused.` in the message catalogue.
 */
export const packRefusalSchema = z.discriminatedUnion('reason', [
  /** A signature is not by the key it names, or the text was changed after it was signed. */
  z.strictObject({ reason: z.literal('bad-signature'), key, signer: keyIdSchema }),
  z.strictObject({ reason: z.literal('too-few-signatures'), key, found: count, needed: count }),
  z.strictObject({ reason: z.literal('same-signer-twice'), key, found: count, needed: count }),
  z.strictObject({ reason: z.literal('unknown-key'), key, signer: keyIdSchema }),
  z.strictObject({ reason: z.literal('revoked-key'), key, signer: keyIdSchema, name }),
  /** A known key signed records it may not sign. */
  z.strictObject({ reason: z.literal('not-allowed'), key, signer: keyIdSchema, name }),
  /** Signed by authors only. */
  z.strictObject({ reason: z.literal('no-approver'), key }),
  /** The file that says who may sign or what is current is not signed by enough of the right keys. */
  z.strictObject({ reason: z.literal('untrusted-metadata'), file }),
  /** Metadata that cannot be read as such. */
  z.strictObject({ reason: z.literal('bad-metadata'), file }),
  z.strictObject({ reason: z.literal('truncated'), file, bytes: count, expected: count }),
  z.strictObject({ reason: z.literal('too-large'), file, limit: count }),
  z.strictObject({ reason: z.literal('bomb'), file, limit: count }),
  z.strictObject({ reason: z.literal('hash-mismatch'), file }),
  z.strictObject({ reason: z.literal('not-a-pack'), file }),
  /** A line of a pack, or a record in one, that is not what the format says. */
  z.strictObject({ reason: z.literal('bad-record'), key, detail: z.string().max(400) }),
  /** A kind of record this version of Callside does not know. */
  z.strictObject({ reason: z.literal('newer-format'), key }),
  z.strictObject({ reason: z.literal('wrong-subject'), key, found: key }),
  z.strictObject({ reason: z.literal('duplicate-key'), key }),
  z.strictObject({ reason: z.literal('wrong-kb'), expected: name, found: name }),
  z.strictObject({ reason: z.literal('wrong-epoch'), expected: count, found: count }),
  /** An older state of the whole was offered as the current one. */
  z.strictObject({ reason: z.literal('rollback'), file }),
  /** An older version of one record was offered. */
  z.strictObject({ reason: z.literal('replay'), key, found: count, stored: count }),
  /** Another content under a version that is already in use. */
  z.strictObject({ reason: z.literal('forked'), key, ver: count }),
  /** A record is gone without a signed removal. */
  z.strictObject({ reason: z.literal('missing-record'), key }),
  /** The records together are not what the signed head says. */
  z.strictObject({ reason: z.literal('incomplete'), count, expected: count }),
  /** What says that this is the current state has expired. */
  z.strictObject({ reason: z.literal('frozen'), file }),
  z.strictObject({ reason: z.literal('wrong-fingerprint'), kb: name }),
  /** No trust root is set up on this desk for this knowledge base. */
  z.strictObject({ reason: z.literal('no-trust-root'), kb: name }),
  /** A file the metadata names is not there, or not yet. */
  z.strictObject({ reason: z.literal('missing-file'), file }),
  /** The channel could not be read just now. */
  z.strictObject({ reason: z.literal('unreadable'), file }),
  z.strictObject({ reason: z.literal('no-such-release'), release: releaseNumberSchema }),
  /** Packed in a way this desk cannot unpack. */
  z.strictObject({ reason: z.literal('unsupported-packing'), file }),
]);
export type PackRefusal = z.infer<typeof packRefusalSchema>;
export type RefusalReason = PackRefusal['reason'];
export const REFUSAL_REASONS: readonly RefusalReason[] = packRefusalSchema.options.map((option) => option.shape.reason.value);

/** Reasons that go away by themselves when the rest of a copy arrives: worth trying again, not worth an alarm. */
const PASSING: readonly RefusalReason[] = ['missing-file', 'unreadable', 'truncated'];
export const isPassing = ({ reason }: PackRefusal): boolean => PASSING.includes(reason);
