import { useEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import type { StripView } from '#shared/ipc/telephony.ts';
import css from './Strip.module.css';

type Call = NonNullable<StripView['call']>;

/** Words on their way are the truth until the window shows them too; if it never does, what is stored wins (ms). */
const OWN_WORDS_MS = 5_000;

/** The last line of the call's note. Every key goes to the same saving as the note in the window. */
export function StripNote({ call, onLine, inputRef }: { call: Call; onLine: (text: string, seq: number) => void; inputRef: Ref<HTMLInputElement> }): ReactNode {
  const t = useT();
  const [line, setLine] = useState(call.noteLine);
  /** Number of the last line sent; the clock keeps it rising over a reload. */
  const sent = useRef(0);
  useEffect(() => {
    if (call.noteSeq >= sent.current) {
      setLine(call.noteLine);
      return undefined;
    }
    const timer = setTimeout(() => {
      sent.current = 0;
      setLine(call.noteLine);
    }, OWN_WORDS_MS);
    return () => clearTimeout(timer);
  }, [call.id, call.noteLine, call.noteSeq, line]);

  const send = (text: string, shown: string): void => {
    sent.current = Math.max(sent.current + 1, Date.now());
    setLine(shown);
    onLine(text, sent.current);
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
        onChange={(event) => send(event.currentTarget.value, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          send(`${line}\n`, '');
        }}
      />
      <span className={css['saved']} data-state={call.noteState}>
        {t(`strip.note.${call.noteState}`)}
      </span>
    </span>
  );
}
