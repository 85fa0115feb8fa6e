import type { ReactNode } from 'react';
import css from './Settings.module.css';

/** One titled group of settings. */
export function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className={css['section']} aria-label={title}>
      <h3 className={css['heading']}>{title}</h3>
      {children}
    </section>
  );
}
