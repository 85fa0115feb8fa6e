import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { Operation } from '#renderer/features/scripts/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import type { HotkeyBinding } from '#renderer/ui/hotkey-registry.ts';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { ScriptView } from '#shared/domain/scripts/view.ts';

type Options = {
  view: ScriptView | null;
  perform: (operation: Operation) => void;
  carryOn: () => void;
  pause: () => void;
  end: () => void;
  openWords: () => void;
  promptsRef: RefObject<HTMLDivElement | null>;
};

/** The keys of a call, so that practice trains the hands as well. Escape leaves. */
export function usePractiseKeys({ view, perform, carryOn, pause, end, openWords, promptsRef }: Options): void {
  const t = useT();
  const group = t('screen.practise');
  const answers = (view?.answers ?? []).filter((answer) => answer.key !== '');
  const bindings: HotkeyBinding[] = [
    ...answers.map((answer) => ({ id: `answer-${answer.key}`, keys: `alt+${answer.key}`, label: t('keys.answer', { key: answer.key, label: answer.label }), group, run: () => perform({ type: 'answer', answer: answer.id }) })),
    { id: 'script-next', keys: 'alt+enter', label: t('script.next'), group, enabled: view?.canNext === true, run: () => perform({ type: 'next' }) },
    { id: 'script-back', keys: 'alt+arrowleft', label: t('script.back'), group, enabled: view?.canBack === true, run: () => perform({ type: 'back' }) },
    { id: 'script-skip', keys: 'alt+d', label: t('script.skip'), group, enabled: view?.canSkip === true, run: () => perform({ type: 'skip' }) },
    { id: 'script-force', keys: 'alt+g', label: t('script.carry-on'), group, run: carryOn },
    { id: 'script-fields', keys: 'alt+i', label: t('script.fields-key'), group, enabled: (view?.fields.length ?? 0) > 0, run: () => document.querySelector<HTMLElement>('[data-script-fields] input')?.focus() },
    { id: 'note', keys: 'alt+n', label: t('keys.note'), group, run: () => document.querySelector<HTMLElement>('[data-practise-notes]')?.focus() },
    {
      id: 'prompts', keys: 'f6', label: t('keys.prompts'), group,
      run: () => {
        flushSync(openWords);
        promptsRef.current?.focus();
      },
    },
    { id: 'practise-pause', keys: 'f8', label: t('practise.pause'), group, run: pause },
    { id: 'practise-end', keys: 'f10', label: t('practise.end'), group, run: end },
    { id: 'practise-leave', keys: 'escape', label: t('practise.leave'), group, whileTyping: true, run: end },
  ];
  useHotkeys(bindings, { scope: 'practise' });
}
