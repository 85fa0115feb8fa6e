import { z } from 'zod';
import { instantSchema, LIMITS } from '../common.ts';
import { deskGroupsSchema } from '../settings.ts';
import { deskIdSchema } from './receipt.ts';

/** Bytes a presence may have: a handful of lines, and a desk of many queues. */
export const MOST_PRESENCE_BYTES = 32_000;

/**
 * A sign of life: which desk, which Callside, which knowledge. Only the last one of each desk is kept anywhere, so
 * nobody can read from it when somebody came, paused or left; and nothing in it tells of a person, a call or a feeling.
 */
export const presenceSchema = z.strictObject({
  v: z.literal(1),
  desk: deskIdSchema,
  /** When it was sent, by the desk's clock. */
  at: instantSchema,
  app: z.string().max(60),
  releases: z
    .array(z.strictObject({ source: z.string().max(LIMITS.id), release: z.int().min(0), /** Position in the channel's live changes. */ seq: z.int().min(0).optional() }))
    .max(20),
  /** The teams and queues the desk was set up for. */
  groups: deskGroupsSchema.optional(),
});
export type Presence = z.infer<typeof presenceSchema>;

/** Where a desk's presence lies in a channel. */
export const presenceName = (desk: string): string => `presence/${desk}.json`;
