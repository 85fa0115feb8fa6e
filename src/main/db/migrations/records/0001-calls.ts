import type { Migration } from '../../migrate.ts';

/** Calls with their notes, events and outcomes, and the bookkeeping of commands. */
export const migration0001: Migration = {
  version: 1,
  name: '0001-calls',
  up: (db) =>
    db.exec(`
CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

CREATE TABLE commands (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  result TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX commands_by_time ON commands (at);

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
CREATE INDEX calls_by_start ON calls (started_at);
CREATE INDEX calls_by_number ON calls (number_e164, started_at) WHERE number_e164 IS NOT NULL;
CREATE INDEX calls_by_disposition ON calls (disposition, started_at) WHERE disposition IS NOT NULL;
CREATE INDEX calls_open ON calls (state) WHERE state <> 'ended';
CREATE UNIQUE INDEX calls_by_external ON calls (external_id) WHERE external_id IS NOT NULL;

CREATE TABLE notes (
  id INTEGER PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  summary TEXT NOT NULL DEFAULT '',
  rev INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE note_versions (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
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

CREATE TABLE call_events (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  UNIQUE (call_id, seq)
) STRICT;

CREATE TABLE complaints (
  call_id INTEGER PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
  category TEXT NOT NULL,
  promised TEXT NOT NULL,
  resolved INTEGER NOT NULL CHECK (resolved IN (0, 1)),
  resolution TEXT NOT NULL,
  at INTEGER NOT NULL
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
CREATE INDEX incidents_by_call ON incidents (call_id);

CREATE TABLE desk_spans (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('offline', 'available', 'not-ready')),
  reason TEXT,
  began_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX desk_spans_by_time ON desk_spans (began_at);

CREATE VIRTUAL TABLE notes_fts USING fts5 (
  text, summary,
  content = 'notes', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO notes_fts (notes_fts, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER notes_fts_insert AFTER INSERT ON notes BEGIN
  INSERT INTO notes_fts (rowid, text, summary) VALUES (new.id, new.text, new.summary);
END;
CREATE TRIGGER notes_fts_delete AFTER DELETE ON notes BEGIN
  INSERT INTO notes_fts (notes_fts, rowid, text, summary) VALUES ('delete', old.id, old.text, old.summary);
END;
CREATE TRIGGER notes_fts_update AFTER UPDATE OF text, summary ON notes BEGIN
  INSERT INTO notes_fts (notes_fts, rowid, text, summary) VALUES ('delete', old.id, old.text, old.summary);
  INSERT INTO notes_fts (rowid, text, summary) VALUES (new.id, new.text, new.summary);
END;
`),
};
