import { describe, expect, it } from 'vitest';
import { ownGroup, type PaletteEntry } from '#renderer/features/search/own-entries.ts';
import type { SearchAnswer, SearchHit } from '#shared/domain/search/schema.ts';

const entry = (id: string, title: string, detail?: string): PaletteEntry => ({ id, title, run: () => undefined, ...(detail === undefined ? {} : { detail }) });
const promises = [entry('1', 'Call back about the sofa', 'Tue 09:00 · Denise Farrow'), entry('2', 'Send the invoice', 'Wed 10:00'), entry('3', 'Ring the depot'), entry('4', 'Ask about the lamp')];
const hit = (reason: string): SearchHit => ({ kind: 'product', key: 'x', title: 'X', score: 1, matches: [{ field: 'title', text: 'X', reason, ranges: [] }] }) as unknown as SearchHit;
const state = (text: string, scope?: 'follow-up' | 'command' | 'product', hits: SearchHit[] = []) => ({ text, scope, answer: { hits, complete: true, nearest: false, parsed: { text, terms: [], filters: {} } } as SearchAnswer });
const ids = (group: ReturnType<typeof ownGroup>): string[] => group?.entries.map(({ id }) => id) ?? [];

describe('what the palette itself knows', () => {
  it('shows the next three promises while nothing is typed, all of them behind their sign, none behind another', () => {
    expect(ids(ownGroup('follow-up', promises, state('')))).toEqual(['1', '2', '3']);
    expect(ids(ownGroup('follow-up', promises, state('@', 'follow-up')))).toEqual(['1', '2', '3', '4']);
    expect(ownGroup('follow-up', promises, state('$', 'product'))).toBeUndefined();
    expect(ownGroup('command', promises, state(''))).toBeUndefined();
  });

  it('finds a promise by its text and by whom it was made to', () => {
    expect(ids(ownGroup('follow-up', promises, state('sofa')))[0]).toBe('1');
    expect(ids(ownGroup('follow-up', promises, state('@farrow', 'follow-up')))).toEqual(['1']);
    expect(ownGroup('follow-up', promises, state('trampoline'))).toBeUndefined();
  });

  it('stands first when it begins with what was typed and the index found nothing but likenesses', () => {
    expect(ownGroup('follow-up', promises, state('send inv', undefined, [hit('typo')]))?.first).toBe(true);
    expect(ownGroup('follow-up', promises, state('send inv', undefined, [hit('prefix')]))?.first).toBe(false);
    expect(ownGroup('follow-up', promises, state('invoce', undefined, [hit('typo')]))?.first).toBe(false);
  });
});
