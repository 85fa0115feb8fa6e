import { presenceName, type Presence } from '#shared/domain/news/presence.ts';
import type { ChangeSource, WriteOutcome } from './change-source.ts';

/** A sign of life this often, give or take a fifth (ms). */
const EVERY_MS = 240_000;
/** Where many small changes come one after another, no more often than this (ms). */
const GAP_MS = 5_000;

export type PresenceParts = {
  /** Sends where something has changed or a sign of life is due; false when there was nothing to send. */
  send: () => Promise<boolean>;
  random?: () => number;
  everyMs?: number;
  warn: (message: string, details: Record<string, unknown>) => void;
};

/**
 * When a desk gives a sign of life: soon after something changed, and every few minutes. Each time at a random moment
 * of a span, because a thousand desks change at the same time.
 */
export function createPresence({ send, random = Math.random, everyMs = EVERY_MS, warn }: PresenceParts) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Number.POSITIVE_INFINITY;
  let sentAt = Number.NEGATIVE_INFINITY;
  let closed = false;
  const plan = (ms: number): void => {
    const at = Date.now() + ms;
    // What is planned earlier carries the newest state as well.
    if (closed || (timer !== undefined && due <= at)) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => {
      timer = undefined;
      void send()
        .then((sent) => {
          if (sent) sentAt = Date.now();
        })
        .catch((cause: unknown) => warn('a sign of life could not be sent', { error: String(cause) }))
        .finally(() => plan(everyMs * (0.8 + 0.4 * random())));
    }, ms);
  };
  return {
    /** Something changed: it is sent within `spanMs`. */
    soon: (spanMs: number): void => plan(Math.max(spanMs * random(), sentAt + GAP_MS - Date.now())),
    close: (): void => {
      closed = true;
      clearTimeout(timer);
    },
  };
}

export function writePresence(source: ChangeSource, presence: Presence): Promise<WriteOutcome> {
  return source.write(presenceName(presence.desk), Buffer.from(JSON.stringify(presence)));
}
