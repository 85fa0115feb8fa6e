import type { ReactNode } from 'react';
import css from './Corner.module.css';

/** The bottom corner of the window: what speaks from here is never modal, never takes focus, and is one thing at a time. */
export function Corner({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <aside className={css['root']} aria-label={label}>
      {children}
    </aside>
  );
}
