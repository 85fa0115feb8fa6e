import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { whenText } from '#renderer/features/follow-ups/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { promisesOf } from '#shared/domain/follow-ups/promises-of.ts';
import type { CallView } from '#shared/ipc/calls.ts';

/** What was promised to this caller before and is still open, as lines. */
export function usePromises(call: CallView | undefined): readonly { id: string; text: string }[] {
  const t = useT();
  const language = useLanguage();
  const state = useStore(useDesk().followUps);
  return useMemo(() => {
    if (call === undefined || state.kind !== 'ready') return [];
    return promisesOf(call, state.open).map((one) => ({ id: one.id, text: t('follow-up.added', { kind: t(`follow-up.kind.${one.kind}`), text: one.text, when: whenText(one.dueAt, language) }) }));
  }, [call, state, t, language]);
}
