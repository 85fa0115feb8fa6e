import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createKnowledgeStore } from '#renderer/features/knowledge/index.ts';
import type { Client } from '#renderer/ipc/client.ts';
import type { Audience } from '#shared/domain/audience.ts';

const NOW = Date.UTC(2026, 10, 20, 9);
const line = (id: string, patch: object = {}): unknown => ({ kind: 'announcement', record: { id, title: id, body: '', importance: 'info', acknowledge: 'no', ...patch } });
const LINES = [line('all'), line('sales', { targets: { teams: ['Sales'] } }), line('vip', { targets: { queues: ['vip'] } }), line('soon', { validFrom: NOW + 60_000 }), line('ends', { validUntil: NOW + 120_000 })];

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

async function ready(audience: () => Audience) {
  const client = { call: () => Promise.resolve(LINES), on: () => () => undefined } as unknown as Client;
  const store = createKnowledgeStore(client, audience);
  await store.actions.load();
  const shown = (): string[] => {
    const state = store.getState();
    return state.kind === 'ready' ? state.records.announcement.map(({ id }) => id) : [];
  };
  return { store, shown };
}

it('shows what is meant for this desk, follows its teams and the queue of a call, and keeps everything for the workshop', async () => {
  let audience: Audience = { teams: [], queues: [] };
  const { store, shown } = await ready(() => audience);
  expect(shown()).toEqual(['all', 'ends']);
  const state = store.getState();
  expect(state.kind === 'ready' && state.all.announcement).toHaveLength(5);
  audience = { teams: ['sales'], queues: ['vip'] };
  store.actions.look();
  expect(shown()).toEqual(['all', 'sales', 'vip', 'ends']);
  const before = store.getState();
  store.actions.look();
  expect(store.getState()).toBe(before);
});

it('puts up and takes down by the clock, without anything being published', async () => {
  const { shown } = await ready(() => ({ teams: [], queues: [] }));
  vi.advanceTimersByTime(61_000);
  expect(shown()).toEqual(['all', 'soon', 'ends']);
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual(['all', 'soon']);
});

it('speaks the language of the desk, and the new one as soon as it is changed', async () => {
  let language = 'en';
  const client = { call: () => Promise.resolve([{ kind: 'note-template', record: { id: 'a', title: { en: 'Call-back', de: 'Rückruf' }, text: 'x' } }]), on: () => () => undefined } as unknown as Client;
  const store = createKnowledgeStore(client, undefined, undefined, () => language);
  const title = (): string | undefined => {
    const state = store.getState();
    return state.kind === 'ready' ? state.records['note-template'][0]?.title : undefined;
  };
  await store.actions.load();
  expect(title()).toBe('Call-back');
  language = 'de';
  store.actions.look();
  expect(title()).toBe('Rückruf');
});
