import type { Database } from 'better-sqlite3';

export type MissLog = {
  /** Counts one search of `day` that found nothing, or that nothing was chosen from. */
  add(text: string, found: boolean, day: string): void;
  list(limit: number): { text: string; found: boolean; count: number; lastDay: string }[];
  clear(): void;
};

/** What agents looked for in vain: normalised text, count and day. No person, no call, no time of day. */
export function createMissLog(db: Database): MissLog {
  const add = db.prepare<[string, string, number]>(
    'INSERT INTO search_miss (day, text, found, count) VALUES (?, ?, ?, 1) ON CONFLICT (day, text, found) DO UPDATE SET count = count + 1',
  );
  const list = db.prepare<[number], { text: string; found: number; count: number; lastDay: string }>(
    'SELECT text, found, sum(count) AS count, max(day) AS lastDay FROM search_miss GROUP BY text, found ORDER BY count DESC, lastDay DESC LIMIT ?',
  );
  const clear = db.prepare('DELETE FROM search_miss');
  return {
    add: (text, found, day) => {
      add.run(day, text, found ? 1 : 0);
    },
    list: (limit) => list.all(limit).map((row) => ({ ...row, found: row.found === 1 })),
    clear: () => {
      clear.run();
    },
  };
}
