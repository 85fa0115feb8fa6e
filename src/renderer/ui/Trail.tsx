import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './Trail.module.css';

export interface TrailStep {
  id: string;
  label: string;
  /** Skipped on purpose ("caller already did this"). */
  skipped?: boolean;
}

export interface TrailProps {
  label: string;
  steps: readonly TrailStep[];
  onJump: (id: string, index: number) => void;
  /** Steps shown before the current one; earlier ones hide behind `earlier`. */
  keep?: number;
  /** Words for the hidden ones and for a skipped step. */
  labels: { earlier: (count: number) => string; skipped: string };
}

/** The walked steps, last one current; each earlier step can be jumped to. */
export function Trail({ label, steps, onJump, keep = 3, labels }: TrailProps): ReactNode {
  const hidden = Math.max(0, steps.length - 1 - keep);
  const shown = steps.slice(hidden);
  return (
    <nav aria-label={label}>
      <ol className={css['list']}>
        {hidden === 0 ? null : (
          <li className={css['item']}>
            <button type="button" className={css['step']} aria-label={labels.earlier(hidden)} title={labels.earlier(hidden)} onClick={() => onJump(steps[hidden - 1]?.id ?? '', hidden - 1)}>
              <bdi>+{hidden}</bdi>
            </button>
          </li>
        )}
        {shown.map((step, index) => {
          const last = index === shown.length - 1;
          return (
            <li key={`${step.id}:${hidden + index}`} className={css['item']}>
              {index === 0 && hidden === 0 ? null : <IconChevronRight aria-hidden className={`flip-rtl ${css['arrow'] ?? ''}`} />}
              {last ? (
                <span aria-current="step" className={css['current']}>
                  {step.label}
                </span>
              ) : (
                <button type="button" className={css['step']} data-skipped={step.skipped === true || undefined} aria-label={step.skipped === true ? `${step.label}, ${labels.skipped}` : undefined} onClick={() => onJump(step.id, hidden + index)}>
                  {step.label}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
