import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { openDatabase, quickCheck } from '#main/db/open.ts';
import { openRecords, type OpenedRecords } from '#main/db/open-records.ts';
import { callRestorers } from '#main/features/calls/index.ts';
import { followUpRestorer } from '#main/features/follow-ups/index.ts';
import { systemClock } from '#main/lib/clock.ts';
import { silentLogger } from '#main/lib/logger.ts';

/** Opens a folder the way the product does. */
export function openProduct(dir: string, key: Buffer | undefined): OpenedRecords {
  return openRecords({ dir, key, clock: systemClock, log: silentLogger, migrations: recordsMigrations, restorers: [...callRestorers, followUpRestorer] });
}

/** Acknowledged notes as the writer tells them: "ack CALL SEQ" or "CALL SEQ". */
export function readAcks(lines: readonly string[]): Map<string, number> {
  const highest = new Map<string, number>();
  for (const line of lines) {
    const parts = /^(?:ack )?(\S+) (\d+)$/.exec(line);
    if (parts?.[1] === undefined) continue;
    highest.set(parts[1], Math.max(highest.get(parts[1]) ?? 0, Number(parts[2])));
  }
  return highest;
}

/** How many acknowledged notes `db` lacks: saved later than what it holds of their call. */
export function lostIn(db: OpenedRecords['db'], acks: ReadonlyMap<string, number>): number {
  const seq = db.prepare<[string], number>('SELECT n.seq FROM notes n JOIN calls c ON c.id = n.id WHERE c.public_id = ?').pluck();
  let lost = 0;
  for (const [call, acknowledged] of acks) lost += Math.max(0, acknowledged - (seq.get(call) ?? 0));
  return lost;
}

/** How many acknowledged notes the database file alone lacks, without journal or repair. All of them when it cannot be read. */
export function lostInFile(file: string, key: Buffer | undefined, acks: ReadonlyMap<string, number>): number {
  const all = [...acks.values()].reduce((sum, count) => sum + count, 0);
  let db: OpenedRecords['db'] | undefined;
  try {
    db = openDatabase({ file, kind: 'records', key, mustExist: true });
    return quickCheck(db).length > 0 ? all : lostIn(db, acks);
  } catch {
    return all;
  } finally {
    db?.close();
  }
}
