import { IconAlertTriangleFilled, IconCircleCheck, IconLoader2 } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useAnnounce } from './LiveRegion.tsx';
import css from './SavedIndicator.module.css';

/** `at` in UTC epoch ms. `unsaved` means words exist on screen only and something went wrong. */
export type SaveState = { kind: 'saving' } | { kind: 'saved'; at: number } | { kind: 'unsaved' };

export interface SavedIndicatorProps {
  state: SaveState;
  labels: { saving: string; saved: (time: string) => string; unsaved: string };
  /** Formats the time of day; default 24-hour hh:mm:ss of this machine. */
  formatTime?: (at: number) => string;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** Tells whether the words are safe. Only trouble is announced; "saved" every few seconds would be noise. */
export function SavedIndicator({ state, labels, formatTime = (at) => clock.format(at) }: SavedIndicatorProps): ReactNode {
  const announce = useAnnounce();
  const trouble = state.kind === 'unsaved';
  useEffect(() => {
    if (trouble) announce(labels.unsaved, 'assertive');
  }, [trouble, announce, labels.unsaved]);

  return (
    <span className={css['root']} data-kind={state.kind}>
      {state.kind === 'saving' ? <IconLoader2 aria-hidden className={css['spin']} /> : null}
      {state.kind === 'saved' ? <IconCircleCheck aria-hidden /> : null}
      {state.kind === 'unsaved' ? <IconAlertTriangleFilled aria-hidden /> : null}
      {state.kind === 'saving' ? labels.saving : null}
      {state.kind === 'saved' ? labels.saved(formatTime(state.at)) : null}
      {state.kind === 'unsaved' ? labels.unsaved : null}
    </span>
  );
}
