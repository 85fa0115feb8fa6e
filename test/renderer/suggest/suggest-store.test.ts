import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSuggestStore } from '#renderer/features/suggest/suggest.store.ts';
import type { Client } from '#renderer/ipc/client.ts';

const PAUSE_MS = 350;
const item = { kind: 'script', id: 'late', title: 'Late', because: ['parcel'] };

function desk() {
  const asked: string[] = [];
  const learned: unknown[] = [];
  const listeners = new Map<string, (payload: never) => void>();
  const client: Client = {
    call: (route, input) => {
      if (route === 'suggest.query') asked.push((input as { text: string }).text);
      if (route === 'suggest.learn') learned.push(input);
      return Promise.resolve((route === 'suggest.query' ? { items: [item], ready: true } : {}) as never);
    },
    on: (name, listener) => {
      listeners.set(name, listener as never);
      return () => undefined;
    },
  };
  const store = createSuggestStore(client);
  store.actions.attach('c1', 'en');
  const said = (text: string, callId = 'c1'): void => listeners.get('telephony.said')?.({ callId, text } as never);
  const pause = (): Promise<unknown> => vi.advanceTimersByTimeAsync(PAUSE_MS);
  return { store, asked, learned, said, pause };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a line of a transcript', () => {
  it('asks for suggestions with everything said so far, before the note and behind what the agent typed', async () => {
    const { store, asked, said, pause } = desk();
    store.actions.note('wants something');
    await pause();
    said('my parcel');
    said('never came');
    await pause();
    store.actions.note('wants something else now');
    await pause();
    store.actions.hear('refund for a jacket');
    await pause();
    said('hello?');
    await pause();
    expect(asked).toEqual(['wants something', 'my parcel never came', 'refund for a jacket']);
    expect(store.getState().items).toEqual([item]);
  });

  it('of another call, or one that is over, is not shown and not learned', async () => {
    const { store, asked, said, pause } = desk();
    said('from the call before', 'c0');
    await pause();
    expect(store.getState().said).toBe('');
    said('my parcel never came');
    store.actions.attach('c2', 'en');
    await pause();
    expect([store.getState().said, asked]).toEqual(['', []]);
  });

  it('holds no card number, and its end only', async () => {
    const { store, said, learned } = desk();
    said('the card is 4111 1111 1111 1111');
    expect(store.getState().said).not.toContain('1111 1111 1111');
    for (let line = 0; line < 50; line++) said(`line ${line} of what was said in this call`);
    expect(store.getState().said.length).toBeLessThanOrEqual(1_000);
    expect(store.getState().said.endsWith('line 49 of what was said in this call')).toBe(true);
    store.actions.learn('late', 'chosen');
    expect(learned).toHaveLength(1);
  });
});
