import { describe, expect, it, vi } from 'vitest';
import { createScriptsStore } from '#renderer/features/scripts/scripts.store.ts';
import type { Client } from '#renderer/ipc/client.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';

const script: Script = {
  id: 'care', kind: 'call', title: 'Care', description: 'd', entry: 'ask',
  fields: [{ id: 'name', label: 'Name', type: 'text' }, { id: 'secret', label: 'Secret', type: 'text', sensitive: true }],
  steps: [
    { id: 'ask', cue: 'Ask', capture: [{ field: 'name', required: true }, { field: 'secret' }], next: 'choose' },
    { id: 'choose', cue: 'Choose', answers: [{ id: 'a', label: 'A', to: 'end-a' }, { id: 'b', label: 'B', to: 'end-b' }] },
    { id: 'end-a', cue: 'End A' },
    { id: 'end-b', cue: 'End B' },
  ],
};

function desk() {
  const saved: { guidance: { script: unknown[]; sensitive?: string[] } }[] = [];
  const client: Client = { call: (_route, input) => { saved.push(input as never); return Promise.resolve({} as never); }, on: () => () => undefined };
  let now = 1_000;
  const store = createScriptsStore(client, () => (now += 1));
  store.actions.attach('call-1', [script], [], 'en');
  store.actions.open('care', {});
  const open = () => {
    const state = store.getState();
    if (state.kind !== 'open') throw new Error('closed');
    return state;
  };
  const step = (): string | undefined => open().state.core?.trail.at(-1)?.step;
  return { store, open, step, saved };
}

describe('the script of a call', () => {
  it('offers to carry on without a required field, and remembers that it is missing', () => {
    const { store, open, step } = desk();
    expect(store.actions.do({ type: 'next' })).toBe(false);
    expect(open().refusal?.forced).toEqual({ type: 'next', force: true });
    expect(store.actions.carryOn()).toBe(true);
    expect(step()).toBe('choose');
    expect(open().state.core?.missed).toEqual(['name']);
    expect(store.actions.carryOn()).toBe(false);
  });

  it('takes the next answer as what the caller did already, after a skip that needed one', () => {
    const { store, open, step } = desk();
    store.actions.do({ type: 'setField', field: 'name', value: 'Ada' });
    store.actions.do({ type: 'next' });
    expect(store.actions.do({ type: 'skip' })).toBe(false);
    store.actions.do({ type: 'answer', answer: 'b' });
    expect(step()).toBe('end-b');
    expect(open().state.core?.trail.at(-2)?.left?.by).toBe('skip');
  });

  it('tells the records which captured fields are sensitive, so that they are erased sooner', async () => {
    const { store, saved } = desk();
    store.actions.do({ type: 'setField', field: 'secret', value: 'x' });
    await vi.waitFor(() => expect(saved.at(-1)?.guidance.sensitive).toEqual(['secret']), { timeout: 20_000 });
  });

  it('brings a paused walk back in another call with its step and fields', () => {
    const first = desk();
    first.store.actions.do({ type: 'setField', field: 'name', value: 'Ada' });
    first.store.actions.do({ type: 'next' });
    const paused = first.store.actions.paused();
    if (paused === undefined) throw new Error('nothing to pause');
    const second = desk();
    second.store.actions.detach();
    second.store.actions.attach('call-2', [script], [], 'en');
    expect(second.store.actions.resume(JSON.parse(JSON.stringify(paused)))).toBe(true);
    expect(second.step()).toBe('choose');
    expect(second.open().state.core?.fields).toEqual({ name: 'Ada' });
    expect(second.store.actions.resume(paused)).toBe(false);
  });
});
