import { IconPencil } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import css from './FieldChip.module.css';

export interface FieldChipProps {
  /** Name of the field, always shown. */
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  labels: { edit: (label: string) => string; empty: string };
  maxLength?: number;
}

/** A captured fact of the call ("Order · AB-104233") that can be put right in place: Enter keeps, Escape does not. */
export function FieldChip({ label, value, onValueChange, labels, maxLength = 200 }: FieldChipProps): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const editing = draft !== null;
  const returning = useRef(false);
  useEffect(() => {
    if (!editing) {
      if (returning.current) button.current?.focus();
      returning.current = false;
      return;
    }
    input.current?.focus();
    input.current?.select();
  }, [editing]);

  const finish = (keep: boolean, backToButton: boolean): void => {
    if (keep && draft !== null && draft.trim() !== value) onValueChange(draft.trim());
    returning.current = backToButton;
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === 'Enter', true);
  };

  if (editing) {
    return (
      <span className={css['root']} data-editing>
        <span className={css['label']}>{label}</span>
        <input ref={input} className={css['input']} aria-label={label} value={draft} maxLength={maxLength} size={Math.max(6, draft.length)} onChange={(event) => setDraft(event.currentTarget.value)} onKeyDown={onKeyDown} onBlur={() => finish(true, false)} />
      </span>
    );
  }
  return (
    <button ref={button} type="button" className={css['root']} aria-label={`${labels.edit(label)}: ${value === '' ? labels.empty : value}`} onClick={() => setDraft(value)}>
      <span className={css['label']}>{label}</span>
      <bdi className={css['value']} data-empty={value === '' || undefined}>
        {value === '' ? labels.empty : value}
      </bdi>
      <IconPencil aria-hidden className={css['pencil']} />
    </button>
  );
}
