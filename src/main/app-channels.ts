import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Policy } from '#shared/domain/policy.ts';
import type { KeptFlag } from '#shared/domain/news/flag.ts';
import type { Receipt } from '#shared/domain/news/receipt.ts';
import type { InstalledKb } from '#shared/domain/packs/combine.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';
import type { ChannelView, DeskView } from '#shared/ipc/delivery.ts';
import type { EventName } from '#shared/ipc/events.ts';
import { createUpdater, MOST_CHANNELS, natsPlace, openDeskChannels, openPlace, policyChannelId, readReceipts, readReplies, writeReceipt, writeReply, type ChangeSource, type ChannelEntry, type ChannelPlace } from './features/channels/index.ts';
import { lastTrusted, openTrustStore, setUpTrust, type Signer, type TrustAnchor } from './features/packs/index.ts';
import type { Logger } from './lib/logger.ts';
import type { Host } from './processes/host.ts';
import { newsCall } from './processes/news-handlers.ts';
import type { ReleaseRunner } from './processes/release-runner.ts';
import { packsDir } from './processes/packs-dir.ts';

type Routes = Extract<keyof Handlers<AppContract, 'main'>, `channels.${string}` | 'desks.list' | 'flags.inbox' | 'flags.reply'>;

export type ChannelsParts = {
  dataDir: string;
  version: string;
  records: Pick<Host, 'call'>;
  knowledge: Pick<Host, 'call'>;
  runner: ReleaseRunner;
  policy: () => Policy;
  askFolder: () => Promise<string | undefined>;
  /** The unlocked key of this desk, for replies to agents. */
  signer: () => { signer: Signer; name: string } | undefined;
  publish: (name: 'channels.changed' | 'knowledge.changed' | 'news.changed') => void;
  log: Pick<Logger, 'warn' | 'info'>;
};

export type Channels = {
  handlers: Pick<Handlers<AppContract, 'main'>, Routes>;
  start(): void;
  policyChanged(): void;
  /** What the records process announces; the updater listens along. */
  onRecordsEvent(name: EventName): void;
  /** The channel of a knowledge base, for publishing to it. */
  sourceOf(kb: string): ChangeSource | undefined;
  /** A folder this desk publishes to: it reads from there like every other desk. */
  adopt(folder: string, kb: string): void;
  checkNow(): Promise<void>;
  close(): void;
};

/** Acknowledgements and flags come in bursts; the receipt is written after this much quiet (ms). */
const RECEIPT_MS = 1_500;
/** A receipt is written anew at least this often, so that a supervisor sees when a desk was last there (ms). */
const ALIVE_MS = 6 * 3_600_000;

