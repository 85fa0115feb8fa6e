import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './field.module.css';

export interface SwitchFieldProps {
  label: string;
  hint?: string;
  value: boolean;
  onValueChange: (value: boolean) => void;
  disabled?: boolean;
}

/** A setting that takes effect at once. */
export function SwitchField({ label, hint, value, onValueChange, disabled = false }: SwitchFieldProps): ReactNode {
  return (
    <Switch
      label={label}
      description={hint}
      checked={value}
      disabled={disabled}
      size="sm"
      withThumbIndicator={false}
      onChange={(event) => onValueChange(event.currentTarget.checked)}
      classNames={{
        root: css['toggle'] ?? '', body: css['toggleBody'] ?? '', label: css['toggleLabel'] ?? '', track: css['track'] ?? '',
        thumb: css['thumb'] ?? '', description: css['toggleHint'] ?? '',
      }}
    />
  );
}
