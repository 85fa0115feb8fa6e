import type { Migration } from '../../migrate.ts';

/** What belongs to the agent alone: breaks, check-ins, hard calls, wins, and the planner's own state. */
export const migration0004: Migration = {
  version: 4,
  name: '0004-wellbeing',
  up: (db) =>
    db.exec(`
CREATE TABLE planner_states (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE break_log (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('taken', 'ended-early', 'skipped', 'postponed', 'absence', 'resumed')),
  kind TEXT NOT NULL CHECK (kind IN ('micro', 'rest', 'meal', 'recovery')),
  ms REAL NOT NULL,
  counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
  reason TEXT
) STRICT;
CREATE INDEX break_log_by_time ON break_log (at);

CREATE TABLE break_days (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  day TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX break_days_by_day ON break_days (day);

CREATE TABLE hard_calls (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('draining', 'abusive', 'threat', 'distressing')),
  call_ref TEXT
) STRICT;
CREATE INDEX hard_calls_by_time ON hard_calls (at);

CREATE TABLE check_ins (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX check_ins_by_time ON check_ins (at);

CREATE TABLE wins (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('helped', 'went-well')),
  text TEXT NOT NULL
) STRICT;
CREATE INDEX wins_by_time ON wins (at);

CREATE TABLE break_idea_uses (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  idea TEXT NOT NULL UNIQUE,
  started INTEGER NOT NULL,
  finished INTEGER NOT NULL
) STRICT;

CREATE TABLE statement_keys (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
`),
};
