import type { Db } from '../../db/open.ts';
import { CALL_COLUMNS, type CallRow, type ComplaintRow, type FieldRow } from './call-rows.ts';

const COLUMNS = CALL_COLUMNS.join(', ');

type RecentRow = { id: string; group: string | null; label: string | null; solved: number | null; uses: number };
export type StoredCall = CallRow & { id: number };

/** All SQL of calls, their fields, events, complaints and incidents. */
export function createCallsRepository(db: Db) {
  const insert = db.prepare(`INSERT INTO calls (${COLUMNS}) VALUES (${CALL_COLUMNS.map((name) => `@${name}`).join(', ')})`);
  const update = db.prepare(`UPDATE calls SET ${CALL_COLUMNS.filter((name) => name !== 'public_id').map((name) => `${name} = @${name}`).join(', ')} WHERE public_id = @public_id`);
  const byId = db.prepare<[string], StoredCall>(`SELECT id, ${COLUMNS} FROM calls WHERE public_id = ?`);
  const byExternal = db.prepare<[string], StoredCall>(`SELECT id, ${COLUMNS} FROM calls WHERE external_id = ?`);
  const open = db.prepare<[], StoredCall>(`SELECT id, ${COLUMNS} FROM calls WHERE state <> 'ended' ORDER BY started_at`);
  const earlier = db.prepare<[string, string, number], StoredCall>(`SELECT id, ${COLUMNS} FROM calls WHERE number_e164 = ? AND public_id <> ? ORDER BY started_at DESC LIMIT ?`);
  const between = db.prepare<[number, number], StoredCall>(`SELECT id, ${COLUMNS} FROM calls WHERE started_at >= ? AND started_at < ? ORDER BY started_at`);

  const putField = db.prepare(`INSERT INTO call_fields (call_id, field, label, value, sensitive, at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (call_id, field) DO UPDATE SET label = excluded.label, value = excluded.value, sensitive = excluded.sensitive, at = excluded.at`);
  const dropField = db.prepare('DELETE FROM call_fields WHERE call_id = ? AND field = ?');
  const fields = db.prepare<[number], FieldRow>('SELECT field, label, value, sensitive, at FROM call_fields WHERE call_id = ? ORDER BY at, field');

  const addEvent = db.prepare<[number, number, number, string, string]>('INSERT INTO call_events (call_id, seq, at, type, data) VALUES (?, ?, ?, ?, ?)');
  const nextEvent = db.prepare<[number], number>('SELECT coalesce(max(seq), 0) + 1 FROM call_events WHERE call_id = ?').pluck();
  const events = db.prepare<[number], { seq: number; at: number; type: string; data: string }>('SELECT seq, at, type, data FROM call_events WHERE call_id = ? ORDER BY seq');

  const lastActivity = db
    .prepare<[number, number], number>('SELECT max(coalesce((SELECT max(at) FROM call_events WHERE call_id = ?), 0), coalesce((SELECT saved_at FROM notes WHERE id = ?), 0))')
    .pluck();
  const recents = db.prepare<[number, number], RecentRow>(`SELECT disposition AS id, disposition_group AS "group", disposition_label AS label, solved, count(*) AS uses
    FROM calls WHERE disposition IS NOT NULL AND started_at >= ? GROUP BY disposition ORDER BY uses DESC, max(started_at) DESC LIMIT ?`);

  const putComplaint = db.prepare(`INSERT INTO complaints (call_id, category, promised, resolved, resolution, at) VALUES (@call_id, @category, @promised, @resolved, @resolution, @at)
    ON CONFLICT (call_id) DO UPDATE SET category = excluded.category, promised = excluded.promised, resolved = excluded.resolved, resolution = excluded.resolution, at = excluded.at`);
  const complaint = db.prepare<[number], ComplaintRow>('SELECT category, promised, resolved, resolution, at FROM complaints WHERE call_id = ?');

  return {
    insert: (row: CallRow): number => Number(insert.run(row).lastInsertRowid),
    update: (row: CallRow): void => void update.run(row),
    find: (publicId: string) => byId.get(publicId),
    findByExternalId: (externalId: string) => byExternal.get(externalId),
    open: () => open.all(),
    /** Newest first; `except` is the call that is ringing now. */
    earlier: (e164: string, except: string, limit: number) => earlier.all(e164, except, limit),
    startedBetween: (from: number, to: number) => between.all(from, to),
    putField: (callId: number, row: FieldRow): void => void putField.run(callId, row.field, row.label, row.value, row.sensitive, row.at),
    dropField: (callId: number, field: string): void => void dropField.run(callId, field),
    fields: (callId: number) => fields.all(callId),
    addEvent: (callId: number, at: number, type: string, data: string): number => {
      const seq = nextEvent.get(callId) ?? 1;
      addEvent.run(callId, seq, at, type, data);
      return seq;
    },
    events: (callId: number) => events.all(callId),
    /** When anything was last written about a call, UTC ms. */
    lastActivity: (callId: number): number => lastActivity.get(callId, callId) ?? 0,
    recentDispositions: (since: number, limit: number) => recents.all(since, limit),
    putComplaint: (callId: number, row: ComplaintRow): void => void putComplaint.run({ call_id: callId, ...row }),
    complaint: (callId: number) => complaint.get(callId),
  };
}

export type CallsRepository = ReturnType<typeof createCallsRepository>;
