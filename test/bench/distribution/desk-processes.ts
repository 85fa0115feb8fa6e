import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createBoard, type Board } from './board.ts';
import { loadOf } from './load.ts';
import type { Engine, FromWorker, ToWorker } from './protocol.ts';

export type DeskProcesses = {
  board: Board;
  /** Switches all desks on in one moment and waits until they have everything. */
  catchUp(progress?: () => void): Promise<{ ms: number; records: number }[]>;
  /** Waits until all follow, and until what they wrote is in their files. */
  settle(): Promise<void>;
  /** Switches off all but so many. Returns how many are left. */
  keep(desks: number): Promise<number>;
  /** Seconds of one core used so far. */
  cpu(): number;
  end(): Promise<void>;
};

type Wanted = { engine: Engine; dir: string; template: string; servers: string[]; desks: number; processes: number };

/** Desks with their files, shared among processes of their own; ready to be switched on. */
export async function prepareDesks({ engine, dir, template, servers, desks, processes }: Wanted): Promise<DeskProcesses> {
  const board = createBoard();
  const names = Array.from({ length: desks }, (_, at) => `desk-${at + 1}`);
  const children = Array.from({ length: Math.max(1, Math.min(processes, desks)) }, (_, at): { child: ChildProcess; names: string[] } => {
    const child = fork(join(import.meta.dirname, 'worker.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', (message: FromWorker) => board.tell(message));
    child.once('exit', (code) => {
      if (code !== 0) board.failure ??= `a process full of desks ended with ${String(code)}`;
    });
    return { child, names: names.filter((_name, index) => index % processes === at) };
  });
  const all = async (message: (names: string[]) => ToWorker): Promise<void> => {
    board.done = 0;
    for (const one of children) one.child.send(message(one.names));
    await board.until(() => board.done === children.length);
  };
  const running: DeskProcesses = {
    board,
    catchUp: async (progress) => {
      const go: ToWorker = { kind: 'go' };
      for (const { child } of children) child.send(go);
      await board.until(() => board.caught.size === desks, progress);
      return [...board.caught.values()];
    },
    settle: async () => {
      await board.until(() => board.following.size === desks);
      await all(() => ({ kind: 'settle' }));
    },
    keep: async (left) => {
      const each = Math.max(1, Math.floor(left / children.length));
      await all(() => ({ kind: 'keep', desks: each }));
      return each * children.length;
    },
    cpu: () => children.reduce((sum, { child }) => sum + (child.pid === undefined || child.exitCode !== null ? 0 : loadOf(child.pid).cpuSeconds), 0),
    end: async () => {
      await Promise.all(children.map(({ child }) => endChild(child)));
    },
  };
  try {
    await all((mine) => ({ kind: 'prepare', engine, dir, template, servers, desks: mine }));
    return running;
  } catch (cause) {
    await running.end();
    throw cause;
  }
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const stop: ToWorker = { kind: 'stop' };
  child.send(stop);
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}
