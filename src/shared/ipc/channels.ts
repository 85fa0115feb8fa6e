import type { Reply } from './errors.ts';

/** The two channels of the preload (it repeats the names because a sandboxed preload imports nothing at run time). */
export const REQUEST_CHANNEL = 'callside:request';
export const EVENT_CHANNEL = 'callside:event';

/** What the preload exposes as `window.callside`: these two functions and nothing else. */
export type Bridge = {
  invoke: (route: string, input: unknown, id: string) => Promise<Reply>;
  subscribe: (listener: (name: string, payload: unknown) => void) => () => void;
};
