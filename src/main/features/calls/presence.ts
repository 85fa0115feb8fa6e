import { randomUUID } from 'node:crypto';
import { samePresence, type Presence, type PresenceSpan } from '#shared/domain/calls/presence.ts';
import type { Ledger } from '../../db/ledger.ts';
import type { Db } from '../../db/open.ts';

type SpanRow = { public_id: string; state: Presence['state']; reason: string | null; began_at: number; ended_at: number | null };

const toSpan = (row: SpanRow): PresenceSpan => ({
  state: row.state,
  from: row.began_at,
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...(row.ended_at === null ? {} : { to: row.ended_at }),
});

/** Gone for less than this, the desk was never away (ms). */
const GRACE_MS = 120_000;

/** Whether the desk is available, and since when; kept as raw spans for occupancy. */
export function createPresence(db: Db, ledger: Ledger) {
  const current = db.prepare<[], SpanRow>('SELECT public_id, state, reason, began_at, ended_at FROM desk_spans WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1');
  const end = db.prepare<[number, string]>('UPDATE desk_spans SET ended_at = max(?, began_at) WHERE public_id = ?');
  const begin = db.prepare<[string, string, string | null, number]>('INSERT INTO desk_spans (public_id, state, reason, began_at) VALUES (?, ?, ?, ?)');
  const between = db.prepare<[number, number], SpanRow>('SELECT public_id, state, reason, began_at, ended_at FROM desk_spans WHERE began_at < ? AND coalesce(ended_at, 9e15) > ? ORDER BY began_at');

  const now = (): (Presence & { since: number }) | undefined => {
    const row = current.get();
    if (row === undefined) return undefined;
    const since = row.began_at;
    if (row.state === 'not-ready') return { state: 'not-ready', reason: row.reason ?? 'break', since };
    return { state: row.state, since };
  };

  return {
    presence: now,
    /** Sets the presence from now on; setting the same again changes nothing. */
    setPresence: (commandId: string, next: Presence): { since: number } =>
      ledger.run(commandId, 'calls.presence', (tx) => {
        const before = now();
        if (before !== undefined && samePresence(before, next)) return { since: before.since };
        const row = current.get();
        if (row !== undefined) end.run(tx.at, row.public_id);
        begin.run(randomUUID(), next.state, next.state === 'not-ready' ? next.reason : null, tx.at);
        return { since: tx.at };
      }),
    /**
     * Run once after opening: the desk is there. A stay that the last run left open ends when that run was last
     * alive, so that no night counts as waiting for calls; a quick restart goes on as it was.
     */
    arrive: (commandId: string, lastAliveAt: number | undefined): void =>
      void ledger.run(commandId, 'calls.arrive', (tx) => {
        const row = current.get();
        const lastSeen = Math.max(lastAliveAt ?? 0, row?.began_at ?? 0);
        if (row !== undefined && row.state !== 'offline' && tx.at - lastSeen <= GRACE_MS) return {};
        if (row !== undefined) end.run(row.state === 'offline' ? tx.at : lastSeen, row.public_id);
        begin.run(randomUUID(), 'available', null, tx.at);
        return {};
      }),
    spans: (from: number, to: number): PresenceSpan[] => between.all(to, from).map(toSpan),
  };
}

export type PresenceStore = ReturnType<typeof createPresence>;
