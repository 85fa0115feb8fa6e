import type { Database } from 'better-sqlite3';

export const version = 1;
export const name = 'records';

/** Knowledge records as they came, one row each; what search needs of them lies in its own tables. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      digest TEXT NOT NULL,
      installed_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE record (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      source INTEGER NOT NULL REFERENCES source (id),
      json TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX record_by_key ON record (kind, key);
  `);
}
