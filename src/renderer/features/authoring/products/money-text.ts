import type { Price } from '#shared/domain/product.ts';
import { isCurrency, minorDigits } from '#shared/domain/transfer/money.ts';

/** A price as it is written in a language: "€12.99". */
export function moneyText({ amount, currency }: Pick<Price, 'amount' | 'currency'>, language: string): string {
  if (!isCurrency(currency)) return `${amount} ${currency}`;
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount / 10 ** minorDigits(currency));
}
