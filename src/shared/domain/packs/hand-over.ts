import { z } from 'zod';
import { idSchema, instantSchema } from '../common.ts';
import { NOTE_LIMIT, epochSchema, kbSchema, signedChangeSchema, changeKeySchema, signatureSchema } from './change.ts';
import { keyIdSchema } from './keys.ts';
import { releaseNumberSchema } from './release.ts';

/**
 * Partly signed changes on their way to a second signature. Every file under `handover/` has exactly
 * one writer and is never rewritten, so synchronised folders cannot bring two versions of it:
 * `handover/<id>.proposal.json` by the author, `handover/<id>.<key id>.json` by each co-signer.
 */
export const proposalSchema = z.strictObject({
  format: z.literal(1),
  id: idSchema.max(50),
  kb: kbSchema,
  epoch: epochSchema,
  /** The release the changes were made against. */
  base: releaseNumberSchema.optional(),
  by: keyIdSchema,
  at: instantSchema,
  note: z.string().max(NOTE_LIMIT),
  /** Each signed by the author at least. */
  changes: z.array(signedChangeSchema).max(5_000),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** A co-signer's answer: signatures over the very bytes of the proposal, or a refusal in words. */
export const coSignatureSchema = z.strictObject({
  format: z.literal(1),
  proposal: idSchema.max(50),
  by: keyIdSchema,
  at: instantSchema,
  note: z.string().max(NOTE_LIMIT),
  decision: z.enum(['signed', 'rejected']),
  /** One per change that was signed, by key. */
  signatures: z.array(z.strictObject({ key: changeKeySchema, signature: signatureSchema })).max(5_000),
});
export type CoSignature = z.infer<typeof coSignatureSchema>;
