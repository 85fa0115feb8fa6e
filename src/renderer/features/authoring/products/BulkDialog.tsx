import { useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDayWords } from '#renderer/messages/day-words.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { DayField } from '#renderer/ui/DayField.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import { ProgressBar } from '#renderer/ui/ProgressBar.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { dayOf, startOfDay, withPriceChange, type PriceChange, type Rounding } from '#shared/domain/authoring/price-change.ts';
import { BULK_FIELDS, withField, type BulkField } from '#shared/domain/authoring/bulk-fields.ts';
import { nextPrice, priceAt, type Product } from '#shared/domain/product.ts';
import { isCurrency, minorDigits } from '#shared/domain/transfer/money.ts';
import { moneyText } from './money-text.ts';
import type { ProductsStore } from './products.store.ts';
import css from './products.module.css';

const LABELS: Readonly<Record<BulkField, 'edit.product.brand' | 'edit.product.manufacturer' | 'edit.product.type' | 'edit.product.stock' | 'edit.product.category' | 'edit.owner' | 'edit.billing.terms' | 'edit.tags' | 'edit.review-days' | 'edit.billing.notice' | 'edit.billing.term'>> = {
  brand: 'edit.product.brand', manufacturer: 'edit.product.manufacturer', type: 'edit.product.type', stockNote: 'edit.product.stock', category: 'edit.product.category', owner: 'edit.owner', terms: 'edit.billing.terms', tags: 'edit.tags', reviewDays: 'edit.review-days', noticeDays: 'edit.billing.notice', termMonths: 'edit.billing.term',
};

/** One change for many products: a price from a day on, or a field. What comes of it is shown before anything is written. */
export function BulkDialog({ store, onClose }: { store: ProductsStore; onClose: () => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const days = useDayWords();
  const { chosen, bulk, rows } = useStore(store);
  const now = useMemo(() => Date.now(), []);
  const [what, setWhat] = useState<'price' | 'field'>('price');
  const [how, setHow] = useState<PriceChange['kind']>('percent');
  const [value, setValue] = useState<number | null>(null);
  const [currency, setCurrency] = useState('EUR');
  const [round, setRound] = useState<Rounding>('unit');
  const [day, setDay] = useState(dayOf(now));
  const [field, setField] = useState<BulkField>('stockNote');
  const [text, setText] = useState('');
  const [readable, setReadable] = useState(true);
  const from = readable ? startOfDay(day) : undefined;
  const digits = isCurrency(currency) ? minorDigits(currency) : 2;
  const change = useMemo<PriceChange | undefined>(() => {
    if (value === null || from === undefined) return undefined;
    if (how === 'percent') return { kind: 'percent', hundredths: Math.round(value * 100), round };
    const amount = Math.round(value * 10 ** digits);
    return how === 'by' ? { kind: 'by', amount } : isCurrency(currency) ? { kind: 'to', amount, currency } : undefined;
  }, [value, from, how, round, digits, currency]);
  const apply = useMemo<((product: Product) => Product) | undefined>(() => {
    if (what === 'field') return (product) => withField(product, field, text);
    return change === undefined ? undefined : (product) => withPriceChange(product, change, from, now);
  }, [what, field, text, change, from, now]);
  const running = bulk?.running === true;
  const [started, setStarted] = useState(false);
  const close = (): void => {
    store.actions.stop();
    onClose();
  };
  const example = [...rows.values()].find((row) => chosen.has(row.browsed.key) && row.product !== undefined)?.product;
  const after = example === undefined || apply === undefined ? undefined : apply(example);
  const priceOf = (product: Product): string => {
    const price = (from !== undefined && from > now ? nextPrice(product, now) : undefined) ?? priceAt(product, now);
    return price === undefined ? t('products.bulk.no-price') : moneyText(price, language);
  };
  return (
    <Dialog
      open
      onClose={close}
      title={t('products.bulk.title', { count: chosen.size })}
      closeLabel={t('edit.close')}
      actions={
        started && !running ? (
          <Button variant="primary" data-autofocus onClick={onClose}>
            {t('edit.close')}
          </Button>
        ) : (
          <Button
            variant="primary"
            busy={running}
            disabled={apply === undefined}
            onClick={() => {
              if (apply === undefined) return;
              setStarted(true);
              void store.actions.change(apply);
            }}
          >
            {t('products.bulk.start', { count: chosen.size })}
          </Button>
        )
      }
    >
      <div className={css['bulk']}>
        {!started ? (
          <>
            <p className={css['lead']}>{t('products.bulk.lead')}</p>
            <SegmentedField label={t('products.bulk.what')} value={what} onValueChange={(next) => setWhat(next === 'field' ? 'field' : 'price')} options={[{ value: 'price', label: t('products.bulk.price') }, { value: 'field', label: t('products.bulk.field') }]} />
            {what === 'price' ? (
              <>
                <SegmentedField label={t('products.bulk.how')} value={how} onValueChange={(next) => setHow(next as PriceChange['kind'])} options={(['percent', 'by', 'to'] as const).map((one) => ({ value: one, label: t(`products.bulk.${one}`) }))} />
                <div className={css['fields']}>
                  <NumberField label={how === 'percent' ? t('products.bulk.percent-value') : t('products.bulk.amount')} value={value} onValueChange={setValue} decimals={how === 'percent' ? 2 : digits} {...(how === 'to' ? { min: 0 } : {})} />
                  {how === 'percent' ? (
                    <SelectField label={t('products.bulk.round')} value={round} onValueChange={(next) => setRound(next as Rounding)} options={(['unit', 'ten', 'nines'] as const).map((one) => ({ value: one, label: t(`products.bulk.round.${one}`) }))} />
                  ) : how === 'to' ? (
                    <TextField label={t('edit.price.currency')} value={currency} onValueChange={(next) => setCurrency(next.toUpperCase())} maxLength={3} code />
                  ) : null}
                  <DayField label={t('edit.price.from')} hint={t('edit.price.from-hint')} value={day} onValueChange={setDay} words={days} onReadable={setReadable} />
                </div>
                {example === undefined || after === undefined ? null : <p className={css['example']}>{t('products.bulk.example', { name: example.name, before: moneyOr(priceAt(example, now), language, t('products.bulk.no-price')), after: priceOf(after) })}</p>}
              </>
            ) : (
              <div className={css['fields']}>
                <SelectField label={t('products.bulk.field-name')} value={field} onValueChange={(next) => setField(next as BulkField)} options={BULK_FIELDS.map((one) => ({ value: one, label: t(LABELS[one]) }))} />
                <TextField label={t('products.bulk.field-value')} hint={t('products.bulk.field-empty')} value={text} onValueChange={setText} />
              </div>
            )}
          </>
        ) : running && bulk !== undefined ? (
          <ProgressBar label={t('products.bulk.running')} value={bulk.done / Math.max(1, bulk.total)} valueText={`${bulk.done} / ${bulk.total}`} cancel={{ label: t('products.cancel'), onCancel: store.actions.stop }} />
        ) : bulk === undefined ? null : (
          <>
            <Banner tone="ok" live="status" title={t('products.bulk.done', { count: bulk.written })} />
            {bulk.failed === 0 ? null : <Banner tone="warn" title={t('products.bulk.failed', { count: bulk.failed })} />}
          </>
        )}
      </div>
    </Dialog>
  );
}

function moneyOr(price: ReturnType<typeof priceAt>, language: string, otherwise: string): string {
  return price === undefined ? otherwise : moneyText(price, language);
}
