import { useEffect, useState } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { pausedScriptSchema, type PausedScript } from '#shared/domain/scripts/pause.ts';
import type { CallView } from '#shared/ipc/calls.ts';

export type Waiting = { followUp: string; paused: PausedScript };

/** Earlier calls of the same number that are looked at for a script waiting to be resumed. */
const LOOKED_AT = 3;

/**
 * A script that was put aside for this call: by the follow-up of the linked call, or of an earlier call
 * of the same number. The newest one still open counts.
 */
export function useWaiting(call: CallView, wanted: boolean): Waiting | undefined {
  const { client } = useDesk();
  const [found, setFound] = useState<Waiting>();
  const sources = [...(call.linkedCall === undefined ? [] : [call.linkedCall]), ...call.earlier.slice(0, LOOKED_AT).map((one) => one.id)].join('\n');
  useEffect(() => {
    setFound(undefined);
    if (!wanted || sources === '') return undefined;
    let current = true;
    void Promise.all(sources.split('\n').map((callId) => client.call('follow-ups.of-call', { callId }))).then(
      (lists) => {
        const open = lists.flat().filter((followUp) => followUp.state === 'open').toSorted((a, b) => b.createdAt - a.createdAt);
        for (const followUp of open) {
          const parsed = pausedScriptSchema.safeParse(followUp.scriptState);
          if (!parsed.success) continue;
          if (current) setFound({ followUp: followUp.id, paused: parsed.data });
          return;
        }
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client, sources, wanted, call.id]);
  return found;
}
