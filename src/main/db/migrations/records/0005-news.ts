import type { Migration } from '../../migrate.ts';

/** What this desk's agent did with news: acknowledged announcements, own checks, flags on knowledge, the mark of the shift. */
export const migration0005: Migration = {
  version: 5,
  name: '0005-news',
  up: (db) =>
    db.exec(`
CREATE TABLE acknowledgements (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE check_progress (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE flags (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE shift_mark (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last INTEGER NOT NULL,
  since INTEGER NOT NULL
) STRICT;
`),
};
