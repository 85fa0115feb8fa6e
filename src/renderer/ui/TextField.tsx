import { TextInput } from '@mantine/core';
import type { HTMLInputTypeAttribute, KeyboardEvent, ReactNode, Ref } from 'react';
import { basics, fieldLook, type FieldBasics } from './field-look.ts';

export interface TextFieldProps extends FieldBasics {
  value: string;
  onValueChange: (value: string) => void;
  /** `text`, `search`, `tel`, `email`, `password`. Days are written in a `DayField`. */
  type?: HTMLInputTypeAttribute;
  placeholder?: string;
  maxLength?: number;
  /** Codes and numbers: monospaced, always left to right. */
  code?: boolean;
  /** In front of the text, e.g. a magnifier. */
  icon?: ReactNode;
  /** Behind the text, e.g. a key hint or a unit. */
  suffix?: ReactNode;
  autoFocus?: boolean;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  onBlur?: () => void;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField(props: TextFieldProps): ReactNode {
  const { value, onValueChange, type = 'text', code = false, placeholder, maxLength, icon, suffix, autoFocus, onKeyDown, onBlur, inputRef } = props;
  return (
    <TextInput
      {...basics(props)}
      ref={inputRef ?? null}
      type={type}
      {...(code ? { dir: 'ltr' as const, spellCheck: false, autoCapitalize: 'off', mod: { code } } : {})}
      value={value}
      placeholder={placeholder}
      maxLength={maxLength}
      leftSection={icon}
      rightSection={suffix}
      rightSectionWidth="auto"
      data-autofocus={autoFocus || undefined}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      onChange={(event) => onValueChange(event.currentTarget.value)}
      classNames={fieldLook}
    />
  );
}
