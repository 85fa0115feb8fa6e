import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import type { Offer } from '#shared/domain/prompts/pick.ts';
import css from './PromptPane.module.css';

export type OfferListProps = {
  offers: readonly Offer[];
  onUse: (offer: Offer) => void;
  onFavourite: (offer: Offer) => void;
  /** What an agent presses when the words are wrong; nothing for their own words. */
  flag?: ((offer: Offer) => ReactNode) | undefined;
};

/** Things to say, picked by digit, arrow and Enter, or click. The star keeps a wording for other calls. */
export function OfferList({ offers, onUse, onFavourite, flag }: OfferListProps): ReactNode {
  const t = useT();
  const list = useRef<HTMLOListElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1] ?? (/^[1-9]$/.test(event.key) ? event.key : undefined);
    const offer = digit === undefined ? undefined : offers[Number(digit) - 1];
    if (offer !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      if (event.shiftKey) onFavourite(offer);
      else onUse(offer);
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('[data-offer]') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset would draw and announce a form
    <div role="group" aria-label={t('prompts.use')}>
    <ol ref={list} className={css['offerList']}>
      {offers.map((offer, index) => (
        <li key={`${offer.prompt.id}#${offer.phrase.wording}`} className={css['offer']}>
          <button type="button" data-offer className={css['offerWords']} tabIndex={index === 0 ? 0 : -1} aria-keyshortcuts={String(index + 1)} onKeyDown={onKeyDown} onClick={() => onUse(offer)}>
            <kbd aria-hidden>{index + 1}</kbd>
            <span>
              <span className={css['words']}>
                {offer.segments.map((segment, place) => (
                  <span key={`${place}-${segment.kind}`} className={segment.kind === 'slot' ? css['slot'] : undefined}>
                    {segment.kind === 'gap' ? segment.label : segment.text}
                  </span>
                ))}
              </span>
              <span className={css['detail']}>{offer.personal ? t('prompts.own-mark') : offer.prompt.title}</span>
            </span>
          </button>
          <IconButton
            label={t(offer.favourite ? 'prompts.favourite-on' : 'prompts.favourite')}
            icon={offer.favourite ? <IconStarFilled /> : <IconStar />}
            pressed={offer.favourite}
            hotkey={`shift+${index + 1}`}
            tooltipSide="left"
            onClick={() => onFavourite(offer)}
          />
          {offer.personal ? null : flag?.(offer)}
        </li>
      ))}
    </ol>
    </div>
  );
}
