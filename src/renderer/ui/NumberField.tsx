import { NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { basics, fieldLook, type FieldBasics } from './field-look.ts';

export interface NumberFieldProps extends FieldBasics {
  /** `null` while the field is empty or half typed. */
  value: number | null;
  onValueChange: (value: number | null) => void;
  min?: number;
  max?: number;
  step?: number;
  /** Whole numbers unless more places are allowed. */
  decimals?: number;
  /** Unit behind the number. */
  unit?: string;
}

export function NumberField(props: NumberFieldProps): ReactNode {
  const { value, onValueChange, min, max, step = 1, decimals = 0, unit } = props;
  return (
    <NumberInput
      {...basics(props)}
      value={value ?? ''}
      onChange={(next) => onValueChange(typeof next === 'number' ? next : null)}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      step={step}
      decimalScale={decimals}
      suffix={unit === undefined ? '' : ` ${unit}`}
      clampBehavior="blur"
      classNames={fieldLook}
    />
  );
}
