import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { StripCommand, StripView } from '#shared/ipc/telephony.ts';
import type { BreakAction, BreaksView } from '#shared/ipc/wellbeing.ts';

export type StripState = { view: StripView; breaks: BreaksView | undefined };
export type StripStore = StoreApi<StripState> & { actions: { load(): Promise<void>; do(command: StripCommand): void; doBreak(action: BreakAction): void } };

/** What the strip shows. It holds no call of its own: the main window does, and carries out what is done here. */
export function createStripStore(client: Client): StripStore {
  const store = createStore<StripState>(() => ({ view: {}, breaks: undefined }));
  client.on('strip.changed', (view) => store.setState({ view }));
  client.on('breaks.changed', (breaks) => store.setState({ breaks }));
  return Object.assign(store, {
    actions: {
      load: async () => {
        const [view, breaks] = await Promise.all([client.call('strip.get', {}), client.call('breaks.view', {})]);
        store.setState({ view, breaks });
      },
      doBreak: (action: BreakAction) => void client.call('breaks.do', action).then(({ view: breaks }) => store.setState({ breaks }), () => undefined),
      do: (command: StripCommand) => void client.call('strip.do', command).catch(() => undefined),
    },
  });
}
