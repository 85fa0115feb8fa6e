import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import type { DeskView } from '#shared/ipc/delivery.ts';
import css from './Workshop.module.css';

/** Which desk has which release, when it was last there, and what it acknowledged. No desk says who sits at it. */
export function DeskList(): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { client, knowledge } = useDesk();
  const known = useStore(knowledge);
  const [found, setFound] = useState<OutputOf<AppContract, 'desks.list'>>();
  const [announcement, setAnnouncement] = useState('');
  useEffect(() => {
    const read = (): void => void client.call('desks.list', {}).then(setFound, () => undefined);
    read();
    return client.on('channels.changed', read) as () => void;
  }, [client]);
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const asked = known.kind === 'ready' ? known.all.announcement.filter(({ acknowledge }) => acknowledge !== 'no') : [];
  const desks = found?.desks ?? [];
  const newest = new Map<string, number>();
  for (const { releases } of desks) for (const { source, release } of releases) newest.set(source, Math.max(newest.get(source) ?? 0, release));
  const acknowledged = (desk: DeskView): number | undefined => desk.acknowledged.find((one) => one.announcement === announcement)?.at;
  const read = desks.filter((desk) => acknowledged(desk) !== undefined).length;
  return (
    <Pane title={t('lists.desks')} hideTitle body="flush">
      <div className={css['tools']}>
        <SelectField label={t('lists.desks.announcement')} value={announcement} onValueChange={setAnnouncement} options={[{ value: '', label: t('lists.desks.no-announcement') }, ...asked.map(({ id, title }) => ({ value: id, label: title }))]} />
        {announcement === '' ? null : <output>{t('lists.desks.read', { count: read, all: desks.length })}</output>}
      </div>
      {found !== undefined && found.unreadable > 0 ? <Banner tone="warn" title={t('lists.desks.unreadable', { count: found.unreadable })} /> : null}
      <Table<DeskView>
        label={t('lists.desks')}
        rows={desks}
        rowId={({ desk }) => desk}
        empty={<EmptyState title={t('lists.desks.none')} />}
        columns={[
          { id: 'desk', header: t('lists.desks.desk'), rowHeader: true, cell: (row) => <>{row.desk} {row.own ? <Chip>{t('lists.desks.own')}</Chip> : null}</> },
          { id: 'at', header: t('lists.desks.seen'), width: '11rem', cell: (row) => time.format(row.at) },
          {
            id: 'release', header: t('release.number'), width: '16rem',
            cell: (row) => row.releases.map(({ source, release }) => <Chip key={source} tone={release < (newest.get(source) ?? 0) ? 'warn' : 'ok'}>{t('lists.desks.has', { source, release })}</Chip>),
          },
          { id: 'app', header: t('lists.desks.app'), width: '8rem', cell: (row) => row.app },
          { id: 'flags', header: t('lists.flags'), width: '7rem', align: 'end', cell: (row) => row.flags },
          {
            id: 'ack', header: t('lists.desks.acknowledged'), width: '12rem',
            cell: (row) => {
              const at = acknowledged(row);
              return announcement === '' ? row.acknowledged.length : at === undefined ? t('lists.desks.not-yet') : time.format(at);
            },
          },
        ]}
      />
    </Pane>
  );
}
