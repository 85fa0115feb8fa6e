import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useLanguage } from '#renderer/messages/messages.tsx';
import { callFacts } from '#renderer/screens/live-call/index.ts';
import { scriptForCall } from '#shared/domain/telephony/script-for-call.ts';
import type { CallView } from '#shared/ipc/calls.ts';

/**
 * Opens the script of the call's queue or dialled number, once per call and only while no script
 * was opened for it: what the agent chose is never replaced.
 */
export function useQueueScript(call: CallView | undefined): void {
  const { scripts, knowledge } = useDesk();
  const language = useLanguage();
  const known = useStore(knowledge);
  const fresh = useStore(scripts, (state) => state.kind === 'open' && state.callId === call?.id && state.state.core === null && scripts.actions.events().length === 0);
  const offered = useRef<string>(undefined);
  useEffect(() => {
    if (call === undefined || known.kind !== 'ready' || !fresh || offered.current === call.id) return;
    if (call.state === 'wrap-up' || call.state === 'ended') return;
    const script = scriptForCall(known.records.script, call);
    if (script === undefined) return;
    offered.current = call.id;
    const state = scripts.getState();
    if (state.kind === 'open' && state.library.get(script) === undefined) {
      // The call came before the knowledge did; nothing was walked yet, so it is taken up anew.
      scripts.actions.detach();
      scripts.actions.attach(call.id, known.records.script, [], language);
    }
    scripts.actions.open(script, callFacts(call));
  }, [call, known, fresh, scripts, language]);
}
