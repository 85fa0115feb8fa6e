import type { ReactNode } from 'react';
import css from './ClockFace.module.css';
import { formatClock, useElapsed } from './use-elapsed.ts';

export interface ClockFaceProps {
  /** UTC epoch ms; `null` shows 00:00 at rest. */
  startedAt: number | null;
  /** Freezes the face at this moment. */
  endedAt?: number | null;
  /** What is measured, e.g. "Talking for". Read by assistive technology on demand; the face never announces by itself. */
  label: string;
  size?: 'sm' | 'md' | 'lg';
  /** Marks a clock past its limit with weight and a sign, not by colour alone. */
  over?: boolean;
}

/** Elapsed time in tabular figures, derived from its start. */
export function ClockFace({ startedAt, endedAt = null, label, size = 'md', over = false }: ClockFaceProps): ReactNode {
  const text = formatClock(useElapsed(startedAt, endedAt));
  return (
    <span className={css['root']} role="timer" aria-live="off" aria-label={`${label} ${text}`} data-size={size} data-over={over || undefined} dir="ltr">
      {text}
    </span>
  );
}
