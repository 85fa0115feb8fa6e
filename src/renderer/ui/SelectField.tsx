import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { basics, fieldLook, type FieldBasics } from './field-look.ts';
import css from './field.module.css';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

export interface SelectFieldProps extends FieldBasics {
  value: string | null;
  onValueChange: (value: string) => void;
  options: readonly SelectOption[];
  placeholder?: string;
  /** Lets people type to narrow the list; worth it from about ten options. */
  searchable?: boolean;
  /** Shown when typing leaves nothing. */
  nothingFound?: string;
}

export function SelectField(props: SelectFieldProps): ReactNode {
  const { value, onValueChange, options, placeholder, searchable = false, nothingFound } = props;
  return (
    <Select
      {...basics(props)}
      value={value}
      onChange={(next: string | null) => (next === null ? undefined : onValueChange(next))}
      data={options.map((option) => ({ value: option.value, label: option.label, disabled: option.disabled === true }))}
      placeholder={placeholder}
      searchable={searchable}
      nothingFoundMessage={nothingFound}
      allowDeselect={false}
      checkIconPosition="right"
      comboboxProps={{ transitionProps: { duration: 0 }, shadow: 'none' }}
      classNames={{ ...fieldLook, dropdown: css['dropdown'] ?? '', option: css['option'] ?? '' }}
    />
  );
}
