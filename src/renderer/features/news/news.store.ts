import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { Acknowledgement } from '#shared/domain/news/due.ts';
import type { Flag, KeptFlag } from '#shared/domain/news/flag.ts';
import type { CheckProgress, CheckRating } from '#shared/domain/self-check.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';

export type ReleaseNews = OutputOf<AppContract, 'releases.news'>[number];
export type NewsState =
  | { kind: 'loading' }
  | { kind: 'ready'; /** The end of the shift before this one, UTC ms. */ since: number; acknowledged: readonly Acknowledgement[]; releases: readonly ReleaseNews[]; progress: readonly CheckProgress[]; flags: readonly KeptFlag[] };

export type NewsStore = StoreApi<NewsState> & {
  actions: {
    load(): Promise<void>;
    acknowledge(announcement: string, digest: string): Promise<void>;
    rate(card: string, rating: CheckRating): Promise<CheckProgress>;
    eraseProgress(): Promise<void>;
    flag(said: Omit<Flag, 'id' | 'at'>): Promise<void>;
    takeBack(id: string): Promise<void>;
    read(id: string): Promise<void>;
  };
};

/** Releases shown at most. */
const RELEASES = 20;
/** Work at the desk is noted at most this often (ms). */
const TOUCH_MS = 600_000;

/** What is new for this agent: read again whenever a release, a reply or an acknowledgement arrived. */
export function createNewsStore(client: Client, now: () => number = Date.now): NewsStore {
  const store = createStore<NewsState>(() => ({ kind: 'loading' }));
  let touched = Number.NEGATIVE_INFINITY;
  let since = 0;
  const touch = async (): Promise<void> => {
    if (now() - touched < TOUCH_MS) return;
    touched = now();
    since = (await client.call('news.touch', {})).since;
  };
  const load = async (): Promise<void> => {
    try {
      await touch();
      const [acknowledged, releases, progress, flags] = await Promise.all([
        client.call('news.acknowledged', {}),
        client.call('releases.news', { since: 0, limit: RELEASES }),
        client.call('checks.progress', {}),
        client.call('flags.list', {}),
      ]);
      store.setState({ kind: 'ready', since, acknowledged, releases, progress, flags }, true);
    } catch {
      // A data process is starting again; the next change, or the screen itself, asks anew.
    }
  };
  client.on('news.changed', () => void load());
  client.on('knowledge.changed', () => void load());
  client.on('calls.changed', () => void touch().catch(() => undefined));
  return Object.assign(store, {
    actions: {
      load,
      acknowledge: async (announcement: string, digest: string) => {
        await client.call('news.acknowledge', { announcement, digest });
        await load();
      },
      rate: async (card: string, rating: CheckRating) => {
        const progress = await client.call('checks.rate', { card, rating });
        await load();
        return progress;
      },
      eraseProgress: async () => {
        await client.call('checks.erase', {});
        await load();
      },
      flag: async (said: Omit<Flag, 'id' | 'at'>) => {
        await client.call('flags.add', said);
        await load();
      },
      takeBack: async (id: string) => {
        await client.call('flags.remove', { id });
        await load();
      },
      read: async (id: string) => {
        await client.call('flags.read', { id });
        await load();
      },
    },
  });
}
