import type { Journal } from '../../db/journal.ts';
import { COMMAND_MEMORY_MS, type Ledger, type Tx } from '../../db/ledger.ts';
import type { Db } from '../../db/open.ts';
import type { Restorer } from '../../db/restore.ts';
import type { CallsPolicy } from './policy.ts';
import type { WriteContext } from './write-context.ts';

const DAY_MS = 86_400_000;
/** Undo within a call ends some time after the call. */
const VERSIONS_MS = DAY_MS;
/** Longer than any backup lives, so that an erased call cannot come back from one. */
const ERASED_MS = 400 * DAY_MS;

export type Purged = { calls: number; numbers: number };

export type RetentionDeps = { db: Db; ledger: Ledger; journal: Journal; context: WriteContext; policy: CallsPolicy; restorers: readonly Restorer[] };

/** Deletes what the policy no longer lets a desk keep. Open calls are never touched. */
export function createRetention({ db, ledger, journal, context, policy, restorers }: RetentionDeps) {
  const dropNumbers = (tx: Tx, before: number): number => {
    const rows = tx.db
      .prepare<[number], { public_id: string }>("SELECT public_id FROM calls WHERE state = 'ended' AND closed_at < ? AND (number_e164 IS NOT NULL OR number_raw IS NOT NULL OR caller_name IS NOT NULL)")
      .all(before);
    for (const { public_id: publicId } of rows) {
      context.saveCall(tx, context.require(publicId), { number_e164: null, number_raw: null, caller_name: null, dialled: null });
    }
    return rows.length;
  };

  const deleteOld = (target: Db, now: number): number => {
    const result = target.prepare("DELETE FROM calls WHERE state = 'ended' AND closed_at < ?").run(now - policy.retentionDays * DAY_MS);
    target.prepare('DELETE FROM incidents WHERE call_id IS NULL AND at < ?').run(now - policy.retentionDays * DAY_MS);
    target.prepare('DELETE FROM desk_spans WHERE ended_at < ?').run(now - policy.retentionDays * DAY_MS);
    return result.changes;
  };

  return {
    /**
     * Run at start and once a day, outside calls and after the other features' purges. Rows go from the database and the journal at
     * once; copies follow one by one through `scrub`.
     */
    purge: (commandId: string, now: number): Purged => {
      const result = ledger.run(commandId, 'calls.purge', (tx): Purged => {
        const gone = deleteOld(tx.db, now);
        const numbers = dropNumbers(tx, now - policy.numberRetentionDays * DAY_MS);
        tx.db.prepare('DELETE FROM note_versions WHERE at < ? AND call_id IN (SELECT id FROM calls WHERE state = ?)').run(now - VERSIONS_MS, 'ended');
        tx.db.prepare('DELETE FROM commands WHERE at < ?').run(now - COMMAND_MEMORY_MS);
        tx.db.prepare('DELETE FROM erased WHERE at > 0 AND at < ?').run(now - ERASED_MS);
        return { calls: gone, numbers };
      });
      // Only what the database still holds stays in the journal, in its newest state.
      journal.rewrite((entry) => (entry.data === null || (restorers.find((one) => one.kind === entry.kind)?.has(db, entry.id) ?? true) ? entry : null));
      return result;
    },
    /** The same deletion for a closed copy; pass it to `backups.rewrite` for one file at a time. */
    scrub: (now: number) => (copy: Db): void => {
      copy.transaction(() => {
        deleteOld(copy, now);
        copy.prepare("UPDATE calls SET number_e164 = NULL, number_raw = NULL, caller_name = NULL, dialled = NULL WHERE state = 'ended' AND closed_at < ?").run(now - policy.numberRetentionDays * DAY_MS);
      }).immediate();
    },
  };
}
