import type { Migration } from '../../migrate.ts';

/** What belongs to the agent of this desk: own words, what suggestions learned, and runs of practice. */
export const migration0003: Migration = {
  version: 3,
  name: '0003-guidance',
  up: (db) =>
    db.exec(`
CREATE TABLE prompt_preferences (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  data TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE suggest_examples (
  id INTEGER PRIMARY KEY,
  call_public_id TEXT NOT NULL UNIQUE,
  script TEXT,
  words TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('chosen', 'accepted', 'wrap-up', 'correction')),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX suggest_examples_by_time ON suggest_examples (at);

CREATE TABLE practice_runs (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  caller TEXT NOT NULL,
  script TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  finished INTEGER NOT NULL CHECK (finished IN (0, 1)),
  review TEXT NOT NULL
) STRICT;
CREATE INDEX practice_runs_by_time ON practice_runs (ended_at);
`),
};
