import type { KnowledgeRepository } from '#main/features/knowledge/index.ts';
import { toSearchDoc, type SearchIndex } from '#main/features/search/index.ts';
import type { SearchDoc } from '#shared/domain/search/schema.ts';
import type { WriteGate } from './import-gate.ts';
import type { ServeTools } from './serve.ts';

/** Idle work waits this long after the last request (ms). */
const IDLE_MS = 2_000;
/** Between two slices of background work the process answers what came in meanwhile. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type KeeperOptions = { index: SearchIndex; repository: KnowledgeRepository; tools: ServeTools; gate: Pick<WriteGate, 'run'> };

/** Looks after the search index in slices: loads it ahead, joins segments when idle, checks it once, rebuilds it when damaged or outdated. */
export function createIndexKeeper({ index, repository, tools, gate }: KeeperOptions) {
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
    tools.log('warn', 'the search index is damaged or of an earlier layout, and is built again');
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

  const isSound = async (): Promise<boolean> => {
    const steps = index.checkSteps();
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value.ok;
      if (stopped) return true;
      await breathe();
    }
  };

  const needsRebuild = (): boolean => {
    const { damaged, outdated } = index.stats();
    return damaged > 0 || outdated;
  };

  const idle = async (): Promise<void> => {
    // A change may have met damage that no search has met yet.
    if (needsRebuild()) {
      if (!rebuilding) gate.run(rebuild);
      return;
    }
    if (!checked) {
      checked = true;
      // Twice: a part that an import replaces during the check looks as if it were missing.
      if (!(await isSound()) && !(await isSound())) {
        gate.run(rebuild);
        return;
      }
    }
    await run(index.maintain());
    await run(index.warm());
  };

  return {
    /** Starts a rebuild, once no import writes, when the index says that it needs one. */
    mend: (): void => {
      if (!rebuilding && needsRebuild()) gate.run(rebuild);
    },
    /** Loads the index ahead of the first search. */
    warm: (): void => {
      void run(index.warm()).catch((cause: unknown) => tools.log('warn', 'the index could not be opened ahead', { error: String(cause) }));
    },
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
