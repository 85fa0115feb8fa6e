import type { Journal } from '../../db/journal.ts';
import { COMMAND_MEMORY_MS, type Ledger, type Tx } from '../../db/ledger.ts';
import type { Db } from '../../db/open.ts';
import { metaNumber, setMetaNumber, type Restorer } from '../../db/restore.ts';
import type { CallsPolicy } from './policy.ts';
import type { WriteContext } from './write-context.ts';

const DAY_MS = 86_400_000;
/** Undo within a call ends some time after the call. */
const VERSIONS_MS = DAY_MS;
/** Longer than any backup lives, so that an erased call cannot come back from one. */
const ERASED_MS = 400 * DAY_MS;

/** A pause this long before a purge may be leave, or a clock that is wrong. */
const JUMP_MS = 45 * DAY_MS;
/** A clock that still says the same after this long is believed. */
const BELIEVE_MS = 2 * 3_600_000;
/** The journal keeps this much even when a backup holds it too. */
const JOURNAL_MS = 14 * DAY_MS;
/** Above this size old drafts are worth removing. */
const JOURNAL_BYTES = 2 * 1024 * 1024;

/** `waiting`: the clock made a leap; nothing was deleted until it has said the same for two hours. */
export type Purged = { calls: number; numbers: number; waiting: boolean };

export type RetentionDeps = { db: Db; ledger: Ledger; journal: Journal; context: WriteContext; policy: CallsPolicy; restorers: readonly Restorer[]; newestBackupAt: () => number | undefined };

/** Calls and promises that are still open stay in the journal, however old. */
function openIds(db: Db): string[] {
  return db.prepare<[], string>("SELECT public_id FROM calls WHERE state <> 'ended' UNION SELECT public_id FROM follow_ups WHERE state = 'open'").pluck().all();
}

/** Deletes what the policy no longer lets a desk keep. Open calls are never touched. */
export function createRetention({ db, ledger, journal, context, policy, restorers, newestBackupAt }: RetentionDeps) {
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

  /** A wrong clock must not delete anything: after a leap the same time has to be seen again, hours later. */
  const mustWait = (tx: Tx, now: number): boolean => {
    const last = metaNumber(tx.db, 'last_purge');
    const seen = metaNumber(tx.db, 'purge_leap_seen');
    if (last === 0 || Math.abs(now - last) <= JUMP_MS || (seen > 0 && now - seen >= BELIEVE_MS && now - seen <= JUMP_MS)) {
      setMetaNumber(tx.db, 'last_purge', now);
      setMetaNumber(tx.db, 'purge_leap_seen', 0);
      return false;
    }
    if (seen === 0 || Math.abs(now - seen) > JUMP_MS) setMetaNumber(tx.db, 'purge_leap_seen', now);
    return true;
  };

  /** What the database no longer holds goes, and what is old, closed and in a backup. */
  const pruneJournal = (now: number): void => {
    const covered = Math.min(now - JOURNAL_MS, (newestBackupAt() ?? 0) - DAY_MS);
    const open = new Set(openIds(db));
    journal.rewrite((entry, at) => {
      if (entry.data === null) return entry;
      const held = restorers.find((one) => one.kind === entry.kind)?.has(db, entry.id) ?? true;
      return held && (at >= covered || open.has(entry.id)) ? entry : null;
    });
  };

  return {
    /**
     * Run at start and once a day, outside calls and after the other features' purges. Rows go from the database and the journal at
     * once; copies follow one by one through `scrub`.
     */
    purge: (commandId: string, now: number): Purged => {
      const result = ledger.run(commandId, 'calls.purge', (tx): Purged => {
        if (mustWait(tx, now)) return { calls: 0, numbers: 0, waiting: true };
        const gone = deleteOld(tx.db, now);
        const numbers = dropNumbers(tx, now - policy.numberRetentionDays * DAY_MS);
        tx.db.prepare('DELETE FROM note_versions WHERE at < ? AND call_id IN (SELECT id FROM calls WHERE state = ?)').run(now - VERSIONS_MS, 'ended');
        tx.db.prepare('DELETE FROM commands WHERE at < ?').run(now - COMMAND_MEMORY_MS);
        tx.db.prepare('DELETE FROM erased WHERE at > 0 AND at < ?').run(now - ERASED_MS);
        return { calls: gone, numbers, waiting: false };
      });
      if (!result.waiting && (result.calls > 0 || result.numbers > 0 || journal.bytes() > JOURNAL_BYTES)) pruneJournal(now);
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
