import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import type { Client } from '#renderer/ipc/client.ts';
import { Button } from '#renderer/ui/Button.tsx';
import { ConfirmDialog } from '#renderer/ui/ConfirmDialog.tsx';
import { Table, type Column } from '#renderer/ui/Table.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import type { Learned } from '#shared/ipc/suggest.ts';
import css from './suggest.module.css';

type Memory = OutputOf<AppContract, 'suggest.memory'>;
/** Examples on one page. */
const PAGE = 25;

/** What suggestions learned on this desk: how much, from what, and the ways to take it out, away, or along. */
export function LearnedList({ client }: { client: Client }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const [memory, setMemory] = useState<Memory>();
  const [from, setFrom] = useState(0);
  const [asking, setAsking] = useState(false);
  const load = useCallback((): void => void client.call('suggest.memory', { from, count: PAGE }).then(setMemory, () => undefined), [client, from]);
  useEffect(load, [load]);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const failed = (): void => toast({ tone: 'error', title: t('common.failed') });

  const forget = ({ callId }: Learned): void => {
    void client.call('suggest.forget', { callId }).then(() => {
      toast({ tone: 'ok', title: t('memory.forgotten') });
      load();
    }, failed);
  };
  const save = async (): Promise<void> => {
    const file = await client.call('suggest.export', {});
    const { saved } = await client.call('app.save-file', file);
    if (saved) toast({ tone: 'ok', title: t('memory.exported') });
  };
  const eraseAll = (): void => {
    setAsking(false);
    void client.call('suggest.erase', {}).then(({ complete }) => {
      toast(complete ? { tone: 'ok', title: t('memory.erased') } : { tone: 'warn', title: t('common.failed') });
      setFrom(0);
      load();
    }, failed);
  };

  if (memory === undefined) return null;
  const { calls, scripts, since, examples } = memory;
  const columns: Column<Learned>[] = [
    { id: 'words', header: t('memory.learned.words'), rowHeader: true, cell: ({ words }) => <span className={css['learned']}>{words}</span> },
    { id: 'script', header: t('memory.learned.script'), cell: ({ script, title }) => (script === null ? t('memory.none-of-these') : title) },
    { id: 'source', header: t('memory.learned.source'), cell: ({ source }) => t(`memory.source.${source}`) },
    { id: 'day', header: t('memory.learned.day'), width: '8rem', cell: ({ at }) => day.format(at) },
    {
      id: 'forget',
      header: '',
      width: '7rem',
      align: 'end',
      cell: (example) => (
        <Button size="sm" variant="quiet" aria-label={t('memory.forget-of', { words: example.words })} onClick={() => forget(example)}>
          {t('memory.forget')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <p className={css['size']}>{since === undefined ? t('memory.learned.none') : t('memory.learned.size', { calls, scripts, since: day.format(since) })}</p>
      <div className={css['tools']}>
        <Button size="sm" disabled={calls === 0} onClick={() => void save().catch(failed)}>
          {t('memory.export')}
        </Button>
        <Button size="sm" variant="danger" disabled={calls === 0} onClick={() => setAsking(true)}>
          {t('memory.erase')}
        </Button>
      </div>
      {calls === 0 ? null : <Table label={t('memory.learned')} columns={columns} rows={examples} rowId={({ callId }) => callId} />}
      {calls <= PAGE ? null : (
        <div className={css['tools']}>
          <span>{t('memory.page', { from: from + 1, to: from + examples.length, total: calls })}</span>
          <Button size="sm" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - PAGE))}>
            {t('memory.newer')}
          </Button>
          <Button size="sm" disabled={from + PAGE >= calls} onClick={() => setFrom(from + PAGE)}>
            {t('memory.older')}
          </Button>
        </div>
      )}
      <ConfirmDialog open={asking} onClose={() => setAsking(false)} onConfirm={eraseAll} title={t('memory.erase')} words={{ close: t('common.close'), cancel: t('common.cancel'), confirm: t('common.delete') }}>
        {t('memory.erase.sure')}
      </ConfirmDialog>
    </>
  );
}
