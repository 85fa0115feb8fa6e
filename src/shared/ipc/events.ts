import { z } from 'zod';
import { LIMITS } from '../domain/common.ts';
import { policyViewSchema } from '../domain/policy.ts';
import { settingsSchema } from '../domain/settings.ts';
import { keysEvents } from './keys.ts';
import { telephonyEvents } from './telephony.ts';
import { breaksViewSchema } from './wellbeing.ts';

/** Progress of one long job, shown with a cancel button. */
export const jobSchema = z.strictObject({
  id: z.string().max(LIMITS.id),
  kind: z.enum(['import', 'rebuild', 'backup', 'starter-pack']),
  /** Records done so far, and in all where that is known. */
  done: z.int().min(0),
  total: z.int().min(0).optional(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  message: z.string().max(LIMITS.text).optional(),
});
export type Job = z.infer<typeof jobSchema>;

/** Everything the app tells its pages by itself. Payloads are hints to read again, or small views. */
export const events = {
  'settings.changed': settingsSchema,
  'policy.changed': policyViewSchema,
  'calls.changed': z.strictObject({ callId: z.string().max(LIMITS.id) }),
  'follow-ups.changed': z.strictObject({}),
  'knowledge.changed': z.strictObject({}),
  /** A channel, or what came through one, is in another state. */
  'channels.changed': z.strictObject({}),
  /** A desk said something, while somebody here looks at desks. */
  'desks.changed': z.strictObject({}),
  /** Something was acknowledged or flagged, or a reply arrived. */
  'news.changed': z.strictObject({}),
  /** Drafts, keys or trust: the workshop reads again. */
  'drafts.changed': z.strictObject({}),
  'job.changed': jobSchema,
  'breaks.changed': breaksViewSchema,
  /** A soft sound, only where the agent switched it on. */
  'breaks.sound': z.strictObject({ name: z.enum(['card', 'break-over']) }),
  /** Everything about breaks was erased, here or with all records. */
  'breaks.erased': z.strictObject({}),
  'health.changed': z.strictObject({}),
  /** A call was ended for abuse: a pause of this size is offered, by the planner, when the call is over. */
  'recovery.offered': z.strictObject({ callId: z.string().max(LIMITS.id), size: z.enum(['draining', 'abusive', 'threat', 'distressing']) }),
  ...keysEvents,
  ...telephonyEvents,
  'window.navigate': z.strictObject({ screen: z.string().max(60) }),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>;
