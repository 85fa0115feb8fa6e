import { NumberInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { basics, fieldLook, type FieldBasics } from './field-look.ts';

export interface NumberFieldProps extends FieldBasics {
  /** `null` while the field is empty or holds no number yet ("-"). */
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
  // "24." on its way to "24.50": the number is 24 already, what stands in the field is not.
  const [typed, setTyped] = useState('');
  const half = typed !== '' && numberOf(typed) === value;
  return (
    <NumberInput
      {...basics(props)}
      value={half ? typed : (value ?? '')}
      onChange={(next) => {
        setTyped(typeof next === 'string' ? next : '');
        onValueChange(typeof next === 'number' ? next : numberOf(next));
      }}
      onBlur={() => setTyped('')}
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

function numberOf(text: string): number | null {
  return text === '' || text === '-' || Number.isNaN(Number(text)) ? null : Number(text);
}
