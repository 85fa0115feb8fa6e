import { describe, expect, it } from 'vitest';
import { likelyOutcomes } from '#shared/domain/calls/likely-outcomes.ts';
import type { Disposition } from '#shared/domain/desk-lists.ts';

const outcome = (id: string, group: string, label: string, order: number, sectors?: Disposition['sectors']): Disposition => ({ id, group, label, solved: true, order, ...(sectors === undefined ? {} : { sectors }) });
const ALL = [
  outcome('status', 'Order', 'Status given, on time', 10, ['retail']),
  outcome('late-date', 'Delivery', 'Late, new date given', 20, ['retail']),
  outcome('late-none', 'Delivery', 'Late, no date yet', 21, ['retail']),
  outcome('missing', 'Delivery', 'Not arrived, sent again', 22, ['retail']),
  outcome('plan', 'Plan', 'Late plan change', 30, ['telecom']),
  outcome('other', 'Other', 'Something else', 90),
];
const ids = (hints: Partial<Parameters<typeof likelyOutcomes>[1]>): string[] => likelyOutcomes(ALL, { scripts: [], frequent: [], sector: 'retail', ...hints }).map((one) => one.id);

describe('likely outcomes', () => {
  it('puts what shares words with the script first, title words before tags', () => {
    expect(ids({ scripts: [{ title: 'Late delivery', tags: ['delivery', 'delay'] }] }).slice(0, 3)).toEqual(['late-date', 'late-none', 'missing']);
  });

  it('keeps the usual outcomes of the desk before the catalogue order, and after what fits', () => {
    expect(ids({ frequent: ['other', 'missing'] }).slice(0, 3)).toEqual(['other', 'missing', 'status']);
    expect(ids({ scripts: [{ title: 'Late delivery', tags: [] }], frequent: ['other', 'late-none'] }).slice(0, 4)).toEqual(['late-none', 'late-date', 'missing', 'other']);
  });

  it('offers the outcomes of other sectors last, and leaves none out', () => {
    const order = ids({ scripts: [{ title: 'Late delivery', tags: [] }] });
    expect(order.at(-1)).toBe('plan');
    expect(order.toSorted()).toEqual(ALL.map((one) => one.id).toSorted());
  });
});
