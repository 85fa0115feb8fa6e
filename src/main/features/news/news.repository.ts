import type { Db } from '../../db/open.ts';
import type { Restorer } from '../../db/restore.ts';
import type { ShiftMark } from '#shared/domain/news/shift.ts';

/** Kinds of things kept here and their tables. Ids are public; `at` is the time of the last change. */
const TABLES = { acknowledgement: 'acknowledgements', 'check-progress': 'check_progress', flag: 'flags' } as const;
export type NewsKind = keyof typeof TABLES;
export const NEWS_KINDS = Object.keys(TABLES) as NewsKind[];

export type NewsRow = { public_id: string; at: number; data: string };

/** All SQL of one kind. */
export function newsTable(db: Db, kind: NewsKind) {
  const table = TABLES[kind];
  const put = db.prepare<[string, number, string]>(`INSERT INTO ${table} (public_id, at, data) VALUES (?, ?, ?) ON CONFLICT (public_id) DO UPDATE SET at = excluded.at, data = excluded.data`);
  const find = db.prepare<[string], NewsRow>(`SELECT public_id, at, data FROM ${table} WHERE public_id = ?`);
  const all = db.prepare<[], NewsRow>(`SELECT public_id, at, data FROM ${table} ORDER BY at DESC, id DESC`);
  const drop = db.prepare<[string]>(`DELETE FROM ${table} WHERE public_id = ?`);
  return {
    put: (row: NewsRow): void => void put.run(row.public_id, row.at, row.data),
    find: (id: string): NewsRow | undefined => find.get(id),
    all: (): NewsRow[] => all.all(),
    remove: (id: string): void => void drop.run(id),
    clear: (): void => void db.exec(`DELETE FROM ${table}`),
  };
}

export function shiftTable(db: Db) {
  const get = db.prepare<[], ShiftMark>('SELECT last, since FROM shift_mark WHERE id = 1');
  const put = db.prepare<[number, number]>('INSERT INTO shift_mark (id, last, since) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET last = excluded.last, since = excluded.since');
  return { get: (): ShiftMark | undefined => get.get(), put: (mark: ShiftMark): void => void put.run(mark.last, mark.since) };
}

/** What the agent wrote or rated comes back from the journal like a note, and goes out of it when erased. */
export const newsRestorers: readonly Restorer[] = NEWS_KINDS.map((kind) => ({
  kind,
  restore: (db, _id, data) => {
    const row = data as NewsRow;
    const rows = newsTable(db, kind);
    const stored = rows.find(row.public_id);
    if (stored !== undefined && stored.at >= row.at) return false;
    rows.put(row);
    return true;
  },
  has: (db, id) => newsTable(db, kind).find(id) !== undefined,
  remove: (db, id) => newsTable(db, kind).remove(id),
  snapshot: (db, since) => newsTable(db, kind).all().filter((row) => row.at >= since).map((row) => ({ kind, id: row.public_id, data: row })),
  clear: (db) => newsTable(db, kind).clear(),
}));
