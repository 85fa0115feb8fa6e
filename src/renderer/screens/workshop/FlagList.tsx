import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { kindText, useKeptText } from '#renderer/features/drafts/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import type { OpenDraft } from './use-open-draft.ts';
import css from './Workshop.module.css';

type Inbox = OutputOf<AppContract, 'flags.inbox'>;
type Flagged = Inbox[number];
type Outcome = 'changed' | 'will-change' | 'stays';

/** What agents say is wrong, from every desk whose receipts can be read. Each line leads to the record, and an answer goes back. */
export function FlagList({ open }: { open: OpenDraft }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { client } = useDesk();
  const [inbox, setInbox] = useState<Inbox>([]);
  const [asked, setAsked] = useState<Flagged>();
  const read = useCallback(() => void client.call('flags.inbox', {}).then(setInbox, () => undefined), [client]);
  useEffect(() => {
    read();
    const off = [client.on('channels.changed', read), client.on('desks.changed', read)];
    return () => off.forEach((end) => end());
  }, [client, read]);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return (
    <Pane title={t('lists.flags')} hideTitle body="flush">
      <p className={css['lead']}>{t('lists.flags.lead')}</p>
      <Table<Flagged>
        label={t('lists.flags')}
        rows={inbox}
        rowId={({ desk, flag }) => `${desk} ${flag.id}`}
        empty={<EmptyState title={t('lists.flags.none')} />}
        columns={[
          { id: 'title', header: t('draft.title'), rowHeader: true, width: '20rem', cell: ({ flag }) => flag.about.title },
          { id: 'kind', header: t('draft.kind'), width: '9rem', cell: ({ flag }) => kindText(t, flag.about.kind) },
          { id: 'problem', header: t('lists.flags.problem'), width: '9rem', cell: ({ flag }) => <Chip tone="warn">{t(`flags.problem.${flag.problem}`)}</Chip> },
          { id: 'text', header: t('lists.flags.words'), width: '26rem', cell: ({ flag }) => flag.text },
          { id: 'day', header: t('lists.flags.day'), width: '8rem', cell: ({ flag }) => day.format(flag.at) },
          {
            id: 'do', header: t('lists.flags.do'), width: '12rem', align: 'end',
            cell: (row) => (
              <>
                <Button size="sm" variant="quiet" onClick={() => void open({ from: 'live', kind: row.flag.about.kind, key: row.flag.about.key })}>{t('browse.edit')}</Button>
                {row.reply === undefined ? <Button size="sm" onClick={() => setAsked(row)}>{t('lists.flags.reply')}</Button> : <Chip tone="ok">{t(`flags.outcome.${row.reply.outcome}`)}</Chip>}
              </>
            ),
          },
        ]}
      />
      {asked === undefined ? null : <Reply flagged={asked} onClose={() => { setAsked(undefined); read(); }} />}
    </Pane>
  );
}

function Reply({ flagged, onClose }: { flagged: Flagged; onClose: () => void }): ReactNode {
  const t = useT();
  const toast = useToast();
  const { client } = useDesk();
  const [text, setText] = useKeptText(client, `flag ${flagged.desk} ${flagged.flag.id}`);
  const [outcome, setOutcome] = useState<Outcome>('will-change');
  const [busy, setBusy] = useState(false);
  const send = (): void => {
    setBusy(true);
    void client.call('flags.reply', { desk: flagged.desk, flag: flagged.flag.id, text: text.trim(), outcome }).then((reply) => {
      if (reply.ok) {
        setText('');
        onClose();
      }
      else toast({ tone: 'error', title: t(reply.reason === 'no-key' ? 'workshop.problem.locked-key' : reply.reason === 'read-only' ? 'workshop.problem.cannot-write' : reply.reason === 'gone' ? 'workshop.problem.channel-busy' : 'workshop.problem.gone') });
    }, () => toast({ tone: 'error', title: t('common.failed') })).finally(() => setBusy(false));
  };
  return (
    <Dialog
      open onClose={onClose} title={t('lists.flags.reply-to', { title: flagged.flag.about.title })} closeLabel={t('common.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" busy={busy} disabled={text.trim() === ''} onClick={send}>{t('lists.flags.send')}</Button>
        </>
      }
    >
      <div className={css['answer']}>
        <p className={css['quote']}>{flagged.flag.text}</p>
        <SegmentedField label={t('lists.flags.outcome')} value={outcome} onValueChange={(value) => setOutcome(value as Outcome)} options={(['changed', 'will-change', 'stays'] as const).map((value) => ({ value, label: t(`lists.flags.outcome.${value}`) }))} />
        <NoteArea label={t('lists.flags.answer')} fit="grow" minRows={3} maxRows={8} maxLength={4_000} value={text} onValueChange={setText} data-autofocus />
      </div>
    </Dialog>
  );
}
