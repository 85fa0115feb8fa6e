import { useEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import type { StripView } from '#shared/ipc/telephony.ts';
import css from './Strip.module.css';

type Call = NonNullable<StripView['call']>;

/** While keys fall, what is in the field is the truth; after this pause what is stored is shown (ms). */
const OWN_WORDS_MS = 1_200;

/** The last line of the call's note. Every key goes to the same saving as the note in the window. */
export function StripNote({ call, onLine, inputRef }: { call: Call; onLine: (text: string) => void; inputRef: Ref<HTMLInputElement> }): ReactNode {
  const t = useT();
  const [line, setLine] = useState(call.noteLine);
  const typedAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, typedAt.current + OWN_WORDS_MS - Date.now());
    const timer = setTimeout(() => setLine(call.noteLine), wait);
    return () => clearTimeout(timer);
  }, [call.id, call.noteLine, call.noteState]);

  const type = (text: string): void => {
    typedAt.current = Date.now();
    setLine(text);
    onLine(text);
  };
  return (
    <span className={css['note']}>
      <input
        ref={inputRef}
        className={css['input']}
        aria-label={t('strip.note')}
        aria-keyshortcuts="Alt+N"
        placeholder={t('strip.note.placeholder')}
        value={line}
        maxLength={4_000}
        spellCheck={false}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          onLine(`${line}\n`);
          typedAt.current = Date.now();
          setLine('');
        }}
      />
      <span className={css['saved']} data-state={call.noteState}>
        {t(`strip.note.${call.noteState}`)}
      </span>
    </span>
  );
}
