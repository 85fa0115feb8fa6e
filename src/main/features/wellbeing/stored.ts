import { z } from 'zod';
import { instantSchema, LIMITS } from '#shared/domain/common.ts';
import { hardCallKindSchema } from '#shared/domain/wellbeing/rules.ts';
import { plannerStateSchema } from '#shared/domain/wellbeing/state.ts';

export const askSchema = z.enum(['check-in', 'shift-start', 'shift-end']);
export type Ask = z.infer<typeof askSchema>;

/** What the runner remembers besides the planner: questions asked today, and the last hard call. */
export const sideSchema = z.strictObject({
  day: z.string().max(10),
  askedAt: z.array(instantSchema).max(100),
  lastCheckIn: z.strictObject({ at: instantSchema, value: z.int().min(1).max(5) }).nullable(),
  startAsked: z.boolean(),
  endAsked: z.boolean(),
  ask: z.strictObject({ what: askSchema, at: instantSchema }).nullable(),
  hardCall: z.strictObject({
    id: z.string().max(LIMITS.id), at: instantSchema, kind: hardCallKindSchema, callId: z.string().max(LIMITS.id).optional(),
    /** Marked when no call was live: the offer is shown at once, because the agent asked for it. */
    direct: z.boolean(),
    /** Taken or put away. */
    settled: z.boolean(),
  }).nullable(),
  limitMs: z.number().min(0).nullable(),
});
export type Side = z.infer<typeof sideSchema>;

export const NO_SIDE: Side = { day: '', askedAt: [], lastCheckIn: null, startAsked: false, endAsked: false, ask: null, hardCall: null, limitMs: null };

const storedSchema = z.strictObject({ planner: plannerStateSchema, side: sideSchema });
export type Stored = z.infer<typeof storedSchema>;

/** What was stored, or undefined when it cannot be read: the day then starts fresh. */
export function readStored(data: string): Stored | undefined {
  try {
    const parsed = storedSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
