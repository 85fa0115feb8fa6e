import { z } from 'zod';
import { instantSchema, LIMITS } from '../common.ts';
import { epochSchema, kbSchema, signatureSchema, signedChangeSchema } from '../packs/change.ts';
import { personSchema, requiredSchema } from './draft.ts';

export const PROPOSAL_TYPE = 'application/vnd.callside.proposal+json';
export const ANSWER_TYPE = 'application/vnd.callside.answer+json';

const draftId = z.string().max(LIMITS.id).regex(/^[A-Za-z0-9-]+$/);

/**
 * A change sent for review: what its author signed, on its way to other signatures. The file is the signed
 * text of this object; nobody writes a file twice, so a synchronised folder never holds two versions of one.
 */
export const proposalSchema = z.strictObject({
  format: z.literal(1),
  draft: draftId,
  /** How often the draft has been sent, from 1; a higher one replaces those before. */
  round: z.int().min(1).max(100_000),
  kb: kbSchema,
  epoch: epochSchema,
  by: personSchema,
  at: instantSchema,
  note: z.string().max(LIMITS.text),
  required: requiredSchema,
  validFrom: instantSchema.optional(),
  validUntil: instantSchema.optional(),
  change: signedChangeSchema,
});
export type Proposal = z.infer<typeof proposalSchema>;

/** What somebody says to a proposal. `approved` carries a signature over the bytes the author signed. */
export const answerSchema = z.strictObject({
  format: z.literal(1),
  id: draftId,
  draft: draftId,
  round: z.int().min(1).max(100_000),
  kb: kbSchema,
  by: personSchema,
  at: instantSchema,
  what: z.enum(['approved', 'rejected', 'withdrawn', 'comment']),
  text: z.string().max(LIMITS.text),
  path: z.string().max(LIMITS.line).optional(),
  signature: signatureSchema.optional(),
});
export type Answer = z.infer<typeof answerSchema>;

