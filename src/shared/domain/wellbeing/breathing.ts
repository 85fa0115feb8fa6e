/** Guided breathing. Times in seconds; a hold is never the default, since not everyone is well with it. */
export interface BreathPhase { readonly kind: 'in' | 'hold' | 'second-in' | 'out'; readonly seconds: number }

export interface BreathPattern {
  readonly id: '4-6' | '5-5' | 'box' | 'sigh';
  readonly phases: readonly BreathPhase[];
  readonly source: string;
}

/**
 * About six breaths a minute for 4-6 and 5-5; box 4-4-4-4; cyclic sighing: in by the nose, a second short
 * in, a slow out about twice as long.
 */
export const BREATH_PATTERNS: readonly BreathPattern[] = [
  { id: '4-6', phases: [{ kind: 'in', seconds: 4 }, { kind: 'out', seconds: 6 }], source: 'https://www.evidencedby.com/entry/slow-paced-breathing' },
  { id: '5-5', phases: [{ kind: 'in', seconds: 5 }, { kind: 'out', seconds: 5 }], source: 'https://www.evidencedby.com/entry/slow-paced-breathing' },
  { id: 'sigh', phases: [{ kind: 'in', seconds: 3 }, { kind: 'second-in', seconds: 1 }, { kind: 'out', seconds: 8 }], source: 'https://doi.org/10.1016/j.xcrm.2022.100895' },
  { id: 'box', phases: [{ kind: 'in', seconds: 4 }, { kind: 'hold', seconds: 4 }, { kind: 'out', seconds: 4 }, { kind: 'hold', seconds: 4 }], source: 'https://doi.org/10.1016/j.xcrm.2022.100895' },
];

/** A pattern written as in, hold, out, hold (as break ideas carry it); phases of no length are left out. */
export function patternOf(times: readonly [number, number, number, number]): readonly BreathPhase[] {
  const kinds = ['in', 'hold', 'out', 'hold'] as const;
  return kinds.flatMap((kind, index) => { const seconds = times[index] ?? 0; return seconds > 0 ? [{ kind, seconds }] : []; });
}

export interface BreathMoment {
  readonly kind: BreathPhase['kind'];
  /** Through the phase, 0 to 1. */
  readonly progress: number;
  /** How full the lungs are, 0 to 1: the size to draw. */
  readonly fullness: number;
  /** Whole seconds left in the phase, for the version without motion. */
  readonly secondsLeft: number;
  readonly cycle: number;
}

/** Where in the pattern a moment is, from the time since the start. Derived, so that a dropped frame costs nothing. */
export function breathAt(phases: readonly BreathPhase[], elapsedMs: number): BreathMoment | undefined {
  const total = phases.reduce((sum, phase) => sum + phase.seconds, 0);
  if (total <= 0 || elapsedMs < 0) return undefined;
  const seconds = elapsedMs / 1_000;
  let rest = seconds % total;
  let before = 0;
  for (const phase of phases) {
    const after = levelAfter(phase.kind, before);
    if (rest < phase.seconds) {
      const progress = rest / phase.seconds;
      return { kind: phase.kind, progress, fullness: before + (after - before) * progress, secondsLeft: Math.ceil(phase.seconds - rest), cycle: Math.floor(seconds / total) };
    }
    rest -= phase.seconds;
    before = after;
  }
  return undefined;
}

function levelAfter(kind: BreathPhase['kind'], before: number): number {
  switch (kind) {
    case 'in': return 0.8;
    case 'second-in': return 1;
    case 'out': return 0;
    case 'hold': return before;
    default: return kind satisfies never;
  }
}
