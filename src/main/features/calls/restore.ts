import { startCall, transition } from '#shared/domain/calls/machine.ts';
import type { Incident } from '#shared/domain/calls/schema.ts';
import type { JournalEntry } from '../../db/journal.ts';
import type { Db } from '../../db/open.ts';
import type { Restorer } from '../../db/restore.ts';
import { CALL_COLUMNS, machineColumns, type CallRow } from './call-rows.ts';
import { createCallsRepository } from './calls.repository.ts';
import { createIncidentsRepository } from './incidents.repository.ts';
import { createNotesRepository } from './notes.repository.ts';
import { JOURNAL_KINDS, onlyColumns, type JournaledCall, type JournaledNote } from './write-context.ts';

/** Statements are prepared once per database, not once per entry: a start may replay thousands. */
function perDatabase<T>(create: (db: Db) => T): (db: Db) => T {
  const made = new WeakMap<Db, T>();
  return (db) => {
    const known = made.get(db) ?? create(db);
    made.set(db, known);
    return known;
  };
}
const callsIn = perDatabase(createCallsRepository);
const notesIn = perDatabase(createNotesRepository);
const incidentsIn = perDatabase(createIncidentsRepository);

/** A journal written by an older version may lack columns that came later. */
function complete(row: Partial<CallRow>): CallRow {
  const out: Record<string, unknown> = {};
  for (const name of CALL_COLUMNS) out[name] = row[name] ?? null;
  return out as CallRow;
}

const recent = (db: Db, since: number): { id: number; public_id: string }[] =>
  db.prepare<[number], { id: number; public_id: string }>("SELECT id, public_id FROM calls WHERE state <> 'ended' OR started_at >= ? ORDER BY started_at").all(since);

const callRestorer: Restorer = {
  kind: JOURNAL_KINDS.call,
  restore: (db, id, data) => {
    const calls = callsIn(db);
    const { row, fields, complaint } = data as JournaledCall;
    const stored = calls.find(id);
    if (stored !== undefined && stored.rev >= row.rev) return false;
    if (stored === undefined) calls.insert(complete(row));
    else calls.update(complete(row));
    const key = calls.find(id)?.id ?? 0;
    for (const old of calls.fields(key)) calls.dropField(key, old.field);
    for (const field of fields) calls.putField(key, field);
    if (complaint !== undefined) calls.putComplaint(key, complaint);
    return true;
  },
  has: (db, id) => db.prepare('SELECT 1 FROM calls WHERE public_id = ?').get(id) !== undefined,
  remove: (db, id) => void db.prepare('DELETE FROM calls WHERE public_id = ?').run(id),
  snapshot: (db, since) => {
    const calls = callsIn(db);
    return recent(db, since).flatMap(({ id, public_id: publicId }): JournalEntry[] => {
      const row = calls.find(publicId);
      if (row === undefined) return [];
      const complaint = calls.complaint(id);
      const data: JournaledCall = { row: onlyColumns(row), fields: calls.fields(id), ...(complaint === undefined ? {} : { complaint }) };
      return [{ kind: JOURNAL_KINDS.call, id: publicId, data }];
    });
  },
  clear: (db) => void db.exec('DELETE FROM incidents; DELETE FROM calls; DELETE FROM desk_spans'),
};

const noteRestorer: Restorer = {
  kind: JOURNAL_KINDS.note,
  restore: (db, id, data) => {
    const calls = callsIn(db);
    const notes = notesIn(db);
    const note = data as JournaledNote;
    const key = calls.find(id)?.id ?? calls.insert(stubCall(id, note.saved_at));
    const stored = notes.find(key);
    if (stored !== undefined && stored.rev >= note.rev) return false;
    notes.put(key, note);
    if (stored?.text !== note.text && note.text !== '') notes.addVersion(key, { seq: note.seq, at: note.saved_at, text: note.text });
    return true;
  },
  has: (db, id) => db.prepare('SELECT 1 FROM notes WHERE id = (SELECT id FROM calls WHERE public_id = ?)').get(id) !== undefined,
  // A note goes with its call.
  remove: () => undefined,
  snapshot: (db, since) => {
    const notes = notesIn(db);
    return recent(db, since).flatMap(({ id, public_id: publicId }) => {
      const note = notes.find(id);
      return note === undefined ? [] : [{ kind: JOURNAL_KINDS.note, id: publicId, data: note satisfies JournaledNote }];
    });
  },
  clear: () => undefined,
};

/** The note is there but its call is not: a call in wrap-up, so that the agent sees and finishes it. */
function stubCall(id: string, at: number): CallRow {
  const began = startCall({ direction: 'in', ringing: false }, at);
  const ended = transition(began, { type: 'hang-up', by: 'unknown' }, at);
  const machine = ended.ok ? ended.machine : began;
  return { ...complete({ public_id: id, rev: 0, direction: 'in', started_at: at }), ...machineColumns(machine, at) };
}

const incidentRestorer: Restorer = {
  kind: JOURNAL_KINDS.incident,
  restore: (db, id, data) => {
    const incidents = incidentsIn(db);
    if (incidents.find(id) !== undefined) return false;
    const incident = data as Incident;
    incidents.put(incident, incident.callId === undefined ? undefined : callsIn(db).find(incident.callId)?.id);
    return true;
  },
  has: (db, id) => db.prepare('SELECT 1 FROM incidents WHERE public_id = ?').get(id) !== undefined,
  remove: (db, id) => void db.prepare('DELETE FROM incidents WHERE public_id = ?').run(id),
  snapshot: (db, since) => incidentsIn(db).between(since, Number.MAX_SAFE_INTEGER).map((incident) => ({ kind: JOURNAL_KINDS.incident, id: incident.id, data: incident })),
  clear: () => undefined,
};

/** In the order they must come back: calls before what hangs on them. */
export const callRestorers: readonly Restorer[] = [callRestorer, noteRestorer, incidentRestorer];
