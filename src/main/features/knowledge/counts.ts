import type { Database } from 'better-sqlite3';
import { dayBefore, isTellable, type CountedKind, type Counts, type GapCount, type UseCount } from '#shared/domain/news/counts.ts';

/** Days after which counts are let go. */
const KEPT_DAYS = 180;
/** A receipt has to stay small: these fit into less than half of one. */
const MOST_GAPS = 200;
const MOST_USES = 1_200;

export type CountLog = ReturnType<typeof createCountLog>;

/** What this desk counts for those who look after the knowledge: by day, no person, no call, no time of day. */
export function createCountLog(db: Database, now: () => number) {
  const add = db.prepare<[string, string, string]>('INSERT INTO record_use (day, kind, key, count) VALUES (?, ?, ?, 1) ON CONFLICT (day, kind, key) DO UPDATE SET count = count + 1');
  const forget = db.prepare<[string]>('DELETE FROM record_use WHERE day < ?');
  // One line for a record, however often: a desk opens many products, and scripts must not be crowded out by their days.
  const uses = db.prepare<[string, string, number], UseCount>('SELECT max(day) AS day, kind, key, sum(count) AS count FROM record_use WHERE day >= ? AND day < ? GROUP BY kind, key ORDER BY kind = \'product\', day DESC, count DESC LIMIT ?');
  const gaps = db.prepare<[string, string, number], Omit<GapCount, 'found'> & { found: number }>('SELECT day, text, found, count FROM search_miss WHERE day >= ? AND day < ? AND length(text) <= 120 ORDER BY day DESC, count DESC LIMIT ?');
  const first = db.prepare<[], string | null>('SELECT min(day) FROM record_use').pluck();
  return {
    used: (kind: CountedKind, key: string): void => {
      const day = dayBefore(now(), 0);
      add.run(day, kind, key);
      forget.run(dayBefore(now(), KEPT_DAYS));
    },
    /** The last `days` days. `whole`: only those that are over, so that nobody reads from it what somebody does now. */
    counts: (days: number, whole: boolean): Counts => {
      const from = dayBefore(now(), days);
      const until = whole ? dayBefore(now(), 0) : dayBefore(now(), -1);
      const begun = first.get() ?? dayBefore(now(), 0);
      return {
        since: begun > from ? begun : from,
        gaps: gaps.all(from, until, MOST_GAPS).map((row) => ({ ...row, found: row.found === 1 })).filter((gap) => !whole || isTellable(gap)),
        used: uses.all(from, until, MOST_USES),
      };
    },
  };
}
