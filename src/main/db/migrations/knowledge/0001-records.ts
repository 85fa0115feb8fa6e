import type { Migration } from '../../migrate.ts';

/** Knowledge records as they came, one row each; what search needs of them lies in its own tables. */
export const migration0001: Migration = {
  version: 1,
  name: '0001-records',
  up: (db) =>
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
CREATE INDEX record_by_source ON record (source);

CREATE TABLE search_miss (
  day TEXT NOT NULL,
  text TEXT NOT NULL,
  found INTEGER NOT NULL CHECK (found IN (0, 1)),
  count INTEGER NOT NULL,
  PRIMARY KEY (day, text, found)
) STRICT, WITHOUT ROWID;
`),
};
