import type { ReactNode } from 'react';
import css from './Skeleton.module.css';
import { VisuallyHidden } from './VisuallyHidden.tsx';

/** Lines where text is about to be. `label` says so to assistive technology, e.g. "Loading script". */
export function Skeleton({ lines = 3, label }: { lines?: number; label: string }): ReactNode {
  return (
    <div className={css['root']}>
      <VisuallyHidden>{label}</VisuallyHidden>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} aria-hidden className={css['line']} style={{ inlineSize: `${[92, 78, 85, 60][index % 4]}%` }} />
      ))}
    </div>
  );
}
