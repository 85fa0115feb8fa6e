import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { kindText, StateChip } from '#renderer/features/drafts/index.ts';
import { OriginMark } from '#renderer/features/knowledge/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { MenuButton } from '#renderer/ui/MenuButton.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { KNOWLEDGE_KINDS, type KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import type { Browsed } from '#shared/ipc/authoring.ts';
import type { OpenDraft } from './use-open-draft.ts';
import css from './Workshop.module.css';

const PAGE = 100;

/** Everything the desks know, by kind; Enter starts a change to it. */
export function Browse({ open, onOpen, here }: { open: OpenDraft; onOpen: (id: string) => void; /** The desk holds no key: what is changed stays on it. */ here: boolean }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const { client, marks } = useDesk();
  const [kind, setKind] = useState<KnowledgeKind>('product');
  const [text, setText] = useState('');
  const [from, setFrom] = useState(0);
  const [found, setFound] = useState<OutputOf<AppContract, 'authoring.browse'>>();
  useEffect(() => {
    let here = true;
    const read = (): void => void client.call('authoring.browse', { kind, ...(text === '' ? {} : { text }), from, count: PAGE }).then((page) => { if (here) setFound(page); }, () => undefined);
    const timer = setTimeout(read, 120);
    const off = [client.on('knowledge.changed', read), client.on('drafts.changed', read)];
    return () => {
      here = false;
      clearTimeout(timer);
      off.forEach((end) => end());
    };
  }, [client, kind, text, from]);
  const onDesk = (row: Browsed): void => void open({ from: 'here', kind: row.kind, key: row.key });
  const edit = (row: Browsed): void => here ? onDesk(row) : (row.draft === undefined ? void open({ from: 'live', kind: row.kind, key: row.key }) : onOpen(row.draft.id));
  const hide = (row: Browsed): void => {
    const { kind, key, title } = row;
    void client.call('local.hide', { kind, key }).then((done) => {
      if (done.ok) toast({ tone: 'ok', title: t('here.hidden', { title }), action: { label: t('here.show-again'), onAction: () => void client.call('local.undo', { kind, key }) } });
      else toast({ tone: 'error', title: t(`here.problem.${done.reason}`) });
    });
  };
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const kinds = KNOWLEDGE_KINDS.map((value) => ({ value, label: kindText(t, value) }));
  return (
    <Pane title={t('workshop.knowledge')} hideTitle body="flush">
      <div className={css['tools']}>
        <SelectField label={t('draft.kind')} value={kind} onValueChange={(value) => { setKind(value as KnowledgeKind); setFrom(0); }} options={kinds} />
        <TextField label={t('workshop.find')} value={text} onValueChange={(value) => { setText(value); setFrom(0); }} />
        {here ? null : (
          <Button variant="primary" icon={<IconPlus />} onClick={() => void open({ from: 'new', kind })}>
            {t('browse.new', { kind: kindText(t, kind) })}
          </Button>
        )}
      </div>
      <p className={css['lead']}>{t(here ? 'browse.lead-here' : 'browse.lead')}</p>
      <Table<Browsed>
        label={kindText(t, kind)}
        rows={found?.records ?? []}
        rowId={({ key }) => key}
        onOpen={edit}
        empty={found === undefined ? null : <EmptyState title={t('browse.none')} />}
        columns={[
          { id: 'title', header: t('draft.title'), rowHeader: true, cell: (row) => <>{row.title} <OriginMark store={marks} kind={row.kind} id={row.key} /></> },
          { id: 'key', header: t('browse.key'), cell: (row) => row.key, width: '14rem' },
          { id: 'owner', header: t('browse.owner'), cell: (row) => row.owner ?? '', width: '10rem' },
          { id: 'verified', header: t('browse.verified'), cell: (row) => (row.verifiedAt === undefined ? '' : t('browse.verified-on', { day: day.format(Date.parse(row.verifiedAt)), who: row.verifiedBy ?? '' })), width: '14rem' },
          { id: 'draft', header: t('browse.draft'), cell: (row) => (row.draft === undefined ? null : <StateChip state={row.draft.state} />), width: '9rem' },
          {
            id: 'more', header: t('browse.more'), width: '7rem', align: 'end',
            cell: (row) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- keeps a press of the menu from opening the row
              <span onClick={(event) => event.stopPropagation()}>
                <MenuButton
                  button={<Button size="sm" variant="quiet">{t('browse.more')}</Button>}
                  entries={here ? [
                    { id: 'here', label: t('browse.here'), onSelect: () => onDesk(row) },
                    { id: 'hide', label: t('browse.hide-here'), onSelect: () => hide(row) },
                  ] : [
                    { id: 'edit', label: t('browse.edit'), onSelect: () => edit(row) },
                    { id: 'copy', label: t('browse.copy'), onSelect: () => void open({ from: 'copy', kind: row.kind, key: row.key }) },
                    { id: 'here', label: t('browse.here'), onSelect: () => onDesk(row) },
                    { id: 'hide', label: t('browse.hide-here'), onSelect: () => hide(row) },
                    { id: 'retire', label: t('browse.retire'), danger: true, onSelect: () => void open({ from: 'live', kind: row.kind, key: row.key, op: 'retire' }) },
                  ]}
                />
              </span>
            ),
          },
        ]}
      />
      {found === undefined || found.total <= PAGE ? null : (
        <div className={css['pager']}>
          <output>{t('browse.page', { from: from + 1, to: Math.min(from + PAGE, found.total), total: found.total })}</output>
          <Button size="sm" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - PAGE))}>{t('browse.earlier')}</Button>
          <Button size="sm" disabled={from + PAGE >= found.total} onClick={() => setFrom(from + PAGE)}>{t('browse.later')}</Button>
        </div>
      )}
    </Pane>
  );
}
