import type { Migration } from '../../migrate.ts';

/** A desk that follows single changes asks for each whether "What's new" told of it already. */
export const migration0005: Migration = {
  version: 5,
  name: '0005-news-by-key',
  up: (db) =>
    db.exec(`
CREATE INDEX release_change_by_key ON release_change (log, kind, key);
DROP INDEX release_change_by_log;
`),
};
