import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Policy } from '#shared/domain/policy.ts';
import { COUNTED_DAYS } from '#shared/domain/news/counts.ts';
import type { InstalledKb } from '#shared/domain/packs/combine.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';
import type { HealthNote } from '#shared/ipc/app.ts';
import type { ChannelView } from '#shared/ipc/delivery.ts';
import type { EventName } from '#shared/ipc/events.ts';
import { createCountHandlers } from './app-counts.ts';
import { createDeskWords } from './app-desk-words.ts';
import { createDesks } from './app-desks.ts';
import { createServers } from './app-servers.ts';
import { createUpdater, LINE, MOST_CHANNELS, natsPlace, openDeskChannels, openPlace, policyChannelId, shareOf, type ChangeSource, type ChannelEntry, type ChannelPlace, type LiveAlarm } from './features/channels/index.ts';
import { lastTrusted, openTrustStore, type PackWork, type Signer, type TrustAnchor } from './features/packs/index.ts';
import type { Logger } from './lib/logger.ts';
import type { Settings } from '#shared/domain/settings.ts';
import type { Host } from './processes/host.ts';
import { createLiveRunner } from './processes/live-runner.ts';
import type { ChildPort } from './processes/protocol.ts';
import type { ReleaseRunner } from './processes/release-runner.ts';
import { packsDir } from './processes/packs-dir.ts';

type Routes = Extract<keyof Handlers<AppContract, 'main'>, `channels.${string}` | `bases.${string}` | `counts.${string}` | 'desks.list' | 'flags.inbox' | 'flags.reply'>;

/** Releases a supervisor's lists look back on. */
const RELEASES = 30;

export type ChannelsParts = {
  dataDir: string;
  version: string;
  records: Pick<Host, 'call'>;
  knowledge: Pick<Host, 'call'>;
  runner: ReleaseRunner;
  /** Starts the process that follows channels of single changes. */
  spawnLive: () => ChildPort;
  /** Begins to trust a knowledge base, away from what windows wait for. */
  setUpTrust: PackWork['setUpTrust'];
  /** A catalogue is being imported. */
  importing: () => boolean;
  policy: () => Policy;
  /** Settings with the policy on top. */
  settings: () => Pick<Settings, 'delivery' | 'desk'>;
  askFolder: () => Promise<string | undefined>;
  askFile: (what: 'key' | 'authority') => Promise<string | undefined>;
  /** The knowledge base this desk publishes, where it does. */
  writes: () => string | undefined;
  /** The unlocked key of this desk, for replies to agents. */
  signer: () => { signer: Signer; name: string } | undefined;
  publish: (name: 'channels.changed' | 'desks.changed' | 'knowledge.changed' | 'news.changed' | 'health.changed') => void;
  log: Pick<Logger, 'warn' | 'info' | 'error'>;
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
  /** A channel of this desk by its id, as something to publish to; asked for again each time, because channels come and go. */
  writer(id: string): ChangeSource | undefined;
  /** Channels this desk could publish to without a folder. */
  brokers(): { id: string; name: string }[];
  /** The desk publishes to one of its channels. */
  adoptChannel(id: string, kb: string): void;
  /** What is wrong with a channel for longer than a moment, for the status line. */
  notes(): HealthNote[];
  /** Resolves when no single change is being written. */
  quiet(): Promise<void>;
  /** Something about lines that cost, or about the policy, has changed. */
  settingsChanged(): void;
  checkNow(): Promise<void>;
  /** The knowledge bases in use. */
  installed(): Promise<InstalledKb[]>;
  close(): void;
};

/** Desks that start in one moment ask a server spread over this, unless the policy says otherwise (s). */
const SPREAD_SECONDS = 20;
/** Announcements of a release come this soon after it (ms). */
const LIVE_FIRST_MS = 3_000;
/** Added while single changes are still being put in use (ms). */
const SETTLE_MS = 15_000;
/** How long a look somebody asked for waits for single changes (ms). */
const ASKED_MS = 10_000;

