import { isMeantFor } from '#shared/domain/audience.ts';
import type { Receipt } from '#shared/domain/news/receipt.ts';
import type { InstalledKb } from '#shared/domain/packs/combine.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers, InputOf, OutputOf } from '#shared/ipc/define.ts';
import type { DeskBase, DeskView } from '#shared/ipc/delivery.ts';
import { createDeskWatch, readReplies, writeReply, type ChangeSource, type DeskState } from './features/channels/index.ts';
import type { Signer } from './features/packs/index.ts';
import type { Logger } from './lib/logger.ts';

type Routes = 'desks.list' | 'flags.inbox' | 'flags.reply';
type Asked = NonNullable<InputOf<AppContract, 'desks.list'>['announcement']>;
type News = OutputOf<AppContract, 'releases.news'>;

export type DesksParts = {
  /** This desk's own name. */
  desk: string;
  sources: () => readonly { id: string; source: ChangeSource }[];
  installed: () => Promise<readonly InstalledKb[]>;
  /** The latest releases of this desk, newest first. */
  news: () => Promise<News>;
  policies: () => TrustPolicy[];
  signer: () => { signer: Signer; name: string } | undefined;
  /** The knowledge base this desk publishes, where it does. */
  writes: () => string | undefined;
  changed: () => void;
  log: Pick<Logger, 'warn'>;
};

/** What supervisors see of desks: who has which release, who acknowledged what, and what was flagged. */
export function createDesks({ desk: own, sources, installed, news, policies, signer, writes, changed, log }: DesksParts) {
  const watch = createDeskWatch({ now: Date.now, sources, changed, warn: log.warn });
  let known: Promise<News> | undefined;
  const newsNow = (): Promise<News> =>
    (known ??= news().catch((cause: unknown) => {
      known = undefined;
      throw cause;
    }));

  const basesOf = async (desks: readonly DeskState[]): Promise<DeskBase[]> => {
    const [bases, log_] = await Promise.all([installed(), newsNow()]);
    const found = new Map<string, DeskBase>(bases.map(({ kb, title, release }) => [kb, { source: kb, title, newest: release, published: log_.filter((one) => one.kb === kb).map((one) => ({ release: one.release, at: one.publishedAt })) }]));
    for (const { releases } of desks) {
      for (const { source, release } of releases) {
        const base = found.get(source) ?? { source, title: source, newest: 0, published: [] };
        found.set(source, { ...base, newest: Math.max(base.newest, release) });
      }
    }
    return [...found.values()].slice(0, 40);
  };

  /** The release that brought an announcement as it is worded now. Every release before the log began is older than all of it. */
  const bringerOf = async ({ id, release }: Asked, bases: readonly DeskBase[]): Promise<{ source: string; release: number } | undefined> => {
    const written = writes();
    if (release !== undefined && written !== undefined) return { source: written, release };
    const entry = (await newsNow()).find(({ changes }) => changes.some((change) => change.kind === 'announcement' && change.key === id));
    if (entry !== undefined) return { source: entry.kb, release: entry.release };
    const source = written ?? bases[0]?.source;
    return source === undefined ? undefined : { source, release: 1 };
  };

  const viewOf = ({ desk, seenAt, app, releases, groups, receipt, shared }: DeskState, asked: Asked | undefined): DeskView => {
    const at = asked === undefined ? undefined : receipt?.acknowledged.find(({ announcement, digest }) => announcement === asked.id && digest === asked.digest)?.at;
    return {
      desk, seenAt, app, shared, own: desk === own,
      releases: releases.map(({ source, release }) => ({ source, release })),
      acknowledged: receipt?.acknowledged.length ?? 0, flags: receipt?.flags.length ?? 0,
      ...(at === undefined ? {} : { acknowledgedAt: at }),
      ...(asked === undefined || groups === undefined ? {} : { meant: isMeantFor(asked, groups) }),
    };
  };

  const handlers: Pick<Handlers<AppContract, 'main'>, Routes> = {
    'desks.list': async ({ announcement }) => {
      const { desks, unreadable } = await watch.look();
      const bases = await basesOf(desks);
      const asked = announcement === undefined ? undefined : await bringerOf(announcement, bases);
      return { desks: desks.slice(0, 20_000).map((one) => viewOf(one, announcement)), bases, unreadable, ...(asked === undefined ? {} : { asked }) };
    },
    'flags.inbox': async () => {
      const all: OutputOf<AppContract, 'flags.inbox'> = [];
      const trusted = policies();
      const channels = new Map(sources().map(({ id, source }) => [id, listedOnce(source)]));
      for (const { desk, receipt, channel } of (await watch.look()).desks) {
        const source = channels.get(channel);
        if (receipt === undefined || receipt.flags.length === 0 || source === undefined) continue;
        const replies = await readReplies(source, desk, trusted);
        for (const flag of receipt.flags) {
          const reply = replies.find((one) => one.flag === flag.id);
          all.push({ desk, flag, ...(reply === undefined ? {} : { reply }) });
        }
      }
      return all.toSorted((a, b) => b.flag.at - a.flag.at);
    },
    'flags.reply': async ({ desk, flag, text, outcome }) => {
      const by = signer();
      if (by === undefined) return { ok: false, reason: 'no-key' };
      const found = (await watch.look()).desks.find((one) => one.desk === desk);
      const source = sources().find(({ id }) => id === found?.channel)?.source;
      if (source === undefined || found?.receipt?.flags.some(({ id }) => id === flag) !== true) return { ok: false, reason: 'unknown-flag' };
      const written = await writeReply(source, desk, { flag, text, outcome, by: by.name, at: Date.now() }, by.signer);
      if (written.state === 'written') return { ok: true };
      return { ok: false, reason: written.state === 'read-only' ? 'read-only' : 'gone' };
    },
  };
  return {
    handlers,
    /** What desks say of themselves, one receipt each. */
    receipts: async (): Promise<Receipt[]> => (await watch.look()).desks.flatMap(({ receipt }) => (receipt === undefined ? [] : [receipt])),
    /** A release came into use, or went. */
    knowledgeChanged: (): void => {
      known = undefined;
    },
    close: watch.close,
  };
}

/** The same channel, whose folders are listed one time only: for reading what many desks left in one of them. */
function listedOnce(source: ChangeSource): ChangeSource {
  const lists = new Map<string, ReturnType<ChangeSource['list']>>();
  return {
    ...source,
    list: (folder) => {
      const known = lists.get(folder) ?? source.list(folder);
      lists.set(folder, known);
      return known;
    },
  };
}
