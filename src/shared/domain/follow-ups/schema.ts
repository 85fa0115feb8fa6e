import { z } from 'zod';
import { callIdSchema } from '../calls/schema.ts';
import { instantSchema, LIMITS } from '../common.ts';

export const FOLLOW_UP_KINDS = ['promise', 'call-back', 'e-mail'] as const;
export const followUpKindSchema = z.enum(FOLLOW_UP_KINDS);
export type FollowUpKind = z.infer<typeof followUpKindSchema>;

export const createFollowUpSchema = z.strictObject({
  id: callIdSchema.optional(),
  kind: followUpKindSchema,
  text: z.string().min(1).max(LIMITS.text),
  dueAt: instantSchema,
  /** As the agent typed it ("tomorrow 10"). */
  dueWords: z.string().max(LIMITS.line),
  callId: callIdSchema.optional(),
  name: z.string().max(LIMITS.line).optional(),
  number: z.string().max(LIMITS.line).optional(),
  /** The script runner's state at the pause, to go on from in the linked call. */
  scriptState: z.json().optional(),
});
export type CreateFollowUp = z.infer<typeof createFollowUpSchema>;

export const editFollowUpSchema = z.strictObject({
  id: callIdSchema,
  kind: followUpKindSchema.optional(),
  text: z.string().min(1).max(LIMITS.text).optional(),
  dueAt: instantSchema.optional(),
  dueWords: z.string().max(LIMITS.line).optional(),
});
export type EditFollowUp = z.infer<typeof editFollowUpSchema>;

export type FollowUp = {
  id: string;
  kind: FollowUpKind;
  state: 'open' | 'done' | 'cancelled';
  text: string;
  dueAt: number;
  dueWords: string;
  createdAt: number;
  snoozedUntil?: number;
  snoozes: number;
  closedAt?: number;
  outcome?: string;
  callId?: string;
  name?: string;
  number?: string;
  scriptState?: unknown;
};

/** When an open follow-up next wants attention. */
export function wakesAt(followUp: Pick<FollowUp, 'dueAt' | 'snoozedUntil'>): number {
  return Math.max(followUp.dueAt, followUp.snoozedUntil ?? 0);
}

export type Urgency = 'overdue' | 'due' | 'today' | 'later' | 'closed';

/** A quarter of an hour before its time a follow-up counts as due; after its time as overdue, snoozed or not. */
export const DUE_SOON_MS = 15 * 60_000;

/** `endOfToday` is the next local midnight, UTC ms: only the caller knows the time zone. */
export function urgencyOf(followUp: Pick<FollowUp, 'dueAt' | 'state'>, now: number, endOfToday: number): Urgency {
  if (followUp.state !== 'open') return 'closed';
  if (followUp.dueAt <= now) return 'overdue';
  if (followUp.dueAt - now <= DUE_SOON_MS) return 'due';
  return followUp.dueAt < endOfToday ? 'today' : 'later';
}
