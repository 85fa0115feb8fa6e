import { rootName, TIMESTAMP, type SetUp, type TrustAnchor } from '#main/features/packs/index.ts';
import type { Clock } from '#main/lib/clock.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import { isPassing } from '#shared/domain/packs/refusal.ts';
import type { ChannelHealth } from '#shared/ipc/delivery.ts';
import type { ChangeSource } from './change-source.ts';
import type { ChannelEntry } from './desk-channels.ts';
import { digestOf } from './folder-source.ts';

/** What a look at a channel found. */
export type CheckOutcome =
  | { outcome: 'verified'; release: number; title: string; expires: number }
  | { outcome: 'up-to-date' | 'nothing-published'; title: string; expires: number }
  | { outcome: 'refused'; refusal: PackRefusal };
export type InstallOutcome = { ok: true; release: number; changed: number; ms: number } | { ok: false; reason: 'nothing-checked' | 'refused' | 'failed' | 'not-now'; refusal?: PackRefusal | undefined };

export type UpdaterDeps = {
  clock: Pick<Clock, 'now'>;
  open: (entry: ChannelEntry) => ChangeSource;
  /** @param mend nothing stored is taken for granted */
  check: (entry: ChannelEntry & { kb: string }, mend: boolean) => Promise<CheckOutcome>;
  install: (kb: string, order: number) => Promise<InstallOutcome>;
  /** Ends an install under way at once: nothing of it stays. */
  stopInstall: () => void;
  /** A call is on, or is being wrapped up. */
  inCall: () => Promise<boolean>;
  setUpTrust: (source: ChangeSource, anchor: TrustAnchor, by: 'typed' | 'policy') => Promise<SetUp>;
  /** Whom the organisation's policy says to trust. */
  policyAnchor: () => TrustAnchor | undefined;
  trusted: (entry: ChannelEntry, kb: string) => void;
  /** Something a screen shows has changed. */
  changed: () => void;
  installed: (kb: string) => void;
  /** A channel was reached: what goes back can be written, and what came back read. */
  reached: (entry: ChannelEntry, source: ChangeSource) => void;
  /**
   * How long to wait before a look a hint asks for (ms): on a channel that brings single changes these come first, and
   * desks do not ask for the same release in one moment. 0 for channels of files.
   */
  wait?: (entry: ChannelEntry) => number;
  /** On a line that costs: only what is asked for is fetched. */
  onlyWhenAsked?: () => boolean;
  warn: (message: string, details: Record<string, unknown>) => void;
};

export type ChannelState = { health: ChannelHealth; refusal?: PackRefusal; checkedAt?: number; writable?: boolean; title?: string; waiting?: number; expires?: number };
type Watched = { entry: ChannelEntry; source: ChangeSource; stop: () => void; state: ChannelState; stamp: string | undefined; tries: number; timer: ReturnType<typeof setTimeout> | undefined; hint: ReturnType<typeof setTimeout> | undefined };

/** A checked release waits, with the rank of its knowledge base. */
type Waiting = { order: number };

const MOST_TIMESTAMP = 16 * 1024;
/** A channel whose time stamp did not change is looked at whole this often (ms): time stamps expire, too. */
const WHOLE_MS = 3_600_000;
/** The first of the waits after a copy that is not complete yet (ms); each next one is twice as long. */
const AGAIN_MS = 4_000;
const LONGEST_MS = 300_000;
/** How often the end of a call is looked for besides being told of it (ms). */
const CALL_MS = 5_000;

export type Updater = ReturnType<typeof createUpdater>;

/**
 * Looks after the channels of a desk: watches, checks, and installs when no call is on. One check at a
 * time; what was checked waits for the end of the call and of its wrap-up.
 */
