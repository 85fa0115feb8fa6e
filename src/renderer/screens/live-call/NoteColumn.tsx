import { useRef, type ReactNode, type RefObject } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { EarlierCalls, NotePane, NoteSaved } from '#renderer/features/calls/index.ts';
import { CapturedFields, FactLine, MustSay, Outline, TrailList } from '#renderer/features/scripts/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Tabs } from '#renderer/ui/Tabs.tsx';
import type { ScriptView } from '#shared/domain/scripts/view.ts';
import css from './LiveCall.module.css';
import { useNoteTemplates } from './use-note-templates.ts';
import { usePromises } from './use-promises.ts';

export type ScriptTab = 'trail' | 'must-say' | 'outline';
export type NoteColumnProps = {
  view: ScriptView | null;
  tab: ScriptTab;
  setTab: (tab: ScriptTab) => void;
  noteRef: RefObject<HTMLTextAreaElement | null>;
  factRef: RefObject<HTMLInputElement | null>;
  listsRef: RefObject<HTMLDivElement | null>;
  capturedRef: RefObject<HTMLDivElement | null>;
};

/** The note, what was captured, and where the script stands. */
export function NoteColumn({ view, tab, setTab, noteRef, factRef, listsRef, capturedRef }: NoteColumnProps): ReactNode {
  const t = useT();
  const { calls, scripts } = useDesk();
  const state = useStore(calls);
  const script = useStore(scripts);
  const before = useRef<HTMLElement | null>(null);
  const templates = useNoteTemplates();
  const promises = usePromises(state.kind === 'live' ? state.call : undefined);
  if (state.kind !== 'live') return null;
  const list = { view, perform: (operation: Parameters<typeof scripts.actions.do>[0]) => void scripts.actions.do(operation) };
  const back = (): void => (before.current?.isConnected === true ? before.current : noteRef.current)?.focus();
  return (
    <div className={css['middle']}>
      <Pane title={t('note.title')} body="flush" aside={<NoteSaved status={state.noteStatus} />} scroll={false}>
        {state.recovered ? (
          <Banner tone="info" live="status" title={t('call.recovered.title')} dismiss={{ label: t('common.close'), onDismiss: calls.actions.dismissRecovery }}>
            {t('call.recovered.text')}
          </Banner>
        ) : null}
        <EarlierCalls key={state.call.id} earlier={state.call.earlier} promises={promises} />
        <NotePane note={state.note} status={state.noteStatus} actions={calls.actions} inputRef={noteRef} templates={templates} />
      </Pane>
      {view === null || list.view === null ? null : (
        <>
          <div
            className={css['facts']}
            ref={capturedRef}
            onFocus={(event) => {
              // Where the agent came from: Enter in the fact line goes back there.
              if (event.target === factRef.current && event.relatedTarget instanceof HTMLElement) before.current = event.relatedTarget;
            }}
          >
            {script.kind === 'open' ? <CapturedFields state={script.state} library={script.library} perform={scripts.actions.do} /> : null}
            <FactLine perform={scripts.actions.do} inputRef={factRef} onDone={back} />
          </div>
          <div className={css['below']} ref={listsRef}>
            <Tabs
              label={t('script.title')}
              value={tab}
              onChange={(id) => setTab(id === 'must-say' || id === 'outline' ? id : 'trail')}
              fill
              tabs={[
                { id: 'trail', label: t('script.trail'), panel: <TrailList {...list} view={list.view} /> },
                { id: 'must-say', label: t('script.must-say'), ...(view.owedCount === 0 ? {} : { count: String(view.owedCount) }), panel: <MustSay {...list} view={list.view} /> },
                { id: 'outline', label: t('script.outline'), panel: <Outline {...list} view={list.view} /> },
              ]}
            />
          </div>
        </>
      )}
    </div>
  );
}
