import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import type { Announcement } from '#shared/domain/announcement.ts';
import type { NewsState } from './news.store.ts';
import css from './news.module.css';
import { toConfirm } from './waiting.ts';

/** More than these are counted under "What's new". */
const MOST = 2;

/** Urgent announcements still to be confirmed, where the eyes rest between two calls. They are read and confirmed where all news is. */
export function UrgentNews({ announcements, state, onRead }: { announcements: readonly Announcement[]; state: NewsState; onRead: () => void }): ReactNode {
  const t = useT();
  const urgent = toConfirm(announcements, state, Date.now()).filter(({ importance }) => importance === 'urgent');
  if (urgent.length === 0) return null;
  return (
    <section className={css['urgent']} aria-label={t('news.urgent')}>
      {urgent.slice(0, MOST).map(({ id, title }) => (
        <Banner key={id} tone="warn" live="status" title={title} action={<Button size="sm" onClick={onRead}>{t('news.urgent.read')}</Button>} />
      ))}
    </section>
  );
}
