import type { Bridge } from '#shared/ipc/channels.ts';
import type { AppContract, RouteName } from '#shared/ipc/contract.ts';
import type { OutputOf, RequestOf } from '#shared/ipc/define.ts';
import { CallsideError } from '#shared/ipc/errors.ts';
import type { EventName, EventPayload } from '#shared/ipc/events.ts';

/** Typed access to the app. Stores get one by argument, so tests can pass their own. */
export type Client = {
  /** Calls a route. Rejects with a {@link CallsideError} carrying a code the screen can act on. */
  call<R extends RouteName>(route: R, input: RequestOf<AppContract, R>, id?: string): Promise<OutputOf<AppContract, R>>;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
};

/** Builds the client over the two functions of the preload. */
export function createClient(bridge: Bridge): Client {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  bridge.subscribe((name, payload) => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never);
  });
  return {
    call: async (route, input, id = crypto.randomUUID()) => {
      const reply = await bridge.invoke(route, input, id);
      if (!reply.ok) throw new CallsideError(reply.error.code, reply.error.message);
      // The router parsed the output against the same contract that types it here.
      return reply.data as OutputOf<AppContract, typeof route>;
    },
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as (payload: never) => void));
      return () => set.delete(listener as (payload: never) => void);
    },
  };
}
