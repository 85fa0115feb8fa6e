import { IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useDayWords } from '#renderer/messages/day-words.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { DayField } from '#renderer/ui/DayField.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { dayOf, startOfDay, withPlan, withPriceNow } from '#shared/domain/authoring/price-change.ts';
import { plannedPriceSchema, priceAt, priceSchema, type Product } from '#shared/domain/product.ts';
import { isCurrency, minorDigits } from '#shared/domain/transfer/money.ts';
import { errorAt, type EditorProps, type Unfinished } from '../editing.ts';
import css from '../forms/forms.module.css';
import { moneyText } from './money-text.ts';

/** The price in force, those to come, and one form for both: the day decides whether it is changed or planned. */
export function PriceFields({ record, onChange, findings, known }: EditorProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const days = useDayWords();
  const product = pricesOf(record);
  const current = priceAt(product, known.now);
  const coming = (product.plannedPrices ?? []).filter((plan) => plan.validFrom > known.now).toSorted((a, b) => a.validFrom - b.validFrom);
  const today = dayOf(known.now);
  const [amount, setAmount] = useState<number | null>(null);
  const [currency, setCurrency] = useState(current?.currency ?? coming[0]?.currency ?? 'EUR');
  const [tax, setTax] = useState(current?.taxIncluded ?? true);
  const [day, setDay] = useState(today);
  const digits = isCurrency(currency) ? minorDigits(currency) : 2;
  const from = startOfDay(day);
  const later = from !== undefined && from > known.now;
  const [readable, setReadable] = useState(true);
  const ready = readable && amount !== null && amount >= 0 && isCurrency(currency) && from !== undefined;
  const put = (next: Product): void => onChange(next as unknown as Unfinished);
  const set = (): void => {
    if (!ready) return;
    const price = { amount: Math.round(amount * 10 ** digits), currency, ...(tax === (current?.taxIncluded ?? false) && current?.taxIncluded === undefined ? {} : { taxIncluded: tax }) };
    put(later ? withPlan(product, { ...price, validFrom: from }, known.now) : withPriceNow(product, price, known.now));
    setAmount(null);
    setDay(today);
  };
  const takeBack = (validFrom: number): void => {
    const { plannedPrices, ...rest } = product;
    const left = (plannedPrices ?? []).filter((plan) => plan.validFrom !== validFrom);
    put(left.length === 0 ? rest : { ...rest, plannedPrices: left });
  };
  const dayText = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const wrong = errorAt(findings, ['price'], t) ?? errorAt(findings, ['plannedPrices'], t);
  return (
    <section className={css['section']} aria-label={t('edit.price')}>
      <h3 className={css['heading']}>{t('edit.price')}</h3>
      <p className={css['said']}>{current === undefined ? t('edit.price.none') : t('edit.price.in-force', { price: moneyText(current, language) })}</p>
      {coming.length === 0 ? null : (
        <ul className={css['plans']} aria-label={t('edit.price.planned')}>
          {coming.map((plan) => {
            const said = t('edit.price.planned-row', { price: moneyText(plan, language), day: dayText.format(plan.validFrom) });
            return (
              <li key={plan.validFrom}>
                <span>{said}</span>
                <IconButton label={t('edit.price.remove', { price: said })} icon={<IconX />} onClick={() => takeBack(plan.validFrom)} />
              </li>
            );
          })}
        </ul>
      )}
      {wrong === undefined ? null : <p className={css['error']}>{wrong}</p>}
      <div className={css['grid']} role="group" aria-label={t('edit.price.change')}>
        <NumberField label={t('edit.price.new')} value={amount} onValueChange={setAmount} min={0} decimals={digits} />
        <TextField label={t('edit.price.currency')} value={currency} onValueChange={(next) => setCurrency(next.toUpperCase())} maxLength={3} code />
        <DayField label={t('edit.price.from')} value={day} onValueChange={setDay} words={days} onReadable={setReadable} />
      </div>
      <p className={css['hint']}>{t('edit.price.from-hint')}</p>
      <div className={css['actions']}>
        <CheckField label={t('edit.price.tax')} value={tax} onValueChange={setTax} />
        <Button variant="primary" disabled={!ready} onClick={set}>
          {later ? t('edit.price.plan') : t('edit.price.set')}
        </Button>
      </div>
    </section>
  );
}

/** The record with only those prices that can be read; everything else as it is. */
function pricesOf(record: Unfinished): Product {
  const { price, plannedPrices, ...rest } = record;
  const now = priceSchema.safeParse(price);
  const plans = Array.isArray(plannedPrices) ? plannedPrices.flatMap((plan: unknown) => plannedPriceSchema.safeParse(plan).data ?? []) : [];
  return { ...(rest as unknown as Product), ...(now.success ? { price: now.data } : {}), ...(plans.length === 0 ? {} : { plannedPrices: plans }) };
}
