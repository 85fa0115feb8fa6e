import { expect, test } from 'vitest';
import { titleOf } from '#shared/domain/authoring/title.ts';

test('lists call a self-check by its question, as agents see it, and not by its key', () => {
  expect(titleOf('self-check', { id: 'self-check-b4fa37f9', question: 'How long is a gift card valid?' }, 'en')).toBe('How long is a gift card valid?');
  expect(titleOf('self-check', { id: 'self-check-b4fa37f9' }, 'en')).toBe('self-check-b4fa37f9');
});
