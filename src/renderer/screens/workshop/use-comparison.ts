import { useEffect, useState } from 'react';
import type { Client } from '#renderer/ipc/client.ts';
import { isOpen, type Draft } from '#shared/domain/authoring/draft.ts';
import { sameJson, type Json } from '#shared/domain/authoring/merge.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';

export type Comparison = OutputOf<AppContract, 'authoring.compare'> & { behind: boolean };

/** What is live beside a draft; read again when a pack arrived. */
export function useComparison(client: Client, draft: Draft): Comparison | undefined {
  const [found, setFound] = useState<Comparison>();
  const { id, baseVer, state } = draft;
  useEffect(() => {
    let here = true;
    const read = (): void =>
      void client.call('authoring.compare', { id }).then(
        (sides) => {
          if (here) setFound({ ...sides, behind: isOpen(state) && sides.base !== null && !sameJson(sides.base as Json, (sides.live ?? undefined) as Json | undefined) });
        },
        () => undefined,
      );
    read();
    const off = client.on('knowledge.changed', read);
    return () => {
      here = false;
      off();
    };
  }, [client, id, baseVer, state]);
  return found;
}
