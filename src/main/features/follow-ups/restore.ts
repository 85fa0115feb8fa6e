import type { Restorer } from '../../db/restore.ts';
import { createFollowUpsRepository, type FollowUpRow } from './follow-ups.repository.ts';

export const FOLLOW_UP_KIND = 'follow-up';

/** A promise to a customer comes back from the journal like a note. */
export const followUpRestorer: Restorer = {
  kind: FOLLOW_UP_KIND,
  restore: (db, id, data) => {
    const rows = createFollowUpsRepository(db);
    const row = data as FollowUpRow;
    const stored = rows.find(id);
    if (stored !== undefined && stored.rev >= row.rev) return false;
    rows.put(row);
    return true;
  },
  has: (db, id) => createFollowUpsRepository(db).find(id) !== undefined,
  remove: (db, id) => createFollowUpsRepository(db).remove(id),
  snapshot: (db, since) => createFollowUpsRepository(db).openOrClosedSince(since).map((row) => ({ kind: FOLLOW_UP_KIND, id: row.public_id, data: row })),
  clear: (db) => void db.exec('DELETE FROM follow_ups'),
};
