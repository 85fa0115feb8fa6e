/**
 * CPU milliseconds of this thread for a piece of work, at its best of some times: what other programs do meanwhile does not
 * count, the first times are for the compiler. For ratios of two such numbers within one run; how long something takes is
 * told by the benches.
 */
export function effort(work: () => void, times = 5): number {
  let best = Infinity;
  for (let at = 0; at < times; at += 1) {
    const before = process.threadCpuUsage();
    work();
    const used = process.threadCpuUsage(before);
    best = Math.min(best, (used.user + used.system) / 1_000);
  }
  return best;
}
