import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft, IconTrash } from '@tabler/icons-react';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { AnnouncementReach } from '#renderer/features/desks/index.ts';
import { ChangesView, ConflictView, createDraftSession, draftTitle, kindText, ReviewPanel, StateChip, useNow, type Me, type SessionState } from '#renderer/features/drafts/index.ts';
import { useLanguage, useT, type MessageKey } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SavedIndicator } from '#renderer/ui/SavedIndicator.tsx';
import { Tabs } from '#renderer/ui/Tabs.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import { announcementSchema } from '#shared/domain/announcement.ts';
import { THIS_DESK, type Draft } from '#shared/domain/authoring/draft.ts';
import { findingsOf } from '#shared/domain/authoring/findings.ts';
import { titleOf } from '#shared/domain/authoring/title.ts';
import { isAimed } from '#shared/domain/news/desk-lag.ts';
import { announcementDigest } from '#shared/domain/news/due.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { DraftPictures } from './DraftPictures.tsx';
import { LocalPanel } from './LocalPanel.tsx';
import { RecordEditor } from './RecordEditor.tsx';
import { ScheduleFields } from './ScheduleFields.tsx';
import { TryOut } from './TryOut.tsx';
import { useComparison } from './use-comparison.ts';
import { usePictures } from './use-pictures.ts';
import css from './Workshop.module.css';

type Props = { id: string; me: Me; onClose: () => void; /** Shows a draft. */ onShow: (id: string) => void };

/** One draft from writing to publishing: the editor, what it changes, and the talk about it. */
export function DraftPage({ id, me, onClose, onShow }: Props): ReactNode {
  const t = useT();
  const { client } = useDesk();
  const session = useMemo(() => createDraftSession(client, id), [client, id]);
  const state = useStore(session);
  useEffect(() => {
    void session.actions.load();
    const off = client.on('drafts.changed', () => void session.actions.load());
    return () => {
      off();
      session.actions.close();
    };
  }, [client, session]);
  switch (state.kind) {
    case 'loading':
      return null;
    case 'gone':
      return <EmptyState title={t('draft.gone')} action={<Button onClick={onClose}>{t('draft.back')}</Button>} />;
    case 'open':
      return <OpenDraft key={id} state={state} session={session} me={me} onClose={onClose} onShow={onShow} />;
  }
}

type OpenProps = Omit<Props, 'id'> & { state: Extract<SessionState, { kind: 'open' }>; session: ReturnType<typeof createDraftSession> };

