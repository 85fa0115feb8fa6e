import type { ReactNode, Ref } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { SavedIndicator, type SaveState } from '#renderer/ui/SavedIndicator.tsx';
import type { NoteStatus } from './note-saver.ts';

export type NotePaneProps = {
  note: string;
  status: NoteStatus;
  onType: (text: string) => void;
  inputRef?: Ref<HTMLTextAreaElement>;
};

/** Where the agent types while listening. The state of saving is always said, quietly. */
export function NotePane({ note, status, onType, inputRef }: NotePaneProps): ReactNode {
  const t = useT();
  return (
    <>
      {status.kind === 'failed' ? (
        <Banner tone="warn" live="status" title={t(status.code === 'disk-full' ? 'note.failed-disk' : 'note.failed')} />
      ) : null}
      <NoteArea
        label={t('note.label')}
        hideLabel
        fit="fill"
        value={note}
        onValueChange={onType}
        placeholder={t('note.placeholder')}
        aria-keyshortcuts="Alt+N"
        {...(inputRef === undefined ? {} : { ref: inputRef })}
      />
    </>
  );
}

/** The saved state, for the pane's title bar. */
export function NoteSaved({ status }: { status: NoteStatus }): ReactNode {
  const t = useT();
  const state = saveState(status);
  if (state === undefined) return null;
  return <SavedIndicator state={state} labels={{ saving: t('note.saving'), saved: (time) => t('note.saved', { time }), unsaved: t('note.unsaved') }} />;
}

function saveState(status: NoteStatus): SaveState | undefined {
  switch (status.kind) {
    case 'saved':
      return status.at === undefined ? undefined : { kind: 'saved', at: status.at };
    // Typing is half of saving; `unsaved` is spoken at once and kept for what went wrong.
    case 'typing':
    case 'saving':
      return { kind: 'saving' };
    case 'failed':
      return { kind: 'unsaved' };
  }
}
