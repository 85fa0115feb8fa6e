import { fc } from '#test/helpers/property.ts';
import { describe, expect, test } from 'vitest';
import { changesBetween } from '#shared/domain/authoring/changes.ts';
import { mergeThree, pathKey, sameJson, type Json } from '#shared/domain/authoring/merge.ts';

const LAMP = { sku: 'L', name: 'Lamp', price: { amount: 1_999, currency: 'EUR' }, facts: [{ name: 'Watt', value: '5' }, { name: 'Colour', value: 'red' }] };

describe('two people change one record', () => {
  test('different fields go together without a question, and what came from the other side is named', () => {
    const merge = mergeThree(LAMP, { ...LAMP, name: 'Lamp 2' }, { ...LAMP, price: { amount: 1_499, currency: 'EUR' } });
    expect(merge.merged).toEqual({ ...LAMP, name: 'Lamp 2', price: { amount: 1_499, currency: 'EUR' } });
    expect(merge.conflicts).toEqual([]);
    expect(merge.theirs).toEqual([['name']]);
  });

  test('one field changed by both is a conflict with all three sides, and the choice decides', () => {
    const theirs = { ...LAMP, price: { amount: 1_799, currency: 'EUR' } };
    const mine = { ...LAMP, price: { amount: 1_499, currency: 'EUR' } };
    const merge = mergeThree(LAMP, theirs, mine);
    expect(merge.conflicts).toEqual([{ path: ['price', 'amount'], base: 1_999, theirs: 1_799, mine: 1_499 }]);
    expect(mergeThree(LAMP, theirs, mine, new Map([[pathKey(['price', 'amount']), 'theirs']])).merged).toEqual(theirs);
  });

  test('elements of lists are matched by their id, also when one side moved them', () => {
    const theirs = { ...LAMP, facts: [{ name: 'Colour', value: 'red' }, { name: 'Watt', value: '5' }] };
    const mine = { ...LAMP, facts: [{ name: 'Watt', value: '7' }, { name: 'Colour', value: 'red' }, { name: 'Socket', value: 'E27' }] };
    const { merged, conflicts } = mergeThree(LAMP, theirs, mine);
    expect(conflicts).toEqual([]);
    expect(merged).toMatchObject({ facts: [{ name: 'Colour', value: 'red' }, { name: 'Socket', value: 'E27' }, { name: 'Watt', value: '7' }] });
  });

  test('taking out what the other changed is a conflict of the whole element', () => {
    const theirs = { ...LAMP, facts: [{ name: 'Watt', value: '6' }, { name: 'Colour', value: 'red' }] };
    const mine = { ...LAMP, facts: [{ name: 'Colour', value: 'red' }] };
    const merge = mergeThree(LAMP, theirs, mine);
    expect(merge.conflicts).toEqual([{ path: ['facts', '@Watt'], base: { name: 'Watt', value: '5' }, theirs: { name: 'Watt', value: '6' }, mine: undefined }]);
    expect(merge.merged).toEqual(mine);
    expect(mergeThree(LAMP, theirs, mine, new Map([['facts/@Watt', 'theirs']])).merged).toMatchObject({ facts: [{ name: 'Watt', value: '6' }, { name: 'Colour', value: 'red' }] });
  });

  test('two new orders are a conflict, not a silent loss of one', () => {
    const list = (...ids: string[]): { steps: { id: string }[] } => ({ steps: ids.map((id) => ({ id })) });
    const merge = mergeThree(list('a', 'b', 'c'), list('c', 'a', 'b'), list('b', 'a', 'c'));
    expect(merge.conflicts.map(({ path }) => pathKey(path))).toEqual(['steps/#order']);
    expect(merge.merged).toEqual(list('b', 'a', 'c'));
  });
});

const record = fc.record(
  { name: fc.constantFrom('a', 'b', 'c'), note: fc.constantFrom('x', 'y'), price: fc.record({ amount: fc.nat(3) }, { requiredKeys: [] }), steps: fc.uniqueArray(fc.record({ id: fc.constantFrom('s1', 's2', 's3'), cue: fc.constantFrom('p', 'q', 'r') }), { selector: ({ id }) => id }) },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>;

test('with one writer the merge is what that writer wrote', () => {
  fc.assert(fc.property(record, record, (base, changed) => {
    expect(mergeThree(base, changed, base)).toMatchObject({ merged: changed, conflicts: [] });
    expect(mergeThree(base, base, changed)).toMatchObject({ merged: changed, conflicts: [] });
  }));
});

test('nothing is lost silently: each side’s change is in the result or named as a conflict', () => {
  fc.assert(fc.property(record, record, record, (base, theirs, mine) => {
    const { merged, conflicts } = mergeThree(base, theirs, mine);
    const disputed = (path: readonly string[]): boolean => conflicts.some((one) => path.every((part, at) => one.path[at] === undefined || one.path[at] === part) || one.path.every((part, at) => path[at] === undefined || path[at] === part));
    for (const side of [theirs, mine]) {
      const lost = changesBetween(base, side).filter((change) => change.what !== 'moved' && !disputed(change.path) && changesBetween(side, merged).some((other) => sameJson([...other.path], [...change.path])));
      expect(lost).toEqual([]);
    }
  }), { numRuns: 2_000 });
});

test('changes name the field as a person would: the one answer of the one step', () => {
  const before = { steps: [{ id: 'a', cue: 'Hi', answers: [{ id: 'yes', label: 'Yes', to: 'b' }] }, { id: 'b', cue: 'End' }] };
  const after = { steps: [{ id: 'a', cue: 'Hi', answers: [{ id: 'yes', label: 'Yes, please', to: 'b' }] }, { id: 'b', cue: 'End' }] };
  expect(changesBetween(before, after)).toEqual([{ path: ['steps', '@a', 'answers', '@yes', 'label'], what: 'changed', before: 'Yes', after: 'Yes, please' }]);
});
