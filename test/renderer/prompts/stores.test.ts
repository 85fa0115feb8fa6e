import { describe, expect, it } from 'vitest';
import { createLadderStore } from '#renderer/features/prompts/abuse.store.ts';
import { createPreferencesStore } from '#renderer/features/prompts/preferences.store.ts';
import { createPromptsStore } from '#renderer/features/prompts/prompts.store.ts';
import { SITUATION_KEYS, situationByKey } from '#renderer/features/prompts/situation-keys.ts';
import type { Client } from '#renderer/ipc/client.ts';
import { DEFAULT_ABUSE_POLICY, type AbusePolicy } from '#shared/domain/abuse/policy.ts';
import { pickPrompts } from '#shared/domain/prompts/pick.ts';
import { SITUATIONS, type Prompt } from '#shared/domain/prompts/schema.ts';
import { DEFAULT_PREFERENCES } from '#shared/domain/prompts/usage.ts';

type Sent = { route: string; input: Record<string, unknown> };
function recording(answers: Readonly<Record<string, unknown>> = {}): { client: Client; sent: Sent[] } {
  const sent: Sent[] = [];
  const client: Client = {
    call: (route, input) => {
      sent.push({ route, input: input as Record<string, unknown> });
      const answer = answers[route];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve((answer ?? {}) as never);
    },
    on: () => () => undefined,
  };
  return { client, sent };
}

const prompt: Prompt = { id: 'own-it', situation: 'angry', title: 'Own it', tone: 'plain', language: 'en', wordings: [{ text: 'I am on it now.' }, { text: 'That should not have happened.' }] };
const query = { situation: 'angry', language: 'en', at: 0, slots: { fields: {}, call: {}, language: 'en' }, limit: 1, seed: 's' } as const;

describe('moments by key', () => {
  it('gives every moment its own key', () => {
    expect(new Set(Object.values(SITUATION_KEYS)).size).toBe(SITUATIONS.length);
    for (const situation of SITUATIONS) expect(situationByKey(SITUATION_KEYS[situation])).toBe(situation);
  });
});

describe('words of a call', () => {
  it('never offers again what was on screen when the agent looked elsewhere', () => {
    const { client } = recording();
    const store = createPromptsStore(client);
    store.actions.attach('c', []);
    store.actions.choose('angry');
    const usage = () => {
      const state = store.getState();
      if (state.kind !== 'open') throw new Error('closed');
      return state.usage;
    };
    const first = pickPrompts([prompt], DEFAULT_PREFERENCES, usage(), query).offers;
    store.actions.choose(undefined, first);
    const second = pickPrompts([prompt], DEFAULT_PREFERENCES, usage(), query).offers;
    expect(second).toHaveLength(1);
    expect(second[0]?.text).not.toBe(first[0]?.text);
  });
});

