import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './Chip.module.css';

export interface ChipProps {
  children: ReactNode;
  tone?: 'plain' | 'accent' | 'info' | 'ok' | 'warn' | 'danger';
  icon?: ReactNode;
  /** Gives the chip a button that takes it away, with its name. */
  remove?: { label: string; onRemove: () => void };
}

/** A short tag: a category, a state, a verified mark. */
export function Chip({ children, tone = 'plain', icon, remove }: ChipProps): ReactNode {
  return (
    <span className={css['root']} data-tone={tone}>
      {icon}
      <span className={css['text']}>{children}</span>
      {remove === undefined ? null : (
        <button type="button" className={css['remove']} aria-label={remove.label} onClick={remove.onRemove}>
          <IconX aria-hidden />
        </button>
      )}
    </span>
  );
}
