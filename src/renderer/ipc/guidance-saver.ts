/** Retry of a failed save (ms). */
const RETRY_MS = 1_000;

export type GuidanceSaver<E> = { save(callId: string, events: readonly E[]): void };

/**
 * Saves the growing list of a call's operations as it happens. One save per call is under way at a
 * time; the newest list goes next. A failed save is tried again, also after the screen moved on.
 */
export function createGuidanceSaver<E>(send: (callId: string, events: E[]) => Promise<unknown>): GuidanceSaver<E> {
  const wanted = new Map<string, readonly E[]>();
  const running = new Set<string>();

  const run = async (callId: string): Promise<void> => {
    if (running.has(callId)) return;
    running.add(callId);
    try {
      for (let events = wanted.get(callId); events !== undefined; events = wanted.get(callId)) {
        await send(callId, [...events]);
        if (wanted.get(callId) === events) wanted.delete(callId);
      }
    } catch {
      setTimeout(() => void run(callId), RETRY_MS);
    } finally {
      running.delete(callId);
    }
  };

  return {
    save: (callId, events) => {
      wanted.set(callId, events);
      void run(callId);
    },
  };
}
