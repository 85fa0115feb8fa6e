import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { PolicyView } from '#shared/domain/policy.ts';

export type PolicyStore = StoreApi<PolicyView> & { actions: { load(): Promise<void> } };

const NOTHING_SET: PolicyView = { state: 'none', file: '', locked: [], maskNames: [], tellsTelephone: false, channels: [] };

/** What the organisation sets on this desk; nothing until it was read. */
export function createPolicyStore(client: Client): PolicyStore {
  const store = createStore<PolicyView>(() => NOTHING_SET);
  client.on('policy.changed', (next) => store.setState(next, true));
  return Object.assign(store, {
    actions: { load: async () => store.setState(await client.call('policy.get', {}), true) },
  });
}
