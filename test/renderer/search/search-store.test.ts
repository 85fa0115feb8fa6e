import { describe, expect, it } from 'vitest';
import { createSearchStore } from '#renderer/features/search/index.ts';
import type { Client } from '#renderer/ipc/client.ts';
import type { SearchAnswer } from '#shared/domain/search/schema.ts';

const answerTo = (text: string): SearchAnswer => ({ hits: [], complete: true, nearest: false, parsed: { text, terms: [], filters: {} } });

/** A client whose answers wait until the test lets them go. */
function heldClient() {
  const asked: { route: string; text: string; release: () => void }[] = [];
  const client = {
    call: (route: string, input: { text: string }) => new Promise((done) => asked.push({ route, text: input.text, release: () => done(answerTo(input.text)) })),
    on: () => () => undefined,
  } as unknown as Client;
  return { client, asked };
}
const tick = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

describe('search as you type', () => {
  it('asks for the newest text only: letters typed while an answer is under way go as one request', async () => {
    const { client, asked } = heldClient();
    const store = createSearchStore(client, { audience: () => ({ teams: [], queues: [] }), logsMisses: () => true });
    store.actions.show();
    for (const text of ['w', 'wa', 'was', 'wash']) store.actions.type(text);
    expect(asked.map((one) => one.text)).toEqual(['w']);
    asked[0]?.release();
    await tick();
    expect(asked.map((one) => one.text)).toEqual(['w', 'wash']);
    asked[1]?.release();
    await tick();
    expect(store.getState()).toMatchObject({ answeredText: 'wash', status: 'idle' });
    expect(asked).toHaveLength(2);
  });

  it('a sign in front narrows to one kind and is not searched for', async () => {
    const { client, asked } = heldClient();
    const store = createSearchStore(client, { audience: () => ({ teams: [], queues: [] }), logsMisses: () => true });
    store.actions.show();
    store.actions.type('#late');
    expect(store.getState().scope).toBe('script');
    expect(asked[0]?.text).toBe('late');
  });

  it('commands are not asked of the index', () => {
    const { client, asked } = heldClient();
    const store = createSearchStore(client, { audience: () => ({ teams: [], queues: [] }), logsMisses: () => true });
    store.actions.show();
    store.actions.type('>hold');
    expect(asked).toEqual([]);
  });

  it('logs a miss when nothing was chosen, and none when something was', async () => {
    const { client, asked } = heldClient();
    const store = createSearchStore(client, { audience: () => ({ teams: [], queues: [] }), logsMisses: () => true });
    store.actions.show();
    store.actions.type('samovar');
    asked[0]?.release();
    await tick();
    store.actions.hide();
    expect(asked.at(-1)).toMatchObject({ route: 'search.missed', text: 'samovar' });
    const before = asked.length;
    store.actions.show();
    store.actions.type('kettle');
    asked.at(-1)?.release();
    await tick();
    store.actions.picked({ kind: 'product', key: 'A-1', title: 'Kettle', score: 1, matches: [] });
    store.actions.hide();
    expect(asked.slice(before).map((one) => one.route)).toEqual(['search.query', 'search.pick']);
  });

  it('a desk that opted out logs nothing', async () => {
    const { client, asked } = heldClient();
    const store = createSearchStore(client, { audience: () => ({ teams: [], queues: [] }), logsMisses: () => false });
    store.actions.show();
    store.actions.type('samovar');
    asked[0]?.release();
    await tick();
    store.actions.hide();
    expect(asked.map((one) => one.route)).toEqual(['search.query']);
  });
});
