import type { z } from 'zod';
import type { Audience } from '#shared/domain/audience.ts';
import { MOST_PRESENCE_BYTES, presenceName, presenceSchema, type Presence } from '#shared/domain/news/presence.ts';
import { MOST_RECEIPT_BYTES, receiptName, receiptSchema, type Receipt } from '#shared/domain/news/receipt.ts';
import type { DeskReport } from './change-source.ts';

/** What one desk said last, over all channels. */
export type DeskState = {
  desk: string;
  /** When it was last heard of: by the broker's clock where there is one, by the desk's own in a folder. */
  seenAt: number;
  app: string;
  releases: readonly { source: string; release: number; seq?: number | undefined }[];
  /** What it belongs to; undefined when it does not say. */
  groups: Audience | undefined;
  receipt: Receipt | undefined;
  /** The channel the receipt came through. */
  channel: string;
  /** Two machines say that they are this desk: its data folder was copied. */
  shared: boolean;
};

type Heard<T> = { says: T; at: number };
/** What came through one channel under one user's name. */
type Teller = { channel: string; receipt?: Heard<Receipt>; presence?: Heard<Presence> };

/** Two that were heard of within this time are there at the same time (ms). */
const TOGETHER_MS = 86_400_000;

/** The last words of every desk, in memory. Each desk says them of itself: they are shown and decide nothing. */
export function createDeskBoard(now: () => number) {
  const desks = new Map<string, Map<string, Teller>>();
  const unreadable = new Map<string, Set<string>>();

  const teller = (desk: string, channel: string, user: string): Teller => {
    const of = desks.get(desk) ?? new Map<string, Teller>();
    desks.set(desk, of);
    const id = `${channel} ${user}`;
    const one = of.get(id) ?? { channel };
    of.set(id, one);
    return one;
  };
  const bad = (channel: string, what: string, isBad: boolean): void => {
    const of = unreadable.get(channel) ?? new Set<string>();
    unreadable.set(channel, of);
    if (isBad) of.add(what);
    else of.delete(what);
  };

  const view = (desk: string, tellers: readonly Teller[]): DeskState | undefined => {
    const said = tellers.flatMap(({ receipt, presence }) => [receipt, presence].filter((one) => one !== undefined)).toSorted((a, b) => b.at - a.at);
    const [last] = said;
    if (last === undefined) return undefined;
    const receipts = tellers.flatMap(({ channel, receipt }) => (receipt === undefined ? [] : [{ channel, ...receipt }])).toSorted((a, b) => b.at - a.at);
    const heard = tellers.map(({ channel, receipt, presence }) => ({ channel, at: Math.max(receipt?.at ?? 0, presence?.at ?? 0) }));
    const shared = heard.some((one, index) => heard.some((other, place) => place > index && other.channel === one.channel && Math.abs(other.at - one.at) < TOGETHER_MS));
    return { desk, seenAt: last.at, app: last.says.app, releases: last.says.releases, groups: last.says.groups, receipt: receipts[0]?.says, channel: receipts[0]?.channel ?? '', shared };
  };

  return {
    /** Takes in what a desk wrote; false when it says nothing to us. */
    take: (channel: string, { user, name, bytes, at }: DeskReport): boolean => {
      const heardAt = Math.min(at, now());
      const what = `${user} ${name}`;
      if (name.startsWith('receipts/')) {
        const receipt = parse(receiptSchema, bytes, MOST_RECEIPT_BYTES);
        // Under another desk's name it is a copy somebody made.
        const good = receipt !== undefined && receiptName(receipt.desk) === name;
        bad(channel, what, !good);
        if (good) teller(receipt.desk, channel, user).receipt = { says: receipt, at: heardAt };
        return true;
      }
      const presence = name.startsWith('presence/') ? parse(presenceSchema, bytes, MOST_PRESENCE_BYTES) : undefined;
      if (presence === undefined || presenceName(presence.desk) !== name) return false;
      teller(presence.desk, channel, user).presence = { says: presence, at: heardAt };
      return true;
    },
    /** Everything a folder holds, as it was just read. */
    takeAll: (channel: string, found: { receipts: readonly Receipt[]; unreadable: number }): void => {
      for (const tellers of desks.values()) tellers.delete(`${channel} `);
      for (const receipt of found.receipts) teller(receipt.desk, channel, '').receipt = { says: receipt, at: Math.min(receipt.at, now()) };
      unreadable.set(channel, new Set(Array.from({ length: found.unreadable }, (_, at) => String(at))));
    },
    /** Forgets what came through channels that are no longer looked at. */
    keepOnly: (channels: ReadonlySet<string>): void => {
      for (const [desk, tellers] of desks) {
        for (const [id, one] of tellers) if (!channels.has(one.channel)) tellers.delete(id);
        if (tellers.size === 0) desks.delete(desk);
      }
      for (const channel of unreadable.keys()) if (!channels.has(channel)) unreadable.delete(channel);
    },
    list: (): DeskState[] => [...desks].flatMap(([desk, tellers]) => view(desk, [...tellers.values()]) ?? []),
    unreadable: (): number => [...unreadable.values()].reduce((sum, { size }) => sum + size, 0),
  };
}

function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array, most: number): T | undefined {
  if (bytes.length > most) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
