import { Input, SegmentedControl } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { fieldLook } from './field-look.ts';
import css from './field.module.css';
import type { SelectOption } from './SelectField.tsx';

export interface SegmentedFieldProps {
  label: string;
  hideLabel?: boolean;
  hint?: string;
  value: string;
  onValueChange: (value: string) => void;
  options: readonly SelectOption[];
  disabled?: boolean;
}

/** One of two to five short options, all visible. */
export function SegmentedField(props: SegmentedFieldProps): ReactNode {
  const { label, hideLabel = false, hint, value, onValueChange, options, disabled = false } = props;
  const id = useId();
  return (
    <div className={fieldLook.root}>
      {hideLabel ? null : (
        <span id={id} className={fieldLook.label}>
          {label}
        </span>
      )}
      {hint === undefined ? null : <Input.Description className={fieldLook.description}>{hint}</Input.Description>}
      <SegmentedControl
        {...(hideLabel ? { 'aria-label': label } : { 'aria-labelledby': id })}
        value={value}
        onChange={onValueChange}
        data={options.map((option) => ({ value: option.value, label: option.label, disabled: option.disabled === true }))}
        disabled={disabled}
        size="sm"
        transitionDuration={0}
        classNames={{ root: css['segments'] ?? '', indicator: css['segmentIndicator'] ?? '', label: css['segmentLabel'] ?? '' }}
      />
    </div>
  );
}
