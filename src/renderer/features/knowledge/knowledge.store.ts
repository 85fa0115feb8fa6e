import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { KnowledgeKind, KnowledgeRecord, PackLine } from '#shared/domain/knowledge.ts';

/** The small kinds, read whole: a few thousand records at most. Products are found by search. */
const SMALL_KINDS = ['script', 'prompt', 'framework', 'article', 'announcement', 'disposition', 'not-ready-reason', 'break-idea', 'practice-caller', 'self-check'] as const;
type SmallKind = (typeof SMALL_KINDS)[number];

export type KnowledgeState =
  | { kind: 'loading' }
  | { kind: 'failed' }
  | { kind: 'ready'; records: { readonly [K in SmallKind]: readonly KnowledgeRecord<K>[] } };

export type KnowledgeStore = StoreApi<KnowledgeState> & {
  actions: {
    load(): Promise<void>;
    /** One record of any kind, fetched when it is not among the small ones. */
    get<K extends KnowledgeKind>(kind: K, key: string): Promise<KnowledgeRecord<K> | undefined>;
  };
};

/** Knowledge for the screens; read again when a pack or an import changed it. */
export function createKnowledgeStore(client: Client): KnowledgeStore {
  const store = createStore<KnowledgeState>(() => ({ kind: 'loading' }));
  const load = async (): Promise<void> => {
    try {
      const lines = await client.call('knowledge.list', { kinds: [...SMALL_KINDS] });
      store.setState({ kind: 'ready', records: group(lines) }, true);
    } catch {
      if (store.getState().kind === 'loading') store.setState({ kind: 'failed' }, true);
    }
  };
  client.on('knowledge.changed', () => void load());
  return Object.assign(store, {
    actions: {
      load,
      get: async <K extends KnowledgeKind>(kind: K, key: string) => {
        const [line] = await client.call('knowledge.get', { refs: [{ kind, key }] });
        return line?.kind === kind ? (line.record as KnowledgeRecord<K>) : undefined;
      },
    },
  });
}

function group(lines: readonly PackLine[]): Extract<KnowledgeState, { kind: 'ready' }>['records'] {
  const of = <K extends SmallKind>(kind: K): KnowledgeRecord<K>[] =>
    lines.flatMap((line) => (line.kind === kind ? [line.record as KnowledgeRecord<K>] : []));
  return {
    script: of('script'), prompt: of('prompt'), framework: of('framework'), article: of('article'), announcement: of('announcement'),
    disposition: of('disposition').toSorted((a, b) => a.order - b.order),
    'not-ready-reason': of('not-ready-reason').toSorted((a, b) => a.order - b.order),
    'break-idea': of('break-idea'), 'practice-caller': of('practice-caller'), 'self-check': of('self-check'),
  };
}
