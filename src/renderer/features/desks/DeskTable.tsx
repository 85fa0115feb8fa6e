import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { VirtualTable, type VirtualColumn } from '#renderer/ui/VirtualTable.tsx';
import { lagOf, THERE_MS, type Lag } from '#shared/domain/news/desk-lag.ts';
import type { DeskView } from '#shared/ipc/delivery.ts';
import { lagWords, seenWords } from './desk-words.ts';
import css from './desks.module.css';
import type { DesksState } from './desks.store.ts';

const SHOWN = ['all', 'there', 'away', 'behind', 'unread', 'flags'] as const;
type Shown = (typeof SHOWN)[number];
type Row = DeskView & { lag: Lag };
type ColumnName = 'desk' | 'seen' | 'lag' | 'releases' | 'app' | 'read' | 'flags';

const lagRank = (lag: Lag): number => (lag.kind === 'newest' ? 0 : lag.kind === 'behind' ? lag.releases : Number.MAX_SAFE_INTEGER);
/** What a column is sorted by; less comes first in ascending order. */
const ORDER: Readonly<Record<ColumnName, (row: Row) => number | string>> = {
  desk: ({ desk }) => desk,
  seen: ({ seenAt }) => seenAt,
  lag: ({ lag }) => lagRank(lag),
  releases: ({ releases }) => Math.max(0, ...releases.map(({ release }) => release)),
  app: ({ app }) => app,
  read: ({ acknowledged, acknowledgedAt }) => acknowledgedAt ?? acknowledged,
  flags: ({ flags }) => flags,
};

/** Every desk that was heard of. `about`: an announcement is asked about, so the column of receipts tells of that one. */
export function DeskTable({ state, about, top }: { state: Extract<DesksState, { kind: 'ready' }>; about: boolean; top?: ReactNode }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const [sort, setSort] = useState<{ columnId: ColumnName; direction: 'ascending' | 'descending' }>({ columnId: 'lag', direction: 'descending' });
  const { desks, bases, readAt: now } = state;
  const all = useMemo(() => desks.map((desk): Row => ({ ...desk, lag: lagOf(desk, bases) })), [desks, bases]);
  const rows = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    const found = all.filter((row) => (wanted === '' || row.desk.includes(wanted) || row.app.toLowerCase().includes(wanted)) && isShown(row, shown, about, now));
    const of = ORDER[sort.columnId];
    const sign = sort.direction === 'ascending' ? 1 : -1;
    return found.toSorted((a, b) => {
      const [x, y] = [of(a), of(b)];
      return x === y ? b.seenAt - a.seenAt || (a.desk < b.desk ? -1 : 1) : sign * (x < y ? -1 : 1);
    });
  }, [all, text, shown, about, now, sort]);
  const there = all.filter(({ seenAt }) => now - seenAt < THERE_MS).length;
  const behind = all.filter(({ lag }) => lag.kind !== 'newest').length;
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const title = (source: string): string => bases.find((base) => base.source === source)?.title ?? source;
  const lagText = (row: Row): string => lagWords(t, row.lag, now, language);
  const releasesText = (row: Row): string => row.releases.map(({ source, release }) => t('lists.desks.has', { source: title(source), release })).join(', ');
  const readText = ({ acknowledged, acknowledgedAt, meant }: Row): string => (!about ? String(acknowledged) : acknowledgedAt === undefined ? t(meant === false ? 'desks.not-meant' : 'lists.desks.not-yet') : time.format(acknowledgedAt));
  const columns: readonly (VirtualColumn<Row> & { id: ColumnName })[] = [
    {
      id: 'desk', header: t('lists.desks.desk'), width: 'minmax(17rem, 1.6fr)', sortable: true, code: true, text: ({ desk }) => desk,
      cell: (row) => <><bdi>{row.desk}</bdi>{row.own ? <Chip>{t('lists.desks.own')}</Chip> : null}{row.shared ? <Chip tone="warn">{t('desks.shared')}</Chip> : null}</>,
    },
    { id: 'seen', header: t('lists.desks.seen'), width: 'minmax(8rem, 1fr)', sortable: true, text: ({ seenAt }) => time.format(seenAt), cell: ({ seenAt }) => seenWords(t, seenAt, now, language) },
    {
      id: 'lag', header: t('desks.lag'), width: 'minmax(17rem, 2fr)', sortable: true, text: lagText,
      cell: (row) => <Chip tone={row.lag.kind === 'newest' ? 'ok' : 'warn'}>{lagText(row)}</Chip>,
    },
    { id: 'releases', header: t('release.number'), width: 'minmax(8rem, 1.2fr)', sortable: true, text: releasesText, cell: releasesText },
    { id: 'app', header: t('lists.desks.app'), width: 'minmax(5.5rem, 0.6fr)', sortable: true, text: ({ app }) => app, cell: ({ app }) => app },
    { id: 'read', header: t('lists.desks.acknowledged'), width: 'minmax(9rem, 1fr)', sortable: true, text: readText, cell: readText },
    { id: 'flags', header: t('lists.flags'), width: 'minmax(4.5rem, 0.5fr)', sortable: true, align: 'end', cell: ({ flags }) => flags },
  ];
  const onSort = (id: string): void => {
    const column = columns.find((one) => one.id === id)?.id ?? 'desk';
    const turned = sort.direction === 'ascending' ? 'descending' : 'ascending';
    setSort({ columnId: column, direction: sort.columnId === column ? turned : column === 'desk' ? 'ascending' : 'descending' });
  };
  return (
    <section className={css['root']} aria-label={t('lists.desks')}>
      <div className={css['tools']}>
        <div className={css['find']}>
          <TextField label={t('desks.find')} hideLabel placeholder={t('desks.find')} icon={<IconSearch />} value={text} onValueChange={setText} type="search" />
        </div>
        <div className={css['find']}>
          <SelectField label={t('desks.show')} hideLabel value={shown} onValueChange={(next) => setShown(next as Shown)} options={SHOWN.filter((one) => one !== 'unread' || about).map((one) => ({ value: one, label: t(`desks.show.${one}`) }))} />
        </div>
        {top}
        <output className={css['count']}>{t('desks.count', { shown: rows.length, all: all.length, there, behind })}</output>
      </div>
      <VirtualTable<Row> label={t('lists.desks')} columns={columns} rows={rows} rowId={({ desk }) => desk} minWidth="70rem" sort={sort} onSort={onSort} empty={<EmptyState title={t(all.length === 0 ? 'lists.desks.none' : 'desks.none-such')} />} />
    </section>
  );
}

function isShown({ seenAt, lag, flags, acknowledgedAt, meant }: Row, shown: Shown, about: boolean, now: number): boolean {
  switch (shown) {
    case 'all':
      return true;
    case 'there':
      return now - seenAt < THERE_MS;
    case 'away':
      return now - seenAt >= THERE_MS;
    case 'behind':
      return lag.kind !== 'newest';
    case 'unread':
      return !about || (acknowledgedAt === undefined && meant !== false);
    case 'flags':
      return flags > 0;
  }
}
