import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useLanguage } from '#renderer/messages/messages.tsx';
import { callFacts, findWaiting, waitingSources } from '#renderer/screens/live-call/index.ts';
import type { PausedScript } from '#shared/domain/scripts/pause.ts';
import { scriptForCall } from '#shared/domain/telephony/script-for-call.ts';
import type { CallView } from '#shared/ipc/calls.ts';

/** A walk that was put aside, for the call that was started to go on with it. */
export type PromisedScript = { callId: string; paused: PausedScript };

/**
 * Opens the script of the call's queue or dialled number, or goes on with the one that was put aside for this very
 * call: once per call and only while no script was opened for it, so that what the agent chose is never replaced. Where
 * a script waits for this caller, none of the queue is opened, so that the offer to go on with it is what the agent sees.
 */
export function useQueueScript(call: CallView | undefined, promised: PromisedScript | undefined): void {
  const { client, scripts, knowledge, settings } = useDesk();
  const language = useLanguage();
  const known = useStore(knowledge);
  const isFresh = (): boolean => {
    const state = scripts.getState();
    return state.kind === 'open' && state.callId === call?.id && state.state.core === null && scripts.actions.events().length === 0;
  };
  const fresh = useStore(scripts, isFresh);
  const offered = useRef<string>(undefined);
  useEffect(() => {
    if (call === undefined || known.kind !== 'ready' || !fresh) return;
    if (call.state === 'wrap-up' || call.state === 'ended') return;
    if (promised?.callId === call.id && offered.current !== `${call.id} promised`) {
      offered.current = `${call.id} promised`;
      // A pack without this script: the pane offers what there is.
      if (scripts.actions.resume(promised.paused)) return;
    }
    if (offered.current?.startsWith(call.id) === true) return;
    const script = scriptForCall(known.records.script, call, settings.getState().telephony.scripts);
    if (script === undefined) return;
    offered.current = call.id;
    const open = (): void => {
      const state = scripts.getState();
      if (state.kind === 'open' && state.library.get(script) === undefined) {
        // The call came before the knowledge did; nothing was walked yet, so it is taken up anew.
        scripts.actions.detach();
        scripts.actions.attach(call.id, known.all.script, [], language);
      }
      scripts.actions.open(script, callFacts(call));
    };
    const sources = waitingSources(call);
    if (sources.length === 0) open();
    else void findWaiting(client, sources).then((waiting) => waiting === undefined && isFresh() && open());
    // `isFresh` reads the stores as they are when it is called.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [call, known, fresh, client, scripts, language, promised, settings]);
}
