import { createPacer, type SignedThing } from '#main/features/packs/index.ts';
import type { SignedHead } from '#shared/domain/packs/release.ts';
import type { LiveChange, LiveChanges } from './change-source.ts';
import type { FollowPace, FollowPatch, LiveAlarm } from './follow-state.ts';
import type { Applied, ApplyOptions, LiveApplier } from './live-apply.ts';
import { createLiveDigests, type Difference } from './live-digests.ts';

/** Everything stored is read anew this often (ms): a disk may lie. */
const WHOLE_MS = 3_600_000;
/** More damaged buckets than this are read in one go. */
const MANY = 48;

export type HeadKeeperParts = {
  live: LiveChanges;
  applier: LiveApplier;
  pace: FollowPace;
  kb: string;
  now: () => number;
  set: (patch: FollowPatch) => void;
  alarm: () => LiveAlarm | undefined;
  random: () => number;
  open: (bytes: Uint8Array) => Promise<SignedThing<{ head: SignedHead }> | undefined>;
  apply: (changes: readonly LiveChange[], how: ApplyOptions) => Promise<Applied | undefined>;
  fetchMissing: () => Promise<boolean>;
  /** Brings the newest release whole. */
  mend: () => Promise<void>;
  lookAgain: (ms: number) => void;
  warn: (message: string, details: Record<string, unknown>) => void;
};

/** Thrown inside a transaction that would not make a bucket what the head says. */
class StillDamaged extends Error {}

/**
 * Holds what is stored against signed heads: they are the only thing that proves that nothing is missing, whatever a
 * server lost, repeated or was set back to. What differs is mended by catching up, then by reading the damaged buckets,
 * then by the release as a whole; what stays is an alarm.
 */
export function createHeadKeeper(parts: HeadKeeperParts) {
  const { live, applier, pace, kb, now, set, alarm, apply, warn } = parts;
  const digests = createLiveDigests(applier.rows);
  let wroteAt = -Infinity;
  let wholeAt = -Infinity;
  /** When the whole pack may be fetched; undefined: no need for it so far. */
  let mendAt: number | undefined;
  /** Sequence numbers went back or began anew; said as an alarm when no newer head proves the server whole. */
  let suspected: Extract<LiveAlarm, 'rolled-back' | 'emptied'> | undefined;

  const differs = async (head: SignedHead): Promise<Difference | undefined> => {
    const base = applier.base();
    if (base === undefined || base.epoch !== head.epoch) return undefined;
    if (now() - wholeAt > WHOLE_MS) {
      digests.forget();
      wholeAt = now();
    }
    return digests.differs(base, head, createPacer());
  };
  const agrees = ({ buckets, count }: Difference, head: SignedHead): boolean => buckets.length === 0 && count === head.count;

  const agree = (head: SignedHead): void => {
    const before = applier.base();
    if (before === undefined || !applier.agree(head, before)) return;
    const after = applier.base();
    if (after !== undefined) digests.rebase(after);
    suspected = undefined;
    mendAt = undefined;
    const kept = alarm() === 'disk-full' ? 'disk-full' : undefined;
    set({ head: { ver: head.ver, at: now() }, expires: Math.max(before.expires, head.expires), alarm: kept });
  };

  /** Reads damaged buckets from the stream. What is newer is taken; what is damaged is written over where that makes the bucket whole. */
  const readBuckets = async (head: SignedHead, buckets: readonly number[]): Promise<void> => {
    for (const bucket of buckets) {
      for await (const changes of live.bucket(bucket, pace.batchBytes)) {
        if ((await apply(changes, {})) === undefined) return;
        if (digests.bucket(bucket) === head.digests[bucket]) continue;
        const check = (rows: Applied['rows']): void => {
          digests.touch(rows);
          if (digests.bucket(bucket) !== head.digests[bucket]) throw new StillDamaged();
        };
        try {
          await apply(changes, { repair: true, check });
        } catch (cause) {
          if (!(cause instanceof StillDamaged)) throw cause;
        }
      }
    }
  };

  /** A pack is long, and every desk may want it in this moment: each takes a turn of its own. */
  const isTimeToMend = (): boolean => {
    if (mendAt === undefined) {
      mendAt = now() + parts.random() * pace.spreadMs;
      if (mendAt > now()) {
        parts.lookAgain(mendAt - now());
        return false;
      }
    }
    if (mendAt > now()) return false;
    mendAt = now() + pace.mendMs;
    return true;
  };

  const heal = async (head: SignedHead): Promise<void> => {
    // What was published meanwhile comes before the head that counts it.
    if (!(await parts.fetchMissing())) return parts.lookAgain(pace.againMs);
    let found = await differs(head);
    if (found === undefined || agrees(found, head)) return found === undefined ? undefined : agree(head);
    // Changes still come: the head that counts them is on its way.
    if (now() - wroteAt < pace.settleMs) return parts.lookAgain(pace.settleMs);
    // A few records are asked for alone; where much is missing, the release as a whole is less.
    if (found.buckets.length <= MANY) {
      await readBuckets(head, found.buckets);
      found = await differs(head);
    }
    if (found !== undefined && !agrees(found, head)) {
      if (!isTimeToMend()) return;
      await parts.mend().catch((cause: unknown) => warn('a release could not be had to mend what is stored', { error: String(cause) }));
      digests.forget();
      found = await differs(head);
    }
    if (found !== undefined && !agrees(found, head) && found.buckets.length > MANY) {
      await readBuckets(head, found.buckets);
      found = await differs(head);
    }
    if (found === undefined) return;
    if (agrees(found, head)) return agree(head);
    warn('what is stored is not what the signed head says', { buckets: found.buckets.length, count: found.count, expected: head.count, ver: head.ver });
    set({ alarm: suspected ?? 'incomplete' });
    parts.lookAgain(pace.mendMs);
  };

  return {
    /** Rows the follower wrote. */
    wrote: ({ rows }: Applied): void => {
      digests.touch(rows);
      if (rows.length > 0) wroteAt = now();
    },
    historyChanged: (sameEpoch: boolean): void => {
      suspected = sameEpoch ? 'rolled-back' : 'emptied';
    },
    /** The channel has no head. Where there was one, somebody emptied it. */
    noHead: (): void => {
      if (applier.rows.head(kb).head > 0) set({ alarm: suspected ?? 'emptied' });
    },
    compare: async (bytes: Uint8Array): Promise<void> => {
      const opened = await parts.open(bytes);
      if (opened === undefined) return;
      if (!opened.ok) {
        set({ lastRefusal: opened.refusal });
        warn('a head of a channel was refused', { reason: opened.refusal.reason });
        return;
      }
      const { head } = opened;
      const base = applier.base();
      if (base === undefined || base.epoch !== head.epoch) return;
      const agreed = applier.rows.head(kb).head;
      if (head.ver < agreed) {
        warn('a channel offers an older state than this desk has seen', { ver: head.ver, agreed });
        return set({ alarm: 'rolled-back' });
      }
      // The release came faster than its announcement.
      if (head.ver < base.release) return;
      const found = await differs(head);
      if (found === undefined) return;
      if (agrees(found, head)) return agree(head);
      // Changes of the next release are in use already: their head comes after them.
      if (head.ver === agreed && applier.rows.openLog(kb) !== undefined && now() - wroteAt < pace.settleMs) return;
      await heal(head);
    },
  };
}
