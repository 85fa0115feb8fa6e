import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { knownRuns, labelStride, niceTicks, scaleTicks } from '#renderer/ui/chart-scale.ts';
import { cutByRanges, highlightRanges, mergeRanges } from '#renderer/ui/highlight.ts';
import { flattenGroups, stepActive } from '#renderer/ui/palette-rows.ts';
import { resolveTheme } from '#renderer/ui/theme/ThemeProvider.tsx';
import { formatClock } from '#renderer/ui/use-elapsed.ts';

const marked = (text: string, query: string): string[] => highlightRanges(text, query).map(([from, to]) => text.slice(from, to));

describe('highlight', () => {
  it.each([
    ['Fritzen 7590 AX router', '7590', ['7590']],
    ['Fritzen 7590 AX router', 'rou fri', ['Fri', 'rou']],
    ['Fritzen 7590 AX router', 'roter', ['router']],
    ['Fritzen 7590 AX router', 'x', []],
    ['Fritzen 7590 AX router', 'washing', []],
    ['Crème brûlée torch', 'creme', ['Crème']],
    ['router router', 'router', ['router', 'router']],
  ])('%s for "%s"', (text, query, expected) => {
    expect(marked(text, query)).toEqual(expected);
  });

  it('never loses or repeats a character, whatever the ranges', () => {
    const range = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(fc.string({ maxLength: 50, unit: 'grapheme' }), fc.array(range, { maxLength: 8 }), (text, ranges) => {
        expect(cutByRanges(text, ranges).map((piece) => piece.text).join('')).toBe(text);
        const merged = mergeRanges(ranges);
        for (const [index, [from]] of merged.entries()) expect(from).toBeGreaterThan(merged[index - 1]?.[1] ?? -1);
      }),
    );
  });

  it('stays inside the text for any query', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.string({ maxLength: 30 }), (text, query) => {
        for (const [from, to] of highlightRanges(text, query)) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('palette rows', () => {
  const item = (id: string) => ({ id, title: id });
  const rows = flattenGroups([{ id: 'a', label: 'A', items: [item('1'), item('2')] }, { id: 'empty', label: 'E', items: [] }, { id: 'b', label: 'B', items: [item('3')] }]);

  it('heads each group, drops empty ones, and counts across groups', () => {
    expect(rows.map((row) => (row.kind === 'heading' ? row.label : `${row.id} ${row.position}/${row.of}`))).toEqual(['A', '1 1/3', '2 2/3', 'B', '3 3/3']);
  });

  it('moves by keys, wraps at the ends, leaves other keys alone', () => {
    const items = [item('1'), item('2'), item('3')];
    expect(stepActive('ArrowDown', items, '3')).toBe('1');
    expect(stepActive('ArrowUp', items, '1')).toBe('3');
    expect(stepActive('PageDown', items, '1')).toBe('3');
    expect(stepActive('ArrowDown', items, 'gone')).toBe('2');
    expect(stepActive('Home', items, '3')).toBeUndefined();
    expect(stepActive('ArrowDown', [], undefined)).toBeUndefined();
  });
});

describe('figures', () => {
  it.each([
    [0, '00:00'], [59_999, '00:59'], [60_000, '01:00'], [3_599_999, '59:59'], [3_600_000, '1:00:00'], [36_061_000, '10:01:01'], [-5, '00:00'],
  ])('%d ms reads %s', (ms, text) => {
    expect(formatClock(ms)).toBe(text);
  });

  it('has every answer of a scale that begins at one, and nothing beside it', () => {
    expect(scaleTicks({ from: 1, to: 5 })).toEqual([1, 2, 3, 4, 5]);
  });

  it('covers the highest value with few round steps', () => {
    expect(niceTicks(87)).toEqual([0, 25, 50, 75, 100]);
    expect(niceTicks(0)).toEqual([0, 1]);
    expect(niceTicks(1, 4, true)).toEqual([0, 1]);
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (max) => {
        const ticks = niceTicks(max);
        expect(niceTicks(max, 4, true).every((tick) => Number.isInteger(tick))).toBe(true);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1) ?? 0).toBeGreaterThanOrEqual(max * (1 - 1e-6));
        expect(ticks.length).toBeLessThanOrEqual(6);
      }),
    );
  });

  it('breaks lines where nothing is known', () => {
    expect(knownRuns([1, null, 2, 3, Number.NaN])).toEqual([[{ index: 0, value: 1 }], [{ index: 2, value: 2 }, { index: 3, value: 3 }]]);
  });

  it('thins labels', () => {
    expect([labelStride(30, 10), labelStride(5, 10), labelStride(5, 0)]).toEqual([3, 1, 5]);
  });
});

describe('theme choice', () => {
  it('follows the system only when asked to', () => {
    expect(resolveTheme('system', true, false)).toBe('dark');
    expect(resolveTheme('system', true, true)).toBe('contrast');
    expect(resolveTheme('system', false, true)).toBe('contrast-light');
    expect(resolveTheme('light', true, true)).toBe('light');
  });
});
