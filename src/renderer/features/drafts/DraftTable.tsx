import type { ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import type { DraftState } from '#shared/domain/authoring/draft.ts';
import type { DraftSummary } from '#shared/ipc/authoring.ts';
import css from './drafts.module.css';
import { kindText } from './words.ts';

export const STATE_TONES = { draft: 'plain', 'in-review': 'info', approved: 'ok', published: 'ok', retired: 'warn' } as const satisfies Record<DraftState, string>;

export function StateChip({ state }: { state: DraftState }): ReactNode {
  const t = useT();
  return <Chip tone={STATE_TONES[state]}>{t(`draft.state.${state}`)}</Chip>;
}

/** Drafts as a list; Enter opens one. */
export function DraftTable({ label, drafts, onOpen, empty }: { label: string; drafts: readonly DraftSummary[]; onOpen: (draft: DraftSummary) => void; empty: ReactNode }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Table<DraftSummary>
      label={label}
      rows={drafts}
      rowId={({ id }) => id}
      onOpen={onOpen}
      empty={typeof empty === 'string' ? <EmptyState title={empty} /> : empty}
      columns={[
        { id: 'title', header: t('draft.title'), rowHeader: true, cell: (draft) => <span className={css['name']}>{draft.title === '' ? t('draft.untitled') : draft.title}{draft.op === 'retire' ? <span className={css['key']}>{t('draft.retire')}</span> : null}</span> },
        { id: 'kind', header: t('draft.kind'), cell: (draft) => kindText(t, draft.kind), width: '10rem' },
        { id: 'state', header: t('draft.state'), cell: (draft) => <StateChip state={draft.state} />, width: '9rem' },
        { id: 'author', header: t('review.author'), cell: (draft) => draft.author.name, width: '11rem' },
        { id: 'note', header: t('draft.note'), cell: (draft) => (draft.behind ? <Chip tone="warn">{t('draft.behind')}</Chip> : draft.state === 'in-review' ? t('draft.approvals', { count: draft.approvals, required: draft.required }) : ''), width: '12rem' },
        { id: 'changed', header: t('draft.changed'), cell: (draft) => time.format(draft.updatedAt), width: '11rem' },
      ]}
    />
  );
}
