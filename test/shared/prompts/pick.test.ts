import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { frameworkView, parseStage } from '#shared/domain/prompts/framework.ts';
import { foldPhrase } from '#shared/domain/prompts/phrase.ts';
import { pickPrompts, wordsOf, type Offer, type PromptQuery } from '#shared/domain/prompts/pick.ts';
import { SITUATIONS, type Prompt } from '#shared/domain/prompts/schema.ts';
import { applyPrompt, DEFAULT_PREFERENCES, EMPTY_USAGE, promptEventSchema, replayPrompts, type PromptEvent, type PromptUsage } from '#shared/domain/prompts/usage.ts';
import type { Field } from '#shared/domain/scripts/schema.ts';

const definitions: Record<string, Field> = {
  newDate: { id: 'newDate', label: 'New date', type: 'date' },
  amount: { id: 'amount', label: 'Amount', type: 'money', currency: 'GBP' },
};

function query(more: Partial<PromptQuery> = {}): PromptQuery {
  return { language: 'en', at: 1_000, limit: 3, seed: 'call-1', slots: { fields: {}, call: {}, language: 'en', field: (id) => definitions[id] }, ...more };
}

function prompt(id: string, wordings: Prompt['wordings'], more: Partial<Prompt> = {}): Prompt {
  return { id, situation: 'angry', title: id, tone: 'plain', wordings, ...more };
}

const texts = (offers: readonly Offer[]): string[] => offers.map((offer) => offer.text);
const shown = (usage: PromptUsage, offers: readonly Offer[]): PromptUsage => applyPrompt(usage, { type: 'shown', at: 1, phrases: offers.map((offer) => offer.phrase) });

