import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { createDesksStore, DeskTable, Reach } from '#renderer/features/desks/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { announcementDigest } from '#shared/domain/news/due.ts';
import { isAimed } from '#shared/domain/news/desk-lag.ts';
import css from './Workshop.module.css';

/** Which desk has which release, when it was last there, and what it acknowledged. No desk says who sits at it. */
export function DeskList(): ReactNode {
  const t = useT();
  const { client, knowledge } = useDesk();
  const known = useStore(knowledge);
  const store = useMemo(() => createDesksStore(client), [client]);
  const state = useStore(store);
  const [chosen, setChosen] = useState('');
  const announcements = known.kind === 'ready' ? known.all.announcement : [];
  const about = announcements.find(({ id }) => id === chosen);
  const digest = about === undefined ? undefined : announcementDigest(about);
  const targets = about?.targets;
  useEffect(() => store.actions.watch(digest === undefined ? undefined : { id: chosen, digest, ...(targets === undefined ? {} : { targets }) }), [store, chosen, digest, targets]);
  if (state.kind === 'loading') return <Pane title={t('lists.desks')} hideTitle>{t('common.loading')}</Pane>;
  return (
    <Pane title={t('lists.desks')} hideTitle body="flush" scroll={false}>
      <div className={css['desks']}>
        {state.unreadable > 0 ? <Banner tone="warn" title={t('lists.desks.unreadable', { count: state.unreadable })} /> : null}
        {about === undefined ? null : <div className={css['reach']}><Reach state={state} acknowledge={about.acknowledge !== 'no'} aimed={isAimed(about)} /></div>}
        <DeskTable
          state={state}
          about={about !== undefined}
          top={<SelectField label={t('lists.desks.announcement')} hideLabel searchable value={chosen} onValueChange={setChosen} options={[{ value: '', label: t('lists.desks.no-announcement') }, ...announcements.map(({ id, title }) => ({ value: id, label: title }))]} />}
        />
      </div>
    </Pane>
  );
}
