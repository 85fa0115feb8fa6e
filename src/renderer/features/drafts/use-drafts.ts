import { useCallback, useEffect, useState } from 'react';
import type { Client } from '#renderer/ipc/client.ts';
import type { DraftState } from '#shared/domain/authoring/draft.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';

/** Drafts on one page. */
const PAGE = 200;

export type DraftList = OutputOf<AppContract, 'authoring.list'>;
export type Me = OutputOf<AppContract, 'authoring.me'>;

/** Drafts in these states, read again when anything about them changed. */
export function useDrafts(client: Client, states: readonly DraftState[], text: string): { list: DraftList | undefined; reload: () => void } {
  const [list, setList] = useState<DraftList>();
  const wanted = states.join(' ');
  const reload = useCallback(() => {
    void client.call('authoring.list', { states: wanted.split(' ') as DraftState[], ...(text === '' ? {} : { text }), from: 0, count: PAGE }).then(setList, () => undefined);
  }, [client, wanted, text]);
  useEffect(reload, [reload]);
  useEffect(() => client.on('drafts.changed', reload), [client, reload]);
  return { list, reload };
}

/** The time, told anew every ten seconds: enough to say that something is due. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Who this desk writes as; read again when keys or trust changed. */
export function useMe(client: Client): Me | undefined {
  const [me, setMe] = useState<Me>();
  useEffect(() => {
    const read = (): void => void client.call('authoring.me', {}).then(setMe, () => undefined);
    read();
    const off = [client.on('drafts.changed', read), client.on('keys.changed', read), client.on('policy.changed', read), client.on('channels.changed', read)];
    return () => off.forEach((end) => end());
  }, [client]);
  return me;
}
