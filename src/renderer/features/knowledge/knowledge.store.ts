import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import { isMeantFor, isValidAt, nextTurn, type Audience } from '#shared/domain/audience.ts';
import type { InOneLanguage, Targets } from '#shared/domain/common.ts';
import { inLanguage, isLocalKind, type LocalKind } from '#shared/domain/in-language.ts';
import type { KnowledgeKind, KnowledgeRecord, PackLine } from '#shared/domain/knowledge.ts';

/** The small kinds, read whole: a few thousand records at most. Products are found by search. */
const SMALL_KINDS = ['script', 'prompt', 'framework', 'article', 'announcement', 'disposition', 'not-ready-reason', 'break-idea', 'practice-caller', 'self-check', 'note-template'] as const;
type SmallKind = (typeof SMALL_KINDS)[number];
/** A record as screens take it: in the desk's language, where its kind has several. */
type Shown<K extends SmallKind> = K extends LocalKind ? InOneLanguage<KnowledgeRecord<K>> : KnowledgeRecord<K>;
type Records = { readonly [K in SmallKind]: readonly Shown<K>[] };

export type KnowledgeState =
  | { kind: 'loading' }
  | { kind: 'failed' }
  | {
      kind: 'ready';
      /** What is meant for this desk and holds now: what agents are offered. */
      records: Records;
      /** Everything there is: for those who look after it, and for a script that was opened while it held. */
      all: Records;
    };

export type KnowledgeStore = StoreApi<KnowledgeState> & {
  actions: {
    load(): Promise<void>;
    /** One record of any kind, fetched when it is not among the small ones. */
    get<K extends KnowledgeKind>(kind: K, key: string): Promise<KnowledgeRecord<K> | undefined>;
    /** Teams, queues or the language of the desk may have changed. */
    look(): void;
  };
};

/** The longest wait a timer can hold is 24 days; a day is enough to look again (ms). */
const LONGEST_WAIT_MS = 86_400_000;

/**
 * Knowledge for the screens; read again when a pack or an import changed it, and looked through again at the moment a
 * record begins or ends, or the desk takes calls for other queues.
 */
export function createKnowledgeStore(client: Client, audience: () => Audience = () => ({ teams: [], queues: [] }), now: () => number = Date.now, language: () => string = () => 'en'): KnowledgeStore {
  const store = createStore<KnowledgeState>(() => ({ kind: 'loading' }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lines: readonly PackLine[] = [];
  let spoken = '';

  const show = (all: Records): void => {
    const before = store.getState();
    const at = now();
    const records = applying(all, audience(), at, before.kind === 'ready' ? before.records : undefined);
    clearTimeout(timer);
    const next = nextTurn(Object.values(all).flat() as { validFrom?: number; validUntil?: number }[], at);
    if (next !== undefined) timer = setTimeout(() => show(all), Math.min(next - at + 50, LONGEST_WAIT_MS));
    if (before.kind !== 'ready' || before.all !== all || before.records !== records) store.setState({ kind: 'ready', records, all }, true);
  };
  const speak = (): void => {
    spoken = language();
    show(group(lines, spoken));
  };
  const load = async (): Promise<void> => {
    try {
      lines = await client.call('knowledge.list', { kinds: [...SMALL_KINDS] });
      speak();
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
      look: () => {
        const state = store.getState();
        if (state.kind !== 'ready') return;
        if (language() === spoken) show(state.all);
        else speak();
      },
    },
  });
}

type Held = { targets?: Targets | undefined; validFrom?: number | undefined; validUntil?: number | undefined };

/** What of everything applies here and now. Lists in which nothing changed stay the very same, so that no screen is drawn anew for them. */
function applying(all: Records, audience: Audience, now: number, before: Records | undefined): Records {
  let same = before !== undefined;
  const lists = SMALL_KINDS.map((kind) => {
    const list = (all[kind] as readonly Held[]).filter((one) => isValidAt(one, now) && isMeantFor(one, audience));
    const had = before?.[kind] as readonly Held[] | undefined;
    const kept = had !== undefined && had.length === list.length && had.every((one, at) => one === list[at]);
    if (!kept) same = false;
    return [kind, kept ? had : list] as const;
  });
  return same && before !== undefined ? before : (Object.fromEntries(lists) as unknown as Records);
}

function group(lines: readonly PackLine[], language: string): Records {
  const of = <K extends SmallKind>(kind: K): Shown<K>[] =>
    lines.flatMap((line) => (line.kind === kind ? [shown(line, language) as Shown<K>] : []));
  const byOrder = (a: { order?: number | undefined }, b: { order?: number | undefined }): number => (a.order ?? 0) - (b.order ?? 0);
  return {
    script: of('script'), prompt: of('prompt'), framework: of('framework'), article: of('article'), announcement: of('announcement'),
    disposition: of('disposition').toSorted(byOrder), 'not-ready-reason': of('not-ready-reason').toSorted(byOrder), 'note-template': of('note-template').toSorted(byOrder),
    'break-idea': of('break-idea'), 'practice-caller': of('practice-caller'), 'self-check': of('self-check'),
  };
}

function shown({ kind, record }: PackLine, language: string): unknown {
  return isLocalKind(kind) ? inLanguage(kind, record as KnowledgeRecord<typeof kind>, language) : record;
}
