import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { stageOnScreen } from '#renderer/features/prompts/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { HotkeyBinding } from '#renderer/ui/hotkey-registry.ts';
import { frameworkView } from '#shared/domain/prompts/framework.ts';
import type { Picked } from '#shared/domain/prompts/pick.ts';
import type { ScriptView } from '#shared/domain/scripts/view.ts';
import { useFramework } from './guidance.ts';
import type { ScriptTab } from './NoteColumn.tsx';
import type { ScriptDialog } from './ScriptColumn.tsx';
import type { Side } from './SideCard.tsx';

type Refs = {
  noteRef: RefObject<HTMLTextAreaElement | null>;
  factRef: RefObject<HTMLInputElement | null>;
  heardRef: RefObject<HTMLInputElement | null>;
  promptsRef: RefObject<HTMLDivElement | null>;
  frameworkRef: RefObject<HTMLElement | null>;
  listsRef: RefObject<HTMLDivElement | null>;
  capturedRef: RefObject<HTMLDivElement | null>;
};

type Options = {
  view: ScriptView | null;
  picked: Picked;
  side: Side;
  setPicking: () => void;
  setDialog: (dialog: ScriptDialog) => void;
  setTab: (tab: ScriptTab) => void;
  refs: Refs;
};

/** Draws a change at once, so that what it shows can be focused before the agent's next key arrives. */
const shown = (change: () => void, focus: () => void): void => {
  flushSync(change);
  focus();
};

/** The grammar of a live call: Alt with a digit answers from anywhere, so that digits in a note stay digits. */
export function useLiveCallKeys(options: Options): void {
  const script = useScriptKeys(options);
  const words = useWordsKeys(options);
  useHotkeys([...script, ...words], { scope: 'live-call' });
}

