import { priceAt, type PlannedPrice, type Price, type Product } from '../product.ts';
import { minorDigits } from '../transfer/money.ts';

/** A change of many prices at once. Percentages are in hundredths of a per cent (250 is 2.5 %), so that nothing rounds twice. */
export type PriceChange =
  | { readonly kind: 'percent'; readonly hundredths: number; readonly round: Rounding }
  | { readonly kind: 'by'; readonly amount: number }
  | { readonly kind: 'to'; readonly amount: number; readonly currency: string; readonly taxIncluded?: boolean };

/** What a price computed from a percentage is rounded to. `nines`: the next …9 at or above, in the smallest unit that is said. */
export type Rounding = 'unit' | 'ten' | 'nines';

/** Most plans a product can hold. */
const MOST_PLANS = 20;

/** The new amount in minor units, never below zero; undefined when there is no price to change. */
export function changedAmount(price: Pick<Price, 'amount' | 'currency'> | undefined, change: PriceChange): number | undefined {
  if (change.kind === 'to') return change.amount;
  if (price === undefined) return undefined;
  if (change.kind === 'by') return Math.max(0, price.amount + change.amount);
  // Whole numbers all the way: hundredths of a per cent are ten-thousandths.
  const exact = Math.round((price.amount * (10_000 + change.hundredths)) / 10_000);
  return Math.max(0, rounded(exact, change.round, price.currency));
}

function rounded(amount: number, round: Rounding, currency: string): number {
  const digits = minorDigits(currency);
  switch (round) {
    case 'unit': return amount;
    case 'ten': return digits === 0 ? Math.round(amount / 100) * 100 : Math.round(amount / 10) * 10;
    case 'nines': {
      const step = digits === 0 ? 100 : 10;
      return amount === 0 ? 0 : Math.ceil((amount + 1) / step) * step - 1;
    }
  }
}

/**
 * The product with a price from a day on. Without `from`, or with one that has come, the price itself changes and
 * plans stay; with a day to come, what is in force stays until then. A plan for the same moment is replaced.
 * @param now UTC ms
 * @returns the same product when there is no price to change
 */
export function withPriceChange(product: Product, change: PriceChange, from: number | undefined, now: number): Product {
  const basis = priceAt(product, from ?? now);
  const amount = changedAmount(basis, change);
  if (amount === undefined || amount > 100_000_000_000) return product;
  const currency = change.kind === 'to' ? change.currency : (basis as Price).currency;
  const tax = change.kind === 'to' ? (change.taxIncluded ?? basis?.taxIncluded) : basis?.taxIncluded;
  const price: Price = { amount, currency, ...(tax === undefined ? {} : { taxIncluded: tax }) };
  return from === undefined || from <= now ? withPriceNow(product, price, now) : withPlan(product, { ...price, validFrom: from }, now);
}

/** Sets the price in force; plans that were overtaken by it go. */
export function withPriceNow(product: Product, price: Price, now: number): Product {
  const coming = (product.plannedPrices ?? []).filter((plan) => plan.validFrom > now);
  const { plannedPrices: _plans, ...rest } = product;
  return { ...rest, price, ...(coming.length === 0 ? {} : { plannedPrices: coming }) };
}

/** Adds a plan. Plans that began are folded into the price, so that the list stays short. */
export function withPlan(product: Product, plan: PlannedPrice, now: number): Product {
  const inForce = priceAt(product, now);
  const coming = (product.plannedPrices ?? []).filter((one) => one.validFrom > now && one.validFrom !== plan.validFrom);
  const plans = [...coming, plan].toSorted((a, b) => a.validFrom - b.validFrom).slice(0, MOST_PLANS);
  const { price: _before, plannedPrices: _plans, ...rest } = product;
  return { ...rest, ...(inForce === undefined ? {} : { price: inForce }), plannedPrices: plans };
}

/** The first moment of a day (`YYYY-MM-DD`) on this desk's clock, UTC ms; undefined when it is no day. */
export function startOfDay(day: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return undefined;
  const at = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return at.getDate() === Number(match[3]) ? at.getTime() : undefined;
}

/** The day of a moment on this desk's clock, as `YYYY-MM-DD`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return [String(date.getFullYear()).padStart(4, '0'), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-');
}
