import { expect, test } from 'vitest';
import { findingsOf } from '#shared/domain/authoring/findings.ts';
import { titleOf } from '#shared/domain/authoring/title.ts';

test('lists call a self-check by its question, as agents see it, and not by its key', () => {
  expect(titleOf('self-check', { id: 'self-check-b4fa37f9', question: 'How long is a gift card valid?' }, 'en')).toBe('How long is a gift card valid?');
  expect(titleOf('self-check', { id: 'self-check-b4fa37f9' }, 'en')).toBe('self-check-b4fa37f9');
});

test('what lacks a translation is called by its words: a script by its title, an answer by its label', () => {
  const steps = [{ id: 'a', cue: { en: 'Ask', de: 'Fragen' }, answers: [{ id: 'y', label: 'The foot of the lamp', to: 'a' }] }];
  const found = findingsOf('script', { id: 'lamp', kind: 'call', title: { en: 'Broken lamp', de: 'Lampe kaputt' }, description: 'A lamp', entry: 'a', steps });
  expect(found.filter(({ code }) => code === 'lint.missingTranslation').map(({ params, answer }) => [params, answer])).toEqual([
    [{ step: 'Broken lamp', what: 'description', language: 'de' }, undefined],
    [{ step: 'a', what: 'answer', name: 'The foot of the lamp', language: 'de' }, 'y'],
  ]);
});
