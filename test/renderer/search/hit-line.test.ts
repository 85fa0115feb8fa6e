import { describe, expect, it } from 'vitest';
import { hitLine } from '#renderer/features/search/hit-line.ts';
import type { SearchHit, SearchMatch } from '#shared/domain/search/schema.ts';
import { en } from '#shared/messages/catalogue.ts';
import { createTranslator } from '#shared/messages/translator.ts';

const t = createTranslator('en', en, en);
const match = (field: SearchMatch['field'], text: string, reason: SearchMatch['reason'], ...ranges: [number, number][]): SearchMatch => ({ field, text, reason, ranges });
const seal = (...matches: SearchMatch[]): SearchHit => ({ kind: 'product', key: 'x', title: 'Door seal for Brennholm W7', subtitle: 'Brennholm', score: 1, matches });

describe('the line of a hit', () => {
  it('names the place that matched when the title shows nothing of what was typed', () => {
    const hit = seal(match('brand', 'Brennholm', 'exact', [0, 9]), match('category', 'Washing machine parts', 'typo', [0, 7]));
    expect(hitLine(hit, t).detail).toBe('Brennholm · in “Washing machine parts” · close spelling');
  });

  it('says the words stand in the text when nothing else shows them', () => {
    expect(hitLine(seal(match('text', '', 'exact')), t, 'On this desk').detail).toBe('On this desk · Brennholm · in its text');
  });

  it('does not repeat the brand it shows, nor a place when the title is marked already', () => {
    expect(hitLine(seal(match('brand', 'Brennholm', 'exact', [0, 9])), t).detail).toBe('Brennholm');
    expect(hitLine(seal(match('title', 'Door seal for Brennholm W7', 'typo', [0, 4]), match('category', 'Doors', 'typo', [0, 5])), t)).toEqual({ ranges: [[0, 4]], detail: 'Brennholm · close spelling' });
  });

  it('joins stretches that touch: the highlighter throws on overlapping ones', () => {
    const title = 'Door seal for Brennholm W7';
    expect(hitLine(seal(match('title', title, 'exact', [5, 9], [0, 4]), match('title', title, 'prefix', [3, 6])), t).ranges).toEqual([[0, 9]]);
  });

  it('shows the number that was typed', () => {
    expect(hitLine(seal(match('code', '2207549161812', 'code', [0, 6])), t).detail).toBe('2207549161812 · Brennholm · code');
  });
});
