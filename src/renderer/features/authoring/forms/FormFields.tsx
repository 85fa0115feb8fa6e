import type { ReactNode } from 'react';
import { useDayWords } from '#renderer/messages/day-words.ts';
import { languageName } from '#renderer/messages/language-name.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { DayField } from '#renderer/ui/DayField.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { textIn, withText } from '#shared/domain/authoring/local-text.ts';
import { valueAt, type Path } from '#shared/domain/authoring/values.ts';
import type { LocalText } from '#shared/domain/common.ts';
import { errorAt, setter, warningAt, type EditorProps } from '../editing.ts';
import css from './forms.module.css';
import { ListField } from './ListField.tsx';
import { MarkdownField } from './MarkdownField.tsx';
import { MomentField } from './MomentField.tsx';
import { RowsField } from './RowsField.tsx';
import type { FieldSpec } from './spec.ts';

export type FormProps = EditorProps & {
  /** Where the fields stand in the record; empty for the record itself. */
  at?: Path;
  /** The language words are edited in, and the one plain words are in. */
  language: string;
  base: string;
};

/** The fields of a form, from their description. */
export function FormFields({ fields, ...form }: FormProps & { fields: readonly FieldSpec[] }): ReactNode {
  return fields.map((field) => <FormField key={field.name} field={field} {...form} />);
}

export function FormField({ field, ...form }: FormProps & { field: FieldSpec }): ReactNode {
  const t = useT();
  const path = [...(form.at ?? []), field.name];
  const value = valueAt(form.record, path);
  const set = setter(form);
  const basics = {
    label: t(field.says),
    ...hintOf([field.help === undefined ? undefined : t(field.help), warningAt(form.findings, path, t)]),
    ...(field.required === true ? { required: true } : {}),
    error: errorAt(form.findings, path, t),
  };
  switch (field.type) {
    case 'line':
    case 'code':
    case 'day':
    case 'text':
    case 'markdown':
      return <WordsField field={field} form={form} path={path} basics={basics} />;
    case 'choice': {
      const options = field.options.map(([id, label]) => ({ value: id, label: t(label) }));
      const all = field.none === undefined ? options : [{ value: '', label: t(field.none) }, ...options];
      const shown = typeof value === 'string' ? value : '';
      const pick = (next: string): void => set(path, next === '' ? undefined : next);
      return field.short === true ? <SegmentedField {...basics} value={shown} onValueChange={pick} options={all} /> : <SelectField {...basics} value={shown} onValueChange={pick} options={all} searchable={all.length > 10} />;
    }
    case 'check':
      return <CheckField label={basics.label} {...(basics.hint === undefined ? {} : { hint: basics.hint })} value={value === true} onValueChange={(next) => set(path, next || field.omit !== true ? next : undefined)} />;
    case 'number':
      return <NumberField {...basics} value={typeof value === 'number' ? value : null} onValueChange={(next) => set(path, next ?? undefined, true)} {...(field.min === undefined ? {} : { min: field.min })} {...(field.max === undefined ? {} : { max: field.max })} {...(field.unit === undefined ? {} : { unit: t(field.unit) })} />;
    case 'list':
      return <ListField {...basics} value={Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []} onValueChange={(next) => set(path, next.length === 0 ? undefined : next, true)} />;
    case 'moment':
      return <MomentField {...basics} value={typeof value === 'number' ? value : undefined} onValueChange={(next) => set(path, next)} />;
    case 'ticks':
      return <Ticks field={field} label={basics.label} chosen={Array.isArray(value) ? value : []} onChange={(next) => set(path, next.length === 0 ? undefined : next)} />;
    case 'reference':
      return <Reference field={field} form={form} path={path} basics={basics} />;
    case 'rows':
      return <RowsField field={field} record={form.record} onChange={form.onChange} findings={form.findings} path={path} item={(at) => <FormFields {...form} fields={field.item} at={[...path, at]} />} />;
  }
}

