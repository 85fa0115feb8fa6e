import { z } from 'zod';
import { daySchema, instantSchema, LIMITS } from '../common.ts';
import { presetById } from './presets.ts';
import { SCHEDULED_KINDS, type BreakRules } from './rules.ts';
import { owedOf, type Ledger } from './state.ts';

const count = z.int().min(0);
/** `covered`: settled by an absence as long as the break; `owed`: granted, neither taken nor covered. */
const lineSchema = z.strictObject({ granted: count, taken: count, covered: count, owed: count, skipped: count });

/**
 * A statement of breaks granted, taken and owed, for the agent's own use. It is made and signed on the desk
 * when the agent asks for it, and goes where the agent takes it.
 */
export const breakStatementSchema = z.strictObject({
  format: z.literal('callside.break-statement'),
  version: z.literal(1),
  agent: z.string().max(LIMITS.line),
  preset: z.string().max(60),
  sources: z.array(z.string().max(LIMITS.line)).max(10),
  madeAt: instantSchema,
  days: z.array(z.strictObject({
    day: daySchema,
    startedAt: instantSchema,
    /** Work, waiting and breaks of the day, whole seconds. */
    workedSeconds: count,
    micro: lineSchema, rest: lineSchema, meal: lineSchema, recovery: lineSchema,
  })).max(400),
  totals: z.strictObject({ micro: lineSchema, rest: lineSchema, meal: lineSchema, recovery: lineSchema }),
});
export type BreakStatement = z.infer<typeof breakStatementSchema>;
type Line = z.infer<typeof lineSchema>;

const KINDS = [...SCHEDULED_KINDS, 'recovery'] as const;

/** Days without work are left out. Order of `ledgers` does not matter. */
export function breakStatement(ledgers: readonly Ledger[], rules: BreakRules, agent: string, madeAt: number): BreakStatement {
  const days = ledgers.flatMap((ledger) => (ledger.startedAt === null ? [] : [{
    day: ledger.day, startedAt: ledger.startedAt, workedSeconds: Math.floor(ledger.effectiveMs / 1_000),
    micro: lineOf(ledger, 'micro'), rest: lineOf(ledger, 'rest'), meal: lineOf(ledger, 'meal'), recovery: lineOf(ledger, 'recovery'),
  }])).sort((left, right) => left.startedAt - right.startedAt);
  const none: Line = { granted: 0, taken: 0, covered: 0, owed: 0, skipped: 0 };
  const totals = { micro: none, rest: none, meal: none, recovery: none };
  for (const day of days) for (const kind of KINDS) totals[kind] = add(totals[kind], day[kind]);
  return {
    format: 'callside.break-statement', version: 1, agent, preset: rules.preset,
    sources: (presetById(rules.preset)?.sources ?? []).map((source) => source.url), madeAt, days, totals,
  };
}

function lineOf(ledger: Ledger, kind: (typeof KINDS)[number]): Line {
  const { granted, taken, covered, skipped } = ledger[kind];
  return { granted, taken, covered, owed: owedOf(ledger, kind), skipped };
}

function add(left: Line, right: Line): Line {
  return { granted: left.granted + right.granted, taken: left.taken + right.taken, covered: left.covered + right.covered, owed: left.owed + right.owed, skipped: left.skipped + right.skipped };
}

/** The exact text that is signed: keys in order, no spaces, so that every reader signs and checks the same bytes. */
export function statementText(statement: BreakStatement): string {
  return canonical(statement);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
