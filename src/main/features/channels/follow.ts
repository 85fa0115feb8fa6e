import { lastTrusted, openSignedHead, trustContext, type OpenContext, type TrustedState } from '#main/features/packs/index.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import type { LiveChange, LiveChanges, Position } from './change-source.ts';
import { createHeadKeeper } from './follow-head.ts';
import { PACE, type FollowOptions, type Follower, type FollowPace, type FollowPatch, type FollowState, type Permit } from './follow-state.ts';
import { judgeChanges, oneAhead } from './follow-judge.ts';
import { releaseHere } from './follow-release.ts';
import { createLiveApplier, type Applied, type ApplyOptions } from './live-apply.ts';

/** Changes in one transaction: some 100 ms of a small machine. */
const BATCH = 250;
/** More than this waiting is let go and fetched again from the stored position: memory stays bounded, whatever a call takes. */
const MOST_WAITING = 4_000;
const LONGEST_MS = 300_000;
/** While changes keep coming, a desk rests this many times as long as the last transaction took, at most `MOST_REST_MS`. */
const REST_TIMES = 8;
const MOST_REST_MS = 500;
/** Leave that comes sooner than this is no wait worth telling (ms). */
const WAIT_TOLD_MS = 100;
/** How long what was read of the policy holds within one piece of work (ms). */
const TRUST_MS = 1_000;
/** The policy is asked for again at most this often because of somebody unknown: whoever may write could keep desks busy. */
const POLICY_MS = 60_000;
/** Clocks less far apart are nobody's business (ms). */
const CLOCK_MS = 600_000;
const NOTHING: Applied = { changed: 0, stored: 0, known: 0, refused: [], rows: [] };
/** Signers a newer policy may know. */
const BY_POLICY: ReadonlySet<PackRefusal['reason']> = new Set(['unknown-key', 'revoked-key', 'not-allowed', 'no-approver', 'too-few-signatures']);

/**
 * Follows a channel of single changes for one desk: hears them on one subscription, catches up from the stored position
 * on start, on every gap, on every reconnection and on every signed head that disagrees, and puts them in use with their
 * position in one transaction. The channel is not trusted: what is not signed by enough of the right keys, is about
 * another key, base or epoch, or is not newer than what is stored, never comes into use.
 *
 * Runs in any Node process with a connection of its own to the desk's knowledge.db; never in a window. Throws nothing
 * for what the world does; `state()` tells.
 */
