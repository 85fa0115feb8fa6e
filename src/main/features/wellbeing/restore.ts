import type { Restorer } from '../../db/restore.ts';
import { WELLBEING_KINDS, wellbeingTable, type WellbeingKind, type WellbeingRow } from './repository.ts';

const EVER = 8_640_000_000_000_000;

/** What the agent wrote about the day comes back from the journal like a note, and goes out of it when erased. */
export const wellbeingRestorers: readonly Restorer[] = WELLBEING_KINDS.map(restorerOf);

function restorerOf(kind: WellbeingKind): Restorer {
  // The journal holds rows as they were put; one that does not fit its table is refused by the table itself.
  const table = (db: Parameters<Restorer['has']>[0]) => wellbeingTable(db, kind) as ReturnType<typeof wellbeingTable<WellbeingKind>>;
  return {
    kind,
    restore: (db, _id, data) => {
      const row = data as WellbeingRow;
      const stored = table(db).find(row.public_id);
      if (stored !== undefined && stored.at >= row.at) return false;
      table(db).put(row);
      return true;
    },
    has: (db, id) => table(db).find(id) !== undefined,
    remove: (db, id) => table(db).remove(id),
    snapshot: (db, since) => table(db).between(since, EVER).map((row) => ({ kind, id: row.public_id, data: row })),
    clear: (db) => table(db).clear(),
  };
}
