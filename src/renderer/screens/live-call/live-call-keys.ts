import type { RefObject } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { HotkeyBinding } from '#renderer/ui/hotkey-registry.ts';
import type { Picked } from '#shared/domain/prompts/pick.ts';
import type { ScriptView } from '#shared/domain/scripts/view.ts';

type Options = {
  view: ScriptView | null;
  noteRef: RefObject<HTMLTextAreaElement | null>;
  promptsRef: RefObject<HTMLDivElement | null>;
  picked: Picked;
  togglePicker: () => void;
};

/** The grammar of a live call: Alt with a digit answers from anywhere, so that digits in a note stay digits. */
export function useLiveCallKeys({ view, noteRef, promptsRef, picked, togglePicker }: Options): void {
  const t = useT();
  const { scripts, prompts } = useDesk();
  const group = t('keys.group.call');
  const answers = (view?.answers ?? []).filter((answer) => answer.key !== '');
  const bindings: HotkeyBinding[] = [
    ...answers.map((answer) => ({ id: `answer-${answer.key}`, keys: `alt+${answer.key}`, label: t('keys.answer', { key: answer.key, label: answer.label }), group, run: () => void scripts.actions.do({ type: 'answer', answer: answer.id }) })),
    { id: 'script-next', keys: 'alt+enter', label: t('script.next'), group, enabled: view?.canNext === true, run: () => void scripts.actions.do({ type: 'next' }) },
    { id: 'script-back', keys: 'alt+arrowleft', label: t('script.back'), group, enabled: view?.canBack === true, run: () => void scripts.actions.do({ type: 'back' }) },
    { id: 'script-skip', keys: 'alt+d', label: t('script.skip'), group, enabled: view?.canSkip === true, run: () => void scripts.actions.do({ type: 'skip' }) },
    { id: 'script-undo', keys: 'alt+z', label: t('script.undo'), group, enabled: view?.canUndo === true, run: () => void scripts.actions.do({ type: 'undo' }) },
    { id: 'script-redo', keys: 'alt+shift+z', label: t('script.redo'), group, enabled: view?.canRedo === true, run: () => void scripts.actions.do({ type: 'redo' }) },
    { id: 'script-change', keys: 'f4', label: t('script.change'), group, run: togglePicker },
    { id: 'note', keys: 'alt+n', label: t('keys.note'), group, run: () => noteRef.current?.focus() },
    {
      id: 'prompts',
      keys: 'f6',
      label: t('keys.prompts'),
      group,
      run: () => {
        prompts.actions.choose(undefined);
        // The list of moments must be on screen before a letter can choose from it.
        requestAnimationFrame(() => promptsRef.current?.focus());
      },
    },
    { id: 'prompts-other', keys: 'alt+w', label: t('prompts.another'), group, enabled: picked.offers.length > 0, run: () => prompts.actions.others(picked.offers) },
  ];
  useHotkeys(bindings, { scope: 'live-call' });
}
