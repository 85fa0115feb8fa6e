import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import type { BreakAction, BreaksView } from '#shared/ipc/wellbeing.ts';
import { lengthText } from './words.ts';
import css from './wellbeing.module.css';

type Offer = NonNullable<BreaksView['offer']>;

/** A pause of the right size after a hard call the agent marked. Offered, with people to talk to; never begun by itself. */
export function RecoveryOffer({ offer, onDo }: { offer: Offer; onDo: (action: BreakAction) => void }): ReactNode {
  const t = useT();
  const lengths = [...new Set([offer.minMs, offer.offerMs, Math.min(offer.maxMs, offer.offerMs * 2)])].toSorted((left, right) => left - right);
  const take = (lengthMs: number): void => onDo({ type: 'take', kind: 'recovery', lengthMs });
  return (
    <Card
      tone="accent"
      title={t('breaks.kind.recovery')}
      footer={
        <div className={css['actions']}>
          {lengths.map((ms) => (
            <Button key={ms} size="sm" variant={ms === offer.offerMs ? 'primary' : 'neutral'} onClick={() => take(ms)}>
              {ms === offer.offerMs ? t('hard.take', { length: lengthText(ms, t) }) : lengthText(ms, t)}
            </Button>
          ))}
          <Button size="sm" variant="quiet" onClick={() => onDo({ type: 'dropOffer' })}>
            {t('hard.not-now')}
          </Button>
        </div>
      }
    >
      <div className={css['stack']}>
        <p className={css['text']}>{t(`hard.offer.${offer.kind}`)}</p>
        <RecoveryDetails offer={offer} />
      </div>
    </Card>
  );
}

/** What the organisation configured: words, people, emergency number. */
export function RecoveryDetails({ offer }: { offer: Offer }): ReactNode {
  const t = useT();
  const { support } = offer;
  return (
    <>
      {offer.granted ? <p className={css['hint']}>{t('hard.granted')}</p> : null}
      {support?.words === undefined ? null : <p className={css['text']}>{support.words}</p>}
      {support === null || support.people.length === 0 ? null : (
        <dl className={css['people']} aria-label={t('hard.contacts')}>
          {support.people.map(({ name, how }) => (
            <div key={`${name} ${how}`}>
              <dt>{name}</dt>
              <dd>
                <bdi>{how}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {support?.emergency === undefined ? null : (
        <p className={css['text']}>
          {t('hard.emergency')}: <bdi className={css['strong']}>{support.emergency}</bdi>
        </p>
      )}
    </>
  );
}
