import type { Db } from '../../db/open.ts';

/** Rows as they are stored and journaled, without their integer key. `at` is UTC epoch ms. */
export type WellbeingRows = {
  'planner-state': { public_id: string; at: number; seq: number; data: string };
  'break-record': { public_id: string; at: number; what: string; kind: string; ms: number; counted: number; reason: string | null };
  'break-day': { public_id: string; at: number; day: string; data: string };
  'hard-call': { public_id: string; at: number; kind: string; call_ref: string | null };
  'check-in': { public_id: string; at: number; value: number; note: string };
  win: { public_id: string; at: number; kind: string; text: string };
  'break-idea-use': { public_id: string; at: number; idea: string; started: number; finished: number };
  'statement-key': { public_id: string; at: number; data: string };
};
export type WellbeingKind = keyof WellbeingRows;
export type WellbeingRow = WellbeingRows[WellbeingKind];

const TABLES: { readonly [K in WellbeingKind]: { table: string; columns: readonly (keyof WellbeingRows[K] & string)[] } } = {
  'planner-state': { table: 'planner_states', columns: ['public_id', 'at', 'seq', 'data'] },
  'break-record': { table: 'break_log', columns: ['public_id', 'at', 'what', 'kind', 'ms', 'counted', 'reason'] },
  'break-day': { table: 'break_days', columns: ['public_id', 'at', 'day', 'data'] },
  'hard-call': { table: 'hard_calls', columns: ['public_id', 'at', 'kind', 'call_ref'] },
  'check-in': { table: 'check_ins', columns: ['public_id', 'at', 'value', 'note'] },
  win: { table: 'wins', columns: ['public_id', 'at', 'kind', 'text'] },
  'break-idea-use': { table: 'break_idea_uses', columns: ['public_id', 'at', 'idea', 'started', 'finished'] },
  'statement-key': { table: 'statement_keys', columns: ['public_id', 'at', 'data'] },
};
export const WELLBEING_KINDS = Object.keys(TABLES) as readonly WellbeingKind[];

export type WellbeingTable<R extends { public_id: string; at: number }> = {
  put(row: R): void;
  find(id: string): R | undefined;
  /** Rows of [from, to), oldest first. */
  between(from: number, to: number): R[];
  remove(id: string): void;
  clear(): void;
};

/** All SQL of one table of the agent's own. */
export function wellbeingTable<K extends WellbeingKind>(db: Db, kind: K): WellbeingTable<WellbeingRows[K]> {
  const { table, columns } = TABLES[kind];
  const names = columns.join(', ');
  const put = db.prepare<[WellbeingRows[K]]>(`INSERT INTO ${table} (${names}) VALUES (${columns.map((name) => `@${name}`).join(', ')})
    ON CONFLICT (public_id) DO UPDATE SET ${columns.filter((name) => name !== 'public_id').map((name) => `${name} = excluded.${name}`).join(', ')}`);
  const find = db.prepare<[string], WellbeingRows[K]>(`SELECT ${names} FROM ${table} WHERE public_id = ?`);
  const between = db.prepare<[number, number], WellbeingRows[K]>(`SELECT ${names} FROM ${table} WHERE at >= ? AND at < ? ORDER BY at, id`);
  const remove = db.prepare<[string]>(`DELETE FROM ${table} WHERE public_id = ?`);
  return {
    put: (row) => void put.run(row),
    find: (id) => find.get(id),
    between: (from, to) => between.all(from, to),
    remove: (id) => void remove.run(id),
    clear: () => void db.exec(`DELETE FROM ${table}`),
  };
}

/** One finished conversation: when it ended and how long was spoken. */
export type EndedCall = { startedAt: number; endedAt: number; talkMs: number };

/** Calls as the load gauge needs them: times alone, read from the agent's own records. */
export function endedCalls(db: Db): (from: number, to: number) => EndedCall[] {
  const read = db.prepare<[number, number], EndedCall>(`SELECT answered_at AS startedAt, hung_up_at AS endedAt, talk_ms + hold_ms AS talkMs FROM calls
    WHERE answered_at IS NOT NULL AND hung_up_at >= ? AND hung_up_at < ? ORDER BY hung_up_at`);
  return (from, to) => read.all(from, to);
}
