import { expect, it } from 'vitest';
import { inLanguage } from '#shared/domain/in-language.ts';

it('a record comes in the language of the desk, in its own where that is missing, with ids and sources untouched', () => {
  const map = { id: 'LAST', title: { en: 'Listen', de: 'Zuhören' }, use: 'Any complaint', language: 'en', source: 'https://example.org', stages: [{ id: 'title', title: { de: 'Anfang' }, cue: { en: 'Hear', de: 'Hören' } }, { id: 'end', title: 'End', cue: '' }] };
  expect(inLanguage('framework', map, 'de-AT')).toEqual({ id: 'LAST', title: 'Zuhören', use: 'Any complaint', language: 'en', source: 'https://example.org', stages: [{ id: 'title', title: 'Anfang', cue: 'Hören' }, { id: 'end', title: 'End', cue: '' }] });
  expect(inLanguage('framework', map, 'fr').stages[0]).toEqual({ id: 'title', title: 'Anfang', cue: 'Hear' });
  const idea = { id: 'x', kind: 'breathing' as const, title: 'Breathe', text: { en: 'In', de: 'Ein' }, seconds: 60, pattern: [4, 0, 6, 0] as [number, number, number, number], tags: ['text'] };
  expect(inLanguage('break-idea', idea, 'de')).toEqual({ ...idea, text: 'Ein' });
});
