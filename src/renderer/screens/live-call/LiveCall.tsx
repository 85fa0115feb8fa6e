import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { NotePane, NoteSaved } from '#renderer/features/calls/index.ts';
import { PromptPane } from '#renderer/features/prompts/index.ts';
import { Outline, ScriptPane, ScriptPicker, TrailList } from '#renderer/features/scripts/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SplitPanes } from '#renderer/ui/SplitPanes.tsx';
import { Tabs } from '#renderer/ui/Tabs.tsx';
import type { CallView } from '#shared/ipc/calls.ts';
import { callFacts, suggestedSituation, usePicked, useScriptView } from './guidance.ts';
import css from './LiveCall.module.css';
import { MustSay } from './MustSay.tsx';
import { SideCard, type Side } from './SideCard.tsx';
import { useLiveCallKeys } from './live-call-keys.ts';

/** The main window in a call: script, notes, words to say. Everything is reached by key. */
export function LiveCall({ call, side }: { call: CallView; side: Side }): ReactNode {
  const t = useT();
  const { calls, scripts, prompts, settings, knowledge } = useDesk();
  const state = useStore(calls);
  const script = useStore(scripts);
  const words = useStore(prompts);
  const known = useStore(knowledge);
  const { panes, sector, wording } = useStore(settings);
  const [picking, setPicking] = useState(false);
  const [tab, setTab] = useState('trail');
  const noteRef = useRef<HTMLTextAreaElement>(null);
  const promptsRef = useRef<HTMLDivElement>(null);
  const view = useScriptView(wording);
  const situation = words.kind === 'open' ? words.situation : undefined;
  const picked = usePicked(call, situation);

  useEffect(() => noteRef.current?.focus(), [call.id]);
  useLiveCallKeys({ view, noteRef, promptsRef, picked, togglePicker: () => setPicking((on) => !on) });

  if (state.kind !== 'live' || known.kind !== 'ready') return null;
  const choosing = picking || view === null;
  const openScript = (id: string): void => {
    scripts.actions.open(id, callFacts(call));
    setPicking(false);
    noteRef.current?.focus();
  };
  const article = view?.step.article === undefined ? undefined : known.records.article.find((one) => one.id === view.step.article);

  const scriptPane = (
    <Pane
      title={choosing ? t('script.pick') : (view?.script.title ?? t('script.title'))}
      toolbar={
        view === null ? undefined : (
          <>
            <SegmentedField
              label={t('script.wording')}
              hideLabel
              value={wording}
              onValueChange={(value) => void settings.actions.update({ wording: value === 'cue' ? 'cue' : 'full' })}
              options={[
                { value: 'full', label: t('script.full') },
                { value: 'cue', label: t('script.cue') },
              ]}
            />
            <Button size="sm" variant="quiet" hotkey="f4" pressed={picking} onClick={() => setPicking((on) => !on)}>
              {t('script.change')}
            </Button>
          </>
        )
      }
    >
      {choosing ? (
        <ScriptPicker scripts={known.records.script} queue={call.queue} sector={sector} onPick={openScript} />
      ) : (
        <ScriptPane
          view={view}
          refusal={script.kind === 'open' ? script.refusal : undefined}
          perform={scripts.actions.do}
          article={article === undefined ? undefined : { title: article.title, open: () => side.open({ kind: 'article', key: article.id }) }}
        />
      )}
    </Pane>
  );

  const notePane = (
    <div className={css['middle']}>
      <Pane title={t('note.title')} aside={<NoteSaved status={state.noteStatus} />} scroll={false}>
        {state.recovered ? (
          <Banner tone="info" live="status" title={t('call.recovered.title')} dismiss={{ label: t('common.close'), onDismiss: calls.actions.dismissRecovery }}>
            {t('call.recovered.text')}
          </Banner>
        ) : null}
        <NotePane note={state.note} status={state.noteStatus} onType={calls.actions.type} inputRef={noteRef} />
      </Pane>
      {view === null ? null : (
        <div className={css['below']}>
          <Tabs
            label={t('script.title')}
            value={tab}
            onChange={setTab}
            fill
            tabs={[
              { id: 'trail', label: t('script.trail'), panel: <TrailList view={view} perform={scripts.actions.do} /> },
              { id: 'must-say', label: t('script.must-say'), ...(view.owedCount === 0 ? {} : { count: String(view.owedCount) }), panel: <MustSay view={view} perform={scripts.actions.do} /> },
              { id: 'outline', label: t('script.outline'), panel: <Outline view={view} perform={scripts.actions.do} /> },
            ]}
          />
        </div>
      )}
    </div>
  );

  const wordsPane =
    side.current !== undefined ? (
      <SideCard side={side} />
    ) : (
      <Pane title={t('prompts.title')}>
        {words.kind === 'open' ? (
          <PromptPane state={words} actions={prompts.actions} picked={picked} frameworks={known.records.framework} suggested={suggestedSituation(view)} rootRef={promptsRef} />
        ) : null}
      </Pane>
    );

  const [scriptShare, wordsShare] = panes;
  return (
    <SplitPanes
      panes={[
        { id: 'script', content: scriptPane, size: scriptShare, min: 20 },
        { id: 'notes', content: notePane, size: 100 - scriptShare - wordsShare, min: 20 },
        { id: 'words', content: wordsPane, size: wordsShare, min: 18 },
      ]}
      handleLabel={(index) => t(index === 0 ? 'live.handle-script' : 'live.handle-words')}
      onSizesChange={([first, , last]) => {
        if (first !== undefined && last !== undefined) void settings.actions.update({ panes: [clamp(first), clamp(last)] });
      }}
    />
  );
}

function clamp(share: number): number {
  return Math.min(60, Math.max(15, Math.round(share)));
}
