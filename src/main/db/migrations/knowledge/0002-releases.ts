import type { Migration } from '../../migrate.ts';

/**
 * Releases of knowledge bases. `record` keeps what decides for each key; what lies beneath it stays in
 * `record_below`, so that taking a layer away shows the one under it. `signed_record` is what each base
 * says, tombstones included; its envelope is kept here only when it came without a pack.
 */
export const migration0002: Migration = {
  version: 2,
  name: '0002-releases',
  up: (db) =>
    db.exec(`
CREATE TABLE knowledge_base (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL UNIQUE REFERENCES source (id),
  title TEXT NOT NULL,
  rank INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  release INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  policy_digest TEXT NOT NULL,
  count INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  installed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE signed_record (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  ver INTEGER NOT NULL,
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
  digest TEXT NOT NULL,
  envelope TEXT
) STRICT;
CREATE UNIQUE INDEX signed_record_by_key ON signed_record (source, kind, key);
CREATE INDEX signed_record_deleted ON signed_record (kind, key) WHERE deleted = 1;

CREATE TABLE record_below (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_below_by_key ON record_below (kind, key, source);

CREATE TABLE release_log (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  release INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  installed_at INTEGER NOT NULL,
  note TEXT NOT NULL,
  rollback_to INTEGER,
  first INTEGER NOT NULL CHECK (first IN (0, 1)),
  counts TEXT NOT NULL
) STRICT;
CREATE INDEX release_log_by_time ON release_log (installed_at);

CREATE TABLE release_change (
  id INTEGER PRIMARY KEY,
  log INTEGER NOT NULL REFERENCES release_log (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  before TEXT,
  after TEXT,
  what TEXT NOT NULL CHECK (what IN ('added', 'changed', 'removed'))
) STRICT;
CREATE INDEX release_change_by_log ON release_change (log);
`),
};
