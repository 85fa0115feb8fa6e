import type { Database } from 'better-sqlite3';
import type { Product } from '#shared/domain/product.ts';

/** Rows looked at in one bite; others have their turn between two. */
const BITE = 2_000;
/** Products handed over together. */
const BATCH = 200;

export type PriceTurnsParts = {
  db: Database;
  /** Products whose price in force is another one now. May be called with the same product twice. */
  turned: (products: Product[]) => void;
  breathe: () => Promise<void>;
  /** False while another process writes: it is done later then. */
  mayWrite: () => boolean;
  /** UTC ms. */
  now: () => number;
};

/**
 * Prices that take over on a day of their own: what was worked out from the price in force has to follow, also for the
 * days a desk was off. The time up to which that was done is kept; records are looked at only when they changed or a price is due.
 */
export function createPriceTurns({ db, turned, breathe, mayWrite, now }: PriceTurnsParts) {
  const settled = db.prepare<[], number>('SELECT settled_at FROM price_turn WHERE id = 1').pluck();
  const settle = db.prepare<[number]>('INSERT INTO price_turn (id, settled_at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET settled_at = excluded.settled_at');
  const last = db.prepare<[], number | null>('SELECT max(id) FROM record').pluck();
  const dated = db.prepare<[number, number], string>("SELECT json FROM record WHERE id > ? AND id <= ? AND kind = 'product' AND instr(json, '\"validFrom\"') > 0").pluck();
  /** When the next price takes over, UTC ms; unknown until all records were looked at. */
  let next = Number.NEGATIVE_INFINITY;
  let running = false;
  let stopped = false;

  const run = async (): Promise<void> => {
    const until = now();
    const since = settled.get() ?? until;
    let coming = Number.POSITIVE_INFINITY;
    let due: Product[] = [];
    // What changes meanwhile is looked at the next time.
    next = coming;
    const most = last.get() ?? 0;
    for (let from = 0; from < most && !stopped; from += BITE) {
      for (const json of dated.all(from, from + BITE)) {
        const product = JSON.parse(json) as Product;
        const moments = [product.price, ...(product.plannedPrices ?? [])].flatMap((price) => price?.validFrom ?? []);
        if (moments.some((at) => at > since && at <= until)) due.push(product);
        coming = Math.min(coming, ...moments.filter((at) => at > until));
      }
      if (due.length >= BATCH && mayWrite()) {
        turned(due);
        due = [];
      }
      await breathe();
    }
    if (stopped) return;
    if (!mayWrite()) {
      next = Number.NEGATIVE_INFINITY;
      return;
    }
    if (due.length > 0) turned(due);
    settle.run(until);
    next = Math.min(next, coming);
  };

  return {
    /** Records changed: when the next price takes over is found out anew. */
    touched: (): void => {
      next = Number.NEGATIVE_INFINITY;
    },
    /** Does what is due. Cheap when nothing is. */
    look: async (): Promise<void> => {
      if (running || stopped || now() < next || !mayWrite()) return;
      running = true;
      try {
        await run();
      } catch (cause) {
        next = Number.NEGATIVE_INFINITY;
        throw cause;
      } finally {
        running = false;
      }
    },
    stop: (): void => {
      stopped = true;
    },
  };
}
