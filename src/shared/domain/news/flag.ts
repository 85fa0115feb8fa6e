import { z } from 'zod';
import { idSchema, instantSchema, LIMITS } from '../common.ts';

/** What an agent says about a record: that a line is wrong, unclear or out of date. */
export const flagSchema = z.strictObject({
  id: idSchema,
  about: z.strictObject({
    kind: z.enum(['product', 'article', 'script', 'prompt', 'announcement', 'self-check']),
    key: z.string().min(1).max(LIMITS.id),
    /** A step of a script, by its id. */
    part: z.string().max(LIMITS.id).optional(),
    title: z.string().max(LIMITS.line),
  }),
  problem: z.enum(['wrong', 'unclear', 'out-of-date']),
  /** The agent's own words. Card numbers and the like are masked before anything is stored. */
  text: z.string().max(LIMITS.text),
  at: instantSchema,
});
export type Flag = z.infer<typeof flagSchema>;
export type FlagSubject = Flag['about'];

/** What came back. Written by whoever looks after the knowledge; it goes to this desk only. */
export const flagReplySchema = z.strictObject({
  flag: idSchema,
  text: z.string().min(1).max(LIMITS.text),
  outcome: z.enum(['changed', 'will-change', 'stays']),
  by: z.string().max(LIMITS.line),
  at: instantSchema,
});
export type FlagReply = z.infer<typeof flagReplySchema>;

/** A flag as its desk keeps it. */
export const keptFlagSchema = z.strictObject({
  flag: flagSchema,
  /** When a channel took it; absent while it waits. */
  sentAt: instantSchema.optional(),
  reply: flagReplySchema.optional(),
  /** When the agent has read the reply. */
  readAt: instantSchema.optional(),
});
export type KeptFlag = z.infer<typeof keptFlagSchema>;
