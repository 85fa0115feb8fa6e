import { z } from 'zod';
import { idSchema, instantSchema, LIMITS } from '../common.ts';
import { deskGroupsSchema } from '../settings.ts';
import { countsSchema } from './counts.ts';
import { flagSchema } from './flag.ts';

/** A desk as channels know it: random, made once, and nothing about a person or a machine in it. */
export const deskIdSchema = z.string().regex(/^desk-[a-z0-9]{12}$/);

/** Bytes a receipt may have; a desk's flags are cut to fit. */
export const MOST_RECEIPT_BYTES = 256_000;

/**
 * What a desk writes back: which release it runs, which announcements were acknowledged, and flags. Nothing
 * of it says who sits there: no name, no call, no time of a break.
 */
export const receiptSchema = z.strictObject({
  v: z.literal(1),
  desk: deskIdSchema,
  /** When it was written, by the desk's clock. */
  at: instantSchema,
  app: z.string().max(60),
  releases: z
    .array(z.strictObject({ source: z.string().max(LIMITS.id), release: z.int().min(0), installedAt: instantSchema }))
    .max(20),
  /** The teams and queues the desk was set up for, so that what is aimed at them is counted among them alone. */
  groups: deskGroupsSchema.optional(),
  acknowledged: z.array(z.strictObject({ announcement: idSchema, digest: z.string().max(64), at: instantSchema })).max(500),
  flags: z.array(flagSchema).max(100),
  /** Counts of days that are over, where the organisation's policy lets desks tell them. */
  counts: countsSchema.optional(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** Where a desk's receipt lies in a channel. */
export const receiptName = (desk: string): string => `receipts/${desk}.json`;
/** Where replies lie, one file for each flag. */
export const REPLIES = 'replies';
/** How the files of one desk's replies begin. */
export const replyPrefix = (desk: string): string => `${desk}.`;
export const replyName = (desk: string, flag: string): string => `${REPLIES}/${replyPrefix(desk)}${flag}.json`;
