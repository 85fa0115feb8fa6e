import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import type { Db } from '../../db/open.ts';

/** A row as it is stored and journaled, without its integer key. */
export type FollowUpRow = {
  public_id: string;
  rev: number;
  call_public_id: string | null;
  kind: FollowUp['kind'];
  state: FollowUp['state'];
  text: string;
  contact_name: string | null;
  contact_number: string | null;
  due_at: number;
  due_words: string;
  created_at: number;
  snoozed_until: number | null;
  snoozes: number;
  reminded_at: number | null;
  closed_at: number | null;
  outcome: string | null;
  script_state: string | null;
};

const NAMES = [
  'public_id', 'rev', 'call_public_id', 'kind', 'state', 'text', 'contact_name', 'contact_number', 'due_at', 'due_words', 'created_at',
  'snoozed_until', 'snoozes', 'reminded_at', 'closed_at', 'outcome', 'script_state',
] as const satisfies readonly (keyof FollowUpRow)[];

/** All SQL of follow-ups. */
export function createFollowUpsRepository(db: Db) {
  const columns = NAMES.join(', ');
  const put = db.prepare(`INSERT INTO follow_ups (${columns}) VALUES (${NAMES.map((name) => `@${name}`).join(', ')})
    ON CONFLICT (public_id) DO UPDATE SET ${NAMES.filter((name) => name !== 'public_id').map((name) => `${name} = excluded.${name}`).join(', ')}`);
  const find = db.prepare<[string], FollowUpRow>(`SELECT ${columns} FROM follow_ups WHERE public_id = ?`);
  const open = db.prepare<[], FollowUpRow>(`SELECT ${columns} FROM follow_ups WHERE state = 'open' ORDER BY due_at`);
  const closed = db.prepare<[number], FollowUpRow>(`SELECT ${columns} FROM follow_ups WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT ?`);
  const ofCall = db.prepare<[string], FollowUpRow>(`SELECT ${columns} FROM follow_ups WHERE call_public_id = ? ORDER BY due_at`);
  const remove = db.prepare<[string]>('DELETE FROM follow_ups WHERE public_id = ?');
  const removeClosed = db.prepare<[number]>('DELETE FROM follow_ups WHERE closed_at < ?');
  const sensitive = db.prepare<[number, number], FollowUpRow>(`SELECT ${columns} FROM follow_ups WHERE script_state LIKE '%"sensitive":["%' AND (created_at < ? OR closed_at < ?)`);
  const touched = db.prepare<[number], FollowUpRow>(`SELECT ${columns} FROM follow_ups WHERE state = 'open' OR closed_at >= ?`);
  return {
    put: (row: FollowUpRow): void => void put.run(row),
    find: (id: string) => find.get(id),
    open: () => open.all(),
    closed: (limit: number) => closed.all(limit),
    ofCall: (callId: string) => ofCall.all(callId),
    remove: (id: string): void => void remove.run(id),
    removeClosedBefore: (at: number): number => removeClosed.run(at).changes,
    /** With sensitive values in their script: made before `made`, or closed before `closed`. */
    withSensitive: (made: number, closed: number) => sensitive.all(made, closed),
    openOrClosedSince: (at: number) => touched.all(at),
  };
}

export type FollowUpsRepository = ReturnType<typeof createFollowUpsRepository>;

/** The one mapper from rows to what screens see. */
export function toFollowUp(row: FollowUpRow): FollowUp {
  return {
    id: row.public_id,
    kind: row.kind,
    state: row.state,
    text: row.text,
    dueAt: row.due_at,
    dueWords: row.due_words,
    createdAt: row.created_at,
    snoozes: row.snoozes,
    ...(row.snoozed_until === null ? {} : { snoozedUntil: row.snoozed_until }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.call_public_id === null ? {} : { callId: row.call_public_id }),
    ...(row.contact_name === null ? {} : { name: row.contact_name }),
    ...(row.contact_number === null ? {} : { number: row.contact_number }),
    ...(row.script_state === null ? {} : { scriptState: JSON.parse(row.script_state) as unknown }),
  };
}
