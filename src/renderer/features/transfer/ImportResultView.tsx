import { useEffect, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { Table, type Column } from '#renderer/ui/Table.tsx';
import type { ImportCounts } from '#shared/domain/transfer/job.ts';
import { problemText } from '#shared/domain/transfer/problem-text.ts';
import type { Problem, RefusedRow } from '#shared/domain/transfer/problems.ts';
import { REFUSED_PAGE } from './import-run.ts';
import type { TransferState } from './transfer.store.ts';
import css from './transfer.module.css';

type Ended = Extract<TransferState, { kind: 'ended' }>;

/** How an import ended: what it did, in numbers. */
export function ImportOutcome({ ended }: { ended: Ended }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const announce = useAnnounce();
  const { result, name } = ended;
  useEffect(() => {
    if (result.state === 'done') announce(t('transfer.done.announce', result.counts));
  }, [result, announce, t]);
  if (result.state === 'cancelled') return <Banner tone="info" live="status" title={t('transfer.cancelled', { name })}>{t('transfer.cancelled.text')}</Banner>;
  if (result.state === 'failed') return <Banner tone="error" live="alert" title={t('transfer.failed', { name })}>{t(`transfer.failure.${result.reason}`)}</Banner>;
  const { counts, ms } = result;
  const taken = counts.added + counts.changed + counts.same;
  return (
    <>
      <Banner tone={taken === 0 && counts.refused > 0 ? 'warn' : 'ok'} title={t('transfer.done', { name })}>
        {taken === 0 && counts.refused > 0 ? t('transfer.done.nothing') : t('transfer.done.time', { rows: counts.rows, seconds: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(ms / 1_000) })}
      </Banner>
      <ImportCountList counts={counts} />
    </>
  );
}

/** What became of the rows, in four numbers. */
export function ImportCountList({ counts }: { counts: ImportCounts }): ReactNode {
  const t = useT();
  const number = new Intl.NumberFormat(useLanguage());
  return (
    <dl className={css['counts']}>
      {(['added', 'changed', 'same', 'refused'] as const).map((key) => (
        <div key={key} className={css['count']} data-tone={key === 'refused' && counts.refused > 0 ? 'danger' : undefined}>
          <dt>{t(`transfer.count.${key}`)}</dt>
          <dd>{number.format(counts[key])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What refused rows are spoken of as: rows of a catalogue, or scripts of a file. */
export type RefusedWords = { row: string; column: string };
type Line = { id: string; row: number; problem: Problem };

export type RefusedTableProps = { from?: number; refused: readonly RefusedRow[]; total: number; onPage: (from: number) => void; words?: RefusedWords; label?: string };

/** Refused rows, a page at a time: row, column, what stood there, what to do. */
export function RefusedTable({ from = 0, refused, total, onPage, words, label }: RefusedTableProps): ReactNode {
  const t = useT();
  const lines = refused.flatMap(({ row, problems }: RefusedRow): Line[] => problems.map((problem, at) => ({ id: `${row}.${at}`, row, problem })));
  const columns: Column<Line>[] = [
    { id: 'row', header: words?.row ?? t('transfer.report.row'), width: '5rem', align: 'end', rowHeader: true, cell: ({ row }) => row },
    { id: 'column', header: words?.column ?? t('transfer.report.column'), width: words === undefined ? '11rem' : 'min(24rem, 36%)', cell: ({ problem }) => problem.column },
    // Of a script its place says it all; the value is its id.
    ...(words === undefined ? [{ id: 'value', header: t('transfer.report.value'), width: '16rem', cell: ({ problem }: Line) => <bdi className={css['value']}>{problem.value}</bdi> }] : []),
    { id: 'problem', header: t('transfer.report.problem'), cell: ({ problem }) => problemText(t, problem) },
  ];
  return (
    <>
      <Table label={label ?? t('transfer.refused')} columns={columns} rows={lines} rowId={({ id }) => id} empty={t('transfer.refused.none')} />
      {total > REFUSED_PAGE ? (
        <div className={css['pages']}>
          <span>{t('transfer.refused.page', { from: from + 1, to: Math.min(total, from + refused.length), total })}</span>
          <Button size="sm" disabled={from === 0} onClick={() => onPage(Math.max(0, from - REFUSED_PAGE))}>
            {t('transfer.refused.previous')}
          </Button>
          <Button size="sm" disabled={from + REFUSED_PAGE >= total} onClick={() => onPage(from + REFUSED_PAGE)}>
            {t('transfer.refused.next')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
