import { useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { kindText } from '#renderer/features/drafts/index.ts';
import { MissList } from '#renderer/features/search/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import { Tabs } from '#renderer/ui/Tabs.tsx';
import type { Stale } from '#shared/ipc/authoring.ts';
import { FlagList } from './FlagList.tsx';
import { UnusedList } from './UnusedList.tsx';
import type { OpenDraft } from './use-open-draft.ts';
import css from './Workshop.module.css';

/** What the knowledge lacks: records due for a look, searches in vain. Each line leads to a draft. */
export function Lists({ open, onOpen }: { open: OpenDraft; onOpen: (id: string) => void }): ReactNode {
  const t = useT();
  const { client } = useDesk();
  const [tab, setTab] = useState('stale');
  const write = (text: string): void => void open({ from: 'new', kind: 'article', record: { title: text.charAt(0).toUpperCase() + text.slice(1) } });
  return (
    <Tabs
      label={t('workshop.lists')}
      value={tab}
      onChange={setTab}
      fill
      tabs={[
        { id: 'stale', label: t('lists.stale'), panel: <StaleList open={open} onOpen={onOpen} /> },
        { id: 'flags', label: t('lists.flags'), panel: <FlagList open={open} /> },
        { id: 'unused', label: t('lists.unused'), panel: <UnusedList open={open} /> },
        { id: 'misses', label: t('misses.title'), panel: <Pane title={t('misses.title')} hideTitle body="flush"><MissList client={client} onWrite={write} /></Pane> },
      ]}
    />
  );
}

function StaleList({ open, onOpen }: { open: OpenDraft; onOpen: (id: string) => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { client } = useDesk();
  const [{ records: rows, total }, setFound] = useState<{ records: readonly Stale[]; total: number }>({ records: [], total: 0 });
  useEffect(() => {
    const read = (): void => void client.call('authoring.stale', { today: new Intl.DateTimeFormat('sv-SE').format(Date.now()), from: 0, count: 200 }).then(setFound, () => undefined);
    read();
    const off = client.on('knowledge.changed', read);
    return () => {
      off();
    };
  }, [client]);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <Pane title={t('lists.stale')} hideTitle body="flush">
      <p className={css['lead']}>{t('lists.stale.lead')}</p>
      <Table<Stale>
        label={t('lists.stale')}
        rows={rows}
        rowId={({ kind, key }) => `${kind} ${key}`}
        onOpen={(row) => (row.draft === undefined ? void open({ from: 'live', kind: row.kind, key: row.key }) : onOpen(row.draft.id))}
        empty={<EmptyState title={t('lists.stale.none')} />}
        columns={[
          { id: 'title', header: t('draft.title'), rowHeader: true, cell: (row) => row.title },
          { id: 'kind', header: t('draft.kind'), cell: (row) => kindText(t, row.kind), width: '10rem' },
          { id: 'owner', header: t('browse.owner'), cell: (row) => row.owner ?? '', width: '11rem' },
          { id: 'verified', header: t('browse.verified'), cell: (row) => (row.verifiedAt === undefined ? t('lists.never') : day.format(Date.parse(row.verifiedAt))), width: '10rem' },
          { id: 'due', header: t('lists.due'), cell: (row) => (row.verifiedAt === undefined ? <Chip tone="warn">{t('lists.never')}</Chip> : <Chip tone="warn">{t('lists.overdue', { count: row.overdueDays })}</Chip>), width: '11rem' },
        ]}
      />
      {total <= rows.length ? null : <div className={css['pager']}><output>{t('lists.unused.shown', { shown: rows.length, total })}</output></div>}
    </Pane>
  );
}
