import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import type { Applied } from './live-apply.ts';
import type { InstallParts } from './install-release.ts';
import type { ChangeSource } from './change-source.ts';
import type { TrustStore } from '#main/features/packs/index.ts';

/** What is wrong with a channel for longer than a moment; a supervisor and the status line are told. */
export type LiveAlarm =
  /** What is stored is not what the newest signed head counts, and neither the stream nor the pack mended it. */
  | 'incomplete'
  /** The server offers an older state than this desk has seen. */
  | 'rolled-back'
  /** The server was emptied or made anew, and nobody has published to it since. */
  | 'emptied'
  /** The disk of this desk has no room for the change. */
  | 'disk-full';

export type FollowPhase =
  /** No release is in use yet: a change alone would be half of something. */
  | 'no-release'
  | 'catching-up'
  | 'following'
  /** Changes are there and wait until they may be put in use. */
  | 'waiting'
  /** The channel cannot be reached. */
  | 'away';

export type FollowState = {
  phase: FollowPhase;
  /** Changes heard and not in use yet. */
  waiting: number;
  /** Changes put in use since the start. */
  applied: number;
  /** Things refused since the start; they lie in quarantine. */
  refused: number;
  lastRefusal?: PackRefusal;
  /** The newest head that what is stored agreed with. */
  head?: { ver: number; at: number };
  /** From then on nobody vouches that this is the newest state (UTC ms, judged by this desk's clock). */
  expires?: number;
  /** How far this desk's clock is ahead of the server's (ms), where that is more than some minutes. */
  clock?: number;
  alarm?: LiveAlarm;
};

/** New values; undefined takes one away. */
export type FollowPatch = { [K in keyof FollowState]?: FollowState[K] | undefined };

/** Leave to write, and what is told afterwards: undefined when nothing was written. */
export type Permit = (applied: Applied | undefined) => void | Promise<void>;

export type ReleaseWanted = 'first' | 'repair' | 'policy';

export type FollowOptions = {
  /** A channel with a live side. It stays the caller's and is not closed here. */
  source: ChangeSource;
  /** What the position is kept under in the database: the same for the same place, whatever its credentials. */
  channel: string;
  kb: string;
  /** A connection to the desk's knowledge.db of the follower's own. */
  parts: InstallParts;
  /** Whom the desk trusts, and its kept packs. */
  store: TrustStore;
  /** Rank of the base where several have the same record, 0 to 1,000. */
  order: number;
  /** Resolves when changes may be put in use: no call is on and nobody else writes. At once where there is nobody to ask. */
  permit?: () => Promise<Permit>;
  /**
   * Brings the newest release, or the newest policy, to this desk. The follower goes on when it is done. Without it the
   * release is checked and installed here, in this thread.
   */
  release?: (why: ReleaseWanted) => Promise<void>;
  /** On a line that costs: nothing is fetched or heard before `catchUp` is called. */
  onlyWhenAsked?: boolean;
  onState?: (state: FollowState) => void;
  /** After each transaction; on the commit, so its time is the time of use. */
  onApplied?: (applied: Applied, keys: readonly string[]) => void;
  warn?: (message: string, details: Record<string, unknown>) => void;
  pace?: Partial<FollowPace>;
  /** 0 to 1; for spreading desks. */
  random?: () => number;
};

export type FollowPace = {
  /** Desks that start, or lose their server, in one moment catch up spread over this (ms). */
  spreadMs: number;
  /** Messages are gathered this long, so that what belongs together is seen together (ms). A head ends the wait. */
  gatherMs: number;
  /** While changes keep coming, the least time between two transactions (ms). The first after a quiet while comes at once. */
  restMs: number;
  /** A head that does not fit while changes still come is looked at again after this (ms). */
  settleMs: number;
  /** Between two questions whether something passed unheard (ms). */
  lookMs: number;
  /** The first wait after something failed (ms); each next one is twice as long, up to five minutes. */
  againMs: number;
  /** Bytes asked for at once. */
  batchBytes: number;
  /** The least time between two fetches of a whole pack to mend what is stored (ms). */
  mendMs: number;
};

export const PACE: FollowPace = { spreadMs: 20_000, gatherMs: 25, restMs: 250, settleMs: 10_000, lookMs: 300_000, againMs: 2_000, batchBytes: 512 * 1024, mendMs: 900_000 };

export type Follower = {
  state(): FollowState;
  /** Looks now, without waiting for its turn: everything there is comes. Resolves when it is in use, or cannot be. */
  catchUp(): Promise<void>;
  /** A release was installed by another way: what follows it is looked at now. */
  released(): void;
  /** Ends following; what is being written is finished first. */
  close(): Promise<void>;
};
