import type { Migration } from '../../migrate.ts';

/** What a layer that nobody signed says is not there, for example a record hidden on this desk; and when prices were last settled, UTC ms. */
export const migration0006: Migration = {
  version: 6,
  name: '0006-hidden',
  up: (db) =>
    db.exec(`
CREATE TABLE tombstone (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  PRIMARY KEY (kind, key, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE price_turn (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  settled_at INTEGER NOT NULL
) STRICT;
`),
};