/** Channels of this desk: what is watched, what is installed when, and what goes back. */
export function createChannels(parts: ChannelsParts): Channels {
  const { dataDir, records, knowledge, runner, policy, publish, log } = parts;
  const config = openDeskChannels(join(dataDir, 'channels.json'), log.warn);
  const store = openTrustStore(packsDir(dataDir));
  const ask = <T>(host: Pick<Host, 'call'>, route: string, input: unknown): Promise<T> => host.call(route, input, randomUUID()) as Promise<T>;
  const installedNow = (): Promise<InstalledKb[]> => ask(knowledge, 'releases.installed', {});
  const policies = (): TrustPolicy[] => store.pins().flatMap(({ kb }) => lastTrusted(store, kb)?.policy ?? []);

  /** A broker's secrets are read from their files each time: they may be changed while the program runs. */
  const placeOf = (entry: ChannelEntry): ChannelPlace => {
    if (entry.kind === 'folder') return { kind: 'folder', path: entry.path };
    const channel = (policy().knowledge?.channels ?? []).find((one) => policyChannelId(one) === entry.id);
    const found = channel?.type === 'nats' ? natsPlace({ ...channel, user: channel.user ?? config.desk }) : undefined;
    if (found?.ok === false) log.warn('a file the policy names for a channel cannot be read', { file: found.file });
    return found?.ok === true ? found.place : { kind: 'nats', servers: [entry.path], user: config.desk };
  };

  const updater = createUpdater({
    clock: { now: Date.now },
    open: (entry) => openPlace(placeOf(entry)),
    check: (entry) => runner.check(placeOf(entry), entry.kb),
    install: (kb, order) => runner.install(kb, order),
    stopInstall: () => runner.stop(),
    inCall: async () => (await ask<unknown[]>(records, 'calls.open', {})).length > 0,
    setUpTrust: (source, anchor, by) => setUpTrust(source, store, anchor, by, Date.now()),
    policyAnchor: () => anchorOf(policy()),
    trusted: (entry, kb) => config.setKb(entry.id, kb),
    changed: () => publish('channels.changed'),
    installed: () => {
      publish('knowledge.changed');
      publish('news.changed');
      receiptSoon();
    },
    reached: (entry, source) => void exchange(entry, source).catch((cause: unknown) => log.warn('receipts could not be exchanged', { error: String(cause) })),
    warn: (message, details) => log.warn(message, details),
  });

  const written = new Map<string, { text: string; at: number }>();
  const receiptNow = async (): Promise<Receipt> => {
    const [bases, acknowledged, flags] = await Promise.all([installedNow(), ask<Receipt['acknowledged']>(records, 'news.acknowledged', {}), ask<KeptFlag[]>(records, 'flags.list', {})]);
    return {
      v: 1, desk: config.desk, at: Date.now(), app: parts.version,
      releases: bases.slice(0, 20).map(({ kb, release, installedAt }) => ({ source: kb, release, installedAt })),
      acknowledged: acknowledged.slice(0, 500),
      flags: flags.slice(0, 100).map(({ flag }) => flag),
    };
  };
  const sendReceipt = async (entry: ChannelEntry, source: ChangeSource): Promise<void> => {
    if (updater.state(entry.id)?.writable !== true || entry.kb === undefined) return;
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
    const replies = (await readReplies(source, config.desk, policies())).filter((reply) => kept.some(({ flag, reply: had }) => flag.id === reply.flag && (had?.at ?? -1) < reply.at));
    if (replies.length > 0) await ask(records, newsCall.replied, { replies });
  };
  let receiptTimer: ReturnType<typeof setTimeout> | undefined;
  const receiptSoon = (): void => {
    clearTimeout(receiptTimer);
    receiptTimer = setTimeout(() => {
      for (const entry of config.list()) {
        const source = updater.source(entry.id);
        if (source !== undefined) void sendReceipt(entry, source).catch((cause: unknown) => log.warn('a receipt could not be written', { error: String(cause) }));
      }
    }, RECEIPT_MS);
  };

  const follow = (): void => {
    config.syncPolicy(policy().knowledge?.channels ?? []);
    updater.follow(config.list());
  };
  /** What was checked but is not in use: the knowledge was lost, or the program ended between the two. */
  const catchUp = async (): Promise<void> => {
    const bases = await installedNow();
    for (const { kb } of store.pins()) {
      const known = lastTrusted(store, kb)?.release;
      if (known === undefined || (bases.find((base) => base.kb === kb)?.release ?? 0) >= known) continue;
      updater.installAgain(kb, config.list().find((entry) => entry.kb === kb)?.order ?? 0);
    }
  };

  const view = (entry: ChannelEntry, bases: readonly InstalledKb[]): ChannelView => {
    const state = updater.state(entry.id) ?? { health: 'new' };
    const base = bases.find(({ kb }) => kb === entry.kb);
    const pin = entry.kb === undefined ? undefined : store.pin(entry.kb);
    return {
      id: entry.id, kind: entry.kind, name: entry.name, place: entry.path, by: entry.by,
      ...state,
      ...(entry.kb === undefined ? {} : { kb: entry.kb }),
      ...(pin === undefined ? {} : { title: state.title ?? pin.title, fingerprint: pin.fingerprint }),
      ...(base === undefined ? {} : { release: base.release, installedAt: base.installedAt }),
    };
  };
  const reachable = (): { entry: ChannelEntry; source: ChangeSource }[] => config.list().flatMap((entry) => {
    const source = updater.source(entry.id);
    return source === undefined ? [] : [{ entry, source }];
  });
  /** Newest receipt of each desk over all channels. */
  const receipts = async (): Promise<{ receipts: Map<string, { receipt: Receipt; source: ChangeSource }>; unreadable: number }> => {
    const newest = new Map<string, { receipt: Receipt; source: ChangeSource }>();
    let unreadable = 0;
    for (const { source } of reachable()) {
      const found = await readReceipts(source);
      unreadable += found.unreadable;
      for (const receipt of found.receipts) if ((newest.get(receipt.desk)?.receipt.at ?? -1) < receipt.at) newest.set(receipt.desk, { receipt, source });
    }
    return { receipts: newest, unreadable };
  };

  return {
    handlers: {
      'channels.list': async () => {
        const bases = await installedNow();
        return config.list().map((entry) => view(entry, bases));
      },
      'channels.add': async () => {
        if (config.list().length >= MOST_CHANNELS) return { added: false, reason: 'too-many' };
        const path = await parts.askFolder();
        if (path === undefined) return { added: false, reason: 'cancelled' };
        const entry = config.add(path);
        if (entry === undefined) return { added: false, reason: 'already-there' };
        follow();
        return { added: true, id: entry.id };
      },
      'channels.remove': ({ id }) => {
        if (config.list().find((entry) => entry.id === id)?.by === 'desk') config.remove(id);
        follow();
        return {};
      },
      'channels.check': async ({ id }) => {
        await updater.checkNow(id);
        return {};
      },
      'channels.trust': async ({ id, fingerprint }) => {
        const setUp = await updater.trust(id, fingerprint);
        if (setUp === undefined) return { outcome: 'gone' };
        return setUp.outcome === 'trusted' ? { outcome: 'trusted', title: setUp.pin.title } : setUp;
      },
      'channels.forget': async ({ kb }) => {
        await ask(knowledge, 'releases.forget', { kb });
        for (const entry of config.list()) if (entry.kb === kb) config.setKb(entry.id, undefined);
        store.forget(kb);
        updater.forget(kb);
        publish('knowledge.changed');
        return {};
      },
      'desks.list': async () => {
        const found = await receipts();
        const desks = [...found.receipts.values()].map(({ receipt: { v: _v, flags, ...receipt } }): DeskView => ({ ...receipt, flags: flags.length, own: receipt.desk === config.desk }));
        return { desks: desks.toSorted((a, b) => b.at - a.at), unreadable: found.unreadable };
      },
      'flags.inbox': async () => {
        const all: Awaited<ReturnType<Handlers<AppContract, 'main'>['flags.inbox']>> = [];
        const known = policies();
        for (const { receipt, source } of (await receipts()).receipts.values()) {
          if (receipt.flags.length === 0) continue;
          const replies = await readReplies(source, receipt.desk, known);
          for (const flag of receipt.flags) {
            const reply = replies.find((one) => one.flag === flag.id);
            all.push({ desk: receipt.desk, flag, ...(reply === undefined ? {} : { reply }) });
          }
        }
        return all.toSorted((a, b) => b.flag.at - a.flag.at);
      },
      'flags.reply': async ({ desk, flag, text, outcome }) => {
        const by = parts.signer();
        if (by === undefined) return { ok: false, reason: 'no-key' };
        const found = (await receipts()).receipts.get(desk);
        if (found === undefined || !found.receipt.flags.some(({ id }) => id === flag)) return { ok: false, reason: 'unknown-flag' };
        const written = await writeReply(found.source, desk, { flag, text, outcome, by: by.name, at: Date.now() }, by.signer);
        if (written.state === 'written') return { ok: true };
        return { ok: false, reason: written.state === 'read-only' ? 'read-only' : 'gone' };
      },
    },
    start: () => {
      follow();
      void catchUp().catch((cause: unknown) => log.warn('checked releases could not be looked through', { error: String(cause) }));
    },
    policyChanged: follow,
    onRecordsEvent: (name) => {
      if (name === 'calls.changed') updater.callsChanged();
      else if (name === 'news.changed') receiptSoon();
    },
    sourceOf: (kb) => reachable().find(({ entry }) => entry.kb === kb)?.source,
    adopt: (folder, kb) => {
      config.add(folder);
      const entry = config.list().find(({ path }) => path === folder);
      if (entry !== undefined) config.setKb(entry.id, kb);
      follow();
    },
    checkNow: () => updater.checkNow(),
    close: () => {
      clearTimeout(receiptTimer);
      updater.close();
    },
  };
}

function anchorOf({ knowledge }: Policy): TrustAnchor | undefined {
  const root = knowledge?.trustRoot;
  if (root === undefined) return undefined;
  return 'sha256' in root ? { sha256: root.sha256 } : { root: Buffer.from(JSON.stringify(root.root)) };
}
