import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { BreakAction, BreakRefusal, BreaksView } from '#shared/ipc/wellbeing.ts';

export type BreaksState = {
  /** Undefined until the planner has answered once. */
  view: BreaksView | undefined;
  /** Why the last wish was not fulfilled; goes away with the next one. */
  refused: BreakRefusal | undefined;
  /** A phone call took the agent out of a break. */
  endedByCall: boolean;
};

export type BreaksStore = StoreApi<BreaksState> & {
  actions: {
    load(): Promise<void>;
    do(action: BreakAction): Promise<BreakRefusal | undefined>;
    /** There was a key or click. Sent on at most every 5 s. */
    input(): void;
  };
};

/** The planner is told of input at most this often (ms): that there was some is all it needs to know. */
const PING_MS = 5_000;

/** What the planner says, as it says it. Nothing is computed here: the planner is the truth. */
export function createBreaksStore(client: Client, now: () => number = Date.now): BreaksStore {
  const store = createStore<BreaksState>(() => ({ view: undefined, refused: undefined, endedByCall: false }));
  let pinged = Number.NEGATIVE_INFINITY;
  const take = (view: BreaksView): void => {
    const before = store.getState();
    const live = view.phase === 'ringing' || view.phase === 'talking' || view.phase === 'on-hold';
    const torn = (before.view?.running ?? null) !== null && view.running === null && live;
    store.setState({ view, endedByCall: torn || (before.endedByCall && live) });
  };
  client.on('breaks.changed', take);
  return Object.assign(store, {
    actions: {
      load: async () => take(await client.call('breaks.view', {})),
      do: async (action: BreakAction) => {
        const { refused, view } = await client.call('breaks.do', action);
        take(view);
        store.setState({ refused });
        return refused;
      },
      input: () => {
        if (now() - pinged < PING_MS) return;
        pinged = now();
        void client.call('breaks.ping', {}).catch(() => undefined);
      },
    },
  });
}
