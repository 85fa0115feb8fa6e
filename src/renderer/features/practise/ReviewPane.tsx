import { IconCheck, IconPoint } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import type { PracticeRun } from '#shared/domain/practise/review.ts';
import css from './practise.module.css';

export type ReviewPaneProps = {
  run: PracticeRun;
  name: string;
  interrupted: boolean;
  onAgain: (() => void) | undefined;
  onOthers: () => void;
  onErase: () => void;
};

/** A kind and specific look back. Praise first, then what to try; no marks. */
export function ReviewPane({ run, name, interrupted, onAgain, onOthers, onErase }: ReviewPaneProps): ReactNode {
  const t = useT();
  const { review } = run;
  const longest = Math.max(1, ...review.steps.map((step) => step.ms));
  const remarks = (kind: 'good' | 'try'): ReactNode =>
    review.remarks.filter((remark) => remark.kind === kind).map((remark, index) => (
      <li key={`${remark.key}-${index}`}>
        {kind === 'good' ? <IconCheck aria-hidden className={css['mark']} /> : <IconPoint aria-hidden className={css['mark']} />}
        <span>{t(remark.key, remark.params)}</span>
      </li>
    ));
  return (
    <Pane
      title={t('practise.review', { name })}
      aside={t('practise.review.total', { minutes: Math.round(review.totalMs / 60_000) })}
      toolbar={
        <>
          {onAgain === undefined ? null : (
            <Button size="sm" hotkey="alt+enter" onClick={onAgain}>
              {t('practise.again')}
            </Button>
          )}
          <Button size="sm" variant="quiet" hotkey="escape" onClick={onOthers} ref={(button: HTMLButtonElement | null) => button?.focus()}>
            {t('practise.others')}
          </Button>
          <Button size="sm" variant="quiet" onClick={onErase}>
            {t('practise.erase')}
          </Button>
        </>
      }
    >
      {interrupted ? <Banner tone="info" live="status" title={t('practise.interrupted')} /> : null}
      <div className={css['review']}>
        <section>
          <h3 className={css['label']}>{t('practise.review.well')}</h3>
          <ul className={css['remarks']}>{remarks('good')}</ul>
          <h3 className={css['label']}>{t('practise.review.try')}</h3>
          <ul className={css['remarks']}>{remarks('try')}</ul>
          <h3 className={css['label']}>{t('practise.review.must-say')}</h3>
          <ul className={css['remarks']} data-must-say-review>
            {review.missed.map((label) => (
              <li key={`missed-${label}`}>
                <Chip tone="warn">{t('practise.review.missed-mark')}</Chip> {label}
              </li>
            ))}
            {review.said.map((label) => (
              <li key={`said-${label}`}>
                <Chip tone="ok">{t('practise.review.said-mark')}</Chip> {label}
              </li>
            ))}
          </ul>
          {review.missed.length === 0 ? <p className={css['quiet']}>{t('practise.review.missed-none')}</p> : null}
          <h3 className={css['label']}>{t('practise.review.phrases-used')}</h3>
          {review.phrases.length === 0 ? <p className={css['quiet']}>{t('practise.review.phrases-none')}</p> : <ul className={css['plain']}>{review.phrases.map((phrase) => <li key={phrase}>{phrase}</li>)}</ul>}
        </section>
        <section>
          {review.twists.length === 0 ? null : (
            <>
              <h3 className={css['label']}>{t('practise.review.twists')}</h3>
              <ul className={css['plain']}>
                {review.twists.map((twist) => (
                  <li key={twist.says}>
                    <q>{twist.says}</q>
                    <p className={css['answer']}>{twist.goodAnswer}</p>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h3 className={css['label']}>{t('practise.review.times')}</h3>
          <ol className={css['times']}>
            {review.steps.map((step, index) => (
              <li key={`${step.cue}-${index}`}>
                <span>{step.cue}</span>
                <span className={css['timeBar']} aria-hidden>
                  <span style={{ inlineSize: `${(step.ms / longest) * 100}%` }} />
                </span>
                <span className={css['seconds']}>{t('practise.seconds', { seconds: Math.round(step.ms / 1_000) })}</span>
              </li>
            ))}
          </ol>
          {review.notes.trim() === '' ? null : (
            <>
              <h3 className={css['label']}>{t('practise.review.own-notes')}</h3>
              <p className={css['ownNotes']}>{review.notes}</p>
            </>
          )}
        </section>
      </div>
    </Pane>
  );
}
