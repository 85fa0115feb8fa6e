import type { Migration } from '../../migrate.ts';

/**
 * Single changes from live channels. `live_cursor` is how far each channel was followed; it is written in the transaction
 * of the changes it stands for. `live_base` is the last signed head the records agreed with, and the open entry of
 * "What's new" that changes are added to until their head closes it. `quarantine` keeps what was not taken.
 */
export const migration0003: Migration = {
  version: 3,
  name: '0003-live',
  up: (db) =>
    db.exec(`
CREATE TABLE live_cursor (
  channel TEXT NOT NULL,
  name TEXT NOT NULL,
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (channel, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE live_base (
  name TEXT PRIMARY KEY,
  head INTEGER NOT NULL,
  agreed_at INTEGER NOT NULL,
  log INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  refusal TEXT NOT NULL,
  bytes BLOB NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (name, digest)
) STRICT;
`),
};
