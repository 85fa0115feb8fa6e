import { IconCheck } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import css from './NumberedChoices.module.css';

export interface Choice {
  id: string;
  label: ReactNode;
  /** A second line: where the answer leads, or what it means. */
  detail?: ReactNode;
  /** Already picked earlier, e.g. when stepping back. */
  chosen?: boolean;
  disabled?: boolean;
}

export interface NumberedChoicesProps {
  /** Name of the group for assistive technology. */
  label: string;
  choices: readonly Choice[];
  onPick: (id: string, index: number) => void;
  /** `rows` one under the other, detail below; `lines` the same with the detail at the end of the line; `grid` as many columns as fit. */
  layout?: 'rows' | 'lines' | 'grid';
  /** The first digit; a second list on the same screen can go on counting. */
  firstDigit?: number;
}

/**
 * Answers picked by digit, arrow and Enter, or click. Digits work while focus is inside; for digits that work from
 * anywhere, bind them with `useHotkeys` and call the same `onPick`. One tab stop for the whole list.
 */
export function NumberedChoices({ label, choices, onPick, layout = 'rows', firstDigit = 1 }: NumberedChoicesProps): ReactNode {
  const [active, setActive] = useState(0);
  const list = useRef<HTMLFieldSetElement>(null);
  const current = Math.min(active, Math.max(0, choices.length - 1));

  const focusAt = (index: number): void => {
    const bounded = (index + choices.length) % choices.length;
    setActive(bounded);
    list.current?.querySelectorAll<HTMLButtonElement>('button')[bounded]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || choices.length === 0) return;
    const move = movement(event.key, current, choices.length);
    if (move !== undefined) {
      event.preventDefault();
      focusAt(move);
      return;
    }
    const index = choiceByDigit(event.key, firstDigit);
    const choice = index === undefined ? undefined : choices[index];
    if (choice !== undefined && index !== undefined && choice.disabled !== true) {
      event.preventDefault();
      onPick(choice.id, index);
    }
  };

  return (
    <fieldset ref={list} aria-label={label} className={css['root']} data-layout={layout}>
      {choices.map((choice, index) => {
        const digit = firstDigit + index;
        return (
          <button
            key={choice.id}
            type="button"
            className={css['choice']}
            tabIndex={index === current ? 0 : -1}
            aria-disabled={choice.disabled === true || undefined}
            aria-keyshortcuts={digit <= 10 ? String(digit % 10) : undefined}
            aria-current={choice.chosen === true || undefined}
            data-chosen={choice.chosen === true || undefined}
            onKeyDown={onKeyDown}
            onFocus={() => setActive(index)}
            onClick={() => (choice.disabled === true ? undefined : onPick(choice.id, index))}
          >
            <kbd aria-hidden className={css['digit']} data-none={digit > 10 || undefined}>
              {digit <= 10 ? digit % 10 : null}
            </kbd>
            <span className={css['text']}>
              <span className={css['label']}>{choice.label}</span>
              {choice.detail === undefined ? null : <span className={css['detail']}>{choice.detail}</span>}
            </span>
            {choice.chosen === true ? <IconCheck aria-hidden className={css['check']} /> : null}
          </button>
        );
      })}
    </fieldset>
  );
}

function movement(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return from + 1;
    case 'ArrowUp':
    case 'ArrowLeft':
      return from - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Index a typed digit picks in a list that starts counting at `firstDigit`, or undefined; 0 is the tenth. */
export function choiceByDigit(key: string, firstDigit = 1): number | undefined {
  if (!/^[0-9]$/.test(key)) return undefined;
  const index = (key === '0' ? 10 : Number(key)) - firstDigit;
  return index < 0 ? undefined : index;
}
