import { IconEyeOff } from '@tabler/icons-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { kindText } from '#renderer/features/drafts/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { LocalChange, LocalReason } from '#shared/ipc/local.ts';
import { BaseOrder } from './BaseOrder.tsx';
import { useOpenDraft } from './use-open-draft.ts';
import css from './Workshop.module.css';

/** What this desk has otherwise than others: records it changed for itself, and which knowledge base decides. */
export function OnThisDesk({ onOpen, onBrowse }: { onOpen: (id: string) => void; onBrowse: () => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const { client } = useDesk();
  const open = useOpenDraft(onOpen);
  const [changes, setChanges] = useState<readonly LocalChange[]>();
  const read = useCallback(() => void client.call('local.list', {}).then((found) => setChanges(found.changes), () => undefined), [client]);
  useEffect(() => {
    read();
    return client.on('knowledge.changed', read) as () => void;
  }, [client, read]);
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const told = (reply: { ok: true } | { ok: false; reason: LocalReason }): void => {
    if (!reply.ok) toast({ tone: 'error', title: t(`here.problem.${reply.reason}`) });
    read();
  };
  const undo = ({ kind, key, inUse, draft }: LocalChange): void => {
    if (inUse) void client.call('local.undo', { kind, key }).then(told);
    else if (draft !== undefined) void client.call('authoring.discard', { id: draft }).then(read);
  };
  const edit = ({ kind, key }: LocalChange): void => void open({ from: 'here', kind, key });
  return (
    <Pane title={t('workshop.here')} hideTitle body="flush">
      <BaseOrder />
      <h3 className={css['heading']}>{t('here.changes')}</h3>
      <p className={css['lead']}>{t('here.changes-lead')}</p>
      <Table<LocalChange>
        label={t('here.changes')}
        rows={changes ?? []}
        rowId={({ kind, key }) => `${kind} ${key}`}
        onOpen={edit}
        empty={changes === undefined ? null : <EmptyState title={t('here.none')} action={<Button onClick={onBrowse}>{t('draft.start')}</Button>}>{t('here.none-text')}</EmptyState>}
        columns={[
          { id: 'title', header: t('draft.title'), rowHeader: true, cell: (row) => row.title },
          { id: 'kind', header: t('draft.kind'), width: '9rem', cell: (row) => kindText(t, row.kind) },
          { id: 'state', header: t('draft.state'), width: '17rem', cell: (row) => <State row={row} /> },
          { id: 'by', header: t('here.by'), width: '9rem', cell: (row) => row.by },
          { id: 'at', header: t('draft.changed'), width: '11rem', cell: (row) => time.format(row.at) },
          {
            id: 'do', header: t('browse.more'), width: '16rem', align: 'end',
            cell: (row) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- keeps a press of the buttons from opening the row
              <span className={css['rowButtons']} onClick={(event) => event.stopPropagation()}>
                {row.signed === 'changed' ? <Button size="sm" variant="quiet" onClick={() => void client.call('local.keep', { kind: row.kind, key: row.key }).then(told)}>{t(row.hidden ? 'here.keep-hidden' : 'here.keep')}</Button> : null}
                <Button size="sm" onClick={() => undo(row)}>{t(!row.inUse ? 'draft.discard' : row.hidden ? 'here.show-again' : 'here.undo')}</Button>
              </span>
            ),
          },
        ]}
      />
    </Pane>
  );
}

function State({ row }: { row: LocalChange }): ReactNode {
  const t = useT();
  if (!row.inUse) return <Chip>{t('here.state.begun')}</Chip>;
  return (
    <span className={css['chips']}>
      {row.hidden ? <Chip tone="plain" icon={<IconEyeOff aria-hidden />}>{t('here.state.hidden')}</Chip> : null}
      {row.signed !== 'same' ? <Chip tone="warn">{t(`here.state.${row.signed}`)}</Chip> : row.hidden ? null : <Chip tone="info">{t('here.state.in-use')}</Chip>}
    </span>
  );
}
