import { useCallback, useState } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import type { StartCall } from '#renderer/features/calls/index.ts';
import { followUpCall } from '#renderer/features/follow-ups/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { callFacts } from '#renderer/screens/live-call/index.ts';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { pausedScriptSchema } from '#shared/domain/scripts/pause.ts';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import type { PromisedScript } from './use-queue-script.ts';

export type Start = {
  /** Begins a call in front, with a script where one is named. */
  start(input: StartCall, script?: string): void;
  /** Begins the call a follow-up promised: linked to its first call, the script where it was put aside. */
  startFollowUp(followUp: FollowUp): void;
  promised: PromisedScript | undefined;
};

/** The ways a call begins at the screen. */
export function useStart(showCall: () => void): Start {
  const t = useT();
  const toast = useToast();
  const { calls, scripts } = useDesk();
  const [promised, setPromised] = useState<PromisedScript>();
  const failed = useCallback((): void => toast({ tone: 'error', title: t('common.failed') }), [toast, t]);

  const start = useCallback(
    (input: StartCall, script?: string): void => {
      showCall();
      void calls.actions.start(input).then((started) => {
        if (script !== undefined) scripts.actions.open(script, callFacts(started));
      }, failed);
    },
    [calls, scripts, showCall, failed],
  );
  const startFollowUp = useCallback(
    (followUp: FollowUp): void => {
      showCall();
      const paused = pausedScriptSchema.safeParse(followUp.scriptState);
      void calls.actions.start(followUpCall(followUp)).then((started) => {
        if (paused.success) setPromised({ callId: started.id, paused: paused.data });
      }, failed);
    },
    [calls, showCall, failed],
  );
  return { start, startFollowUp, promised };
}
