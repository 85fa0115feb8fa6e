import Database from 'better-sqlite3';
import { createSearchTables, openSearchIndex, type SearchIndex } from '#main/features/search/index.ts';
import type { SearchDoc } from '#shared/domain/search/schema.ts';

export type Desk = { db: Database.Database; index: SearchIndex; clock: { now: number } };

/** An index in memory, or in a file, with a clock the test sets. */
export function newDesk(file = ':memory:'): Desk {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  createSearchTables(db);
  const clock = { now: 1_800_000_000_000 };
  return { db, clock, index: openSearchIndex({ db, clock: () => clock.now }) };
}

/** A product document; the key doubles as sku. */
export function product(key: string, title: string, more: Partial<SearchDoc['fields']> & { price?: number } = {}): SearchDoc {
  const { price, ...fields } = more;
  return { kind: 'product', key, fields: { title, ...fields }, ...(price === undefined ? {} : { price }) };
}

/** Keys of the hits of a query, best first; with time enough for a busy machine. */
export function keysOf(index: SearchIndex, text: string, limit = 10): string[] {
  return index.query({ text, limit, budgetMs: 60_000 }).hits.map((hit) => hit.key);
}
