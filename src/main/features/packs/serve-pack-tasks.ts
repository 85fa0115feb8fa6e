import { createPackTasks, type PackTasks } from './pack-tasks.ts';
import { createTalk, type Talk, type ThreadPort } from './thread-talk.ts';

/** The thread's own end: does what the main thread asks for. @param dir the trust store, `<data folder>/packs` */
export function servePackTasks(port: ThreadPort, dir: string): void {
  const tasks: PackTasks = createPackTasks(dir, () => talk);
  const talk: Talk = createTalk(port, async (what, input) => {
    if (!Object.hasOwn(tasks, what)) throw new Error(`no such task: ${what}`);
    // Both ends are typed by the same tasks.
    const task = tasks[what as keyof PackTasks] as (input: unknown) => Promise<unknown>;
    return { value: await task(input) };
  });
}