describe('picking words', () => {
  it('fills slots by type, says the bare form without a value, and offers nothing rather than a gap', () => {
    const wording = { text: 'Your {{itemName}} comes on {{newDate}}, {{amount}} is back with you.', bare: 'It comes on the day I gave you.' };
    const slots = query().slots;
    expect(wordsOf(wording, slots)?.text).toBe('It comes on the day I gave you.');
    expect(wordsOf({ text: wording.text }, slots)).toBeUndefined();
    const known = { ...slots, fields: { itemName: 'kettle', newDate: '2026-05-29', amount: 12.5 } };
    expect(wordsOf(wording, known)?.text).toBe('Your kettle comes on Friday 29 May, £12.50 is back with you.'.replace('Friday 29 May', new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 4, 29))));
    expect(wordsOf(wording, { ...known, fields: { ...known.fields, newDate: 'soon' } })?.bare).toBe(true);
  });

  it('never says the same words through another prompt, nor a sentence of them', () => {
    const pool = [
      prompt('a', [{ text: 'I am sorry the parcel is late. Let me look.' }]),
      prompt('b', [{ text: 'I AM SORRY, the parcel is late! Tell me more.' }]),
      prompt('c', [{ text: 'That should not have happened to you.' }]),
    ];
    const first = pickPrompts(pool, DEFAULT_PREFERENCES, EMPTY_USAGE, query({ limit: 1, seed: 'x' }));
    const rest = pickPrompts(pool, DEFAULT_PREFERENCES, shown(EMPTY_USAGE, first.offers), query({ limit: 5 }));
    const both = [...first.offers, ...rest.offers].map((offer) => offer.prompt.id);
    expect(both).toContain('c');
    expect(both.filter((id) => id !== 'c')).toHaveLength(1);
    const end = pickPrompts(pool, DEFAULT_PREFERENCES, shown(shown(EMPTY_USAGE, first.offers), rest.offers), query());
    expect(end).toMatchObject({ offers: [], exhausted: true });
  });

  it('does not offer the bare form of words said before with slots', () => {
    const pool = [prompt('a', [{ text: 'Your {{itemName}} is late and I am sorry.', bare: 'It is late and I am sorry.' }])];
    const known = query({ slots: { ...query().slots, fields: { itemName: 'kettle' } } });
    const first = pickPrompts(pool, DEFAULT_PREFERENCES, EMPTY_USAGE, known);
    expect(texts(first.offers)).toEqual(['Your kettle is late and I am sorry.']);
    expect(pickPrompts(pool, DEFAULT_PREFERENCES, shown(EMPTY_USAGE, first.offers), query()).offers).toEqual([]);
  });

  it('knows words again that only lack the name', () => {
    const pool = [prompt('a', [{ text: 'I will look into it now, {{call.name}}.' }]), prompt('b', [{ text: 'I will look into it now.' }])];
    const first = pickPrompts(pool, DEFAULT_PREFERENCES, EMPTY_USAGE, query({ limit: 2 }));
    expect(texts(first.offers)).toEqual(['I will look into it now.']);
    const named = query({ slots: { ...query().slots, call: { name: 'Ms Ito' } } });
    expect(pickPrompts([pool[0] as Prompt], DEFAULT_PREFERENCES, shown(EMPTY_USAGE, pickPrompts([pool[1] as Prompt], DEFAULT_PREFERENCES, EMPTY_USAGE, query()).offers), query()).offers).toEqual([]);
    expect(texts(pickPrompts([pool[0] as Prompt], DEFAULT_PREFERENCES, EMPTY_USAGE, named).offers)).toEqual(['I will look into it now, Ms Ito.']);
  });

  it('puts favourites and own words first, then stage, tone and concrete words', () => {
    const pool = [
      prompt('plain', [{ text: 'One.' }]), prompt('formal', [{ text: 'Two.' }], { tone: 'formal' }),
      prompt('stage', [{ text: 'Three.' }], { framework: 'LAST', stage: 'thank' }), prompt('fav', [{ text: 'Four.' }, { text: 'Five.' }], { tone: 'formal' }),
    ];
    const preferences = { ...DEFAULT_PREFERENCES, favourites: ['fav#1'], personal: [prompt('mine', [{ text: 'Six.' }])] };
    const { offers } = pickPrompts(pool, preferences, EMPTY_USAGE, query({ limit: 6, framework: 'LAST', stage: 'thank', situation: 'angry' }));
    expect(texts(offers)).toEqual(['Five.', 'Three.', 'Six.', 'One.', 'Two.', 'Four.']);
    const formal = pickPrompts(pool, DEFAULT_PREFERENCES, applyPrompt(EMPTY_USAGE, { type: 'tone', at: 1, tone: 'formal' }), query({ limit: 2 }));
    expect(formal.offers.every((offer) => offer.prompt.tone === 'formal')).toBe(true);
  });

  it('keeps to language, sector, targets and validity; another language is said to be one', () => {
    const pool = [
      prompt('de', [{ text: 'Das tut mir leid.' }], { language: 'de' }), prompt('en', [{ text: 'I am sorry.' }]),
      prompt('bank', [{ text: 'About your account.' }], { sectors: ['finance'] }), prompt('old', [{ text: 'Old words.' }], { validUntil: 10 }),
      prompt('vip', [{ text: 'For the few.' }], { targets: { queues: ['vip'] } }),
    ];
    const pick = (more: Partial<PromptQuery>): string[] => texts(pickPrompts(pool, DEFAULT_PREFERENCES, EMPTY_USAGE, query({ limit: 9, ...more })).offers);
    expect(pick({ language: 'de-AT' })).toEqual(['Das tut mir leid.']);
    expect(pick({ sector: 'retail' })).toEqual(['I am sorry.']);
    expect(pick({ sector: 'finance', queues: ['VIP '] }).sort()).toEqual(['About your account.', 'For the few.', 'I am sorry.']);
    expect(pickPrompts(pool, DEFAULT_PREFERENCES, EMPTY_USAGE, query({ language: 'fr' }))).toMatchObject({ otherLanguage: true });
  });

  it('repeats no phrase and shows no gap in 1,000 simulated calls', () => {
    const words = ['late', 'broken', 'lost', 'wrong', 'missing', 'dear', 'slow'];
    const pool = SITUATIONS.flatMap((situation, s) => Array.from({ length: 5 }, (_unused, p) => prompt(`${situation}-${p}`, Array.from({ length: 4 }, (_w, w) => ({
      // Some texts are shared between prompts on purpose, some need slots, some have no bare form.
      text: `The {{itemName}} is ${words[(s + p * 3 + w) % words.length]} and that is on us. {{call.name}}, part ${(p + w) % 4} of it starts today.`,
      ...(w % 2 === 0 ? { bare: `It is ${words[(p + w) % words.length]} number ${s % 3}, and that is on us.` } : {}),
    })), { situation, tone: p % 2 === 0 ? 'plain' : 'formal' })));
    fc.assert(fc.property(fc.record({
      seed: fc.string(), named: fc.boolean(), item: fc.boolean(),
      asks: fc.array(fc.record({ situation: fc.constantFrom(...SITUATIONS), limit: fc.integer({ min: 1, max: 4 }), use: fc.boolean(), rename: fc.boolean() }), { maxLength: 40 }),
    }), ({ seed, named, item, asks }) => {
      const events: PromptEvent[] = [];
      const said = new Set<string>();
      let usage = EMPTY_USAGE;
      let name = named ? 'Ms Ito' : '';
      for (const ask of asks) {
        if (ask.rename) name = 'Mr Bell';
        const slots = { ...query().slots, call: name === '' ? {} : { name }, fields: item ? { itemName: 'kettle' } : { itemName: ' ' } };
        const { offers } = pickPrompts(pool, DEFAULT_PREFERENCES, usage, query({ seed, situation: ask.situation, limit: ask.limit, slots }));
        for (const offer of offers) {
          const folded = foldPhrase(offer.text);
          expect(said.has(folded)).toBe(false);
          expect(offer.text).not.toMatch(/[{}‹›]|undefined|null|\s[.,]/);
          said.add(folded);
        }
        const event: PromptEvent = { type: 'shown', at: 1, phrases: offers.map((offer) => offer.phrase) };
        events.push(promptEventSchema.parse(event));
        usage = applyPrompt(usage, event);
        const [first] = offers;
        if (ask.use && first !== undefined) {
          const used: PromptEvent = { type: 'used', at: 2, phrase: first.phrase, text: first.text, situation: ask.situation };
          events.push(used);
          usage = applyPrompt(usage, used);
        }
      }
      expect(replayPrompts(events)).toEqual(usage);
    }), { numRuns: 1_000 });
  });
});

