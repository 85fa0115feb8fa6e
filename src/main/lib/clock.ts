/** Where the time comes from; tests put their own in. */
export type Clock = {
  /** UTC epoch milliseconds; may jump when the machine's clock is set. */
  readonly now: () => number;
  /** Milliseconds since an arbitrary start; never goes back. */
  readonly monotonic: () => number;
};

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** A clock that stands still until told. */
export type TestClock = Clock & { advance(ms: number): void; set(now: number): void };

export function createTestClock(start = Date.UTC(2026, 0, 5, 9, 0, 0)): TestClock {
  let now = start;
  let elapsed = 0;
  return {
    now: () => now,
    monotonic: () => elapsed,
    advance: (ms) => {
      now += ms;
      elapsed += ms;
    },
    set: (at) => {
      now = at;
    },
  };
}
