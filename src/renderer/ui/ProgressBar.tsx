import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import css from './ProgressBar.module.css';

export interface ProgressBarProps {
  label: string;
  /** 0 to 1; `null` while the amount is unknown. */
  value: number | null;
  /** "12,400 of 60,000 rows". */
  valueText: string;
  cancel?: { label: string; onCancel: () => void };
}

/** Work that takes a while, how far it is, and the way out. */
export function ProgressBar({ label, value, valueText, cancel }: ProgressBarProps): ReactNode {
  return (
    <div className={css['root']}>
      <div className={css['head']}>
        <span className={css['label']}>{label}</span>
        <span className={css['value']}>{valueText}</span>
      </div>
      <progress className={css['bar']} aria-label={label} aria-valuetext={valueText} max={1} value={value === null ? undefined : Math.min(1, Math.max(0, value))} />
      {cancel === undefined ? null : (
        <Button size="sm" className={css['cancel']} onClick={cancel.onCancel}>
          {cancel.label}
        </Button>
      )}
    </div>
  );
}
