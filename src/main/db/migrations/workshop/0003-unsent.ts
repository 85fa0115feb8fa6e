import type { Migration } from '../../migrate.ts';

/** Words somebody typed and has not sent: a comment in a review, an answer to a flag. `about` says where they were typed. */
export const migration0003: Migration = {
  version: 3,
  name: '0003-unsent',
  up: (db) =>
    db.exec(`
CREATE TABLE unsent (
  about TEXT PRIMARY KEY,
  words TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`),
};
