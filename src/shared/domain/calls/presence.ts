import { z } from 'zod';
import { LIMITS } from '../common.ts';

/** Whether the desk takes calls. `reason` is a not-ready reason's id (aux code). */
export const presenceSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('offline') }),
  z.strictObject({ state: z.literal('available') }),
  z.strictObject({ state: z.literal('not-ready'), reason: z.string().min(1).max(LIMITS.id) }),
]);
export type Presence = z.infer<typeof presenceSchema>;

/** A stay in one presence; `to` is absent while it lasts. */
export type PresenceSpan = { state: Presence['state']; reason?: string; from: number; to?: number };

export function samePresence(a: Presence, b: Presence): boolean {
  return a.state === b.state && (a.state !== 'not-ready' || b.state !== 'not-ready' || a.reason === b.reason);
}
