import { practiceReviewSchema, type PracticeRun } from '#shared/domain/practise/review.ts';
import type { Ledger } from '../../db/ledger.ts';
import type { Db } from '../../db/open.ts';
import type { Restorer } from '../../db/restore.ts';
import type { Masking } from '../../lib/live-rules.ts';

const KIND = 'practice-run';
type Row = { public_id: string; caller: string; script: string; started_at: number; ended_at: number; finished: number; review: string };
const COLUMNS = 'public_id, caller, script, started_at, ended_at, finished, review';

/** All SQL of practice. */
export function createPractiseRepository(db: Db) {
  const put = db.prepare(`INSERT INTO practice_runs (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (public_id) DO UPDATE SET ended_at = excluded.ended_at, finished = excluded.finished, review = excluded.review`);
  const find = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM practice_runs WHERE public_id = ?`);
  const newest = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM practice_runs ORDER BY ended_at DESC LIMIT ?`);
  const drop = db.prepare<[string]>('DELETE FROM practice_runs WHERE public_id = ?');
  const ids = db.prepare<[], { public_id: string }>('SELECT public_id FROM practice_runs');
  return {
    put: (row: Row): void => void put.run(row.public_id, row.caller, row.script, row.started_at, row.ended_at, row.finished, row.review),
    find: (id: string): Row | undefined => find.get(id),
    newest: (limit: number): Row[] => newest.all(limit),
    remove: (id: string): void => void drop.run(id),
    ids: (): string[] => ids.all().map((row) => row.public_id),
    clear: (): void => void db.exec('DELETE FROM practice_runs'),
  };
}

/** Practice runs of this desk's agent; each change is a command that is applied once. */
export function createPractiseService({ db, ledger, masking }: { db: Db; ledger: Ledger; masking: Masking }) {
  const rows = createPractiseRepository(db);
  return {
    runs: (limit: number): PracticeRun[] =>
      rows.newest(limit).flatMap((row) => {
        const review = practiceReviewSchema.safeParse(JSON.parse(row.review));
        return review.success ? [{ id: row.public_id, caller: row.caller, script: row.script, startedAt: row.started_at, endedAt: row.ended_at, review: review.data }] : [];
      }),
    save: (commandId: string, run: PracticeRun): void =>
      ledger.run(commandId, 'practise.save', (tx) => {
        const row: Row = { public_id: run.id, caller: run.caller, script: run.script, started_at: run.startedAt, ended_at: run.endedAt, finished: run.review.finished ? 1 : 0, review: JSON.stringify(masking.data(run.review)) };
        rows.put(row);
        tx.journal(KIND, run.id, row);
      }),
    erase: (commandId: string, id: string | undefined): void =>
      ledger.run(commandId, 'practise.erase', (tx) => {
        for (const one of id === undefined ? rows.ids() : [id]) {
          rows.remove(one);
          tx.journal(KIND, one, null);
        }
      }),
  };
}
export type PractiseService = ReturnType<typeof createPractiseService>;

export const practiseRestorer: Restorer = {
  kind: KIND,
  restore: (db, id, data) => {
    const rows = createPractiseRepository(db);
    if (rows.find(id) !== undefined) return false;
    rows.put(data as Row);
    return true;
  },
  has: (db, id) => createPractiseRepository(db).find(id) !== undefined,
  remove: (db, id) => createPractiseRepository(db).remove(id),
  snapshot: (db, since) => createPractiseRepository(db).newest(500).filter((row) => row.ended_at >= since).map((row) => ({ kind: KIND, id: row.public_id, data: row })),
  clear: (db) => createPractiseRepository(db).clear(),
};