function OpenDraft({ state, session, me, onClose, onShow }: OpenProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const { client, knowledge } = useDesk();
  const known = useStore(knowledge);
  const { draft, record, problem } = state;
  const here = draft.author.key === THIS_DESK;
  const mine = here || me.person?.key === draft.author.key;
  const editable = draft.state === 'draft' && mine && draft.op === 'put';
  const [tab, setTab] = useState(editable ? 'edit' : 'changes');
  const comparison = useComparison(client, draft);
  const library = useMemo(() => createScriptLibrary(known.kind === 'ready' ? known.all.script : []), [known]);
  const findings = useMemo(() => (draft.op === 'retire' ? [] : findingsOf(draft.kind, record, draft.kind === 'script' ? library : undefined)), [draft.kind, draft.op, record, library]);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const title = titleOf(draft.kind, record, language);
  const now = useNow();
  const { picture } = usePictures(client, draft.kind === 'article' && typeof record['body'] === 'string' ? record['body'] : '');
  const [dated, setDated] = useState(true);
  const { actions } = session;
  const close = (): void => void actions.flush().then(onClose);
  useHotkeys(
    [
      { id: 'draft-undo', keys: 'mod+z', label: t('draft.undo'), group: t('screen.workshop'), whileTyping: true, enabled: editable && draft.canUndo, run: () => void actions.undo() },
      { id: 'draft-redo', keys: 'mod+shift+z', label: t('draft.redo'), group: t('screen.workshop'), whileTyping: true, enabled: editable && draft.canRedo, run: () => void actions.redo() },
      { id: 'draft-close', keys: 'alt+arrowleft', label: t('draft.back'), group: t('screen.workshop'), whileTyping: true, run: close },
    ],
    { scope: 'draft' },
  );
  const publish = async (): Promise<void> => {
    const reply = await client.call('authoring.publish', { ids: [draft.id] });
    if (reply.ok) {
      toast({ tone: 'ok', title: t('review.done', { release: reply.release }) });
      await actions.reload();
    } else toast({ tone: 'error', title: t(`workshop.problem.${reply.reason}` as MessageKey) });
  };

  // Nothing is lost by it: for 30 days it can be brought back, from here at once.
  const discard = (): void => {
    void actions.flush().then(() => client.call('authoring.discard', { id: draft.id })).then(() => {
      toast({ tone: 'info', title: t('draft.discarded'), action: { label: t('draft.bring-back'), onAction: () => void client.call('authoring.restore', { id: draft.id }).then(() => onShow(draft.id)) } });
      onClose();
    });
  };
  const conflict = comparison?.behind === true && (draft.state === 'draft' || draft.state === 'in-review' || draft.state === 'approved');
  const review = (
    <ReviewPanel client={client} draft={draft} me={me} now={now} dated={dated || !editable} problem={problem} act={(action) => actions.act(action)} publish={publish} />
  );
  const changes = conflict && mine && draft.state === 'draft' && comparison !== undefined ? (
    <ConflictView base={comparison.base} live={comparison.live} mine={record} busy={false} onResolve={(merged) => void actions.resolve(comparison.liveVer, merged).then((done) => { if (done) setTab('changes'); })} />
  ) : (
    <div className={css['changes']}>
      {conflict ? <Banner tone="warn" title={t('conflict.waiting')} /> : null}
      <ChangesView kind={draft.kind} before={draft.state === 'published' || draft.state === 'retired' ? draft.base : (comparison?.live ?? draft.base)} after={draft.op === 'retire' ? null : record} image={(id) => picture(id)?.address} />
      {draft.kind === 'article' && draft.op === 'put' ? <DraftPictures body={typeof record['body'] === 'string' ? record['body'] : ''} small={draft.base === null && (comparison?.live ?? null) === null} /> : null}
    </div>
  );
  const tabs = [
    ...(editable ? [{ id: 'edit', label: t('draft.tab.edit'), panel: <RecordEditor kind={draft.kind} record={record} onChange={actions.change} findings={findings} person={me.person?.name ?? ''} /> }] : []),
    { id: 'changes', label: t(conflict ? 'draft.tab.conflict' : 'draft.tab.changes'), panel: changes },
    ...(draft.kind === 'script' && draft.op === 'put' ? [{ id: 'try', label: t('draft.tab.try'), panel: <TryOut record={record} /> }] : []),
  ];
  return (
    <div className={css['page']}>
      <header className={css['head']}>
        <Button variant="quiet" icon={<IconArrowLeft className="flip-rtl" />} hotkey="alt+arrowleft" onClick={close}>
          {t('draft.back')}
        </Button>
        <h2 className={css['title']}>{draftTitle(t, draft.kind, title)}</h2>
        <span className={css['kind']}>{kindText(t, draft.kind)}</span>
        <StateChip state={draft.state} />
        {errors === 0 ? null : <Chip tone="warn">{t('draft.errors', { count: errors })}</Chip>}
        <span className={css['space']} />
        {editable ? (
          <>
            <SavedIndicator
              state={state.saving === 'saved' ? { kind: 'saved', at: state.savedAt } : { kind: state.saving }}
              labels={{ saving: t('note.saving'), saved: (time) => t('note.saved', { time }), unsaved: t('note.unsaved') }}
              formatTime={(at) => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(at)}
            />
            <IconButton label={t('draft.discard')} icon={<IconTrash />} onClick={discard} />
            <IconButton label={t('draft.undo')} hotkey="mod+z" icon={<IconArrowBackUp />} disabled={!draft.canUndo} onClick={() => void actions.undo()} />
            <IconButton label={t('draft.redo')} hotkey="mod+shift+z" icon={<IconArrowForwardUp />} disabled={!draft.canRedo} onClick={() => void actions.redo()} />
          </>
        ) : null}
      </header>
      {problem === 'stale' ? (
        <Banner tone="warn" live="alert" title={t('workshop.problem.stale')} action={<Button size="sm" onClick={() => void actions.reload()}>{t('draft.reload')}</Button>} />
      ) : null}
      <div className={css['split']}>
        <div className={css['main']}>
          <Tabs label={title} tabs={tabs} value={tabs.some((one) => one.id === tab) ? tab : 'changes'} onChange={setTab} fill />
        </div>
        <aside className={css['aside']}>
          <Pane title={t(here ? 'here.title' : 'review.title')} level={3}>
            {editable && !here ? <ScheduleFields draft={draft} policy={me.policy} onChange={(from, until) => void actions.act({ type: 'schedule', from, until })} onRequire={(approvals) => void actions.act({ type: 'require', approvals })} onReadable={setDated} /> : null}
            {draft.kind === 'announcement' && draft.state === 'published' && draft.op === 'put' ? <PublishedReach draft={draft} record={record} /> : null}
            {here ? <LocalPanel id={draft.id} rev={draft.rev} flush={actions.flush} onDone={onClose} /> : review}
          </Pane>
        </aside>
      </div>
    </div>
  );
}

/** Who has the announcement that was just published, and where it was acknowledged, as it happens. */
function PublishedReach({ draft, record }: { draft: Draft; record: Extract<SessionState, { kind: 'open' }>['record'] }): ReactNode {
  const { client } = useDesk();
  const parsed = useMemo(() => announcementSchema.safeParse(record), [record]);
  if (!parsed.success) return null;
  return <AnnouncementReach client={client} about={{ id: draft.key, digest: announcementDigest(parsed.data), ...(draft.release === undefined ? {} : { release: draft.release }), ...(parsed.data.targets === undefined ? {} : { targets: parsed.data.targets }) }} acknowledge={parsed.data.acknowledge !== 'no'} aimed={isAimed(parsed.data)} />;
}
