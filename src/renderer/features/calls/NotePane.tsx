import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { SavedIndicator, type SaveState } from '#renderer/ui/SavedIndicator.tsx';
import type { CallsActions } from './calls.store.ts';
import type { NoteStatus } from './note-saver.ts';

export type NotePaneProps = {
  note: string;
  status: NoteStatus;
  actions: Pick<CallsActions, 'type' | 'undoNote' | 'redoNote' | 'flushNote'>;
  inputRef?: RefObject<HTMLTextAreaElement | null>;
};

/** Where the agent types while listening. The state of saving is always said, quietly. */
export function NotePane({ note, status, actions, inputRef }: NotePaneProps): ReactNode {
  const t = useT();
  const own = useRef<HTMLTextAreaElement>(null);
  const area = inputRef ?? own;
  const caret = useCaretKept(area, note);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = undoKey(event);
    if (step === undefined) return;
    // The browser's own history ends with this screen and with every masked number.
    event.preventDefault();
    if (step === 'undo') void actions.undoNote();
    else actions.redoNote();
  };
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
        onValueChange={(text, at) => {
          caret.typed(text);
          actions.type(text, at);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => void actions.flushNote()}
        placeholder={t('note.placeholder')}
        aria-keyshortcuts="Alt+N"
        ref={area}
      />
    </>
  );
}

/**
 * A text written by masking or undo would send the caret to its end. Where the length stayed the same it
 * stays where it was; otherwise it goes behind what changed.
 */
function useCaretKept(area: RefObject<HTMLTextAreaElement | null>, note: string): { typed(text: string): void } {
  const shown = useRef(note);
  const at = useRef(0);
  useLayoutEffect(() => {
    const element = area.current;
    const before = shown.current;
    shown.current = note;
    if (element === null || before === note || document.activeElement !== element) return;
    const place = before.length === note.length ? at.current : endOfChange(before, note);
    element.setSelectionRange(place, place);
  }, [area, note]);
  return {
    typed: (text) => {
      shown.current = text;
      at.current = area.current?.selectionStart ?? text.length;
    },
  };
}

/** Index in `after` behind the part that differs from `before`. */
function endOfChange(before: string, after: string): number {
  let same = 0;
  while (same < Math.min(before.length, after.length) && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return after.length - same;
}

function undoKey(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'y' && !event.shiftKey) return 'redo';
  return key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : undefined;
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
