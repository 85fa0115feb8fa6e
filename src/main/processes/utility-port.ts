import type { ToChild, FromChild } from './protocol.ts';

/** The port a utility process talks through (`process.parentPort` in Electron). */
export function utilityPort(): { post(message: FromChild): void; onMessage(listener: (message: ToChild) => void): void; exit(): void } {
  const parent = process.parentPort;
  return {
    post: (message) => parent.postMessage(message),
    onMessage: (listener) => {
      parent.on('message', (event) => listener(event.data as ToChild));
    },
    exit: () => process.exit(0),
  };
}
