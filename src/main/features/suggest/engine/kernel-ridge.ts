/**
 * Kernel ridge regression in its dual form: the score of a class is Σ αᵢ·κ(text, exampleᵢ), with α the
 * solution of (K + Λ)·α = Y, where Y holds 1 for the right class. The solution depends only on which
 * examples are in, not on their order, so taking one out and settling again gives what would have been
 * had it never come: that is what makes learning reversible. Solved by coordinate steps from the last
 * solution, so that one call costs a few steps and not a training run.
 */
export type KernelRidge = {
  setClass(slot: number, classIndex: number, weight: number): void;
  clearSlot(slot: number): void;
  /** Forgets the column of a class. Its examples must have been cleared. */
  clearClass(classIndex: number): void;
  /** Scores of all classes for a row of kernel values, into `out` (length ≥ classes). */
  scores(kernel: Float32Array, out: Float32Array): void;
  /** One exact step for the slot, given its kernel row; returns the largest change of its coefficients. */
  step(slot: number, kernel: Float32Array): number;
  /** How much the slot matters to its own class: 0 for an example the others already explain. */
  strength(slot: number): number;
  coefficient(slot: number, classIndex: number): number;
  /** The coefficients of a slot, one per class. */
  row(slot: number): Float32Array;
  /** Puts coefficients back; missing ones are 0. */
  setRow(slot: number, coefficients: Float32Array): void;
  bytes(): number;
};

/** λ: how little one example is trusted. 0.2 for an example of weight 1, measured (docs/suggest.md). */
export const RIDGE = 0.2;
/** Kernel values below this change no ranking and are skipped. */
const NEGLIGIBLE = 0.004;

export function createKernelRidge(slots: number): KernelRidge {
  let stride = 32;
  let classes = 0;
  let alpha = new Float32Array(0);
  let held = 0;
  const classAt = new Int16Array(slots).fill(-1);
  const weightAt = new Float32Array(slots);
  let scratch = new Float32Array(stride);

  const perClass: number[] = [];
  let used = 0;
  let busyClasses = 0;

  const tally = (classIndex: number, by: 1 | -1): void => {
    const before = perClass[classIndex] ?? 0;
    perClass[classIndex] = before + by;
    used += by;
    if (before === 0) busyClasses += 1;
    if (before + by === 0) busyClasses -= 1;
  };
  /** Examples of a script that is called often are trusted less each, so that rare scripts are not drowned. */
  const ridgeOf = (slot: number): number =>
    (RIDGE / weightAt[slot]!) * ((perClass[classAt[slot]!]! * busyClasses) / used) ** 1.5;

  const makeRoom = (slot: number, classIndex: number): void => {
    classes = Math.max(classes, classIndex + 1);
    let wide = stride;
    while (wide < classes) wide += 32;
    const tall = slot < held ? held : Math.min(slots, Math.max(slot + 1, held * 2, 256));
    if (wide === stride && tall === held) return;
    const next = new Float32Array(tall * wide);
    for (let i = 0; i < held; i += 1) next.set(alpha.subarray(i * stride, (i + 1) * stride), i * wide);
    alpha = next;
    stride = wide;
    held = tall;
    scratch = new Float32Array(stride);
  };
  const scores = (kernel: Float32Array, out: Float32Array): void => {
    out.fill(0);
    // Locals: this loop is most of what a suggestion costs.
    const table = alpha;
    const width = classes;
    const count = Math.min(held, kernel.length);
    for (let slot = 0; slot < count; slot += 1) {
      const like = kernel[slot]!;
      if (like < NEGLIGIBLE) continue;
      const from = slot * stride;
      for (let c = 0; c < width; c += 1) out[c]! += like * table[from + c]!;
    }
  };

  return {
    scores,
    setClass(slot, classIndex, weight) {
      makeRoom(slot, classIndex);
      classAt[slot] = classIndex;
      tally(classIndex, 1);
      weightAt[slot] = weight;
    },
    clearSlot(slot) {
      alpha.fill(0, slot * stride, (slot + 1) * stride);
      if (classAt[slot] !== -1) tally(classAt[slot]!, -1);
      classAt[slot] = -1;
      weightAt[slot] = 0;
    },
    clearClass(classIndex) {
      for (let slot = 0; slot < held; slot += 1) alpha[slot * stride + classIndex] = 0;
    },
    step(slot, kernel) {
      const right = classAt[slot]!;
      if (right === -1) return 0;
      scores(kernel, scratch);
      const ridge = ridgeOf(slot);
      const self = kernel[slot]! + ridge;
      const from = slot * stride;
      let largest = 0;
      for (let c = 0; c < classes; c += 1) {
        const change = ((c === right ? 1 : 0) - scratch[c]! - ridge * alpha[from + c]!) / self;
        alpha[from + c]! += change;
        largest = Math.max(largest, Math.abs(change));
      }
      return largest;
    },
    strength: (slot) => Math.abs(alpha[slot * stride + classAt[slot]!]!),
    coefficient: (slot, classIndex) => alpha[slot * stride + classIndex]!,
    setRow(slot, coefficients) {
      classes = Math.max(classes, coefficients.length);
      makeRoom(slot, classAt[slot]!);
      alpha.set(coefficients, slot * stride);
    },
    row: (slot) => alpha.subarray(slot * stride, slot * stride + classes),
    bytes: () => alpha.byteLength + classAt.byteLength + weightAt.byteLength,
  };
}
