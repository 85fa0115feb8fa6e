import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import { createGuidanceSaver } from '#renderer/ipc/guidance-saver.ts';
import { apply, findField, replay } from '#shared/domain/scripts/engine.ts';
import type { CallFacts, ScriptEvent } from '#shared/domain/scripts/events.ts';
import { createScriptLibrary, type ScriptLibrary } from '#shared/domain/scripts/library.ts';
import type { ScriptMessage } from '#shared/domain/scripts/messages.ts';
import { handOver, pauseScript, resumeEvent, type HandOverOptions, type PausedScript } from '#shared/domain/scripts/pause.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import { isRefused, type ScriptState } from '#shared/domain/scripts/state.ts';

/** A script operation without its time, which the store adds. */
export type Operation = ScriptEvent extends infer E ? (E extends ScriptEvent ? Omit<E, 'at'> : never) : never;

/** An operation that was not done: why, and what would do it all the same. */
export type Refusal = {
  reason: ScriptMessage;
  /** The same operation without the required fields; undefined where force does not help. */
  forced: Operation | undefined;
  /** "The caller already did this" needs to know which answer: the next answer picked is that one. */
  skipping: boolean;
};

export type ScriptsState =
  | { kind: 'closed' }
  | { kind: 'open'; callId: string; library: ScriptLibrary; state: ScriptState; refusal: Refusal | undefined };

export type ScriptsStore = StoreApi<ScriptsState> & {
  actions: {
    /** Takes up a call: folds its stored operations. The library stays the same until the call is left. */
    attach(callId: string, scripts: readonly Script[], events: readonly ScriptEvent[], language: string): void;
    detach(): void;
    /** Opens a script, or switches to it keeping every captured field. */
    open(script: string, facts: CallFacts): void;
    do(operation: Operation): boolean;
    /** Does the refused operation without the required fields, which stay named as missed. */
    carryOn(): boolean;
    dismissRefusal(): void;
    /** What became known of the call itself: a name found, a queue changed. */
    tell(facts: CallFacts): void;
    /** The walk as a follow-up keeps it; undefined when no script is open. */
    paused(): PausedScript | undefined;
    /** The walk as a file for a colleague holds it. */
    handOver(options: HandOverOptions): PausedScript | undefined;
    /** Opens a paused walk in this call; false when this desk lacks its script or one is open already. */
    resume(paused: PausedScript): boolean;
    events(): readonly ScriptEvent[];
  };
};

/** The script of the call on screen. State is the fold of operations, which are saved as they happen. */
export function createScriptsStore(client: Client, now: () => number = Date.now): ScriptsStore {
  const store = createStore<ScriptsState>(() => ({ kind: 'closed' }));
  let events: ScriptEvent[] = [];

  // Which fields were sensitive is known here, where the script is: the records need it to erase them sooner.
  const sensitive = new Map<string, string[]>();
  const saver = createGuidanceSaver<ScriptEvent>((callId, script) => {
    const fields = sensitive.get(callId) ?? [];
    return client.call('calls.save-guidance', { callId, guidance: { script, ...(fields.length === 0 ? {} : { sensitive: fields }) } });
  });

  const open = (): Extract<ScriptsState, { kind: 'open' }> | undefined => {
    const state = store.getState();
    return state.kind === 'open' ? state : undefined;
  };

  const perform = (asked: Operation): boolean => {
    const current = open();
    if (current === undefined) return false;
    const operation: Operation = asked.type === 'answer' && current.refusal?.skipping === true ? { type: 'skip', answer: asked.answer } : asked;
    const event = { ...operation, at: now() } as ScriptEvent;
    const result = apply(current.state, event, current.library);
    if (isRefused(result)) {
      store.setState({ ...current, refusal: { reason: result.reason, forced: forcedOf(operation, result.fields), skipping: result.reason.key === 'script.refused.skipNeedsAnswer' } }, true);
      return false;
    }
    events = [...events, event];
    // Filling in one of the missing fields must not take the question "carry on without it" away.
    const refusal = operation.type === 'setField' && current.refusal?.forced !== undefined ? current.refusal : undefined;
    store.setState({ ...current, state: result, refusal }, true);
    sensitive.set(current.callId, sensitiveFields(result, current.library));
    saver.save(current.callId, events);
    return true;
  };

  return Object.assign(store, {
    actions: {
      attach: (callId: string, scripts: readonly Script[], stored: readonly ScriptEvent[], language: string) => {
        if (open()?.callId === callId) return;
        const library = createScriptLibrary(scripts);
        events = [...stored];
        store.setState({ kind: 'open', callId, library, state: replay(events, library, language), refusal: undefined }, true);
      },
      detach: () => {
        events = [];
        store.setState({ kind: 'closed' }, true);
      },
      open: (script: string, facts: CallFacts) => {
        const current = open();
        if (current === undefined) return;
        if (current.state.core === null) perform({ type: 'start', script, language: current.state.language, call: facts });
        else perform({ type: 'switchScript', script });
      },
      do: perform,
      carryOn: () => {
        const forced = open()?.refusal?.forced;
        return forced === undefined ? false : perform(forced);
      },
      dismissRefusal: () => {
        const current = open();
        if (current !== undefined) store.setState({ ...current, refusal: undefined }, true);
      },
      tell: (facts: CallFacts) => {
        const current = open();
        if (current === undefined || current.state.core === null) return;
        if (Object.entries(facts).some(([name, value]) => current.state.call[name] !== value)) perform({ type: 'call', facts });
      },
      paused: () => {
        const current = open();
        return current === undefined ? undefined : pauseScript(current.state, current.library, now());
      },
      handOver: (options: HandOverOptions) => {
        const current = open();
        return current === undefined ? undefined : handOver(current.state, current.library, now(), options);
      },
      resume: (paused: PausedScript) => {
        const { at: _at, ...operation } = resumeEvent(paused, now());
        return perform(operation);
      },
      events: () => events,
    },
  });
}

function sensitiveFields({ core }: ScriptState, library: ScriptLibrary): string[] {
  return core === null ? [] : Object.keys(core.fields).filter((id) => findField(core, id, library)?.sensitive === true);
}

function forcedOf(operation: Operation, fields: readonly string[] | undefined): Operation | undefined {
  if (fields === undefined || (operation.type !== 'answer' && operation.type !== 'next')) return undefined;
  return { ...operation, force: true };
}
