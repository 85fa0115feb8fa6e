import { z } from 'zod';
import { instantSchema, LIMITS } from '#shared/domain/common.ts';
import { hardCallKindSchema } from '#shared/domain/wellbeing/rules.ts';
import { parsePlannerState } from '#shared/domain/wellbeing/stored-state.ts';
import type { PlannerState } from '#shared/domain/wellbeing/state.ts';

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

export type Stored = { planner: PlannerState; side: Side };
const envelopeSchema = z.object({ planner: z.unknown(), side: z.unknown() });

/** What was stored, by whatever version; undefined when it cannot be read: the day then starts fresh. Questions asked are worth less than the day. */
export function readStored(data: string): Stored | undefined {
  try {
    const { planner, side } = envelopeSchema.parse(JSON.parse(data));
    const read = parsePlannerState(planner);
    return read === undefined ? undefined : { planner: read, side: sideSchema.safeParse(side).data ?? NO_SIDE };
  } catch {
    return undefined;
  }
}
