import { IconCoffee } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { BreakAction, BreakRefusal, BreaksView } from '#shared/ipc/wellbeing.ts';
import { RecoveryDetails } from './RecoveryOffer.tsx';
import { lengthText } from './words.ts';
import css from './wellbeing.module.css';

export type BreakCardProps = { card: NonNullable<BreaksView['card']>; offer: BreaksView['offer']; refused: BreakRefusal | undefined; onDo: (action: BreakAction) => void };

/** A break is due and nothing else is going on. A small card that takes no focus: ignoring it is an answer too. */
export function BreakCard({ card, offer, refused, onDo }: BreakCardProps): ReactNode {
  const t = useT();
  const announce = useAnnounce();
  const [skipping, setSkipping] = useState(false);
  const [reason, setReason] = useState('');
  const title = t('breaks.card.now', { kind: t(`breaks.kind.${card.kind}`), length: lengthText(card.lengthMs, t) });
  const take = (byKey: boolean): void => onDo({ type: 'take', kind: card.kind, byKey, lengthMs: card.lengthMs });
  const skip = (byKey: boolean): void => onDo({ type: 'skip', byKey, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) });
  const [first, ...others] = card.postpones;
  useHotkeys(
    [
      { id: 'break-take', keys: 'alt+b', label: t('breaks.card.take'), group: t('breaks.title'), run: () => take(true) },
      { id: 'break-later', keys: 'alt+p', label: t('breaks.card.later', { minutes: Math.round((first ?? 0) / 60_000) }), group: t('breaks.title'), enabled: first !== undefined, run: () => first !== undefined && onDo({ type: 'postpone', ms: first, byKey: true }) },
      { id: 'break-skip', keys: 'alt+s', label: t('breaks.card.skip'), group: t('breaks.title'), run: () => skip(true) },
    ],
    { scope: 'break-card' },
  );
  const words = t('breaks.card.announce', { kind: t(`breaks.kind.${card.kind}`) });
  useEffect(() => announce(words), [announce, words, card.id]);
  return (
    <Card
      tone="accent"
      title={title}
      footer={
        <div className={css['actions']}>
          <Button size="sm" variant="primary" icon={<IconCoffee />} hotkey="alt+b" onClick={() => take(false)}>
            {t('breaks.card.take')}
          </Button>
          {first === undefined ? null : (
            <Button size="sm" hotkey="alt+p" onClick={() => onDo({ type: 'postpone', ms: first })}>
              {t('breaks.card.later', { minutes: Math.round(first / 60_000) })}
            </Button>
          )}
          {others.map((ms) => (
            <Button key={ms} size="sm" variant="quiet" onClick={() => onDo({ type: 'postpone', ms })}>
              {t('breaks.card.later', { minutes: Math.round(ms / 60_000) })}
            </Button>
          ))}
          <Button size="sm" variant="quiet" hotkey="alt+s" onClick={() => (skipping ? skip(false) : setSkipping(true))}>
            {t('breaks.card.skip')}
          </Button>
        </div>
      }
    >
      <div className={css['stack']}>
        <p className={css['text']}>{t(card.hardCall === null ? `breaks.card.lead.${card.kind}` : `hard.offer.${card.hardCall}`)}</p>
        {offer === null ? null : <RecoveryDetails offer={offer} />}
        {card.owed > 1 ? <p className={css['hint']}>{t('breaks.card.owed', { count: card.owed })}</p> : null}
        {first !== undefined && card.cost > 0 && card.kind !== 'recovery' ? <p className={css['hint']}>{t('breaks.card.cost')}</p> : null}
        {skipping ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              skip(false);
            }}
          >
            <TextField label={t('breaks.card.why')} value={reason} onValueChange={setReason} maxLength={400} />
          </form>
        ) : null}
        {refused === undefined ? null : <p className={css['hint']}>{t(`breaks.refused.${refused}`)}</p>}
      </div>
    </Card>
  );
}
