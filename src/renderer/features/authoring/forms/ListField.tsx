import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { SelectField, type SelectOption } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import css from './forms.module.css';

export type ListFieldProps = {
  label: string;
  hint?: string;
  error?: string | undefined;
  value: readonly string[];
  onValueChange: (value: string[]) => void;
  /** What may be added; without it, anything typed. */
  options?: readonly SelectOption[];
  nameOf?: (one: string) => string;
};

/** Several short texts as chips: Enter or a comma adds one, the cross takes it away. */
export function ListField({ label, hint, error, value, onValueChange, options, nameOf = (one) => one }: ListFieldProps): ReactNode {
  const t = useT();
  const [typed, setTyped] = useState('');
  const add = (text: string): void => {
    const fresh = text.split(/[,;\n]/).map((one) => one.trim()).filter((one) => one !== '' && !value.includes(one));
    if (fresh.length > 0) onValueChange([...value, ...new Set(fresh)]);
    setTyped('');
  };
  return (
    <div className={css['list']}>
      {options === undefined ? (
        <TextField
          label={label}
          hint={hint}
          error={error}
          value={typed}
          onValueChange={(next) => (/[,;]$/.test(next) ? add(next) : setTyped(next))}
          onBlur={() => add(typed)}
          placeholder={t('edit.list.placeholder')}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              add(typed);
            }
            if (event.key === 'Backspace' && typed === '' && value.length > 0) onValueChange(value.slice(0, -1));
          }}
          suffix={typed === '' ? null : <IconButton label={t('edit.list.add')} icon={<IconPlus />} onClick={() => add(typed)} />}
        />
      ) : (
        <SelectField label={label} hint={hint} error={error} value={null} onValueChange={(next) => onValueChange([...value, next])} options={options} searchable placeholder={t('edit.list.pick')} nothingFound={t('edit.nothing-found')} />
      )}
      {value.length === 0 ? null : (
        <ul className={css['chips']} aria-label={label}>
          {value.map((one) => (
            <li key={one}>
              <Chip remove={{ label: t('edit.list.remove', { name: nameOf(one) }), onRemove: () => onValueChange(value.filter((other) => other !== one)) }}>{nameOf(one)}</Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
