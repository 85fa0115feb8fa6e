import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { cardsForToday, RATINGS, type CheckRating, type SelfCheck } from '#shared/domain/self-check.ts';
import css from './news.module.css';
import type { NewsState, NewsStore } from './news.store.ts';
import { dayStart } from './waiting.ts';

export type SelfChecksProps = {
  cards: readonly SelfCheck[];
  state: NewsState;
  actions: NewsStore['actions'];
  perDay: number;
  onPace: (perDay: number) => void;
  /** The place where it is written down, and the way there. */
  source: (card: SelfCheck) => { title: string; open: () => void } | undefined;
};

const PACES = [0, 3, 5, 10] as const;
const DAY_MS = 86_400_000;

/** Questions to oneself, as many a day as the agent wants. Nobody else sees them. */
export function SelfChecks({ cards, state, actions, perDay, onPace, source }: SelfChecksProps): ReactNode {
  const t = useT();
  const toast = useToast();
  const announce = useAnnounce();
  const now = Date.now();
  const today = state.kind === 'ready' ? cardsForToday(cards, state.progress, { perDay, now, dayStart: dayStart(now) }) : [];
  const [card] = today;
  const rate = (rating: CheckRating): void => {
    if (card === undefined) return;
    void actions.rate(card.id, rating).then(
      ({ due }) => announce(t('checks.next', { days: Math.max(1, Math.round((due - Date.now()) / DAY_MS)) })),
      () => toast({ tone: 'error', title: t('common.failed') }),
    );
  };
  return (
    <div className={css['cards']}>
      <p className={css['hint']}>{t('checks.about')}</p>
      <div className={css['pace']}>
        <SegmentedField label={t('checks.pace')} value={String(perDay)} onValueChange={(value) => onPace(Number(value))} options={PACES.map((value) => ({ value: String(value), label: value === 0 ? t('checks.pace.none') : String(value) }))} />
        {state.kind === 'ready' && state.progress.length > 0 ? (
          <Button size="sm" variant="quiet" onClick={() => void actions.eraseProgress().then(() => toast({ tone: 'ok', title: t('checks.erased') }))}>
            {t('checks.erase')}
          </Button>
        ) : null}
      </div>
      {card === undefined ? <p className={css['text']}>{t(perDay === 0 ? 'checks.off' : 'checks.done')}</p> : <Question key={card.id} card={card} left={today.length} onRate={rate} source={source(card)} />}
    </div>
  );
}

function Question({ card, left, onRate, source }: { card: SelfCheck; left: number; onRate: (rating: CheckRating) => void; source: { title: string; open: () => void } | undefined }): ReactNode {
  const t = useT();
  const [shown, setShown] = useState(false);
  const [picked, setPicked] = useState<number>();
  const root = useRef<HTMLDivElement>(null);
  // The next key belongs to what has just appeared: rating without reaching for the mouse.
  useEffect(() => {
    if (shown) root.current?.querySelector<HTMLElement>('[data-rating] button')?.focus();
  }, [shown]);
  const choose = (index: number): void => {
    setPicked(index);
    setShown(true);
  };
  const right = picked === undefined ? undefined : card.choices?.[picked]?.right;
  return (
    <div ref={root}>
      <Card tone="accent" title={card.question} meta={t('checks.left', { count: left })}>
        {card.choices === undefined || shown ? null : <NumberedChoices label={t('checks.choices')} choices={card.choices.map((choice, index) => ({ id: String(index), label: choice.text }))} onPick={(_id, index) => choose(index)} />}
        {shown ? (
          <>
            {right === undefined ? null : <p className={css['verdict']} data-right={right}>{t(right ? 'checks.right' : 'checks.not-right')}</p>}
            <p className={css['answer']} role="status">{card.answer}</p>
            {source === undefined ? null : (
              <button type="button" className={css['link']} onClick={source.open}>
                {t('checks.read', { title: source.title })}
              </button>
            )}
            <p className={css['hint']}>{t('checks.rate')}</p>
            <div data-rating>
              <NumberedChoices label={t('checks.rate')} layout="grid" choices={RATINGS.map((rating) => ({ id: rating, label: t(`checks.rate.${rating}`) }))} onPick={(_id, index) => onRate(RATINGS[index] ?? 'good')} />
            </div>
          </>
        ) : (
          <div className={css['reveal']}>
            <Button variant={card.choices === undefined ? 'primary' : 'neutral'} onClick={() => setShown(true)}>
              {t('checks.reveal')}
            </Button>
          </div>
        )}
      </Card>
    </div>
  );
}
