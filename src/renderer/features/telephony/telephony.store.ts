import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { Heard, TelephonyStatus } from '#shared/ipc/telephony.ts';

/** Events of the tester kept on screen, newest first. */
const SHOWN = 10;

export type TelephonyState = { status: TelephonyStatus | undefined; listening: boolean; heard: readonly Heard[] };
export type TelephonyStore = StoreApi<TelephonyState> & {
  actions: {
    load(): Promise<void>;
    newToken(): Promise<void>;
    setPassword(password: string): Promise<void>;
    listen(on: boolean): Promise<void>;
    /** Lets the softphone call; false when the text is no number. */
    dial(number: string): Promise<boolean>;
  };
};

/** How telephones reach this desk right now, and what they said while the tester listens. */
export function createTelephonyStore(client: Client): TelephonyStore {
  const store = createStore<TelephonyState>(() => ({ status: undefined, listening: false, heard: [] }));
  client.on('telephony.changed', (status) => store.setState({ status }));
  client.on('telephony.heard', (heard) => store.setState((state) => (state.listening ? { heard: [heard, ...state.heard].slice(0, SHOWN) } : state)));
  return Object.assign(store, {
    actions: {
      load: async () => store.setState({ status: await client.call('telephony.status', {}) }),
      newToken: async () => store.setState({ status: await client.call('telephony.new-token', {}) }),
      setPassword: async (password: string) => store.setState({ status: await client.call('telephony.set-password', { password }) }),
      listen: async (on: boolean) => {
        store.setState(on ? { listening: true, heard: [] } : { listening: false });
        await client.call('telephony.listen', { on });
      },
      dial: async (number: string) => (await client.call('telephony.dial', { number })).dialled,
    },
  });
}
