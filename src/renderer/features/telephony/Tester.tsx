import type { ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import type { Heard } from '#shared/ipc/telephony.ts';
import css from './Telephony.module.css';

export type TesterProps = { listening: boolean; heard: readonly Heard[]; onListen: (on: boolean) => void };

const FIELDS = ['number', 'name', 'queue', 'dialled', 'id', 'text', 'to', 'from'] as const;

/** Listens and shows the next events as Callside understood them. */
export function Tester({ listening, heard, onListen }: TesterProps): ReactNode {
  const t = useT();
  return (
    <section className={css['section']} aria-label={t('telephony.test')}>
      <h3>{t('telephony.test')}</h3>
      <p className={css['hint']}>{t('telephony.test.lead')}</p>
      <div>
        <Button variant={listening ? 'neutral' : 'primary'} pressed={listening} onClick={() => onListen(!listening)}>
          {t(listening ? 'telephony.test.stop' : 'telephony.test.listen')}
        </Button>
      </div>
      <div role="log" aria-label={t('telephony.test')} className={css['heard']}>
        {listening && heard.length === 0 ? <p>{t('telephony.test.waiting')}</p> : null}
        {heard.map((one) => (
          <HeardEvent key={`${one.at} ${one.outcome} ${one.event?.verb ?? ''} ${one.event?.id ?? ''}`} heard={one} />
        ))}
      </div>
    </section>
  );
}

function HeardEvent({ heard: { at, source, outcome, event } }: { heard: Heard }): ReactNode {
  const t = useT();
  const time = new Intl.DateTimeFormat(useLanguage(), { timeStyle: 'medium' }).format(at);
  return (
    <div className={css['event-card']} data-outcome={outcome}>
      <strong>{t('telephony.test.heard', { event: event === undefined ? '?' : t(`telephony.event.${event.verb}`), source: t(`telephony.source.${source}`) })}</strong> <time>{time}</time>
      <p>{t(`telephony.outcome.${outcome}`)}</p>
      {event === undefined ? null : (
        <dl className={css['facts']}>
          {FIELDS.map((field) =>
            event[field] === undefined ? null : (
              <div key={field}>
                <dt>{t(`telephony.field.${field}`)}</dt>
                <dd>
                  <bdi>{event[field]}</bdi>
                </dd>
              </div>
            ),
          )}
        </dl>
      )}
    </div>
  );
}
