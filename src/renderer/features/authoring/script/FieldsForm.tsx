import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useT, type MessageKey } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { textIn, withText } from '#shared/domain/authoring/local-text.ts';
import { freeFieldId, type Patch } from '#shared/domain/scripts/edit.ts';
import type { Field } from '#shared/domain/scripts/schema.ts';
import { findingText } from '../editing.ts';
import { ListField } from '../forms/ListField.tsx';
import { useScript } from './script-context.ts';
import css from './script.module.css';

const TYPES = ['text', 'long-text', 'number', 'money', 'date', 'time', 'phone', 'email', 'choice', 'yes-no'] as const;

/** The fields a script captures, and how each is checked while it is typed. */
export function FieldsForm(): ReactNode {
  const t = useT();
  const { script, edit } = useScript();
  const fields = script.fields ?? [];
  return (
    <div className={css['form']}>
      <p className={css['sentence']}>{t('edit.fields.lead')}</p>
      {fields.map((field) => (
        <FieldCard key={field.id} field={field} />
      ))}
      <div>
        <Button size="sm" icon={<IconPlus />} onClick={() => edit({ type: 'add-field', field: { id: freeFieldId(script), label: t('edit.field.new'), type: 'text' } })}>
          {t('edit.field.add')}
        </Button>
      </div>
    </div>
  );
}

function FieldCard({ field }: { field: Field }): ReactNode {
  const t = useT();
  const { script, edit, findings, language, base, cueOf } = useScript();
  const [name, setName] = useState(field.id);
  const set = (patch: Patch<Omit<Field, 'id'>>, about?: string): void => edit({ type: 'field', id: field.id, patch }, about === undefined ? undefined : `field.${field.id}.${about}`);
  const words = (key: 'label' | 'placeholder' | 'patternHelp') => ({ value: textIn(field[key], language, base), onValueChange: (next: string): void => set({ [key]: withText(field[key], language, base, next) ?? (key === 'label' ? '' : null) }, key) });
  const rename = (): void => {
    if (name === field.id || !/^[a-z][A-Za-z0-9]{0,59}$/.test(name) || script.fields?.some((one) => one.id === name) === true) return setName(field.id);
    edit({ type: 'rename-field', id: field.id, to: name });
  };
  const wrong = findings.filter((finding) => finding.field === field.id);
  const counted = field.type === 'number' || field.type === 'money' || field.type === 'text' || field.type === 'long-text';
  const choices = field.choices ?? [];
  return (
    <section className={css['fieldCard']} aria-label={textIn(field.label, language, base) || field.id} id={`field-${field.id}`}>
      {wrong.map((finding, at) => (
        <p key={at} className={css['wrong']} data-severity={finding.severity}>
          {findingText(finding, t, cueOf)}
        </p>
      ))}
      <div className={css['pairs']}>
        <TextField label={t('edit.field.label')} {...words('label')} maxLength={400} required />
        <SelectField label={t('edit.field.type')} value={field.type} onValueChange={(type) => set({ type: type as Field['type'] })} options={TYPES.map((type) => ({ value: type, label: t(`edit.field.type.${type}` as MessageKey) }))} />
        <TextField label={t('edit.field.name')} hint={t('edit.field.name-hint')} value={name} onValueChange={setName} onBlur={rename} code maxLength={60} />
        <TextField label={t('edit.field.placeholder')} {...words('placeholder')} maxLength={400} />
        {counted ? (
          <>
            <NumberField label={field.type === 'text' || field.type === 'long-text' ? t('edit.field.min-length') : t('edit.field.min')} value={field.min ?? null} onValueChange={(min) => set({ min }, 'min')} decimals={field.type === 'number' ? 4 : 2} />
            <NumberField label={field.type === 'text' || field.type === 'long-text' ? t('edit.field.max-length') : t('edit.field.max')} value={field.max ?? null} onValueChange={(max) => set({ max }, 'max')} decimals={field.type === 'number' ? 4 : 2} />
          </>
        ) : null}
        {field.type === 'money' ? <TextField label={t('edit.field.currency')} value={field.currency ?? ''} onValueChange={(next) => set({ currency: next === '' ? null : next.toUpperCase() }, 'currency')} maxLength={3} code /> : null}
        {field.type === 'text' || field.type === 'long-text' ? (
          <>
            <TextField label={t('edit.field.pattern')} hint={t('edit.field.pattern-hint')} value={field.pattern ?? ''} onValueChange={(next) => set({ pattern: next === '' ? null : next }, 'pattern')} maxLength={200} code />
            {field.pattern === undefined ? null : <TextField label={t('edit.field.pattern-help')} {...words('patternHelp')} maxLength={400} />}
          </>
        ) : null}
      </div>
      {field.type === 'choice' ? (
        <ListField
          label={t('edit.field.choices')}
          value={choices.map((choice) => textIn(choice.label, language, base) || choice.value)}
          onValueChange={(next) => set({ choices: next.map((label) => choices.find((choice) => (textIn(choice.label, language, base) || choice.value) === label) ?? { value: label, label }) })}
        />
      ) : null}
      <div className={css['foot']}>
        <CheckField label={t('edit.field.sensitive')} hint={t('edit.field.sensitive-hint')} value={field.sensitive === true} onValueChange={(on) => set({ sensitive: on ? true : null })} />
        <IconButton label={t('edit.field.remove', { field: textIn(field.label, language, base) || field.id })} icon={<IconTrash />} tone="danger" onClick={() => edit({ type: 'remove-field', id: field.id })} />
      </div>
    </section>
  );
}
