import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './field.module.css';

export interface CheckFieldProps {
  label: ReactNode;
  hint?: string;
  value: boolean;
  onValueChange: (value: boolean) => void;
  disabled?: boolean;
}

/** A tick that is part of a form or a list of things to do. */
export function CheckField({ label, hint, value, onValueChange, disabled = false }: CheckFieldProps): ReactNode {
  return (
    <Checkbox
      label={label}
      description={hint}
      checked={value}
      disabled={disabled}
      size="xs"
      radius="xs"
      onChange={(event) => onValueChange(event.currentTarget.checked)}
      classNames={{
        root: css['toggle'] ?? '', body: css['toggleBody'] ?? '', label: css['toggleLabel'] ?? '', input: css['box'] ?? '',
        icon: css['boxIcon'] ?? '', description: css['toggleHint'] ?? '',
      }}
    />
  );
}
