import { useEffect, useState, type ReactNode } from 'react';
import { useDayWords } from '#renderer/messages/day-words.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { localize } from '#shared/domain/common.ts';
import type { FieldValue } from '#shared/domain/scripts/events.ts';
import { parseField } from '#shared/domain/scripts/validate.ts';
import type { FieldView } from '#shared/domain/scripts/view.ts';

/** How long after the last key a typed value becomes an operation of the script (ms). */
const SETTLE_MS = 300;

const INPUT_TYPES: Readonly<Record<string, string>> = { phone: 'tel', email: 'email' };

export type FieldInputProps = { field: FieldView; onChange: (value: FieldValue | null) => void; /** Enter in a typed field, after its value was taken. */ onEnter: () => void };

/** One captured value of the step on screen, edited in the way its type asks for. */
export function FieldInput({ field, onChange, onEnter }: FieldInputProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { definition } = field;
  const label = field.required ? `${field.label} *` : field.label;
  if (definition.type === 'yes-no') {
    return (
      <SegmentedField
        label={label}
        value={field.value === undefined ? '' : field.value === true ? 'yes' : 'no'}
        onValueChange={(value) => onChange(value === 'yes')}
        options={[
          { value: 'yes', label: t('script.yes') },
          { value: 'no', label: t('script.no') },
        ]}
      />
    );
  }
  if (definition.type === 'choice') {
    const options = (definition.choices ?? []).map((choice) => ({ value: choice.value, label: localize(choice.label, language) }));
    return <SelectField label={label} value={typeof field.value === 'string' ? field.value : null} onValueChange={onChange} options={options} searchable={options.length > 9} />;
  }
  return <TypedField field={field} label={label} onChange={onChange} onEnter={onEnter} />;
}

/** Text, numbers, dates: the words stay as typed; the value follows a moment later, when it can be read. */
function TypedField({ field, label, onChange, onEnter }: FieldInputProps & { label: string }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { definition } = field;
  const days = useDayWords();
  const stored = field.value === undefined ? '' : String(field.value);
  const [typed, setTyped] = useState<string>();
  const isDate = definition.type === 'date';
  const text = typed ?? (isDate && stored !== '' ? days.write(stored) : stored);
  const placeholder = field.placeholder ?? (isDate ? days.example : undefined);

  const commit = (next: string): void => {
    const parsed = parseField(definition, next, language);
    // What cannot be read is kept as typed and shown as wrong: no word is ever dropped.
    const value = parsed.kind === 'value' ? parsed.value : parsed.kind === 'empty' ? null : next.trim();
    if (String(value ?? '') !== stored) onChange(value);
  };
  useEffect(() => {
    if (typed === undefined) return undefined;
    const timer = setTimeout(() => commit(typed), SETTLE_MS);
    return () => clearTimeout(timer);
  });

  const error = field.error === undefined ? undefined : t(field.error.key, field.error.params);
  return (
    <TextField
      label={label}
      type={INPUT_TYPES[definition.type] ?? 'text'}
      value={text}
      onValueChange={setTyped}
      onKeyDown={(event) => {
        // A move by key must find what was typed just before it.
        if (event.altKey && typed !== undefined) commit(typed);
        if (event.key !== 'Enter' || event.altKey || event.nativeEvent.isComposing) return;
        event.preventDefault();
        if (typed !== undefined) commit(typed);
        onEnter();
      }}
      onBlur={() => {
        if (typed !== undefined) commit(typed);
        setTyped(undefined);
      }}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(error === undefined ? {} : { error })}
    />
  );
}
