import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { fixedPoints } from '#shared/domain/wellbeing/account.ts';
import { untilDue } from '#shared/domain/wellbeing/decide.ts';
import { planBreaks } from '#shared/domain/wellbeing/planner.ts';
import { DEFAULT_RULES } from '#shared/domain/wellbeing/presets.ts';
import { SCHEDULED_KINDS, type BreakRules } from '#shared/domain/wellbeing/rules.ts';
import { initialPlanner } from '#shared/domain/wellbeing/state.ts';
import { effort } from '#test/helpers/effort.ts';
import { counterexample } from '../scripts/property.ts';
import { Player, rulesArbitrary, stretchArbitrary, type Stretch } from './random-day.ts';
import { countBreaks, decideSeconds } from './reference.ts';

function playDay(rules: BreakRules, tick: number, stretches: readonly Stretch[]): void {
  const player = new Player(rules, tick);
  for (const stretch of stretches) player.play(stretch);
  player.closeDown();
  expect(player.problems).toEqual([]);
  const labels = decideSeconds(player.day);
  const { ledger } = player.state;
  let due = false;
  for (const kind of SCHEDULED_KINDS) {
    const rule = rules[kind];
    if (rule === null) continue;
    const points = rule.grant.kind === 'fixed' ? fixedPoints(rules.dailyLimitMs ?? 0, rule.grant.count, rule.grant.edgeMs) : [];
    const expected = countBreaks(player.day, labels, kind, rules, points);
    // A micro-break with a rest just ahead waits for the rest.
    due ||= expected.due && !(kind === 'micro' && (untilDue(player.state, 'rest') ?? Number.POSITIVE_INFINITY) <= 400_000);
    const { granted, taken, covered, extra } = ledger[kind];
    expect([kind, { granted, taken, covered, extra }]).toEqual([kind, { granted: expected.granted, taken: expected.taken, covered: expected.covered, extra: expected.extra }]);
  }
  // Nothing that is due is lost: with hands off the keys and no call, its card is there; and none comes for nothing.
  if (due && player.state.card === null) player.lookUp();
  expect([due, due ? player.state.card !== null : true]).toEqual([due, true]);
}

describe('any day', () => {
  it('has no prompt in a call, no lost or double break, and owes what a slow reference says (10,000 days)', () => {
    const property = fc.property(rulesArbitrary, fc.integer({ min: 1, max: 25 }), fc.array(stretchArbitrary, { minLength: 3, maxLength: 20 }), playDay);
    expect(counterexample(property, 10_000)).toBeNull();
  }, 240_000);

  // How long a day of one-second ticks takes is printed by bench:rules.
  it('costs no more late in the day than early in it', () => {
    let state = initialPlanner(DEFAULT_RULES);
    let second = 0;
    const hours = (count: number): number => effort(() => {
      for (const end = second + count * 3_600; second < end; second++) state = planBreaks(state, { type: 'tick' }, { mono: second * 1_000, wall: Date.UTC(2026, 4, 4) + second * 1_000, offset: 0 }).state;
    }, 1);
    hours(24);
    const early = hours(48);
    hours(96);
    // Were every tick to look at all there was before, the sixth and seventh day would cost several times the second and third. 40: the grain of the clock.
    expect(hours(48)).toBeLessThan(early * 3 + 40);
    expect(state.ledger.rest.granted).toBeGreaterThan(20);
  });
});
