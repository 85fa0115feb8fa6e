import { useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { kindText } from '#renderer/features/drafts/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import { dayBefore, type CountedKind } from '#shared/domain/news/counts.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import type { OpenDraft } from './use-open-draft.ts';
import css from './Workshop.module.css';

type Found = OutputOf<AppContract, 'counts.unused'>;
type Row = Found['records'][number];
const KINDS = { guidance: ['script', 'article'], products: ['product'] } satisfies Record<string, CountedKind[]>;
const SPANS = ['7', '30', '60'] as const;

/** Scripts, articles and products nobody opens, here and at the desks that tell their counts. */
export function UnusedList({ open }: { open: OpenDraft }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { client } = useDesk();
  const [span, setSpan] = useState<string>('30');
  const [what, setWhat] = useState<'guidance' | 'products'>('guidance');
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    let here = true;
    const read = (): void => void client.call('counts.unused', { before: dayBefore(Date.now(), Number(span)), kinds: KINDS[what] }).then((next) => { if (here) setFound(next); }, () => undefined);
    read();
    const off = client.on('knowledge.changed', read);
    return () => {
      here = false;
      off();
    };
  }, [client, span, what]);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <Pane title={t('lists.unused')} hideTitle body="flush">
      <div className={css['tools']}>
        <SegmentedField label={t('lists.unused.what')} value={what} onValueChange={(next) => setWhat(next === 'products' ? 'products' : 'guidance')} options={[{ value: 'guidance', label: t('lists.unused.guidance') }, { value: 'products', label: t('lists.unused.products') }]} />
        <SegmentedField label={t('lists.unused.since')} value={span} onValueChange={setSpan} options={SPANS.map((value) => ({ value, label: t('lists.unused.days', { count: Number(value) }) }))} />
      </div>
      <p className={css['lead']}>{t('lists.unused.lead')} {t('counts.from', { count: found?.others ?? 0 })} {found === undefined ? null : t('lists.unused.counted', { day: day.format(Date.parse(found.since)) })}</p>
      <Table<Row>
        label={t('lists.unused')}
        rows={found?.records ?? []}
        rowId={({ kind, key }) => `${kind} ${key}`}
        onOpen={(row) => void open({ from: 'live', kind: row.kind, key: row.key })}
        empty={found === undefined ? null : <EmptyState title={t('lists.unused.none')} />}
        columns={[
          { id: 'title', header: t('draft.title'), rowHeader: true, cell: (row) => row.title },
          { id: 'kind', header: t('draft.kind'), width: '10rem', cell: (row) => kindText(t, row.kind) },
          { id: 'count', header: t('misses.count'), width: '8rem', align: 'end', cell: (row) => row.count },
          { id: 'last', header: t('lists.unused.last'), width: '12rem', cell: (row) => (row.lastDay === undefined ? t('lists.unused.never') : day.format(Date.parse(row.lastDay))) },
        ]}
      />
      {found === undefined || found.total <= found.records.length ? null : <div className={css['pager']}><output>{t('lists.unused.shown', { shown: found.records.length, total: found.total })}</output></div>}
    </Pane>
  );
}
