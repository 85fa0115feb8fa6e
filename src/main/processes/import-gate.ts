/** Holds back the small writes of a process while another one has the write lock of its file. */
export type WriteGate = {
  /** Runs now, or in the order of arrival once the gate opens. */
  run(work: () => void): void;
  hold(): void;
  release(): void;
  held(): boolean;
};

/** Writes kept waiting; an agent's picks and misses during the longest import are far fewer. */
const MOST = 50_000;

/** @param onError hears of a write that failed when its turn came; the others go on */
export function createWriteGate(onError: (cause: unknown) => void): WriteGate {
  let held = false;
  let waiting: (() => void)[] = [];
  return {
    run(work) {
      if (!held) work();
      else if (waiting.length < MOST) waiting.push(work);
    },
    hold: () => {
      held = true;
    },
    release: () => {
      held = false;
      const due = waiting;
      waiting = [];
      for (const work of due) {
        try {
          work();
        } catch (cause) {
          onError(cause);
        }
      }
    },
    held: () => held,
  };
}

/** Steps of background work that end early when the gate closes: they are taken up again at the next idle time. */
export function* untilHeld(steps: Generator<void>, gate: Pick<WriteGate, 'held'>): Generator<void> {
  while (!gate.held() && steps.next().done !== true) yield;
}
