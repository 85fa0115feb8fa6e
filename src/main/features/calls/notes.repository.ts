import type { Db } from '../../db/open.ts';
import type { NoteRow } from './call-rows.ts';

/** A saved state of a note, for undo within the call. */
export type NoteVersion = { seq: number; at: number; text: string };

/** All SQL of notes and their versions. `callId` is the integer key of the call. */
export function createNotesRepository(db: Db) {
  const find = db.prepare<[number], NoteRow>('SELECT text, summary, rev, seq, saved_at FROM notes WHERE id = ?');
  const put = db.prepare<[number, string, string, number, number, number]>(`INSERT INTO notes (id, text, summary, rev, seq, saved_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET text = excluded.text, summary = excluded.summary, rev = excluded.rev, seq = excluded.seq, saved_at = excluded.saved_at`);
  const addVersion = db.prepare<[number, number, number, string]>('INSERT OR REPLACE INTO note_versions (call_id, seq, at, text) VALUES (?, ?, ?, ?)');
  const versions = db.prepare<[number], NoteVersion>('SELECT seq, at, text FROM note_versions WHERE call_id = ? ORDER BY seq');
  const dropVersion = db.prepare<[number, number]>('DELETE FROM note_versions WHERE call_id = ? AND seq = ?');
  const dropBefore = db.prepare<[number, number]>('DELETE FROM note_versions WHERE call_id = ? AND seq <= ?');

  return {
    find: (callId: number) => find.get(callId),
    put: (callId: number, note: NoteRow): void => void put.run(callId, note.text, note.summary, note.rev, note.seq, note.saved_at),
    addVersion: (callId: number, version: NoteVersion): void => void addVersion.run(callId, version.seq, version.at, version.text),
    versions: (callId: number) => versions.all(callId),
    dropVersion: (callId: number, seq: number): void => void dropVersion.run(callId, seq),
    dropVersionsUpTo: (callId: number, seq: number): void => void dropBefore.run(callId, seq),
  };
}

export type NotesRepository = ReturnType<typeof createNotesRepository>;
