// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDesk, DeskProvider } from '#renderer/desk.tsx';
import type { Client } from '#renderer/ipc/client.ts';
import { MessagesProvider } from '#renderer/messages/messages.tsx';
import { Reminders } from '#renderer/screens/main-window/Reminders.tsx';
import { dueOf } from '#renderer/screens/strip/use-strip-feed.ts';
import { DUE_SOON_MS, wakesAt, type FollowUp } from '#shared/domain/follow-ups/schema.ts';
import { prepareDom, render } from '../ui/render.tsx';

const START = Date.UTC(2026, 10, 23, 9, 0);

/** The records as far as reminders need them, on the test's clock. */
function desk(items: FollowUp[]) {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const asked: string[] = [];
  let open: unknown[] = [];
  const seen = new Set<string>();
  const tell = (name: string): void => listeners.get(name)?.forEach((listener) => listener({} as never));
  const due = (): FollowUp[] => items.filter((one) => one.state === 'open' && !seen.has(one.id) && wakesAt(one) - (one.snoozedUntil === undefined ? DUE_SOON_MS : 0) <= Date.now());
  const answers: Record<string, (input: never) => unknown> = {
    'calls.open': () => open,
    'follow-ups.list': ({ closed = false }: { closed?: boolean }) => items.filter((one) => (one.state === 'open') !== closed),
    'follow-ups.reminders': () => {
      const later = items.filter((one) => one.state === 'open').map((one) => wakesAt(one) - (one.snoozedUntil === undefined ? DUE_SOON_MS : 0)).filter((at) => at > Date.now());
      return { due: due(), overdue: 0, ...(later.length === 0 ? {} : { nextAt: Math.min(...later) }) };
    },
    'follow-ups.snooze': ({ id, until }: { id: string; until: number }) => Object.assign(items.find((one) => one.id === id) ?? {}, { snoozedUntil: until }),
    'follow-ups.close': ({ id }: { id: string }) => Object.assign(items.find((one) => one.id === id) ?? {}, { state: 'done' }),
    'follow-ups.reminded': ({ id }: { id: string }) => seen.add(id),
  };
  const client = {
    call: async (route: string, input: never) => {
      asked.push(route);
      const answer = answers[route]?.(input);
      if (/^follow-ups\.(?:snooze|close|reminded)$/.test(route)) queueMicrotask(() => tell('follow-ups.changed'));
      return answer ?? {};
    },
    on: (name: string, listener: (payload: never) => void) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  } as unknown as Client;
  const built = createDesk(client);
  const called: string[] = [];
  render(
    <DeskProvider desk={built}>
      <MessagesProvider language="en">
        <Reminders onCall={(one) => called.push(one.id)} onList={() => undefined} />
      </MessagesProvider>
    </DeskProvider>,
  );
  const settle = (ms = 0): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
  return {
    asked, called, settle,
    /** What the strip would show. */
    strip: () => dueOf(built.calls.getState(), built.followUps.getState(), 'en-GB').due,
    begin: async () => {
      await Promise.all([built.calls.actions.load(), built.followUps.actions.load()]);
      await settle();
    },
    phone: async (state: 'ringing' | 'talking' | 'on-hold' | 'wrap-up' | undefined) => {
      open = state === undefined ? [] : [{ id: 'call-1', state, direction: 'in', startedAt: START, stateSince: START, durations: { ringMs: 0, talkMs: 0, holdMs: 0, wrapUpMs: 0 }, note: { text: '', seq: 0 }, summary: '', guidance: { script: [], prompts: [] }, waiting: [], earlier: [] }];
      tell('calls.changed');
      await settle();
    },
    press: (key: string) => act(() => void window.dispatchEvent(new KeyboardEvent('keydown', { key, altKey: true, bubbles: true, cancelable: true }))),
  };
}

const promise = (id: string, inMinutes: number): FollowUp => ({ id, kind: 'call-back', state: 'open', text: `Ring ${id}`, dueAt: START + inMinutes * 60_000, dueWords: '', createdAt: START, snoozes: 0, name: id });
const card = (): HTMLElement | null => screen.queryByRole('complementary', { name: 'Promised, and due now' });

beforeAll(prepareDom);
beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('a due promise', () => {
  it('comes up by itself a quarter of an hour before its time', async () => {
    const { begin, settle } = desk([promise('Ann', 60)]);
    await begin();
    await settle(44 * 60_000);
    expect(card()).toBeNull();
    await settle(2 * 60_000);
    expect(card()?.textContent).toContain('Ring Ann');
  });

  it('never during a call: not while it rings, is talked, held or wrapped up; at the next gap it is there', async () => {
    const { begin, settle, phone, press, called, strip } = desk([promise('Ann', 20)]);
    await begin();
    for (const state of ['ringing', 'talking', 'on-hold', 'talking', 'wrap-up'] as const) {
      await phone(state);
      await settle(10 * 60_000);
      expect(card(), state).toBeNull();
      expect(strip(), state).toBeUndefined();
      press('a');
      expect(called).toEqual([]);
    }
    await phone(undefined);
    expect(card()?.textContent).toContain('Ring Ann');
    expect(strip()).toMatchObject({ id: 'Ann', text: 'Ring Ann · Ann', more: 0 });
    await phone('ringing');
    expect(card()).toBeNull();
    await phone(undefined);
    expect(card()?.textContent).toContain('Ring Ann');
  });

  it('is called, put off, or done by key', async () => {
    const { begin, settle, press, called } = desk([promise('Ann', 5), promise('Ben', 6), promise('Cora', 7)]);
    await begin();
    press('a');
    expect(called).toEqual(['Ann']);
    press('l');
    await settle();
    expect(card()?.textContent).toContain('Ring Ben');
    press('k');
    await settle();
    expect(card()?.textContent).toContain('Ring Cora');
    await act(async () => screen.getByRole('button', { name: 'Seen, leave it on the list' }).click());
    await settle();
    expect(card()).toBeNull();
    await settle(16 * 60_000);
    expect(card()?.textContent).toContain('Ring Ann');
  });
});
