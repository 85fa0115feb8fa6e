import type { ChangeSource } from './change-source.ts';
import { createDeskBoard, type DeskState } from './desk-board.ts';
import { readReceipts } from './receipts.ts';

export type DeskWatchParts = {
  now: () => number;
  /** The channels looked at now, by id. */
  sources: () => readonly { id: string; source: ChangeSource }[];
  /** Something a supervisor sees has changed; told at a calm pace. */
  changed: () => void;
  warn: (message: string, details: Record<string, unknown>) => void;
};

/** Nobody has looked for this long: desks are no longer listened to (ms). */
const LEASE_MS = 180_000;
/** A folder is read again at most this often (ms), and one that took long as many times more seldom: a thousand desks are a thousand files. */
const FOLDER_MS = 5_000;
const FOLDER_SHARE = 10;
/** A thousand receipts in a second are one change of a screen in this time (ms). */
const CALM_MS = 400;
/** Whoever looks waits at most this long for channels that answer slowly (ms); the rest is told as a change. */
const PATIENCE_MS = 2_500;

type Followed = { source: ChangeSource; stop: () => void; read: Promise<unknown>; /** When a folder may be read again. */ nextAt: number };

/**
 * Listens to desks while a supervisor looks. Agents' desks never ask, so they hear of no other desk: the broker would
 * refuse them anyway.
 */
export function createDeskWatch({ now, sources, changed, warn }: DeskWatchParts) {
  const board = createDeskBoard(now);
  const followed = new Map<string, Followed>();
  let leaseTimer: ReturnType<typeof setTimeout> | undefined;
  let calmTimer: ReturnType<typeof setTimeout> | undefined;
  let looking = false;

  const told = (): void => {
    calmTimer ??= setTimeout(() => {
      calmTimer = undefined;
      changed();
    }, CALM_MS);
  };
  const release = (id: string): void => {
    followed.get(id)?.stop();
    followed.delete(id);
  };
  const end = (): void => {
    for (const id of followed.keys()) release(id);
    clearTimeout(leaseTimer);
  };

  const readFolder = async (id: string, source: ChangeSource): Promise<void> => {
    const begun = now();
    try {
      const found = await readReceipts(source);
      // A share that is away takes nothing from the screen.
      if (!found.away) board.takeAll(id, found);
    } finally {
      const one = followed.get(id);
      if (one?.source === source) one.nextAt = now() + Math.max(FOLDER_MS, (now() - begun) * FOLDER_SHARE);
    }
    if (!looking) told();
  };
  const readBroker = async (id: string, desks: NonNullable<ChangeSource['desks']>): Promise<void> => {
    await desks.all((report) => void board.take(id, report));
    if (!looking) told();
  };
  const guarded = (work: Promise<void>): Promise<void> => work.catch((cause: unknown) => warn('what desks wrote could not be read', { error: String(cause) }));

  const follow = (id: string, source: ChangeSource): void => {
    const before = followed.get(id);
    const { desks } = source;
    if (before?.source === source) {
      if (desks !== undefined || now() < before.nextAt) return;
      before.nextAt = Number.POSITIVE_INFINITY;
      before.read = guarded(readFolder(id, source));
      return;
    }
    release(id);
    const one: Followed = { source, stop: () => undefined, read: Promise.resolve(), nextAt: Number.POSITIVE_INFINITY };
    followed.set(id, one);
    if (desks === undefined) {
      one.read = guarded(readFolder(id, source));
      return;
    }
    one.stop = desks.subscribe((event) => {
      if (event.kind === 'missed') void guarded(readBroker(id, desks));
      else if (board.take(id, event.report)) told();
    });
    one.read = guarded(readBroker(id, desks));
  };

  return {
    /** Every desk heard of, newest first. Listens on for a while. */
    look: async (): Promise<{ desks: DeskState[]; unreadable: number }> => {
      clearTimeout(leaseTimer);
      leaseTimer = setTimeout(end, LEASE_MS);
      const all = sources();
      const ids = new Set(all.map(({ id }) => id));
      for (const id of followed.keys()) if (!ids.has(id)) release(id);
      board.keepOnly(ids);
      looking = true;
      for (const { id, source } of all) follow(id, source);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS);
      });
      await Promise.race([Promise.all([...followed.values()].map(({ read }) => read)), late]);
      clearTimeout(timer);
      looking = false;
      return { desks: board.list().toSorted((a, b) => b.seenAt - a.seenAt), unreadable: board.unreadable() };
    },
    close: (): void => {
      end();
      clearTimeout(calmTimer);
    },
  };
}
