import { existsSync } from 'node:fs';
import type { Clock } from '../lib/clock.ts';
import { recordPaths } from '../lib/paths.ts';
import { openJournal } from './journal.ts';
import { verifyKey } from './key-check.ts';
import type { OpenedRecords } from './open-records.ts';
import { openDatabase } from './open.ts';
import type { Restorer } from './restore.ts';
import { makeSide } from './sides.ts';

/** Entries per record of the journal. */
const BATCH = 50;

/** Whether `key` opens this folder's records: by the check beside them, or, where that is lost too, by trying. */
export function keyFits({ paths }: Pick<OpenedRecords, 'paths'>, key: Buffer): boolean {
  const verdict = verifyKey(paths.keyCheck, key);
  if (verdict !== 'no-check' || !existsSync(paths.database)) return verdict !== 'wrong';
  try {
    openDatabase({ file: paths.database, kind: 'records', key, mustExist: true, readonly: true }).close();
    return true;
  } catch {
    return false;
  }
}

/**
 * A session that had to keep everything in memory, because it had no key to lock notes with, writes it into a side
 * folder once the key is there; the next start takes it over. Returns how many things were written, 0 in every
 * other state.
 */
export function keepForLater(records: OpenedRecords, restorers: readonly Restorer[], key: Buffer, clock: Pick<Clock, 'now'>): number {
  if (records.state !== 'memory') return 0;
  const entries = restorers.flatMap((restorer) => restorer.snapshot(records.db, 0));
  if (entries.length === 0) return 0;
  const side = makeSide(records.paths.sides, records.paths.keyCheck, key, false, clock.now());
  if (side === undefined) return 0;
  const { journal } = openJournal({ file: recordPaths(side.dir).journal, key: side.key });
  for (let from = 0; from < entries.length; from += BATCH) journal.append(entries.slice(from, from + BATCH), clock.now());
  journal.close();
  return entries.length;
}
