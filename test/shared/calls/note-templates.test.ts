import { describe, expect, it } from 'vitest';
import { fillNoteTemplate, nextGap } from '#shared/domain/calls/note-templates.ts';
import { copyForm, wrapUpSettingsSchema } from '#shared/domain/calls/wrap-up-settings.ts';

describe('a note template', () => {
  it('takes the facts of the call; what is not known becomes a gap, and names of the language itself are no facts', () => {
    expect(fillNoteTemplate('{caller} ({number}) wants {item}. {constructor}', { caller: 'Ann', number: '', item: 'a {caller}' })).toBe('Ann ([number]) wants a {caller}. [constructor]');
  });
  it('finds the gap behind the caret, begins again at the first, and takes no line for a gap', () => {
    const text = 'From [when], ref [no], until [\nnever]';
    expect(nextGap(text, 0)).toEqual({ start: 5, end: 11 });
    expect(nextGap(text, 11)).toEqual({ start: 17, end: 21 });
    expect(nextGap(text, 21)).toEqual({ start: 5, end: 11 });
    expect(nextGap('nothing [] here', 0)).toBeUndefined();
  });
});

describe('the form copied for the CRM', () => {
  it('is the chosen one; an own one that is empty copies the summary rather than nothing', () => {
    const usual = wrapUpSettingsSchema.parse({});
    expect(copyForm({ ...usual, copyAs: 'own' })).toBe('{{summary}}');
    expect(copyForm({ ...usual, copyAs: 'own', ownForm: 'X {{disposition}}' })).toBe('X {{disposition}}');
    expect(copyForm({ ...usual, copyAs: 'zendesk' })).toContain('Queue: {{queue}}');
  });
});
