import type { FromWorker } from './protocol.ts';

const PATIENCE_MS = 600_000;

export type Board = ReturnType<typeof createBoard>;

/** What the desks have told. */
export function createBoard() {
  const board = {
    done: 0,
    caught: new Map<string, { ms: number; records: number }>(),
    following: new Set<string>(),
    heard: new Map<string, number[]>(),
    failure: undefined as string | undefined,
    tell: (message: FromWorker): void => {
      if (message.kind === 'caught-up') board.caught.set(message.desk, message);
      else if (message.kind === 'following') board.following.add(message.desk);
      else if (message.kind === 'failed') board.failure = message.why;
      else if (message.kind === 'done') board.done += 1;
      else for (const { at, changes } of message.applied) for (const change of changes) board.heard.get(change)?.push(at);
    },
    /** `progress` is called about every ten seconds. */
    until: async (done: () => boolean, progress?: () => void): Promise<void> => {
      const end = performance.now() + PATIENCE_MS;
      let told = performance.now();
      while (!done()) {
        if (board.failure !== undefined) throw new Error(board.failure);
        if (performance.now() > end) throw new Error('the desks did not finish in time');
        if (progress !== undefined && performance.now() - told > 10_000) {
          told = performance.now();
          progress();
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
  return board;
}
