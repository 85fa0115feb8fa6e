/** A rest of 20 s after 12 s of work: long enough to look at, short enough to wait for. The app is not packaged, so it listens. */
export const SHORT_BREAKS = JSON.stringify({
  preset: 'test', micro: null, idleAfterMs: null, naturalPauseMs: 2_000, guardMs: 2_000, cardMs: 60_000, reofferMs: 5_000,
  rest: { lengthMs: 20_000, grant: { kind: 'continuous', everyMs: 12_000 }, absenceSettles: true },
  postpone: { stepsMs: [5_000], max: 1, totalMs: 5_000, cost: 1 },
});
