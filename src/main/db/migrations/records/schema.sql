CREATE TABLE acknowledgements (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE break_days (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  day TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE break_idea_uses (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  idea TEXT NOT NULL UNIQUE,
  started INTEGER NOT NULL,
  finished INTEGER NOT NULL
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

CREATE TABLE call_events (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  UNIQUE (call_id, seq)
) STRICT;

CREATE TABLE call_fields (
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  label TEXT NOT NULL,
  value TEXT NOT NULL,
  sensitive INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
  at INTEGER NOT NULL,
  PRIMARY KEY (call_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE calls (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  rev INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  state TEXT NOT NULL CHECK (state IN ('ringing', 'talking', 'on-hold', 'wrap-up', 'ended')),
  machine TEXT NOT NULL,
  external_id TEXT,
  number_e164 TEXT,
  number_raw TEXT,
  caller_name TEXT,
  queue TEXT,
  dialled TEXT,
  started_at INTEGER NOT NULL,
  answered_at INTEGER,
  hung_up_at INTEGER,
  closed_at INTEGER,
  ring_ms INTEGER NOT NULL DEFAULT 0,
  talk_ms INTEGER NOT NULL DEFAULT 0,
  hold_ms INTEGER NOT NULL DEFAULT 0,
  wrap_up_ms INTEGER NOT NULL DEFAULT 0,
  outcome TEXT,
  linked_call TEXT,
  linked_as TEXT CHECK (linked_as IN ('call-back', 'transfer', 'repeat')),
  script_state TEXT,
  disposition TEXT,
  disposition_group TEXT,
  disposition_label TEXT,
  solved INTEGER CHECK (solved IN (0, 1))
) STRICT;

CREATE TABLE check_ins (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
  note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE check_progress (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE commands (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  result TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE complaints (
  call_id INTEGER PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
  category TEXT NOT NULL,
  promised TEXT NOT NULL,
  resolved INTEGER NOT NULL CHECK (resolved IN (0, 1)),
  resolution TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE desk_spans (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('offline', 'available', 'not-ready')),
  reason TEXT,
  began_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE TABLE erased (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE flags (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

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

CREATE TABLE hard_calls (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('draining', 'abusive', 'threat', 'distressing')),
  call_ref TEXT
) STRICT;

CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  call_id INTEGER REFERENCES calls (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  category TEXT NOT NULL,
  warnings INTEGER NOT NULL,
  ended_call INTEGER NOT NULL CHECK (ended_call IN (0, 1)),
  words TEXT NOT NULL
) STRICT;

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

CREATE TABLE note_versions (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (call_id, seq)
) STRICT;

CREATE TABLE notes (
  id INTEGER PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  summary TEXT NOT NULL DEFAULT '',
  rev INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE notes_fts USING fts5 (
  text, summary,
  content = 'notes', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE 'notes_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'notes_fts_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'notes_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'notes_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE planner_states (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

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

CREATE TABLE prompt_preferences (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  data TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE shift_mark (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last INTEGER NOT NULL,
  since INTEGER NOT NULL
) STRICT;

CREATE TABLE statement_keys (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE suggest_examples (
  id INTEGER PRIMARY KEY,
  call_public_id TEXT NOT NULL UNIQUE,
  script TEXT,
  words TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('chosen', 'accepted', 'wrap-up', 'correction')),
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE wins (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('helped', 'went-well')),
  text TEXT NOT NULL
) STRICT;

CREATE INDEX break_days_by_day ON break_days (day);

CREATE INDEX break_log_by_time ON break_log (at);

CREATE INDEX calls_by_disposition ON calls (disposition, started_at) WHERE disposition IS NOT NULL;

CREATE UNIQUE INDEX calls_by_external ON calls (external_id) WHERE external_id IS NOT NULL;

CREATE INDEX calls_by_number ON calls (number_e164, started_at) WHERE number_e164 IS NOT NULL;

CREATE INDEX calls_by_start ON calls (started_at);

CREATE INDEX calls_open ON calls (state) WHERE state <> 'ended';

CREATE INDEX check_ins_by_time ON check_ins (at);

CREATE INDEX commands_by_time ON commands (at);

CREATE INDEX desk_spans_by_time ON desk_spans (began_at);

CREATE INDEX follow_ups_by_call ON follow_ups (call_public_id) WHERE call_public_id IS NOT NULL;

CREATE INDEX follow_ups_closed ON follow_ups (closed_at) WHERE closed_at IS NOT NULL;

CREATE INDEX follow_ups_open ON follow_ups (due_at) WHERE state = 'open';

CREATE INDEX hard_calls_by_time ON hard_calls (at);

CREATE INDEX incidents_by_call ON incidents (call_id);

CREATE TRIGGER notes_fts_delete AFTER DELETE ON notes BEGIN
  INSERT INTO notes_fts (notes_fts, rowid, text, summary) VALUES ('delete', old.id, old.text, old.summary);
END;

CREATE TRIGGER notes_fts_insert AFTER INSERT ON notes BEGIN
  INSERT INTO notes_fts (rowid, text, summary) VALUES (new.id, new.text, new.summary);
END;

CREATE TRIGGER notes_fts_update AFTER UPDATE OF text, summary ON notes BEGIN
  INSERT INTO notes_fts (notes_fts, rowid, text, summary) VALUES ('delete', old.id, old.text, old.summary);
  INSERT INTO notes_fts (rowid, text, summary) VALUES (new.id, new.text, new.summary);
END;

CREATE INDEX practice_runs_by_time ON practice_runs (ended_at);

CREATE INDEX suggest_examples_by_time ON suggest_examples (at);

CREATE INDEX wins_by_time ON wins (at);
