/**
 * How a channel carries knowledge. It moves bytes by name and knows nothing of what they mean: whoever
 * reads verifies before parsing. A folder, a static server and a message broker stand behind the same
 * contract, and one suite of tests (`test/main/channels/contract.ts`) runs against each of them.
 *
 * Nothing here throws for what the world does (a share that is away, a locked file, a full disk): those
 * are outcomes. Only a name that is no plain name throws, because that is a mistake of the program.
 */
export type ChangeSource = {
  readonly kind: 'folder' | 'nats';
  /** Whether the channel can be reached now, and whether this desk may write to it. */
  state(): Promise<SourceState>;
  /** The bytes under `name`, whole or not at all; never more than `limit` bytes are held in memory. */
  read(name: string, limit: number): Promise<ReadOutcome>;
  /** Plain names directly below `folder`, sorted; unfinished copies are left out, conflict copies are named apart. */
  list(folder: string): Promise<ListOutcome>;
  /**
   * Tells that something may have changed. A hint, never the truth: it may come late, twice or for nothing.
   * Returns what ends it.
   */
  watch(listener: (hint: Hint) => void): () => void;
  /** Puts `bytes` under `name` so that readers see the old or the new state. For receipts; the last writer wins. */
  write(name: string, bytes: Uint8Array): Promise<WriteOutcome>;
  /** Takes `name` away; a name that is not there counts as removed. */
  remove(name: string): Promise<WriteOutcome>;
  /** The publisher's side: all files, then the head, and only when the head is still the one the publisher has seen. */
  publish(release: Release): Promise<PublishOutcome>;
  /** Channels that carry single changes as they happen have this; files do not. */
  readonly live?: LiveChanges;
  /** Channels that bring what desks say as it is said have this; in files somebody has to look. */
  readonly desks?: DeskReports;
  /** From now on so many bytes a second are read at most; undefined: as many as come. Absent where there is no line to spare. */
  limit?(bytesPerSecond: number | undefined): void;
  close(): Promise<void>;
};

export type SourceState = { state: 'ready'; writable: boolean } | { state: 'gone' };

export type ReadOutcome =
  | { state: 'found'; bytes: Uint8Array }
  /** The channel is there, the name is not. */
  | { state: 'absent' }
  | { state: 'too-large' }
  /** Locked by another program, or still being copied: ask again later. */
  | { state: 'busy' }
  /** The channel itself cannot be reached. */
  | { state: 'gone' };

export type ListOutcome =
  | {
      state: 'listed';
      names: string[];
      /** Copies a synchronising program made because two machines wrote the same name. */
      conflicts: string[];
    }
  | { state: 'busy' }
  | { state: 'gone' };

export type Hint = 'changed' | 'gone' | 'back';

export type WriteOutcome =
  | { state: 'written' }
  /** This desk may only read here. */
  | { state: 'read-only' }
  | { state: 'full' }
  | { state: 'busy' }
  | { state: 'gone' };

export type Release = {
  /** Written first, in this order. Nobody looks at them before the head names them. */
  files: readonly { name: string; bytes: Uint8Array }[];
  /** Written last: what desks read first. */
  head: { name: string; bytes: Uint8Array };
  /** Digest (`digestOf`) of the head the publisher built upon; undefined: there was none. */
  expected: string | undefined;
};

export type PublishOutcome =
  | WriteOutcome
  /** Somebody else published meanwhile; `found` is the digest of the head that is there now. */
  | { state: 'conflict'; found: string | undefined };

/** Where a desk stands in a channel of single changes. */
export type Position = {
  /** Changes when the history was made anew: then `seq` means nothing and the desk starts from a pack. */
  epoch: string;
  seq: number;
};

export type LiveChange = { seq: number; name: string; bytes: Uint8Array };

export type LiveEvent =
  | { kind: 'change'; change: LiveChange }
  /** The publisher's signed statement of what must be there. */
  | { kind: 'head'; bytes: Uint8Array }
  /** Something between was missed: catch up from the stored position. */
  | { kind: 'gap' }
  | { kind: 'connected' }
  | { kind: 'disconnected' };

/** Changes one by one. Records and position are applied in one transaction by whoever reads. */
export type LiveChanges = {
  /** How far the channel is; undefined: it cannot be asked. `now` is the server's clock (UTC ms), which informs and decides nothing. */
  position(): Promise<(Position & { now?: number }) | undefined>;
  /** What came after `from`, last values only, in batches in their order; ends when there is no more. */
  after(from: Position, batchBytes: number): AsyncIterable<{ changes: LiveChange[]; position: Position }>;
  subscribe(listener: (event: LiveEvent) => void): () => void;
  /** What stands there of all records in one bucket of the head (`bucketOf` of packs), in batches. */
  bucket(bucket: number, batchBytes: number): AsyncIterable<LiveChange[]>;
  /**
   * The publisher's side, after its release was taken: each change that is newer than what stands there, then the
   * signed head. A change that comes late never replaces a later one; a head of the same version is said again.
   * `judge` tells the version of what stands there, undefined for what nobody should believe; without it what the
   * writer of a message said of itself counts.
   */
  announce(changes: readonly Announced[], head: { kb: string; ver: number; bytes: Uint8Array } | undefined, judge?: JudgeLive): Promise<WriteOutcome>;
  /** The longest record the channel takes, bytes. */
  mostBytes(): Promise<number>;
  /** The newest signed head of a knowledge base, where there is one. */
  head(kb: string): Promise<Uint8Array | undefined>;
};

export type Announced = { name: string; ver: number; bytes: Uint8Array };
/** The version of a change or head that stands in a channel; undefined: it is not genuine. `name` is undefined for a head. */
export type JudgeLive = (name: string | undefined, bytes: Uint8Array) => number | undefined;

/** One file a desk wrote, as a supervisor hears of it. */
export type DeskReport = {
  /** Whom the broker let in: nobody else can write below this name. */
  user: string;
  name: string;
  bytes: Uint8Array;
  /** When the broker took it (UTC ms), whatever clock the desk has. */
  at: number;
};

/** What desks write, for those who may read all of it. */
export type DeskReports = {
  /** The last of each name of each desk, in portions; undefined when it may not be read here, or not now. */
  all(onReport: (report: DeskReport) => void): Promise<'read' | undefined>;
  /** Hears everything from now on; `missed` says that something may have passed unheard. */
  subscribe(listener: (event: { kind: 'report'; report: DeskReport } | { kind: 'missed' }) => void): () => void;
};

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,119}){0,3}$/;
/** Names Windows keeps for devices, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Whether `name` is a plain relative name that means the same on every system. */
export function isPlainName(name: string): boolean {
  return NAME.test(name) && name.split('/').every((part) => !DEVICE.test(part) && !part.endsWith('.'));
}

/** Stops a name that could lead out of the channel. */
export function assertPlainName(name: string): void {
  if (!isPlainName(name)) throw new Error(`not a plain name in a channel: ${JSON.stringify(name.slice(0, 200))}`);
}
