import { IconRosetteDiscountCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import type { Path } from '#shared/domain/authoring/values.ts';
import { valueAt } from '#shared/domain/authoring/values.ts';
import { dayOf } from '#shared/domain/authoring/price-change.ts';
import { imageAddress, imageSchema } from '#shared/domain/article.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import { errorAt, type EditorProps } from '../editing.ts';
import { FormField, FormFields, type FormProps } from './FormFields.tsx';
import css from './forms.module.css';
import { CARE, isLocal, REACH, sectionsOf, TARGETS } from './kinds.ts';
import { LanguagePicker } from './LanguagePicker.tsx';
import type { FieldSpec, FormSection } from './spec.ts';

/** A record of any kind that has no editor of its own: its fields, whom it reaches, and who looks after it. */
export function RecordForm({ kind, ...editor }: EditorProps & { kind: KnowledgeKind }): ReactNode {
  const own = typeof editor.record['language'] === 'string' ? editor.record['language'] : 'en';
  const [language, setLanguage] = useState(own);
  const form: FormProps = { ...editor, language: isLocal(kind) ? language : own, base: own };
  return (
    <div className={css['page']}>
      {isLocal(kind) ? <LanguagePicker value={language} onValueChange={setLanguage} base={own} texts={['label', 'title', 'text', 'group', 'use'].map((name) => valueAt(editor.record, [name]))} /> : null}
      {kind === 'image' ? <Picture {...editor} /> : null}
      {(sectionsOf(kind) ?? []).map((section) => <Section key={section.id} section={section} form={form} />)}
      {kind === 'framework' ? null : <RecordSections form={form} />}
    </div>
  );
}

/** What every record has: whom it reaches, from when until when, who looks after it. */
export function RecordSections({ form }: { form: FormProps }): ReactNode {
  const t = useT();
  return (
    <>
      <section className={css['section']} aria-label={t(REACH.says)}>
        <h3 className={css['heading']}>{t(REACH.says)}</h3>
        <Grid fields={REACH.fields} form={form} />
        <Grid fields={TARGETS} form={form} at={['targets']} />
      </section>
      <Section section={CARE} form={form} />
      <Verified {...form} />
    </>
  );
}

function Section({ section, form }: { section: FormSection; form: FormProps }): ReactNode {
  const t = useT();
  if (section.folded === true) {
    const wrong = section.fields.some((field) => errorAt(form.findings, [field.name], t) !== undefined);
    return (
      <details className={css['section']} {...(wrong ? { open: true } : {})}>
        <summary>{t(section.says)}</summary>
        <Grid fields={section.fields} form={form} />
      </details>
    );
  }
  return (
    <section className={css['section']} aria-label={t(section.says)}>
      <Grid fields={section.fields} form={form} />
    </section>
  );
}

/** Short fields stand side by side; what is written or listed takes the whole width. */
export function Grid({ fields, form, at }: { fields: readonly FieldSpec[]; form: FormProps; at?: Path }): ReactNode {
  return (
    <div className={css['grid']}>
      {fields.map((field) =>
        field.type === 'number' || field.type === 'moment' || field.type === 'day' || field.type === 'code' || field.type === 'reference' || (field.type === 'choice' && field.short !== true) || (field.type === 'line' && field.required !== true) ? (
          <FormFields key={field.name} fields={[field]} {...form} {...(at === undefined ? {} : { at })} />
        ) : (
          <div key={field.name} className={css['wide']}>
            <FormField field={field} {...form} {...(at === undefined ? {} : { at })} />
          </div>
        ),
      )}
    </div>
  );
}

/** Who last looked whether this is still right; one key says: today, by me. */
function Verified(form: FormProps): ReactNode {
  const t = useT();
  const shown = useLanguage();
  const { record, known } = form;
  const day = typeof record['verifiedAt'] === 'string' ? record['verifiedAt'] : undefined;
  const who = typeof record['verifiedBy'] === 'string' ? record['verifiedBy'] : '';
  const today = dayOf(known.now);
  const said = day === undefined || Number.isNaN(Date.parse(day)) ? t('edit.verified.never') : t('edit.verified.last', { day: new Intl.DateTimeFormat(shown, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day)), who });
  const mark = (): void => {
    form.onChange({ ...record, verifiedAt: today, ...(known.person === '' ? {} : { verifiedBy: known.person }) });
  };
  return (
    <div className={css['languages']}>
      <span>{said}</span>
      <Button size="sm" icon={<IconRosetteDiscountCheck />} disabled={day === today && who === known.person} onClick={mark}>
        {t('edit.verified.mark')}
      </Button>
    </div>
  );
}

function Picture({ record }: EditorProps): ReactNode {
  const found = imageSchema.pick({ type: true, data: true }).safeParse({ type: record['type'], data: record['data'] });
  return found.success ? <img className={css['thumb']} src={imageAddress(found.data)} alt={typeof record['alt'] === 'string' ? record['alt'] : ''} /> : null;
}
