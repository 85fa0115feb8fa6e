/** Round axis steps: at most `wanted` lines from 0 to a step at or above `max`; `whole` for counts, which have no halves. */
export function niceTicks(max: number, wanted = 4, whole = false): number[] {
  if (!(max > 0) || !Number.isFinite(max)) return [0, 1];
  const rough = max / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const step = whole ? Math.ceil(nice) : nice;
  const count = Math.ceil(max / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Every whole step of a scale with fixed ends. */
export function scaleTicks({ from, to }: { from: number; to: number }): number[] {
  return Array.from({ length: Math.max(1, Math.floor(to - from)) + 1 }, (_, index) => from + index);
}

/** Which of `count` labels to draw so that at most `room` appear, always with the first. */
export function labelStride(count: number, room: number): number {
  return Math.max(1, Math.ceil(count / Math.max(1, room)));
}

/** Breaks a line at missing values: each run of known points is drawn by itself. */
export function knownRuns(values: readonly (number | null)[]): { index: number; value: number }[][] {
  const runs: { index: number; value: number }[][] = [];
  let open: { index: number; value: number }[] | null = null;
  values.forEach((value, index) => {
    if (value === null || !Number.isFinite(value)) {
      open = null;
      return;
    }
    if (open === null) {
      open = [];
      runs.push(open);
    }
    open.push({ index, value });
  });
  return runs;
}