export function createUpdater(deps: UpdaterDeps) {
  const watched = new Map<string, Watched>();
  /** Releases that passed every check and are not in use: by knowledge base. Each find is a new object. */
  const pending = new Map<string, Waiting>();
  let queue: Promise<unknown> = Promise.resolve();
  let installing = false;
  let closed = false;
  let callTimer: ReturnType<typeof setTimeout> | undefined;

  const set = (one: Watched, state: Partial<ChannelState> & { health: ChannelHealth }): void => {
    const { refusal: _refusal, waiting: _waiting, ...kept } = one.state;
    const next = { ...kept, ...state };
    if (JSON.stringify(next) === JSON.stringify(one.state)) return;
    one.state = next;
    deps.changed();
  };
  const later = (one: Watched, ms: number): void => {
    clearTimeout(one.timer);
    if (!closed) one.timer = setTimeout(() => void check(one.entry.id, true), ms);
  };

  const findTrust = async (one: Watched): Promise<string | undefined> => {
    if (one.entry.kb !== undefined) return one.entry.kb;
    const root = await one.source.read(rootName(1), PACK_LIMITS.rootBytes);
    if (root.state !== 'found') {
      set(one, { health: root.state === 'absent' ? 'empty' : root.state === 'gone' ? 'gone' : 'busy' });
      return undefined;
    }
    const anchor = one.entry.by === 'policy' ? deps.policyAnchor() : undefined;
    if (anchor === undefined) {
      set(one, { health: 'needs-trust' });
      return undefined;
    }
    const setUp = await deps.setUpTrust(one.source, anchor, 'policy');
    if (setUp.outcome === 'trusted') {
      deps.trusted(one.entry, setUp.pin.kb);
      one.entry = { ...one.entry, kb: setUp.pin.kb };
      return setUp.pin.kb;
    }
    if (setUp.outcome === 'refused') set(one, { health: 'refused', refusal: setUp.refusal });
    return undefined;
  };

  /** Whether anything says that a whole look is worth its time. */
  const isNew = async (one: Watched): Promise<boolean> => {
    const stamp = await one.source.read(TIMESTAMP, MOST_TIMESTAMP);
    const digest = stamp.state === 'found' ? digestOf(stamp.bytes) : stamp.state;
    const same = digest === one.stamp && deps.clock.now() - (one.state.checkedAt ?? 0) < WHOLE_MS;
    one.stamp = digest;
    return !same;
  };

  const look = async (one: Watched, force: boolean): Promise<void> => {
    const state = await one.source.state();
    if (state.state === 'gone') {
      one.stamp = undefined;
      const { writable: _writable, ...kept } = one.state;
      one.state = kept;
      set(one, { health: 'gone' });
      return;
    }
    const back = one.state.health === 'gone';
    one.state = { ...one.state, writable: state.writable };
    const kb = await findTrust(one);
    if (kb === undefined) return;
    deps.reached(one.entry, one.source);
    if (!(await isNew(one)) && !force && !back) return;
    if (!force && one.state.checkedAt !== undefined && deps.onlyWhenAsked?.() === true) return set(one, { ...one.state, health: 'asked' });
    if (!pending.has(kb)) set(one, { health: 'checking' });
    settle(one, kb, await deps.check({ ...one.entry, kb }, false));
  };

  const settle = (one: Watched, kb: string, found: CheckOutcome): void => {
    const checkedAt = deps.clock.now();
    if (found.outcome === 'refused') {
      const passing = isPassing(found.refusal);
      set(one, { health: found.refusal.reason === 'unreadable' ? 'busy' : 'refused', refusal: found.refusal, checkedAt });
      if (passing) later(one, Math.min(LONGEST_MS, AGAIN_MS * 2 ** one.tries++));
      return;
    }
    one.tries = 0;
    const { title, expires } = found;
    if (found.outcome !== 'verified') {
      pending.delete(kb);
      set(one, { health: found.outcome, title, expires, checkedAt });
      return;
    }
    pending.set(kb, { order: one.entry.order });
    set(one, { health: 'waiting-for-call', waiting: found.release, title, expires, checkedAt });
    void installPending();
  };

  const check = (id: string, force = false): Promise<void> => {
    const work = async (): Promise<void> => {
      const one = watched.get(id);
      if (one === undefined || closed) return;
      try {
        await look(one, force);
      } catch (cause) {
        deps.warn('a channel could not be looked at', { error: String(cause) });
        set(one, { health: 'busy' });
        later(one, Math.min(LONGEST_MS, AGAIN_MS * 2 ** one.tries++));
      }
    };
    const result = queue.then(work);
    queue = result;
    return result;
  };

  const ofBase = (kb: string): Watched[] => [...watched.values()].filter((one) => one.entry.kb === kb);
  const waitForCall = (): void => {
    clearTimeout(callTimer);
    if (!closed && pending.size > 0) callTimer = setTimeout(() => void installPending(), CALL_MS);
  };

  /** Installs what waits, unless a call is on. */
  const installPending = async (): Promise<void> => {
    if (installing || closed) return;
    installing = true;
    try {
      const tried = new Set<Waiting>();
      for (;;) {
        const next = [...pending].find(([, waiting]) => !tried.has(waiting));
        if (next === undefined || (await deps.inCall())) break;
        const [kb, waiting] = next;
        tried.add(waiting);
        for (const one of ofBase(kb)) set(one, { ...one.state, health: 'installing' });
        const done = await deps.install(kb, waiting.order);
        // What was found while this one went in is newer, and its turn comes next.
        if ((done.ok || done.reason === 'nothing-checked' || done.reason === 'refused') && pending.get(kb) === waiting) pending.delete(kb);
        for (const one of ofBase(kb)) {
          if (done.ok) set(one, { health: 'up-to-date' });
          else if (done.reason === 'refused' && done.refusal !== undefined) set(one, { health: 'refused', refusal: done.refusal });
          else if (done.reason === 'not-now') set(one, { ...one.state, health: 'waiting-for-call' });
          else set(one, { ...one.state, health: 'install-failed' });
        }
        if (done.ok) deps.installed(kb);
      }
    } catch (cause) {
      deps.warn('a release could not be installed', { error: String(cause) });
    } finally {
      installing = false;
      waitForCall();
    }
  };

  /** A look after a hint. On channels of single changes it waits for its turn, and hints meanwhile are the same one. */
  const hinted = (one: Watched, force: boolean): void => {
    const wait = deps.wait?.(one.entry) ?? 0;
    if (wait === 0) return void check(one.entry.id, force);
    one.hint ??= setTimeout(() => {
      one.hint = undefined;
      void check(one.entry.id, force);
    }, wait);
  };
  const watch = (entry: ChannelEntry): void => {
    const source = deps.open(entry);
    const one: Watched = { entry, source, stop: () => undefined, state: { health: 'new' }, stamp: undefined, tries: 0, timer: undefined, hint: undefined };
    watched.set(entry.id, one);
    one.stop = source.watch((hint) => (hint === 'gone' ? void check(entry.id) : hinted(one, hint === 'back')));
    if (entry.kb === undefined) void check(entry.id);
    else hinted(one, false);
  };
  /** A channel this desk looks at already: its rank may be another, and one that was empty carries the base this desk begins on it. */
  const renew = (one: Watched, entry: ChannelEntry): void => {
    const begun = one.entry.kb === undefined && entry.kb !== undefined;
    one.entry = entry;
    if (begun) void check(entry.id, true);
  };
  const unwatch = (one: Watched): void => {
    clearTimeout(one.timer);
    clearTimeout(one.hint);
    one.stop();
    void one.source.close();
  };

  return {
    /** Begins to look after these channels and no others. */
    follow: (entries: readonly ChannelEntry[]): void => {
      for (const [id, one] of watched) {
        if (entries.some((entry) => entry.id === id)) continue;
        unwatch(one);
        watched.delete(id);
      }
      for (const entry of entries) {
        const one = watched.get(entry.id);
        if (one === undefined) watch(entry);
        else renew(one, entry);
      }
      deps.changed();
    },
    state: (id: string): ChannelState | undefined => watched.get(id)?.state,
    source: (id: string): ChangeSource | undefined => watched.get(id)?.source,
    checkNow: async (id?: string): Promise<void> => {
      await Promise.all([...watched.keys()].filter((one) => id === undefined || one === id).map((one) => check(one, true)));
    },
    trust: async (id: string, fingerprint: string): Promise<SetUp | undefined> => {
      const one = watched.get(id);
      if (one === undefined) return undefined;
      const setUp = await deps.setUpTrust(one.source, { fingerprint }, 'typed');
      if (setUp.outcome === 'trusted') {
        deps.trusted(one.entry, setUp.pin.kb);
        one.entry = { ...one.entry, kb: setUp.pin.kb };
        void check(id, true);
      }
      return setUp;
    },
    /** Fetches the newest release anew and puts in place what differs: what is stored is not what a signed head says. */
    mend: (id: string): Promise<void> => {
      const done = queue.then(async () => {
        const one = watched.get(id);
        const kb = one?.entry.kb;
        if (one !== undefined && kb !== undefined && !closed) settle(one, kb, await deps.check({ ...one.entry, kb }, true));
      });
      queue = done.catch(() => undefined);
      return done;
    },
    /** A checked release in the data folder is not in use: after the knowledge was lost, or the program ended in between. */
    installAgain: (kb: string, order: number): void => {
      pending.set(kb, { order });
      void installPending();
    },
    /** The trust in a knowledge base was taken back: its channels have to be told anew whom to trust. */
    forget: (kb: string): void => {
      pending.delete(kb);
      for (const one of ofBase(kb)) {
        const { kb: _kb, ...entry } = one.entry;
        one.entry = entry;
        one.stamp = undefined;
        void check(one.entry.id);
      }
    },
    /** Something about calls has changed. */
    callsChanged: (): void => {
      if (pending.size === 0) return;
      if (!installing) void installPending();
      else void deps.inCall().then((on) => (on && installing ? deps.stopInstall() : undefined));
    },
    close: (): void => {
      closed = true;
      clearTimeout(callTimer);
      deps.stopInstall();
      for (const one of watched.values()) unwatch(one);
    },
  };
}
