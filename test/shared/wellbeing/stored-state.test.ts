import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planBreaks } from '#shared/domain/wellbeing/planner.ts';
import { DEFAULT_RULES } from '#shared/domain/wellbeing/presets.ts';
import { owedOf } from '#shared/domain/wellbeing/state.ts';
import { parsePlannerState } from '#shared/domain/wellbeing/stored-state.ts';
import { desk, HOUR, MINUTE } from './desk.ts';

/** As the first version stored it, in the middle of an afternoon: an hour's rest skipped, a card put off. */
const V1 = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../fixtures/planner-state-v1.json'), 'utf8')) as Record<string, unknown> & { ledger: Record<string, unknown> };

describe('a day stored by another version', () => {
  it('goes on: what was worked, taken and is owed stays, to the millisecond', () => {
    const state = parsePlannerState(V1);
    expect(V1['version']).toBe(1);
    expect(state?.ledger).toEqual(V1.ledger);
    expect(state).toMatchObject({ phase: V1['phase'], manualPause: V1['manualPause'], skipped: V1['skipped'], holdMs: 0, heldFor: null });
    expect(state === undefined ? 0 : owedOf(state.ledger, 'rest')).toBe(1);
  });

  it('runs on in the planner from there', () => {
    const state = parsePlannerState(V1);
    if (state?.last === undefined || state.last === null) throw new Error('not read');
    const { wall, offset } = state.last;
    const booted = planBreaks(state, { type: 'boot' }, { mono: 5, wall: wall + 10_000, offset }).state;
    const later = planBreaks(planBreaks(booted, { type: 'input' }, { mono: 6, wall: wall + 10_001, offset }).state, { type: 'tick' }, { mono: 5_006, wall: wall + 15_001, offset }).state;
    expect(later.ledger.effectiveMs).toBeGreaterThan(state.ledger.effectiveMs);
  });

  it('of a later version loses what this one does not know, and nothing else', () => {
    const day = desk(DEFAULT_RULES);
    day.run(HOUR + 5 * MINUTE, { input: 30_000 });
    const now = day.state();
    const later = { ...now, version: 9, mood: 'x', level: 'glowing', ledger: { ...now.ledger, steps: 4, rest: { ...now.ledger.rest, stretched: 1 } } };
    expect(parsePlannerState(later)).toEqual({ ...now, level: 'calm' });
  });
});
