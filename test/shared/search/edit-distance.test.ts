import { describe, expect, it } from 'vitest';
import { fc } from '#test/helpers/property.ts';
import { editDistance, preparePattern } from '#shared/domain/search/edit-distance.ts';

/** The textbook table, to compare with. */
function table(a: string, b: string): number[][] {
  const d = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_unused, j) => (i === 0 ? j : j === 0 ? i : 0)));
  const at = (i: number, j: number): number => d[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1);
      (d[i] as number[])[j] = best;
    }
  }
  return d;
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'é'), minLength: 1, maxLength: 12 });

describe('editDistance', () => {
  it.each([['samsng', 'samsung', 1], ['ab', 'ba', 1], ['kitten', 'sitting', 3], ['a', 'aaaaa', 4], ['', 'abc', 3]])('%s → %s is %i', (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected);
  });

  it('equals the table', () => {
    fc.assert(fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(table(a, b)[a.length]?.[b.length]);
    }), { numRuns: 2_000 });
  });

  it('finds the best beginning, and never undercuts the limit', () => {
    fc.assert(fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, limit) => {
      const units = Uint16Array.from(b, (char) => char.charCodeAt(0));
      const matcher = preparePattern(a);
      const whole = matcher.distance(units, 0, b.length, limit, false);
      const prefix = matcher.distance(units, 0, b.length, limit, true);
      matcher.release();
      const last = table(a, b)[a.length] ?? [];
      const best = Math.min(...last);
      expect(whole <= limit ? whole : limit + 1).toBe(Math.min(last[b.length] ?? 0, limit + 1));
      expect(prefix <= limit ? prefix : limit + 1).toBe(Math.min(best, limit + 1));
    }), { numRuns: 2_000 });
  });

  it('leaves nothing behind in the shared table', () => {
    editDistance('zzzz', 'abcd');
    expect(editDistance('abcd', 'zzzz')).toBe(4);
  });
});