export function followChannel(options: FollowOptions): Follower {
  const { channel, kb, parts, store, permit = async () => () => undefined, random = Math.random, warn = () => undefined } = options;
  const live: LiveChanges = liveOf(options);
  const pace: FollowPace = { ...PACE, ...options.pace };
  const bringRelease = options.release ?? ((why) => releaseHere(options, why));
  const applier = createLiveApplier(parts, channel, kb);

  let state: FollowState = { phase: 'away', waiting: 0, applied: 0, refused: 0 };
  let inbox: LiveChange[] = [];
  /** The newest head heard. */
  let heard: Uint8Array | undefined;
  /** Something between the stored position and what is heard is missing; from `due` on it is fetched. */
  let missing = true;
  let due = 0;
  let epoch: string | undefined;
  let tries = 0;
  let policyAskedAt = -Infinity;
  let trusted: { state: TrustedState | undefined; mark: string; at: number } | undefined;
  let context: { mark: string; open: OpenContext } | undefined;
  let pumping: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gather: ReturnType<typeof setTimeout> | undefined;
  /** Until then changes that come are gathered (ms of `performance.now()`). */
  let restUntil = -Infinity;
  /** Somebody waits for what there is. */
  let asked = false;
  let closed = false;
  let end = (): void => undefined;
  /** Whoever waits for leave to write does not hold up the end. */
  const ending = new Promise<Permit>((resolve) => {
    end = () => resolve(() => undefined);
  });

  const set = (patch: FollowPatch): void => {
    const kept = Object.entries({ ...state, ...patch, waiting: inbox.length }).filter(([, value]) => value !== undefined);
    const next = Object.fromEntries(kept) as FollowState;
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    options.onState?.(state);
  };
  const spread = (): number => random() * pace.spreadMs;
  const needCatchUp = (after: number): void => {
    due = missing ? Math.min(due, parts.now() + after) : parts.now() + after;
    missing = true;
    wakeIn(after);
  };
  const again = (): void => {
    missing = true;
    const wait = Math.min(LONGEST_MS, pace.againMs * 2 ** tries++) * (0.5 + random());
    due = parts.now() + wait;
    wakeIn(wait);
  };
  const wakeIn = (ms: number): void => {
    clearTimeout(timer);
    if (!closed && options.onlyWhenAsked !== true) timer = setTimeout(wake, ms);
  };

  /** Whom the desk trusts: looked at when something begins and once a second while it lasts, read when it is another. */
  const trustNow = (fresh: boolean): TrustedState | undefined => {
    if (fresh || trusted === undefined || performance.now() - trusted.at > TRUST_MS) {
      const mark = store.mark(kb);
      trusted = { state: trusted?.mark === mark ? trusted.state : lastTrusted(store, kb), mark, at: performance.now() };
    }
    return trusted.state;
  };
  const openWith = (fresh = false): OpenContext | undefined => {
    const state = trustNow(fresh);
    if (state === undefined) return undefined;
    if (context?.mark !== state.policyDigest) context = { mark: state.policyDigest, open: trustContext(state.policy) };
    return context.open;
  };
  /** Asks once for a newer policy when somebody unknown signed. True when there is another one now. */
  const newerPolicy = async (refusal: PackRefusal): Promise<boolean> => {
    if (!BY_POLICY.has(refusal.reason)) return false;
    const before = context?.mark;
    openWith(true);
    if (context?.mark !== before) return true;
    if (parts.now() - policyAskedAt < POLICY_MS) return false;
    policyAskedAt = parts.now();
    await bringRelease('policy').catch((cause: unknown) => warn('the policy of a channel could not be asked for', { error: String(cause) }));
    openWith(true);
    return context?.mark !== before;
  };

  /** One transaction. False when it could not be written: then it is fetched again. */
  const apply = async (changes: readonly LiveChange[], how: ApplyOptions): Promise<Applied | undefined> => {
    const judged = await judgeChanges(changes, { isStored: applier.storedNow(), openWith, newerPolicy });
    if (judged === undefined || closed) return undefined;
    if (judged.length === 0) {
      // Nothing new: the position moves without asking anybody.
      if (how.cursor !== undefined && how.cursor.seq > (applier.cursor()?.seq ?? -1)) applier.saveCursor(how.cursor);
      return NOTHING;
    }
    const told = setTimeout(() => set({ phase: 'waiting' }), WAIT_TOLD_MS);
    const done = await Promise.race([permit(), ending]).finally(() => clearTimeout(told));
    const from = performance.now();
    let applied: Applied | undefined;
    try {
      if (!closed) applied = applier.apply(judged, how);
    } finally {
      await done(applied);
    }
    const took = performance.now() - from;
    restUntil = performance.now() + Math.max(pace.restMs, Math.min(MOST_REST_MS, took * REST_TIMES));
    if (applied === undefined) return undefined;
    heads.wrote(applied);
    const last = applied.refused.at(-1);
    set({ applied: state.applied + applied.stored, refused: state.refused + applied.refused.length, ...(last === undefined ? {} : { lastRefusal: last.refusal }), ...(state.alarm === 'disk-full' ? { alarm: undefined } : {}) });
    if (last !== undefined) warn('changes from a channel were refused', { count: applied.refused.length, reason: last.refusal.reason });
    if (applied.stored > 0) options.onApplied?.(applied, judged.map(({ name }) => name));
    return applied;
  };

  const flush = async (): Promise<void> => {
    const batch = inbox.splice(0, BATCH);
    const stored = applier.cursor();
    const seq = Math.max(...batch.map((change) => change.seq));
    // Where something before is missing, the position stays: records know by themselves which of two is newer.
    const follows = !missing && epoch !== undefined && stored?.epoch === epoch && seq > stored.seq;
    if ((await apply(batch, follows && epoch !== undefined ? { cursor: { epoch, seq } } : {})) === undefined) again();
  };

  /** Everything after the stored position. False when the channel went away meanwhile. */
  const fetchMissing = async (): Promise<boolean> => {
    const where = await live.position();
    if (where === undefined) {
      set({ phase: 'away' });
      return false;
    }
    const ahead = where.now === undefined ? 0 : parts.now() - where.now;
    set({ clock: Math.abs(ahead) > CLOCK_MS ? ahead : undefined });
    const from = startOf(where);
    epoch = where.epoch;
    let at = from.seq;
    if (at < where.seq) set({ phase: 'catching-up' });
    for await (const { changes, position } of oneAhead(live.after(from, pace.batchBytes))) {
      for (let first = 0; first < Math.max(1, changes.length); first += BATCH) {
        const piece = changes.slice(first, first + BATCH);
        const end = first + BATCH >= changes.length;
        const seq = end ? position.seq : (piece.at(-1)?.seq ?? at);
        if ((await apply(piece, { cursor: { epoch: position.epoch, seq } })) === undefined) return false;
        at = seq;
      }
      if (closed) return true;
    }
    if (at < where.seq) return false;
    if (applier.cursor()?.epoch !== where.epoch) applier.saveCursor({ epoch: where.epoch, seq: at });
    return true;
  };
  /** Where to begin: after the stored position, after the release, or at the beginning of a history that is not the one known. */
  const startOf = (where: Position): Position => {
    const stored = applier.cursor();
    if (stored === undefined) {
      const seq = applier.base()?.seq ?? 0;
      return { epoch: where.epoch, seq: seq <= where.seq ? seq : 0 };
    }
    if (stored.epoch === where.epoch && stored.seq <= where.seq) return stored;
    heads.historyChanged(stored.epoch === where.epoch);
    applier.saveCursor({ epoch: where.epoch, seq: 0 });
    warn('the history of a channel is not the one followed so far; it is read from its beginning', { recreated: stored.epoch !== where.epoch });
    return { epoch: where.epoch, seq: 0 };
  };

  const catchUp = async (): Promise<void> => {
    missing = false;
    const fetched = await fetchMissing();
    if (!fetched) return again();
    tries = 0;
    const newest = await live.head(kb);
    if (newest === undefined) heads.noHead();
    else heard ??= newest;
  };

  const heads = createHeadKeeper({
    live, applier, pace, kb, now: parts.now, set, alarm: () => state.alarm, random,
    open: async (bytes) => {
      const open = openWith();
      if (open === undefined) return undefined;
      const opened = openSignedHead(bytes, open);
      if (opened.ok || !(await newerPolicy(opened.refusal))) return opened;
      return openSignedHead(bytes, openWith() ?? open);
    },
    apply,
    fetchMissing,
    mend: () => bringRelease('repair'),
    lookAgain: (ms) => needCatchUp(ms),
    warn,
  });

  /** Changes that come close together are put in use together. Whatever is waited for ends the rest: a head, somebody who asked, a full batch. */
  const isResting = (): boolean => heard === undefined && !asked && inbox.length < BATCH && performance.now() < restUntil;
  const gatherFor = (ms: number): void => {
    gather ??= setTimeout(() => {
      gather = undefined;
      wake();
    }, Math.max(ms, restUntil - performance.now()));
  };

  const pump = async (): Promise<void> => {
    const base = applier.base();
    if (base === undefined || trustNow(true)?.policy.epoch !== base.epoch) {
      set({ phase: 'no-release' });
      if (missing && due > parts.now()) return wakeIn(due - parts.now());
      await bringRelease('first').catch((cause: unknown) => warn('the first release could not be had', { error: String(cause) }));
      trusted = undefined;
      if (applier.base() === undefined) return again();
      due = 0;
    }
    while (!closed) {
      if (inbox.length > 0 && !isResting()) await flush();
      else if (missing && due <= parts.now()) await catchUp();
      else if (heard !== undefined) {
        const bytes = heard;
        heard = undefined;
        await heads.compare(bytes);
      } else break;
      if (missing && due > parts.now() && (inbox.length === 0 || isResting())) break;
    }
    const left = due - parts.now();
    if (missing) wakeIn(Math.max(0, left));
    else {
      set({ phase: 'following' });
      due = parts.now() + pace.lookMs * (0.75 + random() / 2);
      wakeIn(due - parts.now());
    }
  };
  const wake = (): void => {
    if (closed || pumping !== undefined) return;
    // A look of its own when nothing was heard for long: a last message may have been lost.
    if (!missing && inbox.length === 0 && heard === undefined && due <= parts.now()) missing = true;
    pumping = pump()
      .catch((cause: unknown) => {
        const full = codeOf(cause) === 'SQLITE_FULL';
        if (full) set({ alarm: 'disk-full' });
        if (codeOf(cause) !== 'SQLITE_BUSY') warn('changes of a channel could not be put in use', { error: String(cause) });
        inbox = [];
        again();
      })
      .finally(() => {
        pumping = undefined;
        if (closed) return;
        if (heard !== undefined && !(missing && due > parts.now() && inbox.length === 0)) setImmediate(wake);
        else if (inbox.length > 0) gatherFor(0);
      });
  };

  const stop = options.onlyWhenAsked === true ? () => undefined : live.subscribe((event) => {
    switch (event.kind) {
      case 'change':
        if (inbox.length < MOST_WAITING) inbox.push(event.change);
        else {
          inbox = [];
          needCatchUp(0);
        }
        gatherFor(pace.gatherMs);
        // Whoever waits for the end of a call is told how many wait with it.
        if (state.phase === 'waiting') set({});
        return;
      case 'head':
        heard = event.bytes;
        wake();
        return;
      case 'gap':
        needCatchUp(0);
        return;
      case 'connected':
        needCatchUp(spread());
        return;
      case 'disconnected':
        set({ phase: 'away' });
    }
  });
  if (options.onlyWhenAsked !== true) needCatchUp(spread());

  return {
    state: () => state,
    catchUp: async () => {
      due = 0;
      missing = true;
      tries = 0;
      asked = true;
      clearTimeout(timer);
      await pumping;
      wake();
      await pumping;
      asked = false;
    },
    released: () => (options.onlyWhenAsked === true ? undefined : needCatchUp(0)),
    close: async () => {
      closed = true;
      end();
      stop();
      clearTimeout(timer);
      clearTimeout(gather);
      await pumping;
    },
  };
}

function liveOf({ source }: Pick<FollowOptions, 'source'>): LiveChanges {
  if (source.live === undefined) throw new Error('this channel carries no single changes');
  return source.live;
}

const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : '');
