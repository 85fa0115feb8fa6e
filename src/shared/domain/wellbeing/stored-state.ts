import type { z } from 'zod';
import { DEFAULT_RULES } from './presets.ts';
import { accountSchema, emptyLedger, initialPlanner, ledgerSchema, plannerStateSchema, type Ledger, type PlannerState } from './state.ts';

type Plain = Readonly<Record<string, unknown>>;

/**
 * What a version means differently from the one before it, by the number it starts from. Added and removed fields need
 * no step: {@link parsePlannerState} takes what it knows and leaves the rest at its beginning.
 */
const UPGRADES: Readonly<Record<number, (state: Plain) => Plain>> = {
  // Version 1 did not say which break a wait was for. Without a name it would keep any break away.
  1: (state) => ({ ...state, holdMs: 0, unanswered: 0 }),
};

/**
 * The planner's state as it was stored, by this version of Callside or another. An update in the middle of a shift must
 * not cost the agent the day: every field that can be read is kept, every other is as at the start. Undefined, and the
 * day begins fresh, when what was worked and taken cannot be told.
 */
export function parsePlannerState(value: unknown): PlannerState | undefined {
  if (!isPlain(value)) return undefined;
  const exact = plannerStateSchema.safeParse(value);
  if (exact.success) return exact.data;
  const state = upgraded(value);
  const ledger = readLedger(state['ledger']);
  if (ledger === undefined) return undefined;
  const start = initialPlanner(DEFAULT_RULES);
  return { ...adopt(plannerStateSchema.shape, state, start), version: start.version, ledger };
}

function upgraded(state: Plain): Plain {
  let lifted = state;
  for (let version = Number(state['version']); UPGRADES[version] !== undefined; version += 1) lifted = UPGRADES[version]?.(lifted) ?? lifted;
  return lifted;
}

/** Undefined without the day, or when an account of it is unreadable: owed breaks are never guessed. */
function readLedger(value: unknown): Ledger | undefined {
  if (!isPlain(value)) return undefined;
  const day = ledgerSchema.shape.day.safeParse(value['day']);
  if (!day.success) return undefined;
  const ledger = adopt(ledgerSchema.shape, value, emptyLedger(day.data));
  for (const kind of ['micro', 'rest', 'meal'] as const) {
    const account = value[kind];
    if (!isPlain(account) || !accountSchema.shape.granted.safeParse(account['granted']).success || !accountSchema.shape.taken.safeParse(account['taken']).success) return undefined;
    ledger[kind] = adopt(accountSchema.shape, account, emptyLedger(day.data)[kind]);
  }
  return ledger;
}

/** `start` with every field of `found` that its schema takes. */
function adopt<T extends object>(shape: Readonly<Record<keyof T & string, z.ZodType>>, found: Plain, start: T): T {
  const read = (Object.keys(shape) as (keyof T & string)[]).flatMap((key) => {
    const parsed = shape[key].safeParse(found[key]);
    return parsed.success && found[key] !== undefined ? [[key, parsed.data]] : [];
  });
  return { ...start, ...(Object.fromEntries(read) as Partial<T>) };
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
