import { z } from 'zod';
import { callIdSchema } from '../domain/calls/schema.ts';
import { instantSchema, LIMITS } from '../domain/common.ts';
import { createFollowUpSchema, editFollowUpSchema, followUpKindSchema } from '../domain/follow-ups/schema.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});
const text = z.string().max(LIMITS.text);

const followUpSchema = z.strictObject({
  id: callIdSchema,
  kind: followUpKindSchema,
  state: z.enum(['open', 'done', 'cancelled']),
  text,
  dueAt: instantSchema,
  dueWords: text,
  createdAt: instantSchema,
  snoozedUntil: instantSchema.optional(),
  snoozes: z.int(),
  closedAt: instantSchema.optional(),
  outcome: text.optional(),
  callId: callIdSchema.optional(),
  name: text.optional(),
  number: text.optional(),
  scriptState: z.unknown().optional(),
});

export const followUpsContract = {
  /** Open ones soonest first, or the newest closed ones. */
  'follow-ups.list': query({ home: 'records', input: z.strictObject({ closed: z.boolean().default(false) }), output: z.array(followUpSchema) }),
  'follow-ups.of-call': query({ home: 'records', input: z.strictObject({ callId: callIdSchema }), output: z.array(followUpSchema) }),
  'follow-ups.create': command({ home: 'records', input: createFollowUpSchema, output: z.strictObject({ id: callIdSchema }) }),
  'follow-ups.edit': command({ home: 'records', input: editFollowUpSchema, output: nothing }),
  'follow-ups.snooze': command({ home: 'records', input: z.strictObject({ id: callIdSchema, until: instantSchema }), output: nothing }),
  'follow-ups.close': command({ home: 'records', input: z.strictObject({ id: callIdSchema, as: z.enum(['done', 'cancelled']), outcome: text }), output: nothing }),
  'follow-ups.reopen': command({ home: 'records', input: z.strictObject({ id: callIdSchema }), output: nothing }),
  /** What is due now; screens show it only between calls. */
  'follow-ups.reminders': query({ home: 'records', input: nothing, output: z.strictObject({ due: z.array(followUpSchema), nextAt: z.number().optional(), overdue: z.int() }) }),
  'follow-ups.reminded': command({ home: 'records', input: z.strictObject({ id: callIdSchema }), output: nothing }),
  /** Calendar entries as iCalendar text. */
  'follow-ups.ics': query({ home: 'records', input: z.strictObject({ ids: z.array(callIdSchema).min(1).max(200) }), output: z.strictObject({ text: z.string() }) }),
} as const;
