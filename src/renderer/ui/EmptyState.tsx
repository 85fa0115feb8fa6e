import type { ReactNode } from 'react';
import css from './EmptyState.module.css';

export interface EmptyStateProps {
  icon?: ReactNode;
  /** Why there is nothing. */
  title: ReactNode;
  /** What fills it, or what to do. */
  children?: ReactNode;
  action?: ReactNode;
}

/** An empty place that says why it is empty and what to do. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps): ReactNode {
  return (
    <div className={css['root']}>
      {icon === undefined ? null : (
        <span aria-hidden className={css['icon']}>
          {icon}
        </span>
      )}
      <p className={css['title']}>{title}</p>
      {children === undefined ? null : <div className={css['text']}>{children}</div>}
      {action === undefined ? null : <div className={css['action']}>{action}</div>}
    </div>
  );
}
