import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { Audience } from '#shared/domain/audience.ts';
import type { SearchAnswer, SearchHit, SearchKind } from '#shared/domain/search/schema.ts';

/** Prefixes that narrow the palette to one kind of thing. */
export const SCOPES = { '#': 'script', '!': 'prompt', '?': 'article', '$': 'product', '@': 'follow-up', '>': 'command' } as const;
export type Scope = (typeof SCOPES)[keyof typeof SCOPES];

export type SearchState = {
  open: boolean;
  /** As typed, with the scope prefix. */
  text: string;
  scope: Scope | undefined;
  /** The newest answer; that of an earlier text stays on screen until the next one is there. */
  answer: SearchAnswer | undefined;
  answeredText: string;
  status: 'idle' | 'searching' | 'failed';
  recent: readonly SearchHit[];
};

export type SearchStore = StoreApi<SearchState> & {
  actions: {
    show(text?: string): void;
    hide(): void;
    type(text: string): void;
    picked(hit: SearchHit): void;
    /** Something the window itself knows was opened: the search was not in vain. */
    used(): void;
  };
};

const LIMIT = 50;
const RECENT = 8;

/**
 * Search as you type. One request is under way at a time; keystrokes made meanwhile go as one request
 * with the newest text, so that a slow answer never queues up stale ones.
 */
export function createSearchStore(client: Client, desk: { audience(): Audience; logsMisses(): boolean }): SearchStore {
  const initial: SearchState = { open: false, text: '', scope: undefined, answer: undefined, answeredText: '', status: 'idle', recent: [] };
  const store = createStore<SearchState>(() => initial);
  let running = false;
  let picked = false;

  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      for (;;) {
        const { text, answeredText, scope, open } = store.getState();
        const words = stripScope(text);
        // Follow-ups and commands are known here: the index is not asked for them.
        const own = scope === 'follow-up' || scope === 'command';
        if (!open || words.trim() === '' || own || text === answeredText) break;
        store.setState({ status: 'searching' });
        const answer = await client.call('search.query', { text: words, limit: LIMIT, context: contextOf(desk.audience()), ...(scope === undefined || own ? {} : { kinds: [scope] }) });
        store.setState({ answer, answeredText: text, status: 'idle' });
      }
      if (store.getState().status !== 'idle') store.setState({ status: 'idle' });
    } catch {
      store.setState({ status: 'failed' });
    } finally {
      running = false;
    }
  };

  const logMiss = (): void => {
    const { answer, answeredText } = store.getState();
    const words = stripScope(answeredText).trim();
    if (answer === undefined || picked || words.length < 3 || !desk.logsMisses()) return;
    void client.call('search.missed', { text: words, found: answer.hits.length > 0 && !answer.nearest }).catch(() => undefined);
  };

  return Object.assign(store, {
    actions: {
      show: (text = '') => {
        picked = false;
        store.setState({ open: true, text, scope: scopeOf(text), answer: undefined, answeredText: '', status: 'idle' });
        void run();
      },
      hide: () => {
        logMiss();
        store.setState({ open: false, text: '', answer: undefined, answeredText: '' });
      },
      type: (text: string) => {
        store.setState({ text, scope: scopeOf(text), ...(stripScope(text).trim() === '' ? { answer: undefined, answeredText: '' } : {}) });
        void run();
      },
      used: () => {
        picked = true;
      },
      picked: (hit: SearchHit) => {
        picked = true;
        const recent = [hit, ...store.getState().recent.filter((one) => one.kind !== hit.kind || one.key !== hit.key)].slice(0, RECENT);
        store.setState({ recent });
        void client.call('search.pick', { kind: hit.kind, key: hit.key }).catch(() => undefined);
      },
    },
  });
}

function contextOf({ teams, queues }: Audience): { teams: string[]; queues: string[] } {
  return { teams: [...teams], queues: [...queues] };
}

function scopeOf(text: string): Scope | undefined {
  const first = text.trimStart().charAt(0);
  return Object.hasOwn(SCOPES, first) ? SCOPES[first as keyof typeof SCOPES] : undefined;
}

/** What was typed without the prefix of a scope. */
export function stripScope(text: string): string {
  return scopeOf(text) === undefined ? text : text.trimStart().slice(1);
}

/** Hits in groups by kind; the kind of the best hit comes first. */
export function groupHits(hits: readonly SearchHit[]): { kind: SearchKind; hits: SearchHit[] }[] {
  const groups = new Map<SearchKind, SearchHit[]>();
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
  return [...groups].map(([kind, list]) => ({ kind, hits: list }));
}
