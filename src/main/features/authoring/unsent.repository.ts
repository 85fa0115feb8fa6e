import type { Database } from 'better-sqlite3';

/** Words nobody came back to are let go after this long (ms). */
export const UNSENT_KEPT_MS = 90 * 24 * 3_600_000;

/** All SQL over words that were typed and not sent. What `keep` wrote is on the disk when it returns. */
export function createUnsentRepository(db: Database) {
  const one = db.prepare<[string], { words: string }>('SELECT words FROM unsent WHERE about = ?');
  const put = db.prepare<[string, string, number]>('INSERT INTO unsent (about, words, at) VALUES (?, ?, ?) ON CONFLICT (about) DO UPDATE SET words = excluded.words, at = excluded.at');
  const drop = db.prepare<[string]>('DELETE FROM unsent WHERE about = ?');
  const dropOld = db.prepare<[number]>('DELETE FROM unsent WHERE at < ?');
  return {
    find: (about: string): string => one.get(about)?.words ?? '',
    /** Empty words are forgotten. */
    keep: (about: string, words: string, at: number): void => void (words === '' ? drop.run(about) : put.run(about, words, at)),
    purge: (now: number): void => void dropOld.run(now - UNSENT_KEPT_MS),
  };
}
