import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { SavedIndicator, type SaveState } from '#renderer/ui/SavedIndicator.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import { fillNoteTemplate, nextGap, type NoteTemplate } from '#shared/domain/calls/note-templates.ts';
import type { CallsActions } from './calls.store.ts';
import type { NoteStatus } from './note-saver.ts';
import { TemplatePicker } from './TemplatePicker.tsx';

export type NotePaneProps = {
  note: string;
  status: NoteStatus;
  actions: Pick<CallsActions, 'type' | 'undoNote' | 'redoNote' | 'flushNote'>;
  inputRef?: RefObject<HTMLTextAreaElement | null>;
  templates?: NoteTemplates;
};

/** The agent's templates, what they may know of the call, and how a new one is kept. */
export type NoteTemplates = { list: readonly NoteTemplate[]; facts: () => Readonly<Record<string, string>>; keep: (template: NoteTemplate) => void };

/** Where the agent types while listening. The state of saving is always said, quietly. */
export function NotePane({ note, status, actions, inputRef, templates }: NotePaneProps): ReactNode {
  const t = useT();
  const own = useRef<HTMLTextAreaElement>(null);
  const area = inputRef ?? own;
  const caret = useCaretKept(area, note);
  const [marked, setMarked] = useState<{ start: number; end: number }>();
  const group = t('keys.group.call');
  const open = (): void => {
    const { selectionStart = note.length, selectionEnd = note.length } = area.current ?? {};
    setMarked({ start: selectionStart, end: selectionEnd });
  };
  const toGap = (text: string, from: number): void => {
    const element = area.current;
    const gap = nextGap(text, from);
    if (element === null || gap === undefined) return;
    element.focus();
    element.setSelectionRange(gap.start, gap.end);
  };
  const insert = (template: NoteTemplate): void => {
    if (templates === undefined || marked === undefined) return;
    const words = fillNoteTemplate(template.text, templates.facts());
    const text = note.slice(0, marked.start) + words + note.slice(marked.end);
    const end = marked.start + words.length;
    // Written before the caret is set: the field must hold the words that are to be marked.
    flushSync(() => {
      setMarked(undefined);
      actions.type(text, end);
    });
    // The dialog gives the focus back as it goes; the gap is marked after that.
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(end, end);
      if (nextGap(words, 0) !== undefined) toGap(text, marked.start);
    });
  };
  useHotkeys(
    [
      { id: 'note-template', keys: 'alt+j', label: t('note.template-key'), group, enabled: templates !== undefined, run: open },
      { id: 'note-gap', keys: 'alt+k', label: t('note.gap-key'), group, enabled: nextGap(note, 0) !== undefined, run: () => toGap(note, area.current?.selectionEnd ?? 0) },
    ],
    { scope: 'note' },
  );
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
      {templates === undefined || marked === undefined ? null : (
        <TemplatePicker
          templates={templates.list}
          marked={note.slice(marked.start, marked.end)}
          onPick={insert}
          onKeep={(title) => {
            templates.keep({ id: crypto.randomUUID(), title, text: note.slice(marked.start, marked.end) });
            setMarked(undefined);
          }}
          onClose={() => setMarked(undefined)}
        />
      )}
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
