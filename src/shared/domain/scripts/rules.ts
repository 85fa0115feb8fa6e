import { defaultMethods, LogicEngine } from 'json-logic-engine';
import type { Rule } from './schema.ts';

/**
 * Conditions of scripts: JSON Logic, interpreted. The library can also compile rules, but that needs
 * `eval`, which the window's content policy forbids; only `run` without optimisation is used here, and
 * a test runs it in a process where code generation from strings is off.
 */

/** What a rule may look at: `{"var": "fields.orderNumber"}`, `{"var": "call.queue"}`. */
export interface RuleContext {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly call: Readonly<Record<string, unknown>>;
}

/** Operators authors may use. Everything that reads, compares or counts; nothing that could not end. */
const STANDARD_OPERATORS = [
  'var', 'val', 'exists', 'missing', 'missing_some', '??', 'if', '?:', 'and', 'or', '!', '!!',
  '==', '===', '!=', '!==', '<', '<=', '>', '>=', 'in', 'min', 'max', '+', '-', '*', '/', '%',
  'cat', 'substr', 'length', 'merge', 'some', 'all', 'none', 'map', 'filter', 'reduce',
] as const;

const DAY_MS = 86_400_000;

/** `{"daysBetween": [from, to]}`: whole days from one `YYYY-MM-DD` to another; null when either is no day. */
function daysBetween(args: readonly unknown[]): number | null {
  const [from, to] = args.map((value) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return null;
  return Math.round((to - from) / DAY_MS);
}

export const RULE_OPERATORS: readonly string[] = [...STANDARD_OPERATORS, 'daysBetween'];

function createLogic(): LogicEngine {
  const logic = new LogicEngine({}, {
    disableInline: true,
    disableInterpretedOptimization: true,
    permissive: false,
    maxArrayLength: 2_000,
    maxStringLength: 10_000,
  });
  const known = defaultMethods as unknown as Record<string, unknown>;
  // Without a prototype, so that "constructor" or "__proto__" in a rule is simply an unknown operator.
  const methods = Object.create(null) as Record<string, unknown>;
  for (const name of STANDARD_OPERATORS) if (known[name] !== undefined) methods[name] = known[name];
  logic.methods = methods;
  logic.addMethod('daysBetween', (args: unknown) => daysBetween(Array.isArray(args) ? args : [args]));
  return logic;
}

const logic = createLogic();

/**
 * Whether `rule` holds. A rule that cannot be evaluated (unknown operator, not a number where one is
 * needed) does not hold: a mistake of the author never stops a call, and the linter names it.
 */
export function ruleHolds(rule: Rule, context: RuleContext): boolean {
  try {
    return Boolean(logic.truthy(logic.run(rule, context)));
  } catch {
    return false;
  }
}

/** Paths a rule reads (`fields.total`), and operators the engine does not know. */
export function inspectRule(rule: Rule): { paths: string[]; unknownOperators: string[] } {
  const paths = new Set<string>();
  const unknownOperators = new Set<string>();
  const walk = (node: unknown, inner: boolean): void => {
    if (Array.isArray(node)) { for (const item of node) walk(item, inner); return; }
    if (typeof node !== 'object' || node === null) return;
    for (const [operator, value] of Object.entries(node)) {
      if (!RULE_OPERATORS.includes(operator)) unknownOperators.add(operator);
      for (const path of readPaths(operator, value)) if (!inner) paths.add(path);
      if (['some', 'all', 'none', 'map', 'filter', 'reduce'].includes(operator) && Array.isArray(value)) {
        // Inside the callback `var` reads the item, not the context.
        walk(value[0], inner);
        for (const rest of value.slice(1)) walk(rest, true);
      } else walk(value, inner);
    }
  };
  walk(rule, false);
  return { paths: [...paths], unknownOperators: [...unknownOperators] };
}

function readPaths(operator: string, value: unknown): string[] {
  if (operator === 'var') {
    const path: unknown = Array.isArray(value) ? value[0] : value;
    return typeof path === 'string' && path !== '' ? [path] : [];
  }
  if (operator === 'val' || operator === 'exists') {
    const parts = Array.isArray(value) ? value : [value];
    return parts.every((part) => typeof part === 'string') && parts.length > 0 ? [parts.join('.')] : [];
  }
  if (operator === 'missing') return (Array.isArray(value) ? value : [value]).filter((path): path is string => typeof path === 'string');
  return [];
}
