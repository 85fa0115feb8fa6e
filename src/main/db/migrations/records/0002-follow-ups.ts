import type { Migration } from '../../migrate.ts';

/** Promises with a due time, and the ids of what was erased, so that no backup or journal brings it back. */
export const migration0002: Migration = {
  version: 2,
  name: '0002-follow-ups',
  up: (db) =>
    db.exec(`
CREATE TABLE follow_ups (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  rev INTEGER NOT NULL,
  call_public_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('promise', 'call-back', 'e-mail')),
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'cancelled')),
  text TEXT NOT NULL,
  contact_name TEXT,
  contact_number TEXT,
  due_at INTEGER NOT NULL,
  due_words TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  snoozed_until INTEGER,
  snoozes INTEGER NOT NULL DEFAULT 0,
  reminded_at INTEGER,
  closed_at INTEGER,
  outcome TEXT,
  script_state TEXT
) STRICT;
CREATE INDEX follow_ups_open ON follow_ups (due_at) WHERE state = 'open';
CREATE INDEX follow_ups_by_call ON follow_ups (call_public_id) WHERE call_public_id IS NOT NULL;
CREATE INDEX follow_ups_closed ON follow_ups (closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE erased (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
`),
};
