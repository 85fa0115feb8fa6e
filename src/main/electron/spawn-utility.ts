import { utilityProcess } from 'electron';

type Post = { postMessage(message: unknown): void };

/** Starts a utility process from a built file and gives it the shape the host wants. */
export function spawnUtility<ToChild, FromChild>(file: string, name: string, env: NodeJS.ProcessEnv) {
  const child = utilityProcess.fork(file, [], { serviceName: name, stdio: 'inherit', env });
  return {
    post: (message: ToChild) => (child as Post).postMessage(message),
    onMessage: (listener: (message: FromChild) => void) => {
      child.on('message', listener);
    },
    onExit: (listener: (code: number) => void) => {
      child.on('exit', listener);
    },
    kill: () => {
      // utilityProcess.kill() asks politely; a process stuck in a query only stops by force.
      const { pid } = child;
      if (pid === undefined) return;
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // already gone: its exit event follows or has fired
      }
    },
    get pid() {
      return child.pid;
    },
  };
}
