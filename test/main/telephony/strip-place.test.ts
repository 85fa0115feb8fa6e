import { describe, expect, it } from 'vitest';
import { dockAt, isReachable, monitorFor, placeStrip, stripHeight, type Monitor } from '#main/electron/strip-window-place.ts';

const monitor = (id: number, x: number, width = 1_920, height = 1_080): Monitor => ({ id, bounds: { x, y: 0, width, height }, workArea: { x, y: 30, width, height: height - 70 } });
const LEFT = monitor(1, 0);
const RIGHT = monitor(2, 1_920, 2_560, 1_440);
const remembered = { id: 2, x: 1_920, y: 0, width: 2_560, height: 1_440 };

describe('where the strip goes', () => {
  it('sits on its monitor, on another while that is unplugged, and goes back when it returns', () => {
    const dock = { edge: 'bottom', display: remembered } as const;
    expect(monitorFor(dock, [LEFT, RIGHT], 1)?.id).toBe(2);
    expect(monitorFor(dock, [LEFT], 1)?.id).toBe(1);
    // Plugged in again under a new id; another monitor has taken the old one.
    expect(monitorFor(dock, [{ ...LEFT, id: 2 }, { ...RIGHT, id: 7 }], 2)?.id).toBe(7);
    expect(monitorFor(dock, [], 1)).toBeUndefined();
  });

  it('keeps to the work area at either edge, also of a narrow monitor', () => {
    expect(placeStrip({ edge: 'top' }, LEFT, 48)).toEqual({ x: 320, y: 30, width: 1_280, height: 48 });
    expect(placeStrip({ edge: 'bottom' }, RIGHT, 56)).toEqual({ x: 2_560, y: 1_344, width: 1_280, height: 56 });
    const narrow = placeStrip({ edge: 'top' }, monitor(3, 0, 800, 600), 48);
    expect(narrow.x).toBeGreaterThanOrEqual(0);
    expect(narrow.x + narrow.width).toBeLessThanOrEqual(800);
  });

  it('takes the monitor and the nearer edge from where it was dropped', () => {
    expect(dockAt({ x: 2_000, y: 900, width: 1_280, height: 48 }, [LEFT, RIGHT])).toEqual({ edge: 'bottom', display: remembered });
    expect(dockAt({ x: 100, y: 200, width: 1_280, height: 48 }, [LEFT, RIGHT])?.edge).toBe('top');
    expect(dockAt({ x: 99_999, y: 0, width: 10, height: 10 }, [LEFT, RIGHT])).toBeUndefined();
  });

  it('is 48 to 56 px high whatever the text size', () => {
    expect([100, 125, 150, 200].map(stripHeight)).toEqual([48, 52, 56, 56]);
  });
});

describe('a remembered window', () => {
  const areas = [LEFT.workArea];
  it.each([
    [{ x: 100, y: 100, width: 1_366, height: 768 }, true], [{ x: -1_200, y: 100, width: 1_366, height: 768 }, true], [{ x: -1_300, y: 100, width: 1_366, height: 768 }, false],
    [{ x: 2_500, y: 100, width: 1_366, height: 768 }, false], [{ x: 100, y: 5_000, width: 1_366, height: 768 }, false], [{ x: 100, y: -400, width: 1_366, height: 768 }, false],
  ])('%j can be taken hold of: %s', (bounds, expected) => {
    expect(isReachable(bounds, areas)).toBe(expected);
  });
});
