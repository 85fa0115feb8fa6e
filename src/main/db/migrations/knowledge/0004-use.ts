import type { Migration } from '../../migrate.ts';

/** How often scripts and articles were opened here, by day: a count, no person, no call, no time of day. */
export const migration0004: Migration = {
  version: 4,
  name: '0004-use',
  up: (db) =>
    db.exec(`
CREATE TABLE record_use (
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, kind, key)
) STRICT, WITHOUT ROWID;
`),
};