function useScriptKeys({ view, setPicking, setDialog, setTab, refs }: Options): HotkeyBinding[] {
  const t = useT();
  const { scripts, settings } = useDesk();
  const state = useStore(scripts);
  const { wording } = useStore(settings);
  const group = t('keys.group.call');
  const { do: perform, carryOn } = scripts.actions;
  const answers = (view?.answers ?? []).filter((answer) => answer.key !== '');
  const open = view !== null;
  const click = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click();
  const show = (tab: ScriptTab): void => {
    shown(() => setTab(tab), () => (refs.listsRef.current?.querySelector<HTMLElement>('[data-list-stop]') ?? refs.listsRef.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]'))?.focus());
  };
  const paused = view?.status === 'paused';
  return [
    ...answers.map((answer) => ({ id: `answer-${answer.key}`, keys: `alt+${answer.key}`, label: t('keys.answer', { key: answer.key, label: answer.label }), group, run: () => void perform({ type: 'answer', answer: answer.id }) })),
    { id: 'script-next', keys: 'alt+enter', label: paused ? t('script.resume') : t('script.next'), group, enabled: open && (paused || view.canNext), run: () => void perform(paused ? { type: 'resume' } : { type: 'next' }) },
    { id: 'script-back', keys: 'alt+arrowleft', label: t('script.back'), group, enabled: view?.canBack === true, run: () => void perform({ type: 'back' }) },
    { id: 'script-skip', keys: 'alt+d', label: t('script.skip'), group, enabled: view?.canSkip === true, run: () => void perform({ type: 'skip' }) },
    { id: 'script-force', keys: 'alt+g', label: t('script.carry-on'), group, enabled: state.kind === 'open' && state.refusal?.forced !== undefined, run: () => void carryOn() },
    { id: 'script-undo', keys: 'alt+z', label: t('script.undo'), group, enabled: view?.canUndo === true, run: () => void perform({ type: 'undo' }) },
    { id: 'script-redo', keys: 'alt+shift+z', label: t('script.redo'), group, enabled: view?.canRedo === true, run: () => void perform({ type: 'redo' }) },
    { id: 'script-fields', keys: 'alt+i', label: t('script.fields-key'), group, enabled: (view?.fields.length ?? 0) > 0, run: () => document.querySelector<HTMLElement>('[data-script-fields] input, [data-script-fields] textarea')?.focus() },
    { id: 'script-fact', keys: 'alt+f', label: t('script.fact'), group, enabled: open, run: () => refs.factRef.current?.focus() },
    { id: 'script-captured', keys: 'alt+e', label: t('script.captured-key'), group, enabled: open, run: () => refs.capturedRef.current?.querySelector<HTMLElement>('[data-captured] button')?.focus() },
    { id: 'script-trail', keys: 'alt+t', label: t('script.trail-key'), group, enabled: open, run: () => show('trail') },
    { id: 'script-must-say', keys: 'alt+m', label: t('script.must-say-key'), group, enabled: open, run: () => show('must-say') },
    { id: 'script-outline', keys: 'alt+o', label: t('script.outline-key'), group, enabled: open, run: () => show('outline') },
    { id: 'script-wording', keys: 'alt+u', label: t('script.cue-only'), group, enabled: open, run: () => void settings.actions.update({ wording: wording === 'cue' ? 'full' : 'cue' }) },
    { id: 'script-interrupt', keys: 'alt+shift+p', label: t('script.interrupt'), group, enabled: view?.status === 'running', run: () => void perform({ type: 'pause', reason: 'interruption' }) },
    { id: 'script-pause', keys: 'alt+p', label: t('script.pause'), group, enabled: open, run: () => setDialog('pause') },
    { id: 'script-hand-over', keys: 'alt+h', label: t('script.hand-over'), group, enabled: open, run: () => setDialog('hand-over') },
    { id: 'script-take-over', keys: 'alt+h', label: t('script.take-over'), group, enabled: !open, run: () => click('[aria-keyshortcuts="Alt+H"]') },
    { id: 'script-resume', keys: 'alt+r', label: t('script.resume-here'), group, enabled: !open, run: () => click('[data-resume]') },
    {
      id: 'script-change',
      keys: 'f4',
      label: t('keys.script-change'),
      group,
      run: () => {
        shown(setPicking, () => document.querySelector<HTMLElement>('[data-script-picker] input')?.focus());
      },
    },
    { id: 'note', keys: 'alt+n', label: t('keys.note'), group, run: () => refs.noteRef.current?.focus() },
  ];
}

function useWordsKeys({ view, picked, side, refs }: Options): HotkeyBinding[] {
  const t = useT();
  const { prompts, settings, knowledge } = useDesk();
  const words = useStore(prompts);
  const known = useStore(knowledge);
  const { tone } = useStore(settings);
  const framework = useFramework(view);
  const group = t('keys.group.call');
  const usage = words.kind === 'open' ? words.usage : undefined;
  const map = known.kind === 'ready' ? known.records.framework.find((one) => one.id === framework.id) : undefined;
  const mapView = map === undefined || usage === undefined ? undefined : frameworkView(map, usage);
  const here = mapView === undefined ? undefined : stageOnScreen(mapView, framework.here);
  const spoken = usage?.tone ?? tone;
  const showWords = (focus: () => void): void => shown(side.close, focus);
  return [
    {
      id: 'prompts',
      keys: 'f6',
      label: t('keys.prompts'),
      group,
      run: () => {
        shown(
          () => {
            side.close();
            prompts.actions.choose(undefined, picked.offers);
          },
          () => refs.promptsRef.current?.focus(),
        );
      },
    },
    { id: 'prompts-other', keys: 'alt+w', label: t('prompts.another'), group, enabled: picked.offers.length > 0, run: () => prompts.actions.others(picked.offers) },
    { id: 'prompts-tone', keys: 'alt+q', label: t('prompts.tone-key'), group, run: () => prompts.actions.setTone(spoken === 'formal' ? 'plain' : 'formal') },
    { id: 'frameworks', keys: 'alt+l', label: t('prompts.frameworks-key'), group, run: () => showWords(() => refs.frameworkRef.current?.querySelector('button')?.focus()) },
    { id: 'stage-done', keys: 'alt+y', label: t('prompts.stage-done'), group, enabled: here !== undefined, run: () => mapView !== undefined && here !== undefined && prompts.actions.stage(mapView.id, here.id, true) },
    { id: 'stage-skip', keys: 'alt+x', label: t('prompts.skip-stage'), group, enabled: here !== undefined, run: () => mapView !== undefined && here !== undefined && prompts.actions.stage(mapView.id, here.id, false) },
    {
      id: 'abuse',
      keys: 'alt+b',
      label: t('abuse.key'),
      group,
      run: () => {
        showWords(() => {
          refs.promptsRef.current?.focus();
          prompts.actions.choose('abusive', picked.offers);
        });
      },
    },
    { id: 'heard', keys: 'alt+s', label: t('suggest.key'), group, run: () => showWords(() => refs.heardRef.current?.focus()) },
  ];
}
