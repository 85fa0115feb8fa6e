import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import { createGuidanceSaver } from '#renderer/ipc/guidance-saver.ts';
import { apply, replay } from '#shared/domain/scripts/engine.ts';
import type { CallFacts, ScriptEvent } from '#shared/domain/scripts/events.ts';
import { createScriptLibrary, type ScriptLibrary } from '#shared/domain/scripts/library.ts';
import type { ScriptMessage } from '#shared/domain/scripts/messages.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import { isRefused, type ScriptState } from '#shared/domain/scripts/state.ts';

/** A script operation without its time, which the store adds. */
export type Operation = ScriptEvent extends infer E ? (E extends ScriptEvent ? Omit<E, 'at'> : never) : never;

export type ScriptsState =
  | { kind: 'closed' }
  | { kind: 'open'; callId: string; library: ScriptLibrary; state: ScriptState; refusal: ScriptMessage | undefined };

export type ScriptsStore = StoreApi<ScriptsState> & {
  actions: {
    /** Takes up a call: folds its stored operations. The library stays the same until the call is left. */
    attach(callId: string, scripts: readonly Script[], events: readonly ScriptEvent[], language: string): void;
    detach(): void;
    /** Opens a script, or switches to it keeping every captured field. */
    open(script: string, facts: CallFacts): void;
    do(operation: Operation): boolean;
    dismissRefusal(): void;
    events(): readonly ScriptEvent[];
  };
};

/** The script of the call on screen. State is the fold of operations, which are saved as they happen. */
export function createScriptsStore(client: Client, now: () => number = Date.now): ScriptsStore {
  const store = createStore<ScriptsState>(() => ({ kind: 'closed' }));
  let events: ScriptEvent[] = [];

  const saver = createGuidanceSaver<ScriptEvent>((callId, script) => client.call('calls.save-guidance', { callId, guidance: { script } }));

  const isShown = (callId: string): boolean => {
    const state = store.getState();
    return state.kind === 'open' && state.callId === callId;
  };

  const perform = (operation: Operation): boolean => {
    const current = store.getState();
    if (current.kind !== 'open') return false;
    const event = { ...operation, at: now() } as ScriptEvent;
    const result = apply(current.state, event, current.library);
    if (isRefused(result)) {
      store.setState({ ...current, refusal: result.reason }, true);
      return false;
    }
    events = [...events, event];
    store.setState({ ...current, state: result, refusal: undefined }, true);
    saver.save(current.callId, events);
    return true;
  };

  return Object.assign(store, {
    actions: {
      attach: (callId: string, scripts: readonly Script[], stored: readonly ScriptEvent[], language: string) => {
        if (isShown(callId)) return;
        const library = createScriptLibrary(scripts);
        events = [...stored];
        store.setState({ kind: 'open', callId, library, state: replay(events, library, language), refusal: undefined }, true);
      },
      detach: () => {
        events = [];
        store.setState({ kind: 'closed' }, true);
      },
      open: (script: string, facts: CallFacts) => {
        const current = store.getState();
        if (current.kind !== 'open') return;
        if (current.state.core === null) perform({ type: 'start', script, language: current.state.language, call: facts });
        else perform({ type: 'switchScript', script });
      },
      do: perform,
      dismissRefusal: () => {
        const current = store.getState();
        if (current.kind === 'open') store.setState({ ...current, refusal: undefined }, true);
      },
      events: () => events,
    },
  });
}
