import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Table, type Column } from '#renderer/ui/Table.tsx';
import { problemText } from '#shared/domain/transfer/problem-text.ts';
import { amountText, type PreviewRow } from './preview-rows.ts';
import css from './transfer.module.css';

/** The first rows as the products they would become; a row that would be refused says why. */
export function PreviewTable({ rows }: { rows: readonly PreviewRow[] }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const columns: Column<PreviewRow>[] = [
    { id: 'row', header: t('transfer.preview.row'), width: '3.5rem', align: 'end', cell: ({ row }) => row },
    { id: 'sku', header: t('transfer.target.sku'), width: '10rem', cell: ({ product }) => <bdi className={css['code']}>{product?.sku ?? ''}</bdi> },
    {
      id: 'name',
      header: t('transfer.target.name'),
      rowHeader: true,
      cell: ({ product, problems }) => (
        <div className={css['product']}>
          {problems.map((problem) => (
            <span key={`${problem.code} ${problem.column}`} className={css['problem']}>
              <IconAlertTriangle aria-hidden />
              {problem.column === '' ? problemText(t, problem) : `${problem.column}: ${problemText(t, problem)}`}
            </span>
          ))}
          <span>{product?.name ?? ''}</span>
          <span className={css['second']}>{product === undefined ? '' : details(product)}</span>
        </div>
      ),
    },
    { id: 'price', header: t('transfer.target.price'), width: '7rem', align: 'end', cell: ({ product }) => amountText(product?.price, language) },
  ];
  return <Table label={t('transfer.preview')} columns={columns} rows={rows} rowId={({ row }) => String(row)} empty={t('transfer.preview.none')} />;
}

/** Everything else that came with the row, in one line. */
function details(product: NonNullable<PreviewRow['product']>): string {
  const { brand, manufacturer, model, category, type, barcodes, stockNote, billing, facts } = product;
  return [
    brand ?? manufacturer, model, category?.join(' › '), type, barcodes?.join(', '),
    billing === undefined ? undefined : [billing.interval, billing.unit].filter(Boolean).join(' / '), stockNote,
    ...(facts ?? []).slice(0, 4).map(({ name, value }) => `${name}: ${value}`),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}