/** What a field is for, and what is worth a look in it. */
function hintOf(parts: readonly (string | undefined)[]): { hint?: string } {
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? {} : { hint: said.join(' ') };
}

type Shown = { label: string; hint?: string; required?: boolean; error: string | undefined };

function WordsField({ field, form, path, basics }: { field: Extract<FieldSpec, { type: 'line' | 'text' | 'markdown' | 'code' | 'day' }>; form: FormProps; path: Path; basics: Shown }): ReactNode {
  const t = useT();
  const shown = useLanguage();
  const days = useDayWords();
  const set = setter(form);
  const value = valueAt(form.record, path);
  const text = field.local === true ? textIn(value as LocalText | undefined, form.language, form.base) : typeof value === 'string' ? value : '';
  const change = (next: string): void => set(path, field.local === true ? withText(value as LocalText | undefined, form.language, form.base, next) : next === '' && field.required !== true ? undefined : next, true);
  const label = field.local === true && form.language !== form.base ? t('edit.in-language', { label: basics.label, language: languageName(form.language, shown) }) : basics.label;
  const cap = field.maxLength === undefined ? {} : { maxLength: field.maxLength };
  if (field.type === 'markdown') return <MarkdownField {...basics} label={label} value={text} onValueChange={change} known={form.known} />;
  if (field.type === 'text') return <NoteArea label={label} fit="grow" minRows={2} maxRows={10} value={text} onValueChange={change} {...cap} hint={<Hint {...basics} />} aria-invalid={basics.error !== undefined || undefined} />;
  if (field.type === 'day') return <DayField {...basics} label={label} value={text} onValueChange={change} words={days} />;
  return <TextField {...basics} label={label} value={text} onValueChange={change} {...cap} code={field.type === 'code'} />;
}

/** Under a text area: what is wrong, else what it is for. */
function Hint({ error, hint }: { error: string | undefined; hint?: string }): ReactNode {
  return error === undefined ? hint : <span className={css['error']}>{error}</span>;
}

function Ticks({ field, label, chosen, onChange }: { field: Extract<FieldSpec, { type: 'ticks' }>; label: string; chosen: readonly unknown[]; onChange: (next: string[]) => void }): ReactNode {
  const t = useT();
  return (
    <fieldset className={css['ticks']}>
      <legend>{label}</legend>
      {field.options.map(([id, name]) => (
        <CheckField key={id} label={t(name)} value={chosen.includes(id)} onValueChange={(on) => onChange(field.options.map(([one]) => one).filter((one) => (one === id ? on : chosen.includes(one))))} />
      ))}
    </fieldset>
  );
}

function Reference({ field, form, path, basics }: { field: Extract<FieldSpec, { type: 'reference' }>; form: FormProps; path: Path; basics: Shown }): ReactNode {
  const t = useT();
  const set = setter(form);
  const value = valueAt(form.record, path);
  const known = form.known.titles[field.to] ?? [];
  const option = ({ id, title }: { id: string; title: string }): { value: string; label: string } => ({ value: id, label: title });
  if (field.many !== true) {
    const own = typeof value === 'string' ? value : '';
    const options = [{ value: '', label: t('edit.none') }, ...known.map(option), ...(own === '' || known.some(({ id }) => id === own) ? [] : [{ value: own, label: t('edit.not-here', { id: own }) }])];
    return <SelectField {...basics} value={own} onValueChange={(next) => set(path, next === '' ? undefined : next)} options={options} searchable nothingFound={t('edit.nothing-found')} />;
  }
  const own = Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  return (
    <ListField
      {...basics}
      value={own}
      onValueChange={(next) => set(path, next.length === 0 ? undefined : next)}
      options={known.filter(({ id }) => !own.includes(id)).map(option)}
      nameOf={(id) => known.find((one) => one.id === id)?.title ?? t('edit.not-here', { id })}
    />
  );
}
