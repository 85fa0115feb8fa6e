import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import type { ChannelView } from '#shared/ipc/delivery.ts';

export type ChannelsState = { kind: 'loading' } | { kind: 'ready'; channels: readonly ChannelView[] };
export type ChannelsStore = StoreApi<ChannelsState> & {
  actions: {
    load(): Promise<void>;
    add(): Promise<OutputOf<AppContract, 'channels.add'>>;
    remove(id: string): Promise<void>;
    check(id?: string): Promise<void>;
    trust(id: string, fingerprint: string): Promise<OutputOf<AppContract, 'channels.trust'>>;
    forget(kb: string): Promise<void>;
  };
};

/** Channels of this desk; read again whenever one is in another state. */
export function createChannelsStore(client: Client): ChannelsStore {
  const store = createStore<ChannelsState>(() => ({ kind: 'loading' }));
  const load = async (): Promise<void> => {
    const channels = await client.call('channels.list', {}).catch(() => undefined);
    if (channels !== undefined) store.setState({ kind: 'ready', channels }, true);
  };
  client.on('channels.changed', () => void load());
  return Object.assign(store, {
    actions: {
      load,
      add: async () => {
        const added = await client.call('channels.add', {});
        await load();
        return added;
      },
      remove: async (id: string) => {
        await client.call('channels.remove', { id });
        await load();
      },
      check: async (id?: string) => void (await client.call('channels.check', id === undefined ? {} : { id })),
      trust: (id: string, fingerprint: string) => client.call('channels.trust', { id, fingerprint }),
      forget: async (kb: string) => {
        await client.call('channels.forget', { kb });
        await load();
      },
    },
  });
}
