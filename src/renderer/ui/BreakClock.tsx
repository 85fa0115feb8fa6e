import { IconCoffee } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './BreakClock.module.css';

export interface BreakClockProps {
  /** How much of the interval to the next break has gone, 0 to 1. */
  progress: number;
  /** Short, beside the ring: "Break in 12 min", "Break due". */
  text: string;
  /** `due` changes weight and shape quietly; nothing moves, sounds or is announced. */
  due?: boolean;
  onOpen?: () => void;
}

/** Time to the next break: a ring and words. Deliberately calm: it never animates and never announces by itself. */
export function BreakClock({ progress, text, due = false, onOpen }: BreakClockProps): ReactNode {
  const length = 2 * Math.PI * 8;
  const gone = Math.min(1, Math.max(0, progress)) * length;
  const face = (
    <>
      <span className={css['ring']} aria-hidden>
        <svg viewBox="0 0 20 20" className={css['svg']}>
          <circle cx="10" cy="10" r="8" className={css['track']} />
          <circle cx="10" cy="10" r="8" className={css['arc']} strokeDasharray={`${gone} ${length}`} transform="rotate(-90 10 10)" />
        </svg>
        {due ? <IconCoffee className={css['cup']} /> : null}
      </span>
      <span className={css['text']}>{text}</span>
    </>
  );
  return onOpen === undefined ? (
    <span className={css['root']} data-due={due || undefined}>
      {face}
    </span>
  ) : (
    <button type="button" className={css['root']} data-due={due || undefined} onClick={onOpen}>
      {face}
    </button>
  );
}
