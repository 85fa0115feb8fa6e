import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { InputOf, OutputOf } from '#shared/ipc/define.ts';
import type { ChannelView, ServerForm } from '#shared/ipc/delivery.ts';

export type ChannelsState = { kind: 'loading' } | { kind: 'ready'; channels: readonly ChannelView[] };
export type ChannelsStore = StoreApi<ChannelsState> & {
  actions: {
    load(): Promise<void>;
    add(): Promise<OutputOf<AppContract, 'channels.add'>>;
    pickFile(what: 'key' | 'authority'): Promise<OutputOf<AppContract, 'channels.pick-file'>>;
    addServer(form: ServerForm): Promise<OutputOf<AppContract, 'channels.add-server'>>;
    tryServer(what: InputOf<AppContract, 'channels.try-server'>): Promise<OutputOf<AppContract, 'channels.try-server'>>;
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
      pickFile: (what: 'key' | 'authority') => client.call('channels.pick-file', { what }),
      addServer: async (form: ServerForm) => {
        const added = await client.call('channels.add-server', form);
        await load();
        return added;
      },
      tryServer: (what: InputOf<AppContract, 'channels.try-server'>) => client.call('channels.try-server', what),
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
