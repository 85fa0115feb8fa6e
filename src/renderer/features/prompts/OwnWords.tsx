import { useRef, useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import css from './PromptPane.module.css';

/** The agent's own wording for the moment on screen; kept on this desk and offered first from then on. */
export function OwnWords({ onSave }: { onSave: (text: string) => boolean }): ReactNode {
  const t = useT();
  const [text, setText] = useState<string>();
  // Closing the form leaves the focus where it was opened, not nowhere.
  const opened = useRef(false);
  if (text === undefined) {
    return (
      <div>
        <Button
          size="sm"
          variant="quiet"
          autoFocus={opened.current}
          onClick={() => {
            opened.current = true;
            setText('');
          }}
        >
          {t('prompts.own')}
        </Button>
      </div>
    );
  }
  const save = (): void => {
    if (onSave(text)) setText(undefined);
  };
  return (
    <form
      className={css['own']}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <NoteArea
        label={t('prompts.own-text')}
        fit="grow"
        minRows={2}
        value={text}
        onValueChange={setText}
        hint={t('prompts.own-hint')}
        maxLength={400}
        autoFocus
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') setText(undefined);
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          save();
        }}
      />
      <div className={css['stageMoves']}>
        <Button size="sm" type="submit" disabled={text.trim() === ''}>
          {t('prompts.own-save')}
        </Button>
        <Button size="sm" variant="quiet" onClick={() => setText(undefined)}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