describe('framework maps', () => {
  const last = { id: 'LAST', title: 'LAST', use: '', stages: ['listen', 'apologise', 'solve', 'thank'].map((id) => ({ id, title: id, cue: id })) };

  it('shows one line at a time and lets any stage be skipped or come back', () => {
    const events: PromptEvent[] = [{ type: 'openFramework', at: 1, framework: 'LAST' }, { type: 'stageSkipped', at: 2, framework: 'LAST', stage: 'listen' }, { type: 'stageDone', at: 3, framework: 'LAST', stage: 'solve' }];
    const view = frameworkView(last, replayPrompts(events));
    expect(view.stages.map((stage) => stage.state)).toEqual(['skipped', 'current', 'done', 'ahead']);
    expect(view).toMatchObject({ done: 1, skipped: 1, current: { id: 'apologise' } });
    const again = frameworkView(last, replayPrompts([...events, { type: 'stageReopened', at: 4, framework: 'LAST', stage: 'listen' }]));
    expect(again.current?.id).toBe('listen');
  });

  it('counts words said for a stage as the stage done, and reads stage names of scripts', () => {
    const used: PromptEvent = { type: 'used', at: 1, phrase: { prompt: 'p', wording: 0, keys: ['k'] }, text: 'Sorry.', situation: 'angry', framework: 'LAST', stage: 'apologise' };
    expect(frameworkView(last, replayPrompts([used])).stages[1]?.state).toBe('done');
    expect(parseStage('LAST:apologise')).toEqual({ framework: 'LAST', stage: 'apologise' });
    expect(parseStage('plain')).toBeUndefined();
  });
});
