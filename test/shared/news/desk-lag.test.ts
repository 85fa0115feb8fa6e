import { describe, expect, it } from 'vitest';
import { lagOf, reachOf, SILENT_MS } from '#shared/domain/news/desk-lag.ts';

const NOW = 100 * 86_400_000;
const BASES = [
  { source: 'shop', newest: 9, published: [{ release: 9, at: 90 }, { release: 8, at: 80 }] },
  { source: 'sector', newest: 3, published: [] },
];
const desk = (releases: Record<string, number>, more: { seenAt?: number; acknowledgedAt?: number } = {}) => ({ seenAt: NOW, releases: Object.entries(releases).map(([source, release]) => ({ source, release })), ...more });

describe('how far a desk is behind', () => {
  it('is told by its worst base, and since when it could have had the next release', () => {
    expect(lagOf(desk({ shop: 9, sector: 3 }), BASES)).toEqual({ kind: 'newest' });
    expect(lagOf(desk({ shop: 7, sector: 2 }), BASES)).toEqual({ kind: 'behind', releases: 2, since: 80 });
    expect(lagOf(desk({ shop: 9, sector: 1 }), BASES)).toEqual({ kind: 'behind', releases: 2, since: undefined });
  });

  it('knows a desk with nothing from one that is up to date, and a base nobody else has is no lag', () => {
    expect(lagOf(desk({}), BASES)).toEqual({ kind: 'nothing' });
    expect(lagOf(desk({ other: 1 }), BASES)).toEqual({ kind: 'newest' });
  });
});

describe('where an announcement has got to', () => {
  it('counts desks that run the base or have nothing yet and were heard of lately, nobody else', () => {
    const desks = [
      desk({ shop: 9 }, { acknowledgedAt: 5 }),
      desk({ shop: 10 }),
      desk({ shop: 8 }),
      desk({ sector: 3 }),
      desk({}),
      desk({ shop: 9 }, { seenAt: NOW - SILENT_MS - 1, acknowledgedAt: 5 }),
    ];
    expect(reachOf(desks, { source: 'shop', release: 9 }, NOW)).toEqual({ all: 4, have: 2, acknowledged: 1, others: 0, silent: 1 });
  });

  it('counts only desks an announcement is for; one that does not say what it belongs to is counted', () => {
    const desks = [{ ...desk({ shop: 9 }), meant: true }, { ...desk({ shop: 9 }, { acknowledgedAt: 5 }), meant: false }, { ...desk({ shop: 8 }), meant: false }, desk({ shop: 8 })];
    expect(reachOf(desks, { source: 'shop', release: 9 }, NOW)).toEqual({ all: 2, have: 1, acknowledged: 0, others: 2, silent: 0 });
  });
});