/** Channels of this desk: what is watched, what is installed when, and what goes back. */
export function createChannels(parts: ChannelsParts): Channels {
  const { dataDir, records, knowledge, runner, policy, log } = parts;
  const publish: ChannelsParts['publish'] = (name) => {
    parts.publish(name);
    // A channel may have found out that what is in use is a newer release by now.
    if (name !== 'channels.changed') return;
    desks.knowledgeChanged();
    words.newsSoon();
  };
  const config = openDeskChannels(join(dataDir, 'channels.json'), log.warn);
  const store = openTrustStore(packsDir(dataDir));
  const ask = <T>(host: Pick<Host, 'call'>, route: string, input: unknown): Promise<T> => host.call(route, input, randomUUID()) as Promise<T>;
  const installedNow = (): Promise<InstalledKb[]> => ask(knowledge, 'releases.installed', {});
  const policies = (): TrustPolicy[] => store.pins().flatMap(({ kb }) => lastTrusted(store, kb)?.policy ?? []);

  /** A broker's secrets are read from their files each time: they may be changed while the program runs. */
  const placeOf = (entry: ChannelEntry, share = 1, channels = 1): ChannelPlace => {
    if (entry.kind === 'folder') return { kind: 'folder', path: entry.path };
    const channel = entry.server ?? (policy().knowledge?.channels ?? []).find((one) => policyChannelId(one) === entry.id);
    const found = channel?.type === 'nats' ? natsPlace({ ...channel, user: channel.user ?? config.desk }) : undefined;
    if (found?.ok === false) log.warn('a file the policy names for a channel cannot be read', { file: found.file });
    const place: ChannelPlace = found?.ok === true ? found.place : { kind: 'nats', servers: [entry.path], user: config.desk };
    const bytesPerSecond = shareOf(limit(), share, channels);
    return place.kind === 'nats' && bytesPerSecond !== undefined ? { ...place, bytesPerSecond } : place;
  };
  const limit = (): number | null => parts.settings().delivery.bytesPerSecond;
  const brokerCount = (): number => config.list().filter(({ kind }) => kind === 'nats').length;
  /** One release is fetched at a time; changes of all channels take less of the line meanwhile. */
  const checkRelease = async (entry: ChannelEntry & { kb: string }, mend: boolean): ReturnType<ReleaseRunner['check']> => {
    live.line(LINE.liveMeanwhile / LINE.live);
    try {
      return await runner.check(placeOf(entry, LINE.release), entry.kb, mend);
    } finally {
      live.line(1);
    }
  };
  const inCall = async (): Promise<boolean> => (await ask<unknown[]>(records, 'calls.open', {})).length > 0;
  const spreadMs = (): number => (policy().knowledge?.delivery?.spreadSeconds ?? SPREAD_SECONDS) * 1_000;
  const inUse = (): void => {
    publish('knowledge.changed');
    publish('news.changed');
  };

  const alarms = new Map<string, LiveAlarm | undefined>();
  const live = createLiveRunner({
    spawn: parts.spawnLive,
    config: { dataDir, resourcesDir: '' },
    knowledge: (route, input) => ask(knowledge, route, input),
    mayWrite: async () => !runner.installing() && !parts.importing() && !(await inCall()),
    release: (id, why) => (why === 'repair' ? updater.mend(id) : updater.checkNow(id)),
    onState: (id, { alarm }) => {
      publish('channels.changed');
      if (alarms.get(id) === alarm) return;
      alarms.set(id, alarm);
      publish('health.changed');
    },
    onWrote: inUse,
    log: (level, message, details) => log[level](message, details),
  });
  /** Channels of single changes whose knowledge base this desk trusts. */
  const followLive = (): void => {
    const wanted = config.list().flatMap((entry) => (entry.kind === 'nats' && entry.kb !== undefined && store.pin(entry.kb) !== undefined ? [{ id: entry.id, place: placeOf(entry, LINE.live, brokerCount()), kb: entry.kb, order: entry.order, spreadMs: spreadMs(), onlyWhenAsked: parts.settings().delivery.waitUntilAsked }] : []));
    live.follow(wanted);
  };

  const updater = createUpdater({
    clock: { now: Date.now },
    open: (entry) => openPlace(placeOf(entry, LINE.own, brokerCount())),
    check: checkRelease,
    install: (kb, order) => runner.install(kb, order),
    stopInstall: () => runner.stop(),
    inCall,
    wait: (entry) => {
      if (entry.kind === 'folder') return 0;
      // What is on its way one by one need not be fetched as a whole.
      const phase = live.state(entry.id)?.phase;
      const settling = phase === 'waiting' || phase === 'catching-up' ? SETTLE_MS : 0;
      return LIVE_FIRST_MS + settling + Math.random() * spreadMs();
    },
    onlyWhenAsked: () => parts.settings().delivery.waitUntilAsked,
    setUpTrust: (source, anchor, by) => parts.setUpTrust(source, store, anchor, by, Date.now()),
    policyAnchor: () => anchorOf(policy()),
    trusted: (entry, kb) => {
      config.setKb(entry.id, kb);
      followLive();
    },
    changed: () => publish('channels.changed'),
    installed: () => {
      live.released();
      inUse();
    },
    reached: (entry, source) => {
      words.reached(entry, source);
    },
    warn: (message, details) => log.warn(message, details),
  });

  const reachable = (): { entry: ChannelEntry; source: ChangeSource }[] => config.list().flatMap((entry) => {
    const source = updater.source(entry.id);
    return source === undefined ? [] : [{ entry, source }];
  });
  const words = createDeskWords({ desk: config.desk, version: parts.version, records, knowledge, settings: parts.settings, policy, installed: installedNow, reachable, writable: (id) => updater.state(id)?.writable === true, policies, warn: log.warn });

  const follow = (): void => {
    config.syncPolicy(policy().knowledge?.channels ?? []);
    updater.follow(config.list());
    followLive();
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
    const place = entry.kind === 'nats' ? placeOf(entry) : undefined;
    const followed = live.state(entry.id);
    return {
      id: entry.id, kind: entry.kind, name: entry.name, place: place?.kind === 'nats' ? place.servers.join(', ').slice(0, 4_000) : entry.path, by: entry.by,
      ...(place?.kind !== 'nats' || place.user === undefined ? {} : { user: place.user }),
      ...state,
      ...(entry.kb === undefined ? {} : { kb: entry.kb }),
      ...(pin === undefined ? {} : { title: state.title ?? pin.title, fingerprint: pin.fingerprint }),
      ...(base === undefined ? {} : { release: base.release, installedAt: base.installedAt }),
      ...(followed === undefined ? {} : { live: followed }),
    };
  };
  const desks = createDesks({
    desk: config.desk, policies, log, installed: installedNow,
    sources: () => reachable().map(({ entry, source }) => ({ id: entry.id, source })),
    news: () => ask(knowledge, 'releases.news', { since: 0, limit: RELEASES }),
    signer: parts.signer, writes: parts.writes,
    changed: () => publish('desks.changed'),
  });
  const servers = createServers({
    config, placeOf, follow, askFile: parts.askFile,
    presence: words.presence,
  });

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
        // Single changes first: what they bring need not come again as a whole. A call may hold them up for long.
        await Promise.race([live.catchUp(), new Promise((resolve) => setTimeout(resolve, ASKED_MS))]);
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
        followLive();
        updater.forget(kb);
        publish('knowledge.changed');
        return {};
      },
      'bases.list': async () => ({ bases: (await installedNow()).map(({ kb, title, release, count }) => ({ kb, title, release, records: count })) }),
      'bases.order': async ({ kbs }) => {
        const { changed } = await ask<{ changed: number }>(knowledge, 'releases.order', { orders: config.rank(kbs) });
        updater.follow(config.list());
        if (changed < 0) return { ok: false, reason: 'installing' };
        publish('channels.changed');
        return { ok: true, changed };
      },
      ...createCountHandlers({ desk: config.desk, receipts: desks.receipts, counts: () => ask(knowledge, 'counts.days', { days: COUNTED_DAYS, whole: false }), unused: (asked) => ask(knowledge, 'counts.unopened', asked) }),
      ...desks.handlers,
      ...servers,
    },
    start: () => {
      follow();
      void catchUp().catch((cause: unknown) => log.warn('checked releases could not be looked through', { error: String(cause) }));
    },
    policyChanged: follow,
    onRecordsEvent: (name) => {
      if (name === 'calls.changed') {
        updater.callsChanged();
        live.callsChanged();
      } else if (name === 'news.changed') words.answered();
      else if (name === 'knowledge.changed') {
        desks.knowledgeChanged();
        words.knowledgeChanged();
      }
    },
    sourceOf: (kb) => reachable().find(({ entry }) => entry.kb === kb)?.source,
    adopt: (folder, kb) => {
      config.add(folder);
      const entry = config.list().find(({ path }) => path === folder);
      if (entry !== undefined) config.setKb(entry.id, kb);
      follow();
    },
    adoptChannel: (id, kb) => {
      config.setKb(id, kb);
      follow();
    },
    writer: (id) => updater.source(id),
    brokers: () => config.list().filter(({ kind }) => kind === 'nats').map(({ id, name }) => ({ id, name })),
    notes: () => config.list().flatMap(({ id }): HealthNote[] => {
      const alarm = live.state(id)?.alarm;
      return alarm === undefined ? [] : [{ id: `channel-${id}`, level: 'warning', message: `health.channel-${alarm}` }];
    }),
    quiet: live.quiet,
    settingsChanged: () => {
      followLive();
      for (const { source } of reachable()) source.limit?.(shareOf(limit(), LINE.own, brokerCount()));
      words.settingsChanged();
    },
    checkNow: () => updater.checkNow(),
    installed: installedNow,
    close: () => {
      live.close();
      words.close();
      desks.close();
      updater.close();
    },
  };
}

function anchorOf({ knowledge }: Policy): TrustAnchor | undefined {
  const root = knowledge?.trustRoot;
  if (root === undefined) return undefined;
  if ('fingerprint' in root) return { fingerprint: root.fingerprint };
  return 'sha256' in root ? { sha256: root.sha256 } : { root: Buffer.from(JSON.stringify(root.root)) };
}
