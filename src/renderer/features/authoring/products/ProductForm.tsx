import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import { valueAt } from '#shared/domain/authoring/values.ts';
import { isCurrency, minorDigits } from '#shared/domain/transfer/money.ts';
import { errorAt, setter, type EditorProps } from '../editing.ts';
import type { FormProps } from '../forms/FormFields.tsx';
import css from '../forms/forms.module.css';
import { Grid, RecordSections } from '../forms/RecordForm.tsx';
import type { FieldSpec } from '../forms/spec.ts';
import { PriceFields } from './PriceFields.tsx';

const WHAT: readonly FieldSpec[] = [
  { type: 'line', name: 'name', says: 'edit.product.name', required: true, maxLength: 400 },
  { type: 'code', name: 'sku', says: 'edit.product.sku', required: true, maxLength: 120 },
  { type: 'line', name: 'brand', says: 'edit.product.brand', maxLength: 400 },
  { type: 'line', name: 'manufacturer', says: 'edit.product.manufacturer', maxLength: 400 },
  { type: 'line', name: 'model', says: 'edit.product.model', maxLength: 400 },
  { type: 'line', name: 'type', says: 'edit.product.type', maxLength: 400 },
  { type: 'line', name: 'stockNote', says: 'edit.product.stock', maxLength: 400 },
  { type: 'list', name: 'category', says: 'edit.product.category' },
  { type: 'list', name: 'barcodes', says: 'edit.product.barcodes' },
  { type: 'text', name: 'description', says: 'edit.product.description', maxLength: 200_000 },
  { type: 'reference', name: 'scripts', says: 'edit.scripts', to: 'script', many: true },
  { type: 'reference', name: 'articles', says: 'edit.product.articles', to: 'article', many: true },
];

const BILLING: readonly FieldSpec[] = [
  { type: 'choice', name: 'interval', says: 'edit.billing.interval', options: [['once', 'edit.billing.once'], ['week', 'edit.billing.week'], ['month', 'edit.billing.month'], ['quarter', 'edit.billing.quarter'], ['year', 'edit.billing.year'], ['usage', 'edit.billing.usage']], none: 'edit.none' },
  { type: 'code', name: 'unit', says: 'edit.billing.unit', maxLength: 60 },
  { type: 'number', name: 'termMonths', says: 'edit.billing.term', min: 0, max: 240 },
  { type: 'number', name: 'noticeDays', says: 'edit.billing.notice', min: 0, max: 730 },
];
const TERMS: readonly FieldSpec[] = [{ type: 'text', name: 'terms', says: 'edit.billing.terms', maxLength: 4_000 }];

const FACTS: readonly FieldSpec[] = [
  {
    type: 'rows', name: 'facts', says: 'edit.product.facts', help: 'edit.product.facts-hint', add: 'edit.product.add-fact', fresh: { name: '', value: '' }, max: 100, inline: true,
    item: [
      { type: 'line', name: 'name', says: 'edit.product.fact', required: true, maxLength: 400 },
      { type: 'line', name: 'value', says: 'edit.product.value', required: true, maxLength: 4_000 },
      { type: 'day', name: 'verifiedAt', says: 'edit.product.checked-on' },
      { type: 'line', name: 'verifiedBy', says: 'edit.product.checked-by', maxLength: 400 },
    ],
  },
];

/** One product: price first, because that is what changes. */
export function ProductForm(editor: EditorProps): ReactNode {
  const t = useT();
  const own = typeof editor.record['language'] === 'string' ? editor.record['language'] : 'en';
  const form: FormProps = { ...editor, language: own, base: own };
  return (
    <div className={css['page']}>
      <PriceFields {...editor} />
      <section className={css['section']} aria-label={t('edit.product.what')}>
        <h3 className={css['heading']}>{t('edit.product.what')}</h3>
        <Grid fields={WHAT} form={form} />
      </section>
      <section className={css['section']} aria-label={t('edit.billing')}>
        <h3 className={css['heading']}>{t('edit.billing')}</h3>
        <Grid fields={BILLING} form={form} at={['billing']} />
        <SetupFee {...editor} />
        <Grid fields={TERMS} form={form} at={['billing']} />
      </section>
      <Grid fields={FACTS} form={form} />
      <RecordSections form={form} />
    </div>
  );
}

/** Written as people write money, stored in the price's smallest unit. */
function SetupFee(editor: EditorProps): ReactNode {
  const t = useT();
  const set = setter(editor);
  const currency = valueAt(editor.record, ['price', 'currency']) ?? valueAt(editor.record, ['plannedPrices', 0, 'currency']);
  const digits = typeof currency === 'string' && isCurrency(currency) ? minorDigits(currency) : 2;
  const fee = valueAt(editor.record, ['billing', 'setupFee']);
  return (
    <div className={css['grid']}>
      <NumberField
        label={t('edit.billing.setup')}
        value={typeof fee === 'number' ? fee / 10 ** digits : null}
        onValueChange={(next) => set(['billing', 'setupFee'], next === null ? undefined : Math.round(next * 10 ** digits), true)}
        min={0}
        decimals={digits}
        error={errorAt(editor.findings, ['billing', 'setupFee'], t)}
      />
    </div>
  );
}
