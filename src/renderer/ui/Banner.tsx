import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconX, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './Banner.module.css';
import { IconButton } from './IconButton.tsx';

export type BannerTone = 'info' | 'ok' | 'warn' | 'error';

const icons: Readonly<Record<BannerTone, Icon>> = { info: IconInfoCircle, ok: IconCircleCheck, warn: IconAlertTriangle, error: IconAlertOctagon };

export interface BannerProps {
  tone: BannerTone;
  title: ReactNode;
  /** What to do now. */
  children?: ReactNode;
  action?: ReactNode;
  dismiss?: { label: string; onDismiss: () => void };
  /** `alert` speaks at once when the banner appears; `status` waits; undefined stays silent (it was there from the start). */
  live?: 'alert' | 'status';
}

export function Banner({ tone, title, children, action, dismiss, live }: BannerProps): ReactNode {
  const ToneIcon = icons[tone];
  return (
    <div className={css['root']} data-tone={tone} role={live}>
      <ToneIcon aria-hidden className={css['icon']} />
      <div className={css['text']}>
        <div className={css['title']}>{title}</div>
        {children === undefined ? null : <div className={css['detail']}>{children}</div>}
      </div>
      {action === undefined ? null : <div className={css['action']}>{action}</div>}
      {dismiss === undefined ? null : <IconButton label={dismiss.label} icon={<IconX />} onClick={dismiss.onDismiss} />}
    </div>
  );
}
