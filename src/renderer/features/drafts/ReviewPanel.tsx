import { useState, type ReactNode } from 'react';
import { useLanguage, useT, type MessageKey } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import type { Comment, Draft, Person } from '#shared/domain/authoring/draft.ts';
import type { DraftAction } from '#shared/domain/authoring/transitions.ts';
import type { WorkshopReason } from '#shared/ipc/authoring.ts';
import css from './drafts.module.css';

export type ReviewPanelProps = {
  draft: Draft;
  me: Person | null;
  /** This desk's key may publish for the channel. */
  mayPublish: boolean;
  /** Nobody else could approve. */
  alone: boolean;
  problem: WorkshopReason | undefined;
  act: (action: DraftAction) => Promise<boolean>;
  publish: () => Promise<void>;
};

/** Where a change stands, what can be done with it now, and the talk about it. */
export function ReviewPanel({ draft, me, mayPublish, alone, problem, act, publish }: ReviewPanelProps): ReactNode {
  const t = useT();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [lacking, setLacking] = useState(false);
  const mine = me?.key === draft.author.key;
  const approved = draft.approvals.some(({ by }) => by.key === me?.key);
  const run = (action: DraftAction): void => {
    setBusy(true);
    setLacking(false);
    void act(action).then((done) => {
      setBusy(false);
      if (done) setText('');
    });
  };
  const words = text.trim();
  const say = words === '' ? {} : { text: words };
  const waiting = draft.state === 'in-review' || draft.state === 'approved';
  return (
    <div className={css['review']}>
      <People draft={draft} />
      {problem === undefined ? null : <Banner tone="error" live="alert" title={t(`workshop.problem.${problem}` as MessageKey)} />}
      {draft.comments.length === 0 ? null : <Thread comments={draft.comments} />}
      {me === null ? null : (
        <>
          <NoteArea
            label={t(waiting && !mine ? 'review.your-words-reason' : 'review.your-words')} fit="grow" minRows={2} maxRows={8} value={text} onValueChange={setText} maxLength={4_000}
            hint={lacking ? t('review.reason-needed') : undefined} aria-invalid={lacking || undefined}
          />
          <div className={css['actions']}>
            <Button variant="quiet" disabled={words === '' || busy} onClick={() => run({ type: 'comment', text: words })}>
              {t('review.comment')}
            </Button>
            {waiting && mine ? (
              <Button disabled={busy} onClick={() => run({ type: 'withdraw' })}>
                {t('review.withdraw')}
              </Button>
            ) : null}
            {waiting && !mine && mayPublish ? (
              <Button variant="danger" disabled={busy} onClick={() => (words === '' ? setLacking(true) : run({ type: 'reject', text: words }))}>
                {t('review.reject')}
              </Button>
            ) : null}
            {draft.state === 'draft' && mine ? (
              <Button variant="primary" busy={busy} onClick={() => run({ type: 'submit', ...say })}>
                {t('review.submit')}
              </Button>
            ) : null}
            {draft.state === 'in-review' && mayPublish && (!mine || alone) && !approved ? (
              <Button variant="primary" busy={busy} onClick={() => run({ type: 'approve', ...say })}>
                {t(mine ? 'review.approve-own' : 'review.approve')}
              </Button>
            ) : null}
            {draft.state === 'approved' && mayPublish ? (
              <Button variant="primary" busy={busy} onClick={() => { setBusy(true); void publish().finally(() => setBusy(false)); }}>
                {t('review.publish')}
              </Button>
            ) : null}
          </div>
          <p className={css['lead']}>{t(nextStep(draft, mine, mayPublish, alone))}</p>
        </>
      )}
    </div>
  );
}

/** What happens next, and who does it: the sentence that tells a newcomer where to go. */
function nextStep(draft: Draft, mine: boolean, mayPublish: boolean, alone: boolean): MessageKey {
  switch (draft.state) {
    case 'draft':
      return mine ? 'review.next.submit' : 'review.next.author';
    case 'in-review':
      return mine && !alone ? 'review.next.colleague' : mine ? 'review.next.alone' : draft.approvals.length + 1 < draft.required ? 'review.next.approve-two' : 'review.next.approve';
    case 'approved':
      return mayPublish ? 'review.next.publish' : 'review.next.approver-publishes';
    case 'published':
      return 'review.next.published';
    case 'retired':
      return 'review.next.retired';
  }
}

function People({ draft }: { draft: Draft }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <dl className={css['people']}>
      <dt>{t('review.state')}</dt>
      <dd>{t(`draft.state.${draft.state}`)}</dd>
      <dt>{t('review.author')}</dt>
      <dd>{draft.author.name}</dd>
      <dt>{t('review.approvals')}</dt>
      <dd>{t('review.approvals-of', { count: draft.approvals.length, required: draft.required, names: draft.approvals.map(({ by }) => by.name).join(', ') })}</dd>
      {draft.validFrom === undefined ? null : (
        <>
          <dt>{t('review.from')}</dt>
          <dd>{time.format(draft.validFrom)}</dd>
        </>
      )}
      {draft.release === undefined ? null : (
        <>
          <dt>{t('review.release')}</dt>
          <dd>{draft.release}</dd>
        </>
      )}
    </dl>
  );
}

function Thread({ comments }: { comments: readonly Comment[] }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <ol className={css['thread']} aria-label={t('review.thread')}>
      {comments.map((comment) => (
        <li key={comment.id} data-what={comment.what}>
          <span className={css['said']}>{t(`review.said.${comment.what}`, { who: comment.by.name, when: time.format(comment.at) })}</span>
          {comment.text === '' ? null : <span className={css['words']}>{comment.text}</span>}
        </li>
      ))}
    </ol>
  );
}
