import { useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import type { PracticeCaller } from '#shared/domain/desk-lists.ts';
import type { PracticeRun } from '#shared/domain/practise/review.ts';
import css from './practise.module.css';

export type CallerListProps = {
  callers: readonly PracticeCaller[];
  /** Title of a caller's script. */
  scriptTitle: (id: string) => string;
  runs: readonly PracticeRun[];
  onBegin: (caller: PracticeCaller) => void;
  onOpenRun: (run: PracticeRun) => void;
  onEraseAll: () => void;
};

/** Whom to practise with; picking one shows the brief, once more picks up the call. */
export function CallerList({ callers, scriptTitle, runs, onBegin, onOpenRun, onEraseAll }: CallerListProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [chosen, setChosen] = useState<string>();
  const [sure, setSure] = useState(false);
  const caller = callers.find((one) => one.id === chosen);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const times = (id: string): number => runs.filter((run) => run.caller === id).length;
  return (
    <div className={css['choosing']}>
      <Pane title={t('practise.callers')} aside={String(callers.length)}>
        {callers.length === 0 ? <p className={css['quiet']}>{t('practise.none')}</p> : null}
        <NumberedChoices
          label={t('practise.callers')}
          choices={callers.map((one) => ({
            id: one.id,
            label: one.name,
            detail: [scriptTitle(one.script), one.mood, times(one.id) === 0 ? undefined : t('practise.done-times', { count: times(one.id) })].filter((part) => part !== undefined).join(' · '),
            chosen: one.id === chosen,
          }))}
          onPick={setChosen}
        />
      </Pane>
      <Pane title={caller === undefined ? t('practise.title') : caller.name}>
        {caller === undefined ? (
          <div className={css['text']}>
            <p>{t('practise.lead')}</p>
            {runs.length === 0 ? null : (
              <>
                <h3 className={css['label']}>{t('practise.earlier')}</h3>
                <ul className={css['runs']}>
                  {runs.map((run) => (
                    <li key={run.id}>
                      <button type="button" className={css['run']} onClick={() => onOpenRun(run)}>
                        {callers.find((one) => one.id === run.caller)?.name ?? run.caller} · {day.format(run.endedAt)}
                      </button>
                    </li>
                  ))}
                </ul>
                <div>
                  <Button size="sm" variant={sure ? 'danger' : 'quiet'} onClick={() => (sure ? onEraseAll() : setSure(true))} onBlur={() => setSure(false)}>
                    {sure ? t('practise.erase-sure') : t('practise.erase-all')}
                  </Button>
                </div>
              </>
            )}
          </div>
        ) : (
          <div className={css['text']} key={caller.id}>
            <h3 className={css['label']}>{t('practise.brief')}</h3>
            <p>{caller.brief}</p>
            <p className={css['quiet']}>
              {scriptTitle(caller.script)} · {t('practise.mood', { mood: caller.mood })} · {t('practise.patience-of', { seconds: caller.patienceSeconds })}
            </p>
            <div>
              <Button variant="primary" onClick={() => onBegin(caller)} ref={(button: HTMLButtonElement | null) => button?.focus()}>
                {t('practise.begin')}
              </Button>
            </div>
          </div>
        )}
      </Pane>
    </div>
  );
}
