import { useEffect, useRef, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { patienceLeft } from '#shared/domain/practise/conversation.ts';
import css from './practise.module.css';
import type { PractiseState } from './practise.store.ts';

export type TalkPaneProps = {
  stage: Extract<PractiseState['stage'], { kind: 'talking' }>;
  now: number;
  onNote: (text: string) => void;
  onPause: () => void;
  onEnd: () => void;
};

/** What the caller said so far, how much patience is left, and the agent's notes. */
export function TalkPane({ stage, now, onNote, onPause, onEnd }: TalkPaneProps): ReactNode {
  const t = useT();
  const { caller, conversation, pausedAt } = stage;
  const list = useRef<HTMLOListElement>(null);
  const count = conversation.lines.length;
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  const left = patienceLeft(conversation, caller, pausedAt ?? now);
  const seconds = Math.ceil(left / 1_000);
  return (
    <div className={css['talk']}>
      <Pane
        title={caller.name}
        toolbar={
          <>
            <Button size="sm" variant="quiet" hotkey="f8" pressed={pausedAt !== undefined} onClick={onPause}>
              {pausedAt === undefined ? t('practise.pause') : t('practise.resume')}
            </Button>
            <Button size="sm" variant="quiet" hotkey="f10" onClick={onEnd}>
              {t('practise.end')}
            </Button>
          </>
        }
      >
        <div className={css['clock']}>
          <span>{t('practise.mood', { mood: caller.mood })}</span>
          <span
            className={css['patience']}
            role="meter"
            aria-label={t('practise.patience')}
            aria-valuemin={0}
            aria-valuemax={caller.patienceSeconds}
            aria-valuenow={seconds}
            aria-valuetext={pausedAt === undefined ? t('practise.patience-left', { seconds }) : t('practise.patience-paused')}
            data-low={seconds <= Math.max(2, caller.patienceSeconds / 4) || undefined}
          >
            <span className={css['bar']} style={{ inlineSize: `${(left / (caller.patienceSeconds * 1_000)) * 100}%` }} />
          </span>
          <span className={css['seconds']}>{pausedAt === undefined ? t('practise.patience-left', { seconds }) : t('practise.patience-paused')}</span>
        </div>
        <ol ref={list} className={css['lines']} aria-live="polite" aria-label={t('practise.talk', { name: caller.name })}>
          {conversation.lines.map((line, index) => (
            <li key={`${line.at}-${index}`} className={css['line']} data-kind={line.kind} data-newest={index === count - 1 || undefined}>
              {line.kind === 'twist' ? <Chip tone="info">{t('practise.twist')}</Chip> : null}
              {line.kind === 'impatient' ? <Chip tone="warn">{t('practise.impatient')}</Chip> : null}
              <q>{line.text}</q>
            </li>
          ))}
        </ol>
      </Pane>
      <div className={css['notes']}>
        <NoteArea label={t('practise.notes')} value={stage.notes} onValueChange={onNote} placeholder={t('practise.notes')} hideLabel aria-keyshortcuts="Alt+N" data-practise-notes maxLength={50_000} />
      </div>
    </div>
  );
}
