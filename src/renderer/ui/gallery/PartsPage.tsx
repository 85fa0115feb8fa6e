import type { ReactNode } from 'react';
import css from './gallery.module.css';
import { FormParts, StateParts } from './parts-basic.tsx';
import { CallParts, DayParts } from './parts-more.tsx';

/** Each component in its states. */
export function PartsPage(): ReactNode {
  return (
    <main className={css['parts']}>
      <h1 className={css['pageTitle']}>Parts</h1>
      <StateParts />
      <FormParts />
      <CallParts />
      <DayParts />
    </main>
  );
}
