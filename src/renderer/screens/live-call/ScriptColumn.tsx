import { IconArrowBackUp, IconArrowForwardUp, IconDots, IconFileExport, IconFileImport, IconPhonePause, IconPlayerPause } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { OriginMark } from '#renderer/features/knowledge/index.ts';
import { FlagButton } from '#renderer/features/news/index.ts';
import { HandOverDialog, PauseDialog, ScriptPane, ScriptPicker, type PauseRequest } from '#renderer/features/scripts/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { MenuButton, type MenuEntry } from '#renderer/ui/MenuButton.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import type { ScriptView } from '#shared/domain/scripts/view.ts';
import type { CallView } from '#shared/ipc/calls.ts';
import { callFacts, useOtherLanguage } from './guidance.ts';
import { useScriptMarks } from './use-script-marks.ts';
import css from './LiveCall.module.css';
import type { Side } from './SideCard.tsx';
import { useHandOver } from './use-hand-over.ts';
import { useWaiting } from './use-paused.ts';

export type ScriptDialog = 'pause' | 'hand-over';
export type ScriptColumnProps = {
  call: CallView;
  view: ScriptView | null;
  side: Side;
  picking: boolean;
  setPicking: (on: boolean) => void;
  dialog: ScriptDialog | undefined;
  setDialog: (dialog: ScriptDialog | undefined) => void;
  backToNote: () => void;
};

/** The script of the call: picked, walked, put aside, handed over, taken up again. */
export function ScriptColumn({ call, view, side, picking, setPicking, dialog, setDialog, backToNote }: ScriptColumnProps): ReactNode {
  const t = useT();
  const { scripts, settings, knowledge, marks, suggest, news } = useDesk();
  const markOf = useScriptMarks();
  const script = useStore(scripts);
  const known = useStore(knowledge);
  const { sector, wording } = useStore(settings);
  const handOver = useHandOver();
  const otherLanguage = useOtherLanguage(view);
  if (known.kind !== 'ready') return null;
  const choosing = picking || view === null;
  const openScript = (id: string): void => {
    scripts.actions.open(id, callFacts(call));
    suggest.actions.learn(id, 'chosen');
    setPicking(false);
    backToNote();
  };
  const article = view?.step.article === undefined ? undefined : known.records.article.find((one) => one.id === view.step.article);
  const entries: MenuEntry[] = view === null ? [] : [
    { id: 'undo', label: t('script.undo'), icon: <IconArrowBackUp />, hotkey: 'alt+z', disabled: !view.canUndo, onSelect: () => scripts.actions.do({ type: 'undo' }) },
    { id: 'redo', label: t('script.redo'), icon: <IconArrowForwardUp />, hotkey: 'alt+shift+z', disabled: !view.canRedo, onSelect: () => scripts.actions.do({ type: 'redo' }) },
    { id: 'interrupt', label: t('script.interrupt'), icon: <IconPlayerPause />, hotkey: 'alt+shift+p', disabled: view.status !== 'running', onSelect: () => scripts.actions.do({ type: 'pause', reason: 'interruption' }) },
    { id: 'pause', label: t('script.pause'), icon: <IconPhonePause />, hotkey: 'alt+p', onSelect: () => setDialog('pause') },
    { id: 'hand-over', label: t('script.hand-over'), icon: <IconFileExport />, hotkey: 'alt+h', onSelect: () => setDialog('hand-over') },
  ];
  const toolbar =
    view === null ? (
      <Button size="sm" variant="quiet" icon={<IconFileImport />} hotkey="alt+h" onClick={handOver.takeOver}>
        {t('script.take-over')}
      </Button>
    ) : (
      <>
        <Button size="sm" variant="quiet" hotkey="alt+u" pressed={wording === 'cue'} onClick={() => void settings.actions.update({ wording: wording === 'cue' ? 'full' : 'cue' })}>
          {t('script.cue-only')}
        </Button>
        <Button size="sm" variant="quiet" hotkey="f4" pressed={picking} onClick={() => setPicking(!picking)}>
          {t('script.change')}
        </Button>
        <OriginMark store={marks} kind="script" id={view.script.id} />
        <FlagButton about={{ kind: 'script', key: view.script.id, part: view.step.id, title: `${view.script.title}: ${view.cue}` }} actions={news.actions} />
        <MenuButton button={<IconButton label={t('script.more')} icon={<IconDots />} />} entries={entries} />
      </>
    );
  return (
    <Pane title={choosing ? t('script.pick') : (view?.script.title ?? t('script.title'))} toolbar={toolbar}>
      {handOver.problem === undefined ? null : <Banner tone="warn" live="alert" title={handOver.problem} />}
      {choosing ? (
        <>
          {view === null ? <ResumeOffer call={call} onResumed={backToNote} /> : null}
          <ScriptPicker markOf={markOf} scripts={known.records.script} queue={call.queue} sector={sector} onPick={openScript} />
        </>
      ) : (
        <ScriptPane
          view={view}
          refusal={script.kind === 'open' ? script.refusal : undefined}
          perform={scripts.actions.do}
          carryOn={scripts.actions.carryOn}
          otherLanguage={otherLanguage}
          article={article === undefined ? undefined : { title: article.title, open: () => void side.open({ kind: 'article', key: article.id }) }}
        />
      )}
      {dialog === 'pause' && view !== null ? <Pause call={call} view={view} onClose={() => setDialog(undefined)} /> : null}
      {dialog === 'hand-over' && view !== null ? <HandOverDialog onSave={handOver.save} onClose={() => setDialog(undefined)} /> : null}
    </Pane>
  );
}

/** Puts the walk with a call-back on the list; the script here is paused, so that it is not walked twice. */
function Pause({ call, view, onClose }: { call: CallView; view: ScriptView; onClose: () => void }): ReactNode {
  const { scripts, followUps } = useDesk();
  const save = async ({ text, dueAt, dueWords }: PauseRequest): Promise<boolean> => {
    const paused = scripts.actions.paused();
    if (paused === undefined) return false;
    const who = { ...(call.name === undefined ? {} : { name: call.name }), ...(call.number === undefined ? {} : { number: call.number }) };
    try {
      // The schema of a stored follow-up takes any JSON; the walk is plain data.
      const scriptState = JSON.parse(JSON.stringify(paused)) as NonNullable<Parameters<typeof followUps.actions.create>[0]['scriptState']>;
      await followUps.actions.create({ kind: 'call-back', text, dueAt, dueWords, callId: call.id, ...who, scriptState });
    } catch {
      return false;
    }
    scripts.actions.do({ type: 'pause', reason: 'follow-up' });
    return true;
  };
  return <PauseDialog suggestion={`${view.script.title}: ${view.cue}`} onSave={save} onClose={onClose} />;
}

/** A script that was put aside for this caller. */
function ResumeOffer({ call, onResumed }: { call: CallView; onResumed: () => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { scripts } = useDesk();
  const waiting = useWaiting(call, true);
  if (waiting === undefined) return null;
  const { paused } = waiting;
  const day = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(paused.pausedAt);
  return (
    <div className={css['resume']} role="status">
      <strong>{t('script.resume-offer', { day, title: paused.title })}</strong>
      <span>{t('script.resume-at', { cue: paused.cue })}</span>
      <Button
        size="sm"
        variant="primary"
        hotkey="alt+r"
        data-resume
        onClick={() => {
          if (scripts.actions.resume(paused)) onResumed();
        }}
      >
        {t('script.resume-here')}
      </Button>
    </div>
  );
}
