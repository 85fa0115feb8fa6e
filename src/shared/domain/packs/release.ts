import { z } from 'zod';
import { instantSchema, LIMITS } from '../common.ts';
import { changeKeySchema, envelopeSchema, epochSchema, kbSchema, versionSchema } from './change.ts';
import { keyIdSchema } from './keys.ts';
import { PACK_LIMITS } from './limits.ts';

/** Number of buckets the live records are spread over, by the first byte of SHA-256 of their key. */
export const BUCKETS = 256;

/** Counts releases of one knowledge base, from 1. Going back makes a new release with older content. */
export const releaseNumberSchema = z.int().min(1).max(1_000_000_000);

/**
 * Proves completeness: what all live records together are. Signed by the publisher, carried by every
 * release and repeated on live channels.
 */
export const signedHeadSchema = z.strictObject({
  kb: kbSchema,
  epoch: epochSchema,
  /** Release number. */
  ver: releaseNumberSchema,
  /** Position of this state in the stream of a live channel; changes after it are newer than the pack. 0 where there is none. */
  seq: z.int().min(0),
  /** Live records; tombstones do not count. */
  count: z.int().min(0).max(PACK_LIMITS.records),
  /** One digest per bucket, 32 hex digits; see `bucketDigests` in `src/main/features/packs`. */
  digests: z.array(z.string().regex(/^[0-9a-f]{32}$/)).length(BUCKETS),
  /** After this instant of the desk's clock the state may be out of date. It stays in use. */
  expires: instantSchema,
});
export type SignedHead = z.infer<typeof signedHeadSchema>;

/** One changed record in words short enough for a list. */
export const changedLineSchema = z.strictObject({
  key: changeKeySchema,
  ver: versionSchema,
  change: z.enum(['added', 'changed', 'removed']),
  /** Title or name of the record, for people. */
  title: z.string().max(LIMITS.line),
});
export type ChangedLine = z.infer<typeof changedLineSchema>;

/** Changed records a release lists by name; more are only counted. */
export const LISTED_CHANGES = 1_000;

/** What a release says about itself: a target file of its own beside the pack. */
export const releaseInfoSchema = z.strictObject({
  format: z.literal(1),
  kb: kbSchema,
  epoch: epochSchema,
  release: releaseNumberSchema,
  /** Title of the knowledge base, for people. */
  title: z.string().max(LIMITS.line),
  at: instantSchema,
  /** Who published it. */
  by: keyIdSchema,
  note: z.string().max(LIMITS.text),
  /** The release whose content this one brings back. */
  rollbackTo: releaseNumberSchema.optional(),
  /** Live records by kind; a later version may know more kinds. */
  counts: z.record(z.string().max(60), z.int().min(0)),
  /** Against the release before. */
  changes: z.array(changedLineSchema).max(LISTED_CHANGES),
  changed: z.strictObject({ added: z.int().min(0), changed: z.int().min(0), removed: z.int().min(0) }),
  /** A `SignedHead`, signed. */
  head: envelopeSchema,
});
export type ReleaseInfo = z.infer<typeof releaseInfoSchema>;
