import type { Database } from 'better-sqlite3';
import type { SearchKind } from '#shared/domain/search/schema.ts';
import { findKey } from './keys.ts';
import type { Segment } from './segment.ts';

/** What this desk picked, forgotten by half every {@link HALF_LIFE} ms. Holds keys only: no query, call or person. */
export type Picks = {
  record(kind: SearchKind, key: string, now: number): void;
  reset(): void;
  priors(segment: Segment): ReadonlyMap<number, number>;
};

const HALF_LIFE = 14 * 86_400_000;
/** Picks kept; the weakest go first. */
const KEPT = 500;
/** Most that picks can add: less than one typo costs, so that a habit never beats a better match. */
const MOST = 0.05;

type PickRow = { kind: SearchKind; key: string; weight: number; picked_at: number };

const faded = (row: { weight: number; picked_at: number }, now: number): number => row.weight * 0.5 ** (Math.max(0, now - row.picked_at) / HALF_LIFE);

export function createPicks(db: Database, clock: () => number): Picks {
  const select = db.prepare<[string, string], PickRow>('SELECT kind, key, weight, picked_at FROM search_pick WHERE kind = ? AND key = ?');
  const all = db.prepare<[], PickRow>('SELECT kind, key, weight, picked_at FROM search_pick');
  const upsert = db.prepare<[string, string, number, number]>('INSERT OR REPLACE INTO search_pick (kind, key, weight, picked_at) VALUES (?, ?, ?, ?)');
  const remove = db.prepare<[string, string]>('DELETE FROM search_pick WHERE kind = ? AND key = ?');
  const clear = db.prepare<[]>('DELETE FROM search_pick');
  let known = new WeakMap<Segment, { gone: number; priors: Map<number, number> }>();

  const trim = (now: number): void => {
    const rows = all.all();
    if (rows.length <= KEPT) return;
    rows.sort((a, b) => faded(b, now) - faded(a, now));
    for (const row of rows.slice(KEPT - 50)) remove.run(row.kind, row.key);
  };

  return {
    record(kind, key, now) {
      const old = select.get(kind, key);
      upsert.run(kind, key, 1 + (old === undefined ? 0 : faded(old, now)), now);
      trim(now);
      known = new WeakMap();
    },
    reset() {
      clear.run();
      known = new WeakMap();
    },
    priors(segment) {
      const held = known.get(segment);
      if (held !== undefined && held.gone === segment.goneCount) return held.priors;
      const priors = new Map<number, number>();
      const now = clock();
      for (const row of all.all()) {
        const doc = findKey(segment, row.kind, row.key);
        const weight = faded(row, now);
        if (doc !== undefined) priors.set(doc, MOST * (weight / (weight + 2)));
      }
      known.set(segment, { gone: segment.goneCount, priors });
      return priors;
    },
  };
}
