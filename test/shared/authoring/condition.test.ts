import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { COMPARISONS, conditionOf, ruleOf, valuesOf, type Comparison, type Condition, type Test } from '#shared/domain/authoring/condition.ts';
import { inspectRule, ruleHolds } from '#shared/domain/scripts/rules.ts';

const value = fc.oneof(fc.string({ maxLength: 8 }), fc.integer({ min: -50, max: 50 }), fc.boolean());
const test: fc.Arbitrary<Test> = fc.constantFrom<Comparison>(...COMPARISONS).chain((is) =>
  fc.record({
    path: fc.constantFrom('fields.order', 'fields.total', 'call.queue'),
    is: fc.constant(is),
    values: valuesOf(is) === 'none' ? fc.constant([]) : fc.array(value, { minLength: 1, maxLength: valuesOf(is) === 'one' ? 1 : 4 }),
  }));
const condition: fc.Arbitrary<Condition> = fc.record({ join: fc.constantFrom<'all' | 'any'>('all', 'any'), tests: fc.array(test, { minLength: 1, maxLength: 5 }) });

describe('a condition and its rule', () => {
  it('is read back as it was written', () => {
    fc.assert(fc.property(condition, (one) => {
      // With a single test, "all" and "any" are the same rule.
      expect(conditionOf(ruleOf(one))).toEqual(one.tests.length === 1 ? { ...one, join: 'all' } : one);
    }), { numRuns: 500 });
  });

  it('uses only operators and names the engine knows', () => {
    fc.assert(fc.property(condition, (one) => {
      const { paths, unknownOperators } = inspectRule(ruleOf(one));
      expect(unknownOperators).toEqual([]);
      expect(new Set(paths)).toEqual(new Set(one.tests.map(({ path }) => path)));
    }));
  });

  it('means what it says', () => {
    const context = { fields: { total: 40, order: 'AB-12', late: true }, call: { queue: 'vip' } };
    const holds = (path: string, is: Comparison, ...values: (string | number | boolean)[]): boolean => ruleHolds(ruleOf({ join: 'all', tests: [{ path, is, values }] }), context);
    expect([holds('fields.total', 'at-least', 40), holds('fields.total', 'more', 40), holds('fields.total', 'less', 41), holds('fields.total', 'at-most', 39)]).toEqual([true, false, true, false]);
    expect([holds('call.queue', 'one-of', 'gold', 'vip'), holds('call.queue', 'one-of', 'gold'), holds('fields.order', 'contains', 'B-1')]).toEqual([true, false, true]);
    expect([holds('fields.none', 'empty'), holds('fields.none', 'filled'), holds('fields.late', 'is', true), holds('fields.order', 'is-not', 'X')]).toEqual([true, false, true, true]);
    expect(ruleHolds(ruleOf({ join: 'any', tests: [{ path: 'fields.none', is: 'filled', values: [] }, { path: 'call.queue', is: 'is', values: ['vip'] }] }), context)).toBe(true);
  });

  it('turns comparisons written the other way round, and leaves richer rules alone', () => {
    expect(conditionOf({ '<': [10, { var: 'fields.total' }] })).toEqual({ join: 'all', tests: [{ path: 'fields.total', is: 'more', values: [10] }] });
    for (const rule of [{ and: [{ or: [{ '!': { var: 'a' } }] }] }, { some: [{ var: 'fields.items' }, { '>': [{ var: 'price' }, 3] }] }, { '<': [1, { var: 'fields.a' }, 3] }, { '==': [{ var: 'fields.a' }, { var: 'fields.b' }] }, true, null, []]) expect(conditionOf(rule)).toBeUndefined();
  });
});
