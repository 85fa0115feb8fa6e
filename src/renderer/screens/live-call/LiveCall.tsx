import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SplitPanes } from '#renderer/ui/SplitPanes.tsx';
import type { CallView } from '#shared/ipc/calls.ts';
import { usePicked, useScriptView } from './guidance.ts';
import { useLiveCallKeys } from './live-call-keys.ts';
import { NoteColumn, type ScriptTab } from './NoteColumn.tsx';
import { ScriptColumn, type ScriptDialog } from './ScriptColumn.tsx';
import type { Side } from './SideCard.tsx';
import { WordsColumn } from './WordsColumn.tsx';

/** The main window in a call: script, notes, words to say. Everything is reached by key. */
export function LiveCall({ call, side }: { call: CallView; side: Side }): ReactNode {
  const t = useT();
  const { calls, prompts, settings, knowledge } = useDesk();
  const live = useStore(calls, (state) => state.kind === 'live');
  const known = useStore(knowledge, (state) => state.kind === 'ready');
  const words = useStore(prompts);
  const { panes, wording } = useStore(settings);
  const [picking, setPicking] = useState(false);
  const [dialog, setDialog] = useState<ScriptDialog>();
  const [tab, setTab] = useState<ScriptTab>('trail');
  const noteRef = useRef<HTMLTextAreaElement>(null);
  const factRef = useRef<HTMLInputElement>(null);
  const heardRef = useRef<HTMLInputElement>(null);
  const promptsRef = useRef<HTMLDivElement>(null);
  const frameworkRef = useRef<HTMLElement>(null);
  const listsRef = useRef<HTMLDivElement>(null);
  const capturedRef = useRef<HTMLDivElement>(null);
  const view = useScriptView(wording);
  const situation = words.kind === 'open' ? words.situation : undefined;
  const picked = usePicked(call, situation === undefined ? undefined : { situation });
  const backToNote = (): void => noteRef.current?.focus();

  useEffect(() => {
    noteRef.current?.focus();
    setPicking(false);
    setDialog(undefined);
  }, [call.id]);
  useLiveCallKeys({
    view, picked, side, setPicking: () => setPicking((on) => !on), setDialog, setTab,
    refs: { noteRef, factRef, heardRef, promptsRef, frameworkRef, listsRef, capturedRef },
  });

  if (!live) return null;
  const [scriptShare, wordsShare] = panes;
  // The note is there from the first moment; script and words follow when the knowledge is read.
  const waiting = <Pane title={t('common.loading')}>{null}</Pane>;
  return (
    <SplitPanes
      panes={[
        { id: 'script', content: !known ? waiting : <ScriptColumn call={call} view={view} side={side} picking={picking} setPicking={setPicking} dialog={dialog} setDialog={setDialog} backToNote={backToNote} />, size: scriptShare, min: 20 },
        { id: 'notes', content: <NoteColumn view={view} tab={tab} setTab={setTab} noteRef={noteRef} factRef={factRef} listsRef={listsRef} capturedRef={capturedRef} />, size: 100 - scriptShare - wordsShare, min: 20 },
        { id: 'words', content: !known ? waiting : <WordsColumn call={call} view={view} side={side} picked={picked} promptsRef={promptsRef} frameworkRef={frameworkRef} heardRef={heardRef} backToNote={backToNote} />, size: wordsShare, min: 18 },
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
