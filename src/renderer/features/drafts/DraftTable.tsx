import type { ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import type { DraftState } from '#shared/domain/authoring/draft.ts';
import type { DraftSummary } from '#shared/ipc/authoring.ts';
import css from './drafts.module.css';
import { useNow } from './use-drafts.ts';
import { draftTitle, kindText } from './words.ts';

export const STATE_TONES = { draft: 'plain', 'in-review': 'info', approved: 'ok', published: 'ok', retired: 'warn' } as const satisfies Record<DraftState, string>;

export function StateChip({ state }: { state: DraftState }): ReactNode {
  const t = useT();
  return <Chip tone={STATE_TONES[state]}>{t(`draft.state.${state}`)}</Chip>;
}

/** What keeps it, or when it goes out. */
function Note({ draft, now }: { draft: DraftSummary; now: number }): ReactNode {
  const t = useT();
  const language = useLanguage();
  if (draft.behind) return <Chip tone="warn">{t('draft.behind')}</Chip>;
  const missing = draft.required - draft.approvals;
  if ((draft.state === 'in-review' || draft.state === 'approved') && missing > 0) return t('review.approvals-missing', { count: missing });
  if (draft.state !== 'approved' || draft.publishAt === undefined) return null;
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(draft.publishAt);
  return draft.publishAt <= now ? <Chip tone="warn">{t('review.due-since', { when })}</Chip> : t('draft.goes-out', { when });
}

/** Drafts as a list; Enter opens one. */
export function DraftTable({ label, drafts, onOpen, empty }: { label: string; drafts: readonly DraftSummary[]; onOpen: (draft: DraftSummary) => void; empty: ReactNode }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const now = useNow();
  return (
    <Table<DraftSummary>
      label={label}
      rows={drafts}
      rowId={({ id }) => id}
      onOpen={onOpen}
      empty={typeof empty === 'string' ? <EmptyState title={empty} /> : empty}
      columns={[
        { id: 'title', header: t('draft.title'), rowHeader: true, cell: (draft) => <span className={css['name']}>{draftTitle(t, draft.kind, draft.title)}{draft.op === 'retire' ? <span className={css['key']}>{t('draft.retire')}</span> : null}</span> },
        { id: 'kind', header: t('draft.kind'), cell: (draft) => kindText(t, draft.kind), width: '10rem' },
        { id: 'state', header: t('draft.state'), cell: (draft) => <StateChip state={draft.state} />, width: '9rem' },
        { id: 'author', header: t('review.author'), cell: (draft) => draft.author.name, width: '11rem' },
        { id: 'note', header: t('draft.note'), cell: (draft) => (<Note draft={draft} now={now} />), width: '12rem' },
        { id: 'changed', header: t('draft.changed'), cell: (draft) => time.format(draft.updatedAt), width: '11rem' },
      ]}
    />
  );
}