describe('favourites and own words', () => {
  it('are changed and removed, a star goes with the words it was on, and a removal can be taken back', async () => {
    const { client, sent } = recording({ 'guidance.preferences': { ...DEFAULT_PREFERENCES, favourites: ['own-it#1'] } });
    const store = createPreferencesStore(client, () => 'x1');
    await store.actions.load();
    store.actions.addOwn({ situation: 'angry', text: 'Mine.', tone: 'plain', language: 'en' });
    const id = store.getState().personal[0]?.id ?? '';
    expect(store.actions.editOwn(id, '  ')).toBe(false);
    expect(store.actions.editOwn(id, ' Better. ')).toBe(true);
    expect(store.getState().personal[0]).toMatchObject({ id, title: 'Better.', wordings: [{ text: 'Better.' }] });
    store.setState({ favourites: ['own-it#1', `${id}#0`] });
    const before = store.getState();
    store.actions.removeOwn(id);
    expect([store.getState().personal, store.getState().favourites]).toEqual([[], ['own-it#1']]);
    store.actions.restore(before);
    store.actions.removeFavourite('own-it#1');
    expect(sent.at(-1)?.input).toMatchObject({ favourites: [`${id}#0`], personal: [{ id, wordings: [{ text: 'Better.' }] }] });
  });

  it('stores nothing before the stored ones were read, so that they are never overwritten', async () => {
    const { client, sent } = recording({ 'guidance.preferences': new Error('no records') });
    const store = createPreferencesStore(client);
    await store.actions.load();
    expect(store.actions.addOwn({ situation: 'angry', text: 'Mine.', tone: 'plain', language: 'en' })).toBe(false);
    expect(sent.map((one) => one.route)).toEqual(['guidance.preferences']);
  });

  it('offers a favourite first and own words before the desk’s', async () => {
    const { client, sent } = recording({ 'guidance.preferences': DEFAULT_PREFERENCES });
    const store = createPreferencesStore(client, () => 'ABC-1');
    await store.actions.load();
    store.actions.addOwn({ situation: 'angry', text: 'I have got you.', tone: 'plain', language: 'en' });
    const usage = { seen: new Set<string>(), prompts: new Map(), said: [], stages: new Map(), framework: null, tone: null };
    const [own] = pickPrompts([prompt], store.getState(), usage, query).offers;
    expect(own).toMatchObject({ text: 'I have got you.', personal: true });
    const all = pickPrompts([prompt], store.getState(), usage, { ...query, limit: 3 }).offers;
    const desk = all.find((offer) => offer.prompt.id === 'own-it');
    if (desk === undefined) throw new Error('not offered');
    store.actions.toggleFavourite(desk);
    expect(pickPrompts([prompt], store.getState(), usage, query).offers[0]?.text).toBe(desk.text);
    store.actions.toggleFavourite(desk);
    expect(store.getState().favourites).toEqual([]);
    expect(sent.at(-1)?.route).toBe('guidance.save-preferences');
  });
});

describe('the ladder of a call', () => {
  it('records category, warnings and end, and asks for the recovery of that size', async () => {
    const { client, sent } = recording();
    const store = createLadderStore(client, undefined, () => 5);
    store.actions.attach('Call-1', []);
    store.actions.mark({ type: 'incident', category: 'insult' });
    store.actions.mark({ type: 'warned', category: 'insult' });
    store.actions.mark({ type: 'ended', category: 'insult' });
    await store.actions.record();
    expect(sent.find((one) => one.route === 'guidance.incident')?.input).toMatchObject({ callId: 'Call-1', category: 'insult', warnings: 1, endedCall: true, recovery: 'abusive' });
  });

  it('records nothing for a caller who is only angry at the company', async () => {
    const { client, sent } = recording();
    const store = createLadderStore(client, undefined, () => 5);
    store.actions.attach('c', []);
    store.actions.mark({ type: 'incident', category: 'upset' });
    await store.actions.record();
    expect(sent.filter((one) => one.route === 'guidance.incident')).toEqual([]);
    expect(store.actions.file({ withWords: true })).toBeUndefined();
  });

  it('follows the ladder of the organisation, as it is when the call opens', async () => {
    const { client, sent } = recording();
    let policy: AbusePolicy = { ...DEFAULT_ABUSE_POLICY, categories: [{ id: 'shouting', label: 'Shouts', warnings: 2, recovery: 'draining' }] };
    const store = createLadderStore(client, () => policy, () => 5);
    store.actions.attach('c', []);
    policy = DEFAULT_ABUSE_POLICY;
    const state = store.getState();
    expect(state.kind === 'open' ? state.policy.categories.map((one) => one.id) : []).toEqual(['shouting']);
    for (const type of ['incident', 'warned', 'ended'] as const) store.actions.mark({ type, category: 'shouting' });
    await store.actions.record();
    expect(sent.find((one) => one.route === 'guidance.incident')?.input).toMatchObject({ category: 'shouting', warnings: 1, recovery: 'draining' });
    store.actions.attach('next', []);
    const next = store.getState();
    expect(next.kind === 'open' ? next.policy : undefined).toBe(DEFAULT_ABUSE_POLICY);
  });

  it('takes up what was marked before a crash', () => {
    const { client } = recording();
    const store = createLadderStore(client);
    store.actions.attach('c', [{ type: 'incident', at: 1, category: 'profanity' }, { type: 'warned', at: 2, category: 'profanity' }]);
    const state = store.getState();
    expect(state.kind === 'open' ? state.abuse.log.length : 0).toBe(2);
  });
});
