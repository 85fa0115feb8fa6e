import type { KnowledgeRepository } from '#main/features/knowledge/index.ts';
import { toSearchDoc, type SearchIndex } from '#main/features/search/index.ts';
import type { SearchDoc } from '#shared/domain/search/schema.ts';
import type { ServeTools } from './serve.ts';

/** Idle work waits this long after the last request (ms). */
const IDLE_MS = 2_000;
/** Between two slices of background work the process answers what came in meanwhile. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type KeeperOptions = { index: SearchIndex; repository: KnowledgeRepository; tools: ServeTools };

/** Looks after the search index in slices: joins segments when idle, checks it once, rebuilds it when damaged. */
export function createIndexKeeper({ index, repository, tools }: KeeperOptions) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rebuilding = false;
  let stopped = false;
  let checked = false;

  const run = async (steps: Generator<void>): Promise<void> => {
    while (!stopped && steps.next().done !== true) await breathe();
  };

  function* docs(): Generator<SearchDoc> {
    for (const kind of ['script', 'article', 'prompt', 'announcement'] as const) {
      for (const record of repository.list(kind)) {
        const doc = toSearchDoc({ kind, record } as Parameters<typeof toSearchDoc>[0]);
        if (doc !== undefined) yield doc;
      }
    }
    for (const line of repository.pages('product')) {
      const doc = toSearchDoc(line);
      if (doc !== undefined) yield doc;
    }
  }

  const rebuild = (): void => {
    if (rebuilding || stopped) return;
    rebuilding = true;
    tools.log('warn', 'the search index is damaged and is built again');
    tools.publish('job.changed', { id: 'rebuild', kind: 'rebuild', done: 0, state: 'running' });
    void run(index.rebuild(docs())).then(
      () => {
        rebuilding = false;
        tools.publish('job.changed', { id: 'rebuild', kind: 'rebuild', done: 0, state: 'done' });
      },
      (cause: unknown) => {
        rebuilding = false;
        tools.log('error', 'the search index could not be built', { error: String(cause) });
        tools.publish('job.changed', { id: 'rebuild', kind: 'rebuild', done: 0, state: 'failed' });
      },
    );
  };

  const idle = async (): Promise<void> => {
    if (!checked) {
      checked = true;
      if (!index.integrityCheck().ok) {
        rebuild();
        return;
      }
    }
    await run(index.maintain());
  };

  return {
    rebuild,
    /** Starts idle work a little later; called again it starts the wait anew. */
    whenIdle: (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void idle().catch((cause: unknown) => tools.log('error', 'index maintenance failed', { error: String(cause) })), IDLE_MS);
    },
    busy: (): boolean => rebuilding,
    stop: (): void => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
