import type { Migration } from '../../migrate.ts';

/**
 * What this desk changed for itself. `base` is the signed record as it was when somebody last looked at both: when
 * another one lies beneath, the desk says so. Kept here and not in knowledge.db, because that may be made anew.
 */
export const migration0002: Migration = {
  version: 2,
  name: '0002-local',
  up: (db) =>
    db.exec(`
CREATE TABLE local_record (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  record TEXT NOT NULL,
  base TEXT NOT NULL,
  by_name TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
`),
};
