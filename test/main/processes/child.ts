import { serve } from '#main/processes/serve.ts';
import type { FromChild, ToChild } from '#main/processes/protocol.ts';
import { appendFileSync, readFileSync } from 'node:fs';

/** A data process for tests: counts what was applied in a file, so that a crash cannot hide it. */
const file = process.argv[2] ?? '';
/** Who started it. */
const parent = process.ppid;
const applied = (): string[] => readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');

serve(
  {
    post: (message: FromChild) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToChild)),
    exit: () => process.exit(0),
  },
  () => ({
    handle: (route, input, { id }) => {
      if (route === 'apply') {
        if (!applied().includes(id)) appendFileSync(file, `${id}\n`);
        return { count: applied().length };
      }
      if (route === 'apply-then-die') {
        if (applied().includes(id)) return { count: applied().length };
        appendFileSync(file, `${id}\n`);
        process.kill(process.pid, 'SIGKILL');
        return new Promise(() => undefined);
      }
      if (route === 'die') process.kill(process.pid, 'SIGKILL');
      // As long as there is somebody to kill it.
      if (route === 'hang') while (process.ppid === parent) continue;
      if (route === 'throw') throw new Error('inside');
      return { echo: input };
    },
    close: () => undefined,
  }),
);
