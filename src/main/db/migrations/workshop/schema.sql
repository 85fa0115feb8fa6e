CREATE TABLE command (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  result TEXT NOT NULL
) STRICT;

CREATE TABLE draft (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('put', 'retire')),
  title TEXT NOT NULL,
  record TEXT NOT NULL,
  base TEXT,
  base_ver INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'in-review', 'approved', 'published', 'retired')),
  author_key TEXT NOT NULL,
  author_name TEXT NOT NULL,
  approvals TEXT NOT NULL,
  required INTEGER NOT NULL CHECK (required IN (1, 2)),
  comments TEXT NOT NULL,
  valid_from INTEGER,
  valid_until INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  release INTEGER,
  step INTEGER NOT NULL,
  discarded_at INTEGER
) STRICT;

CREATE TABLE draft_step (
  draft INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  record TEXT NOT NULL,
  joins TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (draft, n)
) STRICT;

CREATE TABLE hand_over (
  name TEXT PRIMARY KEY,
  draft TEXT NOT NULL,
  round INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('proposal', 'answer', 'other')),
  value TEXT NOT NULL,
  outgoing TEXT
) STRICT;

CREATE TABLE local_record (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  record TEXT NOT NULL,
  base TEXT NOT NULL,
  by_name TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE unsent (
  about TEXT PRIMARY KEY,
  words TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX command_by_time ON command (at);

CREATE INDEX draft_by_record ON draft (kind, key);

CREATE INDEX draft_by_state ON draft (state, updated_at);

CREATE INDEX hand_over_by_draft ON hand_over (draft, round);

CREATE INDEX hand_over_outgoing ON hand_over (name) WHERE outgoing IS NOT NULL;
