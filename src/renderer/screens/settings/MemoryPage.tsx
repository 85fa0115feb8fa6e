import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { FavouriteList, OwnWordsList } from '#renderer/features/prompts/index.ts';
import { LearnedList } from '#renderer/features/suggest/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Section } from './Section.tsx';
import css from './Settings.module.css';

/** What this desk has learned from its calls, and the words its agent kept: to look at, change, take along and erase. */
export function MemoryPage(): ReactNode {
  const t = useT();
  const { client, preferences, knowledge } = useDesk();
  const known = useStore(knowledge);
  return (
    <Pane title={t('memory.title')}>
      <div className={css['memory']}>
        <Section title={t('memory.own')}>
          <p className={css['text']}>{t('memory.own.lead')}</p>
          <OwnWordsList store={preferences} />
        </Section>
        <Section title={t('memory.favourites')}>
          <p className={css['text']}>{t('memory.favourites.lead')}</p>
          <FavouriteList store={preferences} prompts={known.kind === 'ready' ? known.records.prompt : []} />
        </Section>
        <Section title={t('memory.learned')}>
          <p className={css['text']}>{t('memory.learned.lead')}</p>
          <LearnedList client={client} />
        </Section>
      </div>
    </Pane>
  );
}
