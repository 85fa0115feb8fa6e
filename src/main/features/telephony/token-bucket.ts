/** Lets `perSecond` pass, with `burst` at once after a quiet time. Times in ms from one clock. */
export function createTokenBucket({ perSecond, burst, now }: { perSecond: number; burst: number; now: () => number }): { take(): boolean } {
  let left = burst;
  let at = now();
  return {
    take: () => {
      const time = now();
      left = Math.min(burst, left + (Math.max(0, time - at) * perSecond) / 1_000);
      at = time;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
