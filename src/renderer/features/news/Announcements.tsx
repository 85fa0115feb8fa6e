import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Markdown } from '#renderer/ui/Markdown.tsx';
import type { Announcement } from '#shared/domain/announcement.ts';
import { announcementDigest, currentAnnouncements } from '#shared/domain/news/due.ts';
import css from './news.module.css';
import type { NewsState, NewsStore } from './news.store.ts';
import { toConfirm } from './waiting.ts';

export type AnnouncementsProps = { announcements: readonly Announcement[]; state: NewsState; actions: NewsStore['actions']; inCall: boolean; openLink: (address: string) => void; /** Beside the title: where it comes from, where that is worth saying. */ mark?: (id: string) => ReactNode };

const TONES = { info: 'plain', important: 'info', urgent: 'warn' } as const;

/** What holds now. Confirming one is a click of a person who has time; nothing on this screen stands in a call's way. */
export function Announcements({ announcements, state, actions, inCall, openLink, mark }: AnnouncementsProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const now = Date.now();
  const current = currentAnnouncements(announcements, now);
  const waiting = new Set(toConfirm(announcements, state, now).map(({ id }) => id));
  if (current.length === 0) return <EmptyState title={t('news.none')} />;
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return (
    <div className={css['cards']}>
      {waiting.size === 0 ? null : (
        <Banner tone="info" title={t('news.waiting', { count: waiting.size })}>
          {inCall ? t('news.in-call') : null}
        </Banner>
      )}
      {current.map((one) => (
        <Card
          key={one.id}
          tone={TONES[one.importance]}
          title={one.title}
          toolbar={mark?.(one.id)}
          meta={[t(`news.importance.${one.importance}`), one.owner, one.validFrom === undefined ? undefined : day.format(one.validFrom)].filter((part) => part !== undefined).join(' · ')}
          footer={
            one.acknowledge === 'no' ? undefined : waiting.has(one.id) ? (
              <Button size="sm" variant="primary" onClick={() => void actions.acknowledge(one.id, announcementDigest(one))}>
                {t(one.acknowledge === 'daily' ? 'news.acknowledge.daily' : 'news.acknowledge')}
              </Button>
            ) : (
              <Chip tone="ok" icon={<IconCheck />}>
                {t('news.acknowledged')}
              </Chip>
            )
          }
        >
          <Markdown text={one.body} onLink={openLink} headingLevel={4} />
        </Card>
      ))}
    </div>
  );
}
