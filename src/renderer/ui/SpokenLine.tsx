import { IconQuote } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './SpokenLine.module.css';

export interface SpokenLineProps {
  /** `exact` is read word for word; `free` is a point to make in own words. */
  wording: 'exact' | 'free';
  /** The same in words, e.g. "Read as written": shown above an exact line. */
  label?: string;
  children: ReactNode;
  /** Smaller, for trails, previews and cards. */
  size?: 'md' | 'sm';
}

/** Words to say aloud, set large enough to read while listening. */
export function SpokenLine({ wording, label, children, size = 'md' }: SpokenLineProps): ReactNode {
  return (
    <div className={css['root']} data-wording={wording} data-size={size}>
      {label === undefined ? null : (
        <div className={css['label']}>
          {wording === 'exact' ? <IconQuote aria-hidden /> : null}
          {label}
        </div>
      )}
      <div className={css['text']}>{children}</div>
    </div>
  );
}
