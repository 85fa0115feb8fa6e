import { useEffect, useState, type ReactNode } from 'react';
import type { Client } from '#renderer/ipc/client.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { ConfirmDialog } from '#renderer/ui/ConfirmDialog.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import css from './search.module.css';

type Gaps = OutputOf<AppContract, 'counts.gaps'>;
type Miss = Gaps['gaps'][number];

/** For supervisors: the gaps in the knowledge, as searches show them. */
export function MissList({ client, onWrite }: { client: Client; /** Starts the missing record; where it is absent nobody can write here. */ onWrite?: (text: string) => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [{ gaps: misses, others }, setFound] = useState<Gaps>({ gaps: [], others: 0 });
  const load = (): void => void client.call('counts.gaps', {}).then(setFound, () => undefined);
  useEffect(load, [client]);
  const [clearing, setClearing] = useState(false);
  const clear = (): void => {
    setClearing(false);
    void client.call('search.clear-misses', {}).then(load);
  };
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <>
      <p className={css['missLead']}>{t('misses.lead')} {t('counts.from', { count: others })}</p>
      <Table<Miss>
        label={t('misses.title')}
        columns={[
          { id: 'text', header: t('misses.text'), cell: (miss) => miss.text, rowHeader: true },
          { id: 'kind', header: t('misses.kind'), cell: (miss) => t(miss.found ? 'misses.unused' : 'misses.nothing') },
          { id: 'count', header: t('misses.count'), cell: (miss) => miss.count, align: 'end', width: '6rem' },
          { id: 'desks', header: t('misses.desks'), cell: (miss) => miss.desks, align: 'end', width: '6rem' },
          { id: 'last', header: t('misses.last'), cell: (miss) => day.format(Date.parse(miss.lastDay)), width: '9rem' },
          ...(onWrite === undefined ? [] : [{ id: 'write', header: t('lists.flags.do'), cell: (miss: Miss) => <Button size="sm" variant="quiet" onClick={() => onWrite(miss.text)}>{t('lists.write')}</Button>, align: 'end' as const, width: '8rem' }]),
        ]}
        rows={misses}
        rowId={(miss) => `${miss.text} ${miss.found}`}
        empty={<EmptyState title={t('misses.none')} />}
      />
      {misses.length === 0 ? null : (
        <div className={css['missClear']}>
          <Button size="sm" onClick={() => setClearing(true)}>
            {t('misses.clear')}
          </Button>
        </div>
      )}
      <ConfirmDialog open={clearing} onClose={() => setClearing(false)} onConfirm={clear} title={t('misses.clear-sure')} words={{ close: t('common.close'), cancel: t('common.cancel'), confirm: t('misses.clear') }}>
        <p className={css['description']}>{t('misses.clear-text')}</p>
      </ConfirmDialog>
    </>
  );
}
