import type { ReactNode } from 'react';
import { SideCard, type Side } from '#renderer/screens/live-call/index.ts';
import css from './MainWindow.module.css';

/** A screen without a place of its own for cards: what the palette opened stands beside it. */
export function WithSide({ side, children }: { side: Side; children: ReactNode }): ReactNode {
  if (side.current === undefined) return children;
  return (
    <div className={css['withSide']}>
      <div className={css['withSideMain']}>{children}</div>
      <SideCard side={side} />
    </div>
  );
}
