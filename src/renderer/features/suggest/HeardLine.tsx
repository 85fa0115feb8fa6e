import { IconBook, IconEar, IconMessage2Heart, IconRoute } from '@tabler/icons-react';
import { useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { KeyHint } from '#renderer/ui/KeyHint.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { SuggestionView } from '#shared/ipc/suggest.ts';
import css from './suggest.module.css';

export type HeardLineProps = {
  heard: string;
  /** What a transcription heard last; empty without one. */
  said?: string;
  items: readonly SuggestionView[];
  onHear: (text: string) => void;
  onPick: (item: SuggestionView) => void;
  /** Escape: back to the notes. */
  onLeave: () => void;
  inputRef?: Ref<HTMLInputElement>;
};

/** Characters of a transcript on screen. */
const SAID_SHOWN = 90;
const ICONS = { script: IconRoute, article: IconBook, prompt: IconMessage2Heart } as const;

/** A line for what the caller said, and what it sounds like. Shows nothing when unsure. */
export function HeardLine({ heard, said = '', items, onHear, onPick, onLeave, inputRef }: HeardLineProps): ReactNode {
  const t = useT();
  const root = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent, step: number): void => {
    event.preventDefault();
    const stops = [...(root.current?.querySelectorAll<HTMLElement>('input, button') ?? [])];
    stops[(stops.findIndex((stop) => stop === document.activeElement) + step + stops.length) % stops.length]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(event, 1);
    else if (event.key === 'ArrowUp') move(event, -1);
    else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    } else if (event.target instanceof HTMLInputElement) {
      const first = items[0];
      if (event.key !== 'Enter' || first === undefined) return;
      event.preventDefault();
      onPick(first);
    } else {
      const item = /^[1-9]$/.test(event.key) ? items[Number(event.key) - 1] : undefined;
      if (item === undefined) return;
      event.preventDefault();
      onPick(item);
    }
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the field and the list inside
    <div ref={root} className={css['root']} onKeyDown={onKeyDown} data-heard>
      <TextField
        label={t('suggest.heard')}
        hideLabel
        placeholder={t('suggest.heard')}
        value={heard}
        onValueChange={onHear}
        maxLength={1_000}
        icon={<IconEar size={16} aria-hidden />}
        suffix={<KeyHint keys="alt+s" decorative />}
        {...(inputRef === undefined ? {} : { inputRef })}
      />
      {said === '' || heard.trim() !== '' ? null : (
        <p className={css['said']} data-said>
          {t('suggest.last-said', { text: lastWords(said) })}
        </p>
      )}
      {items.length === 0 ? null : (
        <ol className={css['list']} aria-label={t('suggest.title')}>
          {items.map((item, index) => {
            const Icon = ICONS[item.kind];
            return (
              <li key={`${item.kind}:${item.id}`}>
                <button type="button" className={css['item']} tabIndex={index === 0 ? 0 : -1} onClick={() => onPick(item)} data-kind={item.kind}>
                  <kbd aria-hidden>{index + 1}</kbd>
                  <Icon aria-label={t(`suggest.kind.${item.kind}`)} className={css['icon']} />
                  <span className={css['title']}>{item.title}</span>
                  {item.because.length === 0 ? null : <span className={css['because']}>{t('suggest.because', { words: item.because.join(', ') })}</span>}
                </button>
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}

/** The end of a transcript, from the beginning of a word. */
function lastWords(said: string): string {
  const tail = said.slice(-SAID_SHOWN);
  return tail.length === said.length ? said : `…${tail.replace(/^\S*\s/, ' ')}`;
}
