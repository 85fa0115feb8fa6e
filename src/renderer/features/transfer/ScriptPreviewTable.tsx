import { useMemo, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { Table, type Column } from '#renderer/ui/Table.tsx';
import { VisuallyHidden } from '#renderer/ui/VisuallyHidden.tsx';
import type { PreviewScript } from '#shared/domain/transfer/script-file.ts';
import css from './transfer.module.css';

export type ScriptPreviewTableProps = { scripts: readonly PreviewScript[]; take: ReadonlySet<string>; onTake: (id: string, on: boolean) => void };

/** Findings of one script shown in its row. */
const SHOWN = 3;
const TONES = { new: 'ok', changed: 'warn', same: 'plain' } as const;

/** The scripts of a file as they would come to the desk, each with what the linter says of it. */
export function ScriptPreviewTable({ scripts, take, onTake }: ScriptPreviewTableProps): ReactNode {
  const t = useT();
  const columns = useMemo((): Column<PreviewScript>[] => [
    {
      id: 'take',
      header: '',
      width: '2.75rem',
      cell: ({ id, title }) => <CheckField label={<VisuallyHidden>{t('script-import.take', { title })}</VisuallyHidden>} value={take.has(id)} onValueChange={(on) => onTake(id, on)} />,
    },
    {
      id: 'title',
      header: t('script-import.script'),
      rowHeader: true,
      cell: ({ id, title, place, description }) => (
        <div className={take.has(id) ? css['product'] : `${css['product']} ${css['left']}`}>
          <span className={css['source']}>{title}</span>
          <span className={css['second']}>{[place, description].filter((part) => part !== '').join(' · ')}</span>
        </div>
      ),
    },
    { id: 'steps', header: t('script-import.steps'), width: '5rem', align: 'end', cell: ({ steps }) => steps },
    { id: 'here', header: t('script-import.here'), width: '9rem', cell: ({ here }) => <Chip tone={TONES[here]}>{t(`script-import.here.${here}`)}</Chip> },
    {
      id: 'findings',
      header: t('script-import.findings'),
      width: 'min(24rem, 36%)',
      cell: ({ findings }) =>
        findings.length === 0 ? (
          <span className={css['second']}>{t('script-import.findings.none')}</span>
        ) : (
          <ul className={css['findings']}>
            {findings.slice(0, SHOWN).map(({ code, params }) => (
              <li key={`${code} ${Object.values(params).join(' ')}`}>{t(code, params)}</li>
            ))}
            {findings.length > SHOWN ? <li>{t('script-import.findings.more', { count: findings.length - SHOWN })}</li> : null}
          </ul>
        ),
    },
  ], [t, take, onTake]);
  return <Table label={t('script-import.list')} columns={columns} rows={scripts} rowId={({ id }) => id} empty={t('script-import.none')} />;
}
