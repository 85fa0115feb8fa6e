import type { ReactNode } from 'react';

/** The sign of Callside: an open conversation and a steady bar at its side. Drawn in the colour around it. */
export function BrandMark({ size = 28 }: { size?: number }): ReactNode {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 28 28" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round">
      <path d="M17.6 7.2A8.2 8.2 0 1 0 17.6 20.8" />
      <path d="M23 6.5v15" />
      <circle cx="11.6" cy="14" r="1.6" fill="currentColor" stroke="none" />
    </svg>
  );
}
