import type { FieldValue } from '../scripts/events.ts';
import type { Rule } from '../scripts/schema.ts';

/**
 * Conditions as people write them: all or any of a few comparisons. They are stored as JSON Logic; a rule that says
 * more than this form can is kept untouched and shown as it is.
 */
export const COMPARISONS = ['is', 'is-not', 'more', 'at-least', 'less', 'at-most', 'one-of', 'contains', 'filled', 'empty'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface Test {
  /** `fields.orderNumber` or `call.queue`. */
  readonly path: string;
  readonly is: Comparison;
  /** For `one-of` several, for `filled` and `empty` none, else one. */
  readonly values: readonly FieldValue[];
}

export interface Condition {
  readonly join: 'all' | 'any';
  readonly tests: readonly Test[];
}

const OPERATORS = { is: '==', 'is-not': '!=', more: '>', 'at-least': '>=', less: '<', 'at-most': '<=' } as const;
const BY_OPERATOR: Readonly<Record<string, Comparison>> = { '==': 'is', '===': 'is', '!=': 'is-not', '!==': 'is-not', '>': 'more', '>=': 'at-least', '<': 'less', '<=': 'at-most' };
const TURNED: Readonly<Partial<Record<Comparison, Comparison>>> = { is: 'is', 'is-not': 'is-not', more: 'less', 'at-least': 'at-most', less: 'more', 'at-most': 'at-least' };

/** How many values a comparison takes. */
export function valuesOf(comparison: Comparison): 'none' | 'one' | 'several' {
  if (comparison === 'filled' || comparison === 'empty') return 'none';
  return comparison === 'one-of' ? 'several' : 'one';
}

/** The rule of a condition. */
export function ruleOf(condition: Condition): Rule {
  const tests = condition.tests.map(ruleOfTest);
  if (tests.length === 1) return tests[0] as Rule;
  return { [condition.join === 'all' ? 'and' : 'or']: tests };
}

function ruleOfTest({ path, is, values }: Test): Rule {
  const read = { var: path };
  const [first = ''] = values;
  switch (is) {
    case 'filled': return { '!!': [read] };
    case 'empty': return { '!': [read] };
    case 'one-of': return { in: [read, [...values]] };
    case 'contains': return { in: [first, read] };
    default: return { [OPERATORS[is]]: [read, first] };
  }
}

/** The condition a rule stands for; undefined when it says more than the form can show. */
export function conditionOf(rule: Rule): Condition | undefined {
  const parts = only(rule);
  if (parts === undefined) return undefined;
  const [operator, value] = parts;
  if ((operator === 'and' || operator === 'or') && Array.isArray(value)) {
    const tests = value.map((part) => testOf(part));
    return tests.length === 0 || tests.includes(undefined) ? undefined : { join: operator === 'and' ? 'all' : 'any', tests: tests as Test[] };
  }
  const test = testOf(rule);
  return test === undefined ? undefined : { join: 'all', tests: [test] };
}

function testOf(rule: Rule): Test | undefined {
  const parts = only(rule);
  if (parts === undefined) return undefined;
  const [operator, value] = parts;
  const args = Array.isArray(value) ? value : [value];
  const [left, right] = args as [Rule | undefined, Rule | undefined];
  if (operator === '!!' || operator === '!') {
    const path = args.length === 1 ? pathOf(left) : undefined;
    return path === undefined ? undefined : { path, is: operator === '!!' ? 'filled' : 'empty', values: [] };
  }
  if (args.length !== 2 || left === undefined || right === undefined) return undefined;
  const path = pathOf(left);
  const other = pathOf(right);
  if (operator === 'in') {
    if (path !== undefined && Array.isArray(right) && right.length > 0 && right.every(isPlain)) return { path, is: 'one-of', values: right };
    if (other !== undefined && isPlain(left)) return { path: other, is: 'contains', values: [left] };
    return undefined;
  }
  const is = BY_OPERATOR[operator];
  if (is === undefined) return undefined;
  if (path !== undefined && isPlain(right)) return { path, is, values: [right] };
  const turned = TURNED[is];
  return other !== undefined && isPlain(left) && turned !== undefined ? { path: other, is: turned, values: [left] } : undefined;
}

function only(rule: Rule): [string, Rule] | undefined {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return undefined;
  const entries = Object.entries(rule);
  return entries.length === 1 ? entries[0] : undefined;
}

function pathOf(rule: Rule | undefined): string | undefined {
  const parts = rule === undefined ? undefined : only(rule);
  if (parts === undefined || parts[0] !== 'var') return undefined;
  const value: unknown = Array.isArray(parts[1]) && parts[1].length === 1 ? parts[1][0] : parts[1];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isPlain(value: Rule): value is FieldValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** What a person typed as a value: a number or yes/no where the field is one, else the text. */
export function typedValue(text: string, type: string | undefined): FieldValue {
  const trimmed = text.trim();
  if ((type === 'number' || type === 'money') && /^-?\d+(?:[.,]\d+)?$/.test(trimmed)) return Number(trimmed.replace(',', '.'));
  if (type === 'yes-no' && (trimmed === 'true' || trimmed === 'false')) return trimmed === 'true';
  return text;
}
