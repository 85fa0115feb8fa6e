import { sameNumber } from '../telephony/clean.ts';
import type { FollowUp } from './schema.ts';

/** Open promises a call is about: made in the call it goes back to, or to the same number. Not those made in the call itself. */
export function promisesOf(call: { id: string; linkedCall?: string | undefined; number?: string | undefined }, open: readonly FollowUp[]): readonly FollowUp[] {
  const { number } = call;
  return open.filter((one) => {
    if (one.callId === call.id) return false;
    if (call.linkedCall !== undefined && one.callId === call.linkedCall) return true;
    return number !== undefined && one.number !== undefined && sameNumber(number, one.number);
  });
}
