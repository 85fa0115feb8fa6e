import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { NotePane, NoteSaved } from '#renderer/features/calls/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';

/** What is left when a screen fails: the notes of the call, and a way back. */
export function FallbackScreen({ retry }: { retry: () => void }): ReactNode {
  const t = useT();
  const { calls } = useDesk();
  const state = useStore(calls);
  return (
    <Pane title={t('note.title')} scroll={false} {...(state.kind === 'live' ? { aside: <NoteSaved status={state.noteStatus} /> } : {})}>
      <Banner tone="error" live="alert" title={t('shell.screen-failed')} action={<Button onClick={retry}>{t('common.retry')}</Button>}>
        {t('shell.screen-failed-text')}
      </Banner>
      {state.kind === 'live' ? <NotePane note={state.note} status={state.noteStatus} actions={calls.actions} /> : null}
    </Pane>
  );
}
