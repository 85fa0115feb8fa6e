import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { HeldKey, KeyRole, PublicKey } from '#shared/domain/packs/keys.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import type { TrustOutcome, TrustView } from '#shared/ipc/keys.ts';

export type KeysState =
  | { kind: 'loading' }
  | {
      kind: 'ready';
      keys: readonly HeldKey[];
      /** The system's key store that also guards them; null: none. */
      store: string | null;
      base: TrustView | null;
      /** Channels of this desk that can be published to without a folder. */
      brokers: readonly { id: string; name: string }[];
      /** Why the channel's newest trust was not taken. */
      refusal: PackRefusal | null;
    };

export type WantedPeople = { people: readonly PublicKey[]; required: 1 | 2; ownersNeeded: number };

export type KeysStore = StoreApi<KeysState> & {
  actions: {
    load(): Promise<void>;
    create(name: string, roles: readonly KeyRole[], passphrase: string): Promise<void>;
    restore(sheet: string, name: string, roles: readonly KeyRole[], passphrase: string): Promise<string>;
    importFile(passphrase: string): Promise<string>;
    unlock(id: string, passphrase: string): Promise<string>;
    lock(id: string): Promise<void>;
    exportFile(id: string): Promise<string>;
    share(id: string): Promise<string>;
    sheet(id: string, passphrase: string, as: 'print' | 'pdf'): Promise<string>;
    remove(id: string): Promise<void>;
    /** A page with the fingerprint for the desks. */
    trustSheet(as: 'print' | 'pdf'): Promise<string>;
    /** @param channel one of `brokers`; without it a folder is asked for */
    begin(kb: string, title: string, key: string, channel?: string): Promise<TrustOutcome>;
    join(fingerprint: string, channel?: string): Promise<TrustOutcome>;
    readCard(): Promise<{ card: PublicKey | null; outcome: 'read' | 'cancelled' | 'not-a-file' }>;
    change(wanted: WantedPeople): Promise<TrustOutcome>;
    agree(): Promise<TrustOutcome>;
    confirm(): Promise<TrustOutcome>;
  };
};

/** Signing keys and the trust they belong to, as screens see them. Secrets pass through once, on their way in. */
export function createKeysStore(client: Client): KeysStore {
  const store = createStore<KeysState>(() => ({ kind: 'loading' }));
  let watched = false;
  const load = async (): Promise<void> => {
    if (!watched) client.on('keys.changed', () => void load());
    watched = true;
    const [{ keys, store: wrapper }, { base, refusal, brokers }] = await Promise.all([client.call('keys.list', {}), client.call('trust.state', {})]);
    store.setState({ kind: 'ready', keys, store: wrapper, base, refusal, brokers }, true);
  };
  const outcome = async (reply: Promise<{ outcome: string }>): Promise<string> => (await reply).outcome;
  return Object.assign(store, {
    actions: {
      load,
      create: async (name: string, roles: readonly KeyRole[], passphrase: string) => void (await client.call('keys.create', { name, roles: [...roles], passphrase })),
      restore: (sheet: string, name: string, roles: readonly KeyRole[], passphrase: string) => outcome(client.call('keys.restore', { sheet, name, roles: [...roles], passphrase })),
      importFile: (passphrase: string) => outcome(client.call('keys.import', { passphrase })),
      unlock: (id: string, passphrase: string) => outcome(client.call('keys.unlock', { id, passphrase })),
      lock: async (id: string) => void (await client.call('keys.lock', { id })),
      exportFile: (id: string) => outcome(client.call('keys.export', { id })),
      share: (id: string) => outcome(client.call('keys.share', { id })),
      sheet: (id: string, passphrase: string, as: 'print' | 'pdf') => outcome(client.call('keys.sheet', { id, passphrase, as })),
      remove: async (id: string) => void (await client.call('keys.remove', { id })),
      trustSheet: (as: 'print' | 'pdf') => outcome(client.call('trust.sheet', { as })),
      begin: (kb: string, title: string, key: string, channel?: string) => client.call('trust.create', { kb, title, key, ...(channel === undefined ? {} : { channel }) }),
      join: (fingerprint: string, channel?: string) => client.call('trust.join', { fingerprint, ...(channel === undefined ? {} : { channel }) }),
      readCard: () => client.call('trust.read-card', {}),
      change: ({ people, required, ownersNeeded }: WantedPeople) => client.call('trust.change', { people: [...people], required, ownersNeeded }),
      agree: () => client.call('trust.agree', {}),
      confirm: () => client.call('trust.confirm', {}),
    },
  });
}
