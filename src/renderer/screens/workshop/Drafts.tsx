import { useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { DraftTable, useDrafts } from '#renderer/features/drafts/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { DraftState } from '#shared/domain/authoring/draft.ts';
import css from './Workshop.module.css';

const OPEN: readonly DraftState[] = ['draft', 'in-review', 'approved'];
const DONE: readonly DraftState[] = ['published', 'retired'];

/** Everything under way on this desk, and what is done. */
export function Drafts({ onOpen, onBrowse }: { onOpen: (id: string) => void; onBrowse: () => void }): ReactNode {
  const t = useT();
  const { client } = useDesk();
  const [done, setDone] = useState(false);
  const [text, setText] = useState('');
  const { list } = useDrafts(client, done ? DONE : OPEN, text);
  return (
    <Pane title={t('workshop.drafts')} hideTitle body="flush">
      <div className={css['tools']}>
        <TextField label={t('workshop.find')} hideLabel placeholder={t('workshop.find')} value={text} onValueChange={setText} />
        <SegmentedField label={t('draft.which')} hideLabel value={done ? 'done' : 'open'} onValueChange={(value) => setDone(value === 'done')} options={[{ value: 'open', label: t('draft.which.open') }, { value: 'done', label: t('draft.which.done') }]} />
      </div>
      <DraftTable
        label={t('workshop.drafts')} drafts={list?.drafts ?? []} onOpen={({ id }) => onOpen(id)}
        empty={<EmptyState title={t(done ? 'draft.none-done' : 'draft.none')} action={done ? undefined : <Button variant="primary" onClick={onBrowse}>{t('draft.start')}</Button>}>{done ? null : t('draft.none-text')}</EmptyState>}
      />
    </Pane>
  );
}

const REVIEW: readonly DraftState[] = ['in-review', 'approved'];

/** What waits for somebody's eyes. */
export function Review({ onOpen }: { onOpen: (id: string) => void }): ReactNode {
  const t = useT();
  const { client } = useDesk();
  const { list } = useDrafts(client, REVIEW, '');
  return (
    <Pane title={t('workshop.review')} hideTitle body="flush">
      <p className={css['lead']}>{t('review.lead')}</p>
      <DraftTable label={t('workshop.review')} drafts={list?.drafts ?? []} onOpen={({ id }) => onOpen(id)} empty={t('review.none')} />
    </Pane>
  );
}
