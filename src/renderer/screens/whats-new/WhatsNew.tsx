import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { OriginMark } from '#renderer/features/knowledge/index.ts';
import { Announcements, Changes, dayStart, FlagList, newsCount, SelfChecks } from '#renderer/features/news/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import type { Side } from '#renderer/screens/live-call/index.ts';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Tabs } from '#renderer/ui/Tabs.tsx';
import { localize } from '#shared/domain/common.ts';
import { cardsForToday, type SelfCheck } from '#shared/domain/self-check.ts';
import css from './WhatsNew.module.css';

const NOTHING = { announcement: [], 'self-check': [], article: [], script: [] } as const;

/** News for the agent: what to know, what changed, what to ask oneself, and what came back on flags. */
export function WhatsNew({ side }: { side: Side }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { client, news, knowledge, marks, settings, calls } = useDesk();
  const state = useStore(news);
  const known = useStore(knowledge);
  const { selfChecksPerDay, desk: groups } = useStore(settings);
  const inCall = useStore(calls, (now) => now.kind === 'live' && now.call.state !== 'ended');
  const [tab, setTab] = useState('announcements');
  useEffect(() => void news.actions.load(), [news]);

  const records = known.kind === 'ready' ? known.records : NOTHING;
  const source = (card: SelfCheck): { title: string; open: () => void } | undefined => {
    const article = records.article.find(({ id }) => id === card.article);
    if (article !== undefined) return { title: article.title, open: () => void side.open({ kind: 'article', key: article.id }) };
    return undefined;
  };
  const cards = records['self-check'].map((card) => ({ ...card, question: localize(card.question, language) }));
  const now = Date.now();
  const left = state.kind === 'ready' ? cardsForToday(cards, state.progress, { perDay: selfChecksPerDay, now, dayStart: dayStart(now) }).length : 0;
  const unread = state.kind === 'ready' ? state.flags.filter(({ reply, readAt }) => reply !== undefined && readAt === undefined).length : 0;
  const toConfirm = newsCount(records.announcement, state, now) - unread;
  const fresh = state.kind === 'ready' ? state.releases.filter(({ installedAt, first }) => installedAt > state.since && !first).length : 0;
  const counted = (count: number): { count?: string } => (count === 0 ? {} : { count: String(count) });
  const panel = (content: ReactNode): ReactNode => <div className={css['panel']}>{content}</div>;
  return (
    <Pane title={t('screen.whats-new')} body="flush">
      <Tabs
        label={t('screen.whats-new')}
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'announcements', label: t('news.announcements'), ...counted(toConfirm), panel: panel(<Announcements announcements={records.announcement} state={state} actions={news.actions} inCall={inCall} openLink={(address) => void client.call('app.open-external', { address }).catch(() => undefined)} mark={(id) => <OriginMark store={marks} kind="announcement" id={id} />} />) },
          { id: 'changes', label: t('news.changes'), ...counted(fresh), panel: panel(<Changes state={state} audience={groups} />) },
          { id: 'checks', label: t('news.checks'), ...counted(left), panel: panel(<SelfChecks cards={cards} state={state} actions={news.actions} perDay={selfChecksPerDay} onPace={(perDay) => void settings.actions.update({ selfChecksPerDay: perDay })} source={source} />) },
          { id: 'flags', label: t('news.flags'), ...counted(unread), panel: panel(<FlagList state={state} actions={news.actions} />) },
        ]}
      />
    </Pane>
  );
}
