import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { Mark } from '#shared/ipc/local.ts';

export type MarksState = { marks: ReadonlyMap<string, Mark> };
export type MarksStore = StoreApi<MarksState> & { actions: { load(): Promise<void> } };

export const markKey = (kind: KnowledgeKind, key: string): string => `${kind} ${key}`;

/** Records whose origin is worth saying, read again when the knowledge changed. */
export function createMarksStore(client: Client): MarksStore {
  const store = createStore<MarksState>(() => ({ marks: new Map() }));
  const load = async (): Promise<void> => {
    const found = await client.call('knowledge.marks', {}).catch(() => undefined);
    if (found !== undefined) store.setState({ marks: new Map(found.marks.map((mark) => [markKey(mark.kind, mark.key), mark])) }, true);
  };
  client.on('knowledge.changed', () => void load());
  return Object.assign(store, { actions: { load } });
}
