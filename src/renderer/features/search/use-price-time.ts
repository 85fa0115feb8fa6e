import { useEffect, useState } from 'react';
import { nextPrice, type Product } from '#shared/domain/product.ts';

/** A card left open looks at the clock this often (ms): timers stand still while a machine sleeps. */
const LOOK_MS = 30_000;

/** The time for which prices are shown, told anew when one of these products has its next price: a card that lies open never says an old one. */
export function usePriceTime(products: readonly Product[]): number {
  const [now, setNow] = useState(Date.now);
  const next = Math.min(...products.map((product) => nextPrice(product, now)?.validFrom ?? Number.POSITIVE_INFINITY));
  useEffect(() => {
    if (next === Number.POSITIVE_INFINITY) return undefined;
    const timer = setInterval(() => {
      if (Date.now() >= next) setNow(Date.now());
    }, Math.max(200, Math.min(LOOK_MS, next - Date.now() + 50)));
    return () => clearInterval(timer);
  }, [next]);
  // A product opened later is shown as of then.
  return Math.max(now, Date.now());
}
