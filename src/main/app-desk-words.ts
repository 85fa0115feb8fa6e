import { randomUUID } from 'node:crypto';
import { COUNTED_DAYS, type Counts } from '#shared/domain/news/counts.ts';
import type { KeptFlag } from '#shared/domain/news/flag.ts';
import { presenceName, type Presence } from '#shared/domain/news/presence.ts';
import type { Receipt } from '#shared/domain/news/receipt.ts';
import type { InstalledKb } from '#shared/domain/packs/combine.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { Policy } from '#shared/domain/policy.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { createPresence, readReplies, writePresence, writeReceipt, type ChangeSource, type ChannelEntry } from './features/channels/index.ts';
import type { Logger } from './lib/logger.ts';
import type { Host } from './processes/host.ts';
import { newsCall } from './processes/news-handlers.ts';

export type DeskWordsParts = {
  /** This desk's random name, and its Callside. */
  desk: string;
  version: string;
  records: Pick<Host, 'call'>;
  knowledge: Pick<Host, 'call'>;
  settings: () => Pick<Settings, 'desk'>;
  policy: () => Policy;
  installed: () => Promise<readonly InstalledKb[]>;
  /** Channels of this desk that are open now. */
  reachable: () => readonly { entry: ChannelEntry; source: ChangeSource }[];
  /** Whether something can be written to a channel. */
  writable: (id: string) => boolean;
  /** Whose replies are believed. */
  policies: () => TrustPolicy[];
  warn: Logger['warn'];
};

/** Acknowledgements and flags come in bursts; the receipt is written after this much quiet (ms). */
const RECEIPT_MS = 1_500;
/** A receipt is written anew at least this often, so that a supervisor sees when a desk was last there (ms). */
const ALIVE_MS = 6 * 3_600_000;
/** A thousand desks install a release in one moment: signs of life and receipts spread over these spans (ms). */
const PRESENCE_SPAN_MS = 2_000;
const RECEIPT_SPAN_MS = 30_000;
/** A sign of life with nothing new in it goes out no more often than this (ms). */
const PRESENCE_MS = 180_000;

/** What this desk says to its channels: signs of life, receipts and flags; and what is answered. Nothing of it is about a person, a call or a feeling. */
export function createDeskWords({ desk, version, records, knowledge, settings, policy, installed, reachable, writable, policies, warn }: DeskWordsParts) {
  const ask = <T>(host: Pick<Host, 'call'>, route: string, input: unknown): Promise<T> => host.call(route, input, randomUUID()) as Promise<T>;

  const written = new Map<string, { text: string; at: number }>();
  const receiptNow = async (): Promise<Receipt> => {
    const [counts, bases, acknowledged, flags] = await Promise.all([policy().privacy?.shareCounts === true ? ask<Counts>(knowledge, 'counts.days', { days: COUNTED_DAYS, whole: true }) : undefined, installed(), ask<Receipt['acknowledged']>(records, 'news.acknowledged', {}), ask<KeptFlag[]>(records, 'flags.list', {})]);
    return {
      v: 1, desk, at: Date.now(), app: version,
      releases: bases.slice(0, 20).map(({ kb, release, installedAt }) => ({ source: kb, release, installedAt })),
      groups: settings().desk,
      acknowledged: acknowledged.slice(0, 500),
      flags: flags.slice(0, 100).map(({ flag }) => flag),
      ...(counts === undefined ? {} : { counts }),
    };
  };
  const sendReceipt = async (entry: ChannelEntry, source: ChangeSource): Promise<void> => {
    if (!writable(entry.id) || entry.kb === undefined) return;
    const receipt = await receiptNow();
    const text = JSON.stringify({ ...receipt, at: 0 });
    const before = written.get(entry.id);
    if (before?.text === text && receipt.at - before.at < ALIVE_MS) return;
    if ((await writeReceipt(source, receipt)).state !== 'written') return;
    written.set(entry.id, { text, at: receipt.at });
    if (receipt.flags.length > 0) await ask(records, newsCall.sent, { flags: receipt.flags.map(({ id }) => id) });
  };
  const exchange = async (entry: ChannelEntry, source: ChangeSource): Promise<void> => {
    await sendReceipt(entry, source);
    const kept = await ask<KeptFlag[]>(records, 'flags.list', {});
    if (kept.length === 0) return;
    const replies = (await readReplies(source, desk, policies())).filter((reply) => kept.some(({ flag, reply: had }) => flag.id === reply.flag && (had?.at ?? -1) < reply.at));
    if (replies.length > 0) await ask(records, newsCall.replied, { replies });
  };
  const timers: { [K in ChannelEntry['kind']]?: ReturnType<typeof setTimeout> } = {};
  /** A receipt that somebody's click waits for goes out before one that only repeats what the sign of life has said. */
  const receiptSoon = (kind: ChannelEntry['kind'], spanMs: number): void => {
    if (spanMs > 0 && timers[kind] !== undefined) return;
    clearTimeout(timers[kind]);
    timers[kind] = setTimeout(() => {
      delete timers[kind];
      for (const { entry, source } of reachable()) {
        if (entry.kind === kind) void sendReceipt(entry, source).catch((cause: unknown) => warn('a receipt could not be written', { error: String(cause) }));
      }
    }, RECEIPT_MS + spanMs * Math.random());
  };

  const presenceNow = async (): Promise<Presence> => ({ v: 1, desk, at: Date.now(), app: version, releases: (await installed()).slice(0, 20).map(({ kb, release }) => ({ source: kb, release })), groups: settings().desk });
  const shown = new Map<string, { text: string; at: number }>();
  const presence = createPresence({
    warn,
    send: async () => {
      const now = await presenceNow();
      const text = JSON.stringify({ ...now, at: 0 });
      let sent = false;
      for (const { entry, source } of reachable()) {
        const before = shown.get(entry.id);
        if (source.kind !== 'nats' || entry.kb === undefined || (before?.text === text && now.at - before.at < PRESENCE_MS)) continue;
        if ((await writePresence(source, now)).state !== 'written') continue;
        shown.set(entry.id, { text, at: now.at });
        sent = true;
      }
      return sent;
    },
  });
  const newsSoon = (): void => presence.soon(PRESENCE_SPAN_MS);
  /** What this desk says may be something else; where nothing is, nothing is sent. */
  const saySoon = (): void => {
    newsSoon();
    receiptSoon('folder', 0);
    receiptSoon('nats', RECEIPT_SPAN_MS);
  };

  return {
    /** This desk's sign of life as it would be written now, by its name. */
    presence: async () => ({ name: presenceName(desk), bytes: Buffer.from(JSON.stringify(await presenceNow())) }),
    /** What is in use may be another release. */
    newsSoon,
    /** A channel was reached: what goes back is written, and what came back read. */
    reached: (entry: ChannelEntry, source: ChangeSource): void => {
      if (source.kind === 'nats') newsSoon();
      void exchange(entry, source).catch((cause: unknown) => warn('receipts could not be exchanged', { error: String(cause) }));
    },
    /** Somebody acknowledged or flagged something. */
    answered: (): void => {
      for (const kind of ['folder', 'nats'] as const) receiptSoon(kind, 0);
    },
    /** Other knowledge may be in use. */
    knowledgeChanged: saySoon,
    /** The desk may belong to other teams and queues. */
    settingsChanged: saySoon,
    close: (): void => {
      for (const timer of Object.values(timers)) clearTimeout(timer);
      presence.close();
    },
  };
}
