import Fuse from 'fuse.js';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { Disposition } from '#shared/domain/desk-lists.ts';
import css from './WrapUp.module.css';

export type OutcomePickerProps = {
  /** Likeliest first: the first nine have the digits. */
  dispositions: readonly Disposition[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
};

const SHOWN = 9;

/**
 * Outcomes by number key, by typing, or from the list. The digit picks while nothing is typed, so a
 * usual wrap-up is one digit and one chord.
 */
export function OutcomePicker({ dispositions, chosen, onChoose }: OutcomePickerProps): ReactNode {
  const t = useT();
  const [text, setText] = useState('');
  const inputRef = useRef<HTMLInputElement>(null);
  useEffect(() => inputRef.current?.focus(), []);
  const fuse = useMemo(() => new Fuse(dispositions, { keys: [{ name: 'label', weight: 2 }, 'group', 'tags'], threshold: 0.4, ignoreLocation: true }), [dispositions]);
  const shown = (text.trim() === '' ? dispositions : fuse.search(text.trim()).map((hit) => hit.item)).slice(0, SHOWN);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const digit = /^[1-9]$/.test(event.key) && text === '' && !event.altKey && !event.ctrlKey && !event.metaKey ? Number(event.key) : undefined;
    const pick = digit === undefined ? (event.key === 'Enter' && !event.ctrlKey && !event.metaKey ? shown[0] : undefined) : shown[digit - 1];
    if (pick === undefined) return;
    event.preventDefault();
    onChoose(pick.id);
    setText('');
  };

  return (
    <div className={css['outcome']}>
      <TextField label={t('wrap-up.outcome-input')} value={text} onValueChange={setText} onKeyDown={onKeyDown} inputRef={inputRef} />
      {shown.length === 0 ? <p className={css['hint']}>{t('wrap-up.none-found')}</p> : null}
      <NumberedChoices label={t('wrap-up.outcomes')} layout="lines" choices={shown.map((one) => ({ id: one.id, label: one.label, detail: one.group, chosen: one.id === chosen }))} onPick={onChoose} />
    </div>
  );
}
