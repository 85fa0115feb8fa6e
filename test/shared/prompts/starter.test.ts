import { existsSync } from 'node:fs';
import path from 'node:path';
import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { pickPrompts, type PromptQuery } from '#shared/domain/prompts/pick.ts';
import { foldPhrase } from '#shared/domain/prompts/phrase.ts';
import { SITUATIONS, type Prompt } from '#shared/domain/prompts/schema.ts';
import { applyPrompt, DEFAULT_PREFERENCES, EMPTY_USAGE, type PromptUsage } from '#shared/domain/prompts/usage.ts';
import { readStarterPack } from '../../../scripts/build-pack.ts';
import { counterexample } from '../scripts/property.ts';

const folder = path.resolve(import.meta.dirname, '../../../resources/starter-pack');
const prompts: Prompt[] = existsSync(path.join(folder, 'prompts')) ? readStarterPack(folder).flatMap((line) => (line.kind === 'prompt' ? [line.record] : [])) : [];

function ask(usage: PromptUsage, situation: Prompt['situation'], more: Partial<PromptQuery> = {}): ReturnType<typeof pickPrompts> {
  return pickPrompts(prompts, DEFAULT_PREFERENCES, usage, { situation, language: 'en', at: 1, limit: 3, seed: 'call', slots: { fields: {}, call: {}, language: 'en' }, ...more });
}

describe.skipIf(prompts.length === 0)('the starter words in a call', () => {
  it('last for five askings of each situation, with and without anything known of the caller', () => {
    const known: Partial<PromptQuery> = { slots: { fields: {}, call: { name: 'Ms Ito', phone: '020 7946' }, language: 'en', company: 'Lumen', agent: { name: 'Sam' }, extra: { item: 'kettle', date: 'Friday 29 May', amount: '£12.50', orderNumber: '4711' } } };
    for (const more of [{}, known, { language: 'de' }, { ...known, language: 'de' }]) {
      const short = SITUATIONS.filter((situation) => {
        let usage = EMPTY_USAGE;
        for (let asked = 0; asked < 5; asked++) {
          const { offers } = ask(usage, situation, { ...more, limit: 1 });
          if (offers.length === 0) return true;
          usage = applyPrompt(usage, { type: 'shown', at: 1, phrases: offers.map((offer) => offer.phrase) });
        }
        return false;
      });
      expect(short).toEqual([]);
    }
  });

  it('never come twice and never with a gap in 1,000 simulated calls', () => {
    const step = fc.record({ situation: fc.constantFrom(...SITUATIONS), learn: fc.constantFrom('', 'item', 'date', 'amount', 'name'), tone: fc.option(fc.constantFrom('plain', 'formal'), { freq: 5 }) });
    expect(counterexample(fc.property(fc.string(), fc.array(step, { minLength: 5, maxLength: 25 }), (seed, steps) => {
      let usage = EMPTY_USAGE;
      const extra: Record<string, string> = {};
      const call: Record<string, string> = {};
      const said = new Set<string>();
      for (const { situation, learn, tone } of steps) {
        if (learn === 'name') call['name'] = 'Mr Bell'; else if (learn !== '') extra[learn] = `the ${learn}`;
        if (tone !== null) usage = applyPrompt(usage, { type: 'tone', at: 1, tone });
        const { offers } = ask(usage, situation, { seed, slots: { fields: {}, call, language: 'en', extra } });
        for (const { text } of offers) {
          if (/[{}‹›]|undefined|null| {2}| [.,!?]/.test(text) || said.has(foldPhrase(text))) return false;
          said.add(foldPhrase(text));
        }
        usage = applyPrompt(usage, { type: 'shown', at: 1, phrases: offers.map((offer) => offer.phrase) });
      }
      return true;
    }), 1_000)).toBeNull();
  });
});
