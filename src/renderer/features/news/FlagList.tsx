import type { ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import type { KeptFlag } from '#shared/domain/news/flag.ts';
import css from './news.module.css';
import type { NewsState, NewsStore } from './news.store.ts';

/** What this agent flagged, and what came back. */
export function FlagList({ state, actions }: { state: NewsState; actions: NewsStore['actions'] }): ReactNode {
  const t = useT();
  if (state.kind !== 'ready') return <p className={css['hint']}>{t('common.loading')}</p>;
  if (state.flags.length === 0) return <EmptyState title={t('flags.none')} />;
  return (
    <div className={css['cards']}>
      {state.flags.map((kept) => (
        <OneFlag key={kept.flag.id} kept={kept} actions={actions} />
      ))}
    </div>
  );
}

function OneFlag({ kept, actions }: { kept: KeptFlag; actions: NewsStore['actions'] }): ReactNode {
  const t = useT();
  const day = new Intl.DateTimeFormat(useLanguage(), { dateStyle: 'medium' });
  const { flag, reply, sentAt, readAt } = kept;
  const unread = reply !== undefined && readAt === undefined;
  return (
    <Card
      title={flag.about.title}
      meta={`${t(`flags.problem.${flag.problem}`)} · ${day.format(flag.at)}`}
      tone={unread ? 'accent' : 'plain'}
      footer={
        unread ? (
          <Button size="sm" variant="primary" onClick={() => void actions.read(flag.id)}>
            {t('flags.read')}
          </Button>
        ) : (
          <Button size="sm" variant="quiet" onClick={() => void actions.takeBack(flag.id)}>
            {t('flags.take-back')}
          </Button>
        )
      }
    >
      {flag.text === '' ? null : <p className={css['text']}>{flag.text}</p>}
      {reply === undefined ? (
        <p className={css['hint']}>{t(sentAt === undefined ? 'flags.waits' : 'flags.sent')}</p>
      ) : (
        <div className={css['reply']} role={unread ? 'status' : undefined}>
          <strong>{t('flags.reply', { by: reply.by })}</strong>
          <p className={css['text']}>{reply.text}</p>
          <p className={css['hint']}>{t(`flags.outcome.${reply.outcome}`)}</p>
        </div>
      )}
    </Card>
  );
}
