import { IconCircleDashed, IconPencil, IconPhoneCall, IconPhoneIncoming, IconPlayerPause, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './StateBadge.module.css';
import { VisuallyHidden } from './VisuallyHidden.tsx';

/** The states ui/ has a look for. They are names of looks; which moment has which is the caller's business. */
export type StateTone = 'idle' | 'ringing' | 'talking' | 'on-hold' | 'wrap-up' | 'danger';

const icons: Readonly<Record<Exclude<StateTone, 'danger'>, Icon>> = {
  idle: IconCircleDashed,
  ringing: IconPhoneIncoming,
  talking: IconPhoneCall,
  'on-hold': IconPlayerPause,
  'wrap-up': IconPencil,
};

export interface StateBadgeProps {
  state: Exclude<StateTone, 'danger'>;
  /** The state in words, always visible. */
  label: string;
  size?: 'sm' | 'md';
}

/** Call state as icon, word and colour together; each alone is enough to tell. */
export function StateBadge({ state, label, size = 'md' }: StateBadgeProps): ReactNode {
  const StateIcon = icons[state];
  return (
    <span className={css['badge']} data-state={state} data-size={size}>
      <StateIcon aria-hidden className={css['icon']} />
      {label}
    </span>
  );
}

/** A small mark for lists: shape differs per state, the name is for assistive technology. */
export function StatusDot({ state, label }: { state: StateTone; label: string }): ReactNode {
  return (
    <span className={css['dot']} data-state={state}>
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  );
}
