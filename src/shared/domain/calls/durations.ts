import type { CallMachine, CallSpan } from './machine.ts';

/** Raw time in each state, in milliseconds. Kept raw because vendors name the sums differently. */
export type CallDurations = { ringMs: number; talkMs: number; holdMs: number; wrapUpMs: number };

const FIELD: Record<CallSpan['state'], keyof CallDurations> = { ringing: 'ringMs', talking: 'talkMs', 'on-hold': 'holdMs', 'wrap-up': 'wrapUpMs' };

/** Sums a call's spans; a running span counts up to `now`. */
export function durationsOf(machine: Pick<CallMachine, 'spans'>, now: number): CallDurations {
  const sums: CallDurations = { ringMs: 0, talkMs: 0, holdMs: 0, wrapUpMs: 0 };
  for (const span of machine.spans) sums[FIELD[span.state]] += Math.max(0, (span.to ?? now) - span.from);
  return sums;
}
