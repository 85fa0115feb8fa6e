import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { CreateFollowUp, FollowUp } from '#shared/domain/follow-ups/schema.ts';

export type FollowUpsState = { kind: 'loading' } | { kind: 'failed' } | { kind: 'ready'; open: readonly FollowUp[]; closed: readonly FollowUp[]; overdue: number; due: readonly FollowUp[] };

export type FollowUpsStore = StoreApi<FollowUpsState> & {
  actions: {
    load(): Promise<void>;
    create(input: CreateFollowUp): Promise<void>;
    close(id: string, outcome: string): Promise<void>;
    reopen(id: string): Promise<void>;
    snooze(id: string, ms: number): Promise<void>;
    reminded(id: string): Promise<void>;
    calendar(ids: string[]): Promise<string>;
  };
};

/** Longest wait before looking again, so that a clock set forward is noticed (ms). */
const LOOK_AGAIN_MS = 60_000;

/** Promises with a due time. Reminders are held in `due`; whether to show them is the screen's decision. */
export function createFollowUpsStore(client: Client, now: () => number = Date.now): FollowUpsStore {
  const store = createStore<FollowUpsState>(() => ({ kind: 'loading' }));
  let timer: ReturnType<typeof setTimeout> | undefined;

  const load = async (): Promise<void> => {
    try {
      const [open, closed, reminders] = await Promise.all([
        client.call('follow-ups.list', {}),
        client.call('follow-ups.list', { closed: true }),
        client.call('follow-ups.reminders', {}),
      ]);
      store.setState({ kind: 'ready', open: open as FollowUp[], closed: closed as FollowUp[], overdue: reminders.overdue, due: reminders.due as FollowUp[] }, true);
      clearTimeout(timer);
      if (open.length > 0) timer = setTimeout(() => void load(), Math.max(1_000, Math.min(LOOK_AGAIN_MS, (reminders.nextAt ?? Number.POSITIVE_INFINITY) - now())));
    } catch {
      if (store.getState().kind === 'loading') store.setState({ kind: 'failed' }, true);
    }
  };
  client.on('follow-ups.changed', () => void load());

  return Object.assign(store, {
    actions: {
      load,
      create: async (input: CreateFollowUp) => void (await client.call('follow-ups.create', { ...input, id: input.id ?? crypto.randomUUID() })),
      close: async (id: string, outcome: string) => void (await client.call('follow-ups.close', { id, as: 'done', outcome })),
      reopen: async (id: string) => void (await client.call('follow-ups.reopen', { id })),
      snooze: async (id: string, ms: number) => void (await client.call('follow-ups.snooze', { id, until: now() + ms })),
      reminded: async (id: string) => void (await client.call('follow-ups.reminded', { id })),
      calendar: async (ids: string[]) => (await client.call('follow-ups.ics', { ids })).text,
    },
  });
}
