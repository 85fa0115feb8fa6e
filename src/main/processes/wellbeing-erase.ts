import { wellbeingRestorers } from '#main/features/wellbeing/index.ts';
import type { EraseReport, Eraser, Thing } from '#main/db/erase.ts';
import type { Db } from '#main/db/open.ts';

export type EraseWellbeing = { db: Db; eraser: Pick<Eraser, 'erase'>; commandId: string; erased: () => void };

/** Removes the agent's own book from the database, the journal and every copy, and tells the planner to forget the day. */
export function eraseWellbeing({ db, eraser, commandId, erased }: EraseWellbeing): EraseReport {
  const things: Thing[] = wellbeingRestorers.flatMap((restorer) => restorer.snapshot(db, 0).map(({ kind, id }) => ({ kind, id })));
  const report = eraser.erase(commandId, things);
  const left = wellbeingRestorers.reduce((sum, restorer) => sum + restorer.snapshot(db, 0).length, 0);
  erased();
  return { ...report, complete: report.complete && left === 0, left: report.left + left };
}
