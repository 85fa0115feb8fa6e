import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { Table, type Column } from '#renderer/ui/Table.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { isCurrency } from '#shared/domain/transfer/money.ts';
import { DELIMITERS, ENCODINGS, type Preview, type ReadingChoice } from '#shared/domain/transfer/reading.ts';
import { CATEGORY_SEPARATORS, TARGETS, type Mapping, type Target } from '#shared/domain/transfer/targets.ts';
import css from './transfer.module.css';

export type MappingFormProps = {
  preview: Preview;
  mapping: Mapping;
  onMap: (column: string, target: Target) => void;
  onChange: (patch: Partial<Mapping>) => void;
  onReread: (choice: ReadingChoice) => void;
};

const DELIMITER_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** How the file is read, and what each of its columns becomes. Only questions this file raises are asked. */
export function MappingForm({ preview, mapping, onMap, onChange, onReread }: MappingFormProps): ReactNode {
  const t = useT();
  const { reading, rows, sheets } = preview;
  const has = (target: Target): boolean => mapping.columns.some((one) => one.target === target);
  const priced = has('price') || has('setupFee');
  const targets = TARGETS.map((value) => ({ value, label: t(`transfer.target.${value}`) }));
  const columns: Column<Mapping['columns'][number]>[] = [
    {
      id: 'column',
      header: t('transfer.columns.column'),
      cell: ({ column, target }) => (
        <div className={target === 'ignore' ? css['left'] : undefined}>
          <span className={css['source']}>{column}</span>
          <span className={css['samples']}>{samples(preview, column, rows)}</span>
        </div>
      ),
    },
    {
      id: 'target',
      header: t('transfer.columns.target'),
      width: '14.5rem',
      cell: ({ column, target }) => (
        <SelectField label={t('transfer.columns.target-of', { column })} hideLabel searchable value={target} options={targets} onValueChange={(value) => onMap(column, TARGETS.find((one) => one === value) ?? 'ignore')} />
      ),
    },
  ];
  return (
    <>
      <div className={css['options']}>
        {reading.format === 'csv' ? (
          <SelectField
            label={t('transfer.delimiter')}
            value={reading.delimiter}
            options={DELIMITERS.map((value) => ({ value, label: t(`transfer.delimiter.${DELIMITER_NAMES[value]}`) }))}
            onValueChange={(value) => onReread({ delimiter: DELIMITERS.find((one) => one === value) ?? ',' })}
          />
        ) : null}
        {reading.format === 'xlsx' ? null : (
          <SelectField
            label={t('transfer.encoding')}
            value={reading.encoding}
            options={ENCODINGS.map((value) => ({ value, label: t(`transfer.encoding.${value}`) }))}
            onValueChange={(value) => onReread({ encoding: ENCODINGS.find((one) => one === value) ?? 'utf-8' })}
          />
        )}
        {sheets.length > 1 ? <SelectField label={t('transfer.sheet')} value={reading.sheet ?? null} options={sheets.map((value) => ({ value, label: value }))} onValueChange={(sheet) => onReread({ sheet })} /> : null}
        {has('category') ? (
          <SelectField
            label={t('transfer.separator')}
            value={mapping.categorySeparator}
            options={CATEGORY_SEPARATORS.map((value) => ({ value, label: value === 'none' ? t('transfer.separator.none') : value }))}
            onValueChange={(value) => onChange({ categorySeparator: CATEGORY_SEPARATORS.find((one) => one === value) ?? 'none' })}
          />
        ) : null}
        {priced ? <PriceOptions mapping={mapping} onChange={onChange} /> : null}
        <div className={css['wide']}>
          <SegmentedField
            label={t('transfer.existing')}
            hint={t(`transfer.existing.${mapping.existing}-hint`)}
            value={mapping.existing}
            onValueChange={(value) => onChange({ existing: value === 'replace' ? 'replace' : 'merge' })}
            options={(['merge', 'replace'] as const).map((value) => ({ value, label: t(`transfer.existing.${value}`) }))}
          />
        </div>
      </div>
      <div className={css['columns']}>
        <Table label={t('transfer.columns')} columns={columns} rows={mapping.columns} rowId={({ column }) => column} />
      </div>
    </>
  );
}

function PriceOptions({ mapping, onChange }: Pick<MappingFormProps, 'mapping' | 'onChange'>): ReactNode {
  const t = useT();
  const currency = mapping.currency ?? '';
  return (
    <>
      <TextField
        label={t('transfer.currency')}
        value={currency}
        maxLength={3}
        code
        hint={t('transfer.currency.hint')}
        {...(currency.length === 3 && !isCurrency(currency) ? { error: t('transfer.currency.wrong', { value: currency }) } : {})}
        onValueChange={(value) => onChange({ currency: value.toUpperCase() })}
      />
      <SegmentedField
        label={t('transfer.price-unit')}
        value={mapping.priceUnit}
        onValueChange={(value) => onChange({ priceUnit: value === 'minor' ? 'minor' : 'major' })}
        options={(['major', 'minor'] as const).map((value) => ({ value, label: t(`transfer.price-unit.${value}`) }))}
      />
      <SegmentedField
        label={t('transfer.decimal')}
        value={mapping.decimal}
        onValueChange={(value) => onChange({ decimal: value === 'dot' || value === 'comma' ? value : 'auto' })}
        options={(['auto', 'dot', 'comma'] as const).map((value) => ({ value, label: t(`transfer.decimal.${value}`) }))}
      />
    </>
  );
}

/** The first few different values of a column. */
function samples({ reading }: Preview, column: string, rows: Preview['rows']): string {
  const at = reading.columns.indexOf(column);
  return [...new Set(rows.map(({ cells }) => String(cells[at] ?? '').trim()).filter((cell) => cell !== ''))].slice(0, 3).join(' · ');
}
