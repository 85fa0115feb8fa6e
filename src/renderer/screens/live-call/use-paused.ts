import { useEffect, useState } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import type { Client } from '#renderer/ipc/client.ts';
import { pausedScriptSchema, type PausedScript } from '#shared/domain/scripts/pause.ts';
import type { CallView } from '#shared/ipc/calls.ts';

export type Waiting = { followUp: string; paused: PausedScript };

/** Earlier calls of the same number that are looked at for a script waiting to be resumed. */
const LOOKED_AT = 3;

/** Calls a script may have been put aside in: the linked one, and earlier ones of the same number. */
export function waitingSources({ linkedCall, earlier }: Pick<CallView, 'linkedCall' | 'earlier'>): string[] {
  return [...(linkedCall === undefined ? [] : [linkedCall]), ...earlier.slice(0, LOOKED_AT).map((one) => one.id)];
}

/** The newest open follow-up of these calls that holds a script; undefined when there is none, or the records do not answer. */
export async function findWaiting(client: Client, sources: readonly string[]): Promise<Waiting | undefined> {
  try {
    const lists = await Promise.all(sources.map((callId) => client.call('follow-ups.of-call', { callId })));
    const open = lists.flat().filter((followUp) => followUp.state === 'open').toSorted((a, b) => b.createdAt - a.createdAt);
    for (const followUp of open) {
      const parsed = pausedScriptSchema.safeParse(followUp.scriptState);
      if (parsed.success) return { followUp: followUp.id, paused: parsed.data };
    }
  } catch {
    // An offer that cannot be read is no offer; the call goes on.
  }
  return undefined;
}

/** A script that was put aside for this call, once it is known. */
export function useWaiting(call: CallView, wanted: boolean): Waiting | undefined {
  const { client } = useDesk();
  const [found, setFound] = useState<Waiting>();
  const sources = waitingSources(call).join('\n');
  useEffect(() => {
    setFound(undefined);
    if (!wanted || sources === '') return undefined;
    let current = true;
    void findWaiting(client, sources.split('\n')).then((waiting) => {
      if (current) setFound(waiting);
    });
    return () => {
      current = false;
    };
  }, [client, sources, wanted, call.id]);
  return found;
}
