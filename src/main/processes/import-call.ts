import { CallsideError } from '#shared/ipc/errors.ts';
import type { ImportInput, ImportOutput, ImportRoute } from './internal-contract.ts';
import type { ChildPort, FromChild, ProcessConfig } from './protocol.ts';

/** One import process with one request in it. */
export type ImportCall<R extends ImportRoute> = {
  /** Rejects when the process ends without an answer. */
  answer: Promise<ImportOutput<R>>;
  /** Asks the process to stop at its next step. */
  cancel(): void;
  /** Ends it at once: SQLite undoes what was not committed. */
  kill(): void;
};

type Listeners = { onEvent: (name: string, payload: unknown) => void; log: (level: 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>) => void };

/**
 * Starts an import process, asks it one thing, and lets it go. Unlike the data processes it is never
 * started again by itself: what could not be read once would stop it a second time.
 */
export function callImport<R extends ImportRoute>(spawn: () => ChildPort, config: ProcessConfig, route: R, input: ImportInput<R>, { onEvent, log }: Listeners): ImportCall<R> {
  const child = spawn();
  const answer = new Promise<ImportOutput<R>>((resolve, reject) => {
    const onMessage = (message: FromChild): void => {
      switch (message.type) {
        case 'ready':
          child.post({ type: 'call', id: 'task', route, input });
          return;
        case 'reply':
          if (message.id !== 'task') return;
          // The process answers from the same contract that types it here.
          if (message.ok) resolve(message.data as ImportOutput<R>);
          else {
            log('error', 'the import process failed', { route, stack: message.stack ?? message.message });
            reject(new CallsideError(message.code, message.message));
          }
          child.post({ type: 'close' });
          return;
        case 'event':
          onEvent(message.name, message.payload);
          return;
        case 'log':
          log(message.level, message.message, message.details);
          return;
        case 'closed':
          child.kill();
          return;
      }
    };
    child.onMessage(onMessage);
    child.onExit(() => reject(new CallsideError('unavailable', 'The import process ended before its work was done.')));
  });
  child.post({ type: 'init', config });
  return {
    answer,
    cancel: () => child.post({ type: 'call', id: 'cancel', route: 'cancel', input: {} }),
    kill: () => child.kill(),
  };
}
