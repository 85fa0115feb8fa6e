import { useState, type ReactNode } from 'react';
import type { Client } from '#renderer/ipc/client.ts';
import { useLanguage, useT, type MessageKey } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { approvalsMissing, approversOf, publishAt, type Comment, type Draft } from '#shared/domain/authoring/draft.ts';
import type { DraftAction } from '#shared/domain/authoring/transitions.ts';
import type { WorkshopReason } from '#shared/ipc/authoring.ts';
import { Chip } from '#renderer/ui/Chip.tsx';
import css from './drafts.module.css';
import { useKeptText } from './kept-text.ts';
import type { Me } from './use-drafts.ts';

export type ReviewPanelProps = {
  /** Keeps words that were typed and not sent. */
  client: Pick<Client, 'call'>;
  draft: Draft;
  /** Who looks at it, and what the channel and the organisation ask for. */
  me: Me;
  /** UTC ms; told anew as time goes by. */
  now: number;
  problem: WorkshopReason | undefined;
  /** False while a day is being written that cannot be read: it would be sent without. */
  dated?: boolean;
  act: (action: DraftAction) => Promise<boolean>;
  publish: () => Promise<void>;
};

/** Where a change stands, what can be done with it now, and the talk about it. */
export function ReviewPanel({ client, draft, me: { person: me, ...asked }, now, problem, dated = true, act, publish }: ReviewPanelProps): ReactNode {
  const t = useT();
  const [text, setText] = useKeptText(client, `review ${draft.id}`);
  const [busy, setBusy] = useState(false);
  const [lacking, setLacking] = useState(false);
  const mine = me?.key === draft.author.key;
  const { mayPublish, alone, unlocked } = asked;
  const missing = approvalsMissing(draft, asked.policy, alone);
  const out = publishAt(draft);
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
      <People draft={draft} me={asked} />
      {draft.state === 'approved' && missing === 0 && out !== undefined && out <= now ? <Due at={out} unlocked={unlocked} mayPublish={mayPublish} /> : null}
      {asked.approversMissing > 0 && mine && waitsForApproval(draft) ? <Banner tone="warn" title={t('review.too-few-approvers', { count: asked.approversMissing })} /> : null}
      {draft.state === 'in-review' && mine && alone ? <Banner tone="warn" title={t('review.alone')} /> : null}
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
              <Button variant="primary" busy={busy} disabled={!dated} onClick={() => run({ type: 'submit', ...say })}>
                {t('review.submit')}
              </Button>
            ) : null}
            {(draft.state === 'in-review' || (draft.state === 'approved' && missing > 0)) && mayPublish && (!mine || alone) && !approved ? (
              <Button variant="primary" busy={busy} onClick={() => run({ type: 'approve', ...say })}>
                {t(mine ? 'review.approve-own' : 'review.approve')}
              </Button>
            ) : null}
            {draft.state === 'approved' && mayPublish && missing === 0 && (out === undefined || out <= now) ? (
              <Button variant="primary" busy={busy} onClick={() => { setBusy(true); void publish().finally(() => setBusy(false)); }}>
                {t('review.publish')}
              </Button>
            ) : null}
          </div>
          {dated ? null : <p className={css['lead']}>{t('schedule.unreadable')}</p>}
          <p className={css['lead']}><NextStep draft={draft} mine={mine} me={asked} missing={missing} out={out !== undefined && out > now ? out : undefined} /></p>
        </>
      )}
    </div>
  );
}

type Asked = Omit<Me, 'person'>;

function waitsForApproval({ state }: Draft): boolean {
  return state === 'draft' || state === 'in-review';
}

/** It should be out by now: it goes by itself, or somebody has to act. */
function Due({ at, unlocked, mayPublish }: { at: number; unlocked: boolean; mayPublish: boolean }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  return (
    <Banner tone="warn" live="status" title={t('review.due-since', { when })}>
      {t(!mayPublish ? 'review.due.approver' : unlocked ? 'review.due.now' : 'review.due.unlock')}
    </Banner>
  );
}

function NextStep({ draft, mine, me, missing, out }: { draft: Draft; mine: boolean; me: Asked; missing: number; /** It goes out then, and not before. */ out: number | undefined }): ReactNode {
  const t = useT();
  const language = useLanguage();
  if (draft.state === 'approved' && missing === 0 && out !== undefined) return t('review.next.scheduled', { when: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(out) });
  return t(nextStep(draft, mine, me, missing), { count: missing });
}

/** What happens next, and who does it: the sentence that tells a newcomer where to go. */
function nextStep(draft: Draft, mine: boolean, { mayPublish, alone }: Asked, missing: number): MessageKey {
  if (draft.state === 'approved' && missing > 0) return 'review.next.more-approvals';
  switch (draft.state) {
    case 'draft':
      return mine ? (alone ? 'review.next.submit-alone' : 'review.next.submit') : 'review.next.author';
    case 'in-review':
      return mine && !alone ? (missing > 1 ? 'review.next.colleagues' : 'review.next.colleague') : mine ? 'review.next.alone' : missing > 1 ? 'review.next.approve-two' : 'review.next.approve';
    case 'approved':
      return mayPublish ? 'review.next.publish' : 'review.next.approver-publishes';
    case 'published':
      return 'review.next.published';
    case 'retired':
      return 'review.next.retired';
  }
}

function People({ draft, me }: { draft: Draft; me: Asked }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const counted = approversOf(draft, me.alone);
  const missing = approvalsMissing(draft, me.policy, me.alone);
  return (
    <dl className={css['people']}>
      <dt>{t('review.state')}</dt>
      <dd>{t(`draft.state.${draft.state}`)}</dd>
      <dt>{t('review.author')}</dt>
      <dd>{draft.author.name}</dd>
      <dt>{t('review.approvals')}</dt>
      <dd>
        {t('review.approvals-of', { count: counted.size, required: Math.max(draft.required, me.policy), some: counted.size === 0 ? 'no' : 'yes', names: draft.approvals.filter(({ by }) => counted.has(by.key)).map(({ by }) => by.name).join(', ') })}
        {missing === 0 || (draft.state !== 'in-review' && draft.state !== 'approved') ? null : <> <Chip tone="info">{t('review.approvals-missing', { count: missing })}</Chip></>}
      </dd>
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
