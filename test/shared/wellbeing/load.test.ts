import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import type { BreakIdea } from '#shared/domain/desk-lists.ts';
import { BREATH_PATTERNS, breathAt, patternOf } from '#shared/domain/wellbeing/breathing.ts';
import { recoveryOffer, RECOVERY_SIZES } from '#shared/domain/wellbeing/hard-call.ts';
import { replayIdeas, suggestIdeas, type IdeaEvent } from '#shared/domain/wellbeing/ideas.ts';
import { LOAD_MESSAGES, loadEventSchema, loadOf, loadStateSchema, mayAskCheckIn, NO_LOAD, replayLoad, type LoadEvent } from '#shared/domain/wellbeing/load.ts';
import { DEFAULT_RULES, presetById } from '#shared/domain/wellbeing/presets.ts';
import { emptyLedger } from '#shared/domain/wellbeing/state.ts';
import { breakStatement, breakStatementSchema, statementText } from '#shared/domain/wellbeing/statement.ts';
import { counterexample } from '../scripts/property.ts';

const MINUTE = 60_000;
const T = 1_700_000_000_000;
const call = (at: number, gapMs = 5_000, talkMs = 4 * MINUTE): LoadEvent => ({ type: 'callEnded', at, gapMs, talkMs });

describe('load gauge', () => {
  it('tells in words what it is made of: 52 minutes, nine calls in a row, one hard call', () => {
    const events: LoadEvent[] = [{ type: 'dayStarted', at: T }, ...Array.from({ length: 9 }, (_unused, index) => call(T + (index + 1) * 5 * MINUTE)), { type: 'hardCall', at: T + 50 * MINUTE, kind: 'draining' }];
    const load = loadOf(replayLoad(events), T + 52 * MINUTE);
    expect(load.contributions.map((line) => [line.key, line.params])).toEqual([
      ['load.row', { calls: 9 }], ['load.sinceRest', { minutes: 52 }], ['load.hardCall.draining', { calls: 1 }],
    ]);
    expect(load.level).toBe(load.contributions.reduce((sum, line) => sum + line.points, 0));
    expect(load.band).toBe('steady');
  });

  it('a breather ends the row of calls, a rest begins the count anew, feeling fresh counts too', () => {
    const row = [{ type: 'dayStarted', at: T } as const, call(T + MINUTE), call(T + 2 * MINUTE), call(T + 3 * MINUTE, 90_000)];
    expect(replayLoad(row).row).toBe(1);
    const rested = replayLoad([...row, { type: 'rested', at: T + 20 * MINUTE, ms: 5 * MINUTE }]);
    expect(loadOf(rested, T + 20 * MINUTE)).toEqual({ level: 0, band: 'light', contributions: [] });
    const short = replayLoad([...row, { type: 'rested', at: T + 20 * MINUTE, ms: 30_000 }]);
    expect(short).toMatchObject({ row: 1, since: T });
    const tired = (value: number): number => loadOf(replayLoad([...row, { type: 'checkIn', at: T + 10 * MINUTE, value }]), T + 12 * MINUTE).level;
    expect(tired(1)).toBeGreaterThan(tired(3));
    expect(tired(5)).toBeLessThan(tired(3));
  });

  it('a threat weighs until the pause it calls for was taken, an old check-in no longer', () => {
    const events: LoadEvent[] = [{ type: 'dayStarted', at: T }, { type: 'hardCall', at: T + MINUTE, kind: 'threat' }, { type: 'checkIn', at: T, value: 1 }];
    expect(loadOf(replayLoad(events), T + 2 * MINUTE).band).toBe('heavy');
    const half = replayLoad([...events, { type: 'rested', at: T + 10 * MINUTE, ms: 5 * MINUTE }]);
    expect(loadOf(half, T + 10 * MINUTE).contributions.some((line) => line.key === 'load.hardCall.threat')).toBe(true);
    const full = replayLoad([...events, { type: 'rested', at: T + 10 * MINUTE, ms: 10 * MINUTE }]);
    expect(loadOf(full, T + 3 * 60 * MINUTE).contributions.map((line) => line.key)).toEqual(['load.sinceRest']);
  });

  it('stays within 0 and 100, adds up to its lines, has words for each, and survives storing', () => {
    const event: fc.Arbitrary<LoadEvent> = fc.oneof(
      fc.record({ type: fc.constant('callEnded' as const), at: fc.integer({ min: T, max: T + 36e6 }), talkMs: fc.integer({ min: 0, max: 36e5 }), gapMs: fc.integer({ min: 0, max: 9e5 }) }),
      fc.record({ type: fc.constant('rested' as const), at: fc.integer({ min: T, max: T + 36e6 }), ms: fc.integer({ min: 0, max: 9e5 }) }),
      fc.record({ type: fc.constant('hardCall' as const), at: fc.integer({ min: T, max: T + 36e6 }), kind: fc.constantFrom('draining', 'abusive', 'threat', 'distressing') }),
      fc.record({ type: fc.constant('checkIn' as const), at: fc.integer({ min: T, max: T + 36e6 }), value: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ type: fc.constant('dayStarted' as const), at: fc.integer({ min: T, max: T + 36e6 }) }),
    );
    expect(counterexample(fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      for (const one of events) loadEventSchema.parse(one);
      const state = replayLoad(events);
      loadStateSchema.parse(JSON.parse(JSON.stringify(state)));
      const load = loadOf(state, T + 36e6);
      const sum = load.contributions.reduce((total, line) => total + line.points, 0);
      return load.level === Math.max(0, Math.min(100, sum)) && load.contributions.every((line) => line.key in LOAD_MESSAGES);
    }), 1_000)).toBeNull();
  });

  it('asks for a check-in only when allowed, never in a call, and not too often', () => {
    const allowed = { perDay: 2, everyMs: 60 * MINUTE };
    expect(mayAskCheckIn(NO_LOAD, T, allowed, [], false)).toBe(true);
    expect(mayAskCheckIn(NO_LOAD, T, allowed, [], true)).toBe(false);
    expect(mayAskCheckIn(NO_LOAD, T, { ...allowed, perDay: 0 }, [], false)).toBe(false);
    expect(mayAskCheckIn(NO_LOAD, T, allowed, [T - 30 * MINUTE], false)).toBe(false);
    expect(mayAskCheckIn(NO_LOAD, T, allowed, [T - 300 * MINUTE, T - 200 * MINUTE], false)).toBe(false);
    expect(mayAskCheckIn({ ...NO_LOAD, checkIn: { at: T - MINUTE, value: 3 } }, T, allowed, [], false)).toBe(false);
  });
});

describe('after a hard call', () => {
  it('offers a pause of the right size, with contacts where they are needed', () => {
    const support = { people: [{ name: 'Team lead', how: 'ext. 12' }] };
    const offer = (kind: keyof typeof RECOVERY_SIZES, rules = DEFAULT_RULES): unknown => { const { offerMs, support: shown, granted } = recoveryOffer(kind, rules, support); return [offerMs / 1_000, shown !== null, granted]; };
    expect(offer('draining')).toEqual([90, false, false]);
    expect(offer('abusive')).toEqual([300, true, false]);
    expect(offer('threat')).toEqual([600, true, false]);
    expect(offer('distressing')).toEqual([900, true, false]);
    expect(offer('abusive', presetById('kr')?.rules)).toEqual([300, true, true]);
    expect(RECOVERY_SIZES.draining.minMs).toBe(60_000);
    for (const size of Object.values(RECOVERY_SIZES)) expect(size.minMs <= size.offerMs && size.offerMs <= size.maxMs).toBe(true);
  });
});

describe('break ideas', () => {
  const idea = (id: string, kind: BreakIdea['kind'], seconds = 60): BreakIdea => ({ id, kind, seconds, title: id, text: id });
  const ideas = [idea('song', 'relaxing'), idea('window', 'relaxing'), idea('chat', 'social'), idea('neck', 'stretching'), idea('far', 'eyes'), idea('sip', 'water'), idea('stairs', 'walking', 240)];

  it('fit the break, differ in kind, and begin with relaxing and social ones', () => {
    const picked = suggestIdeas(ideas, new Map(), 60_000, T, 3, 1);
    expect(new Set(picked.map((one) => one.kind)).size).toBe(3);
    expect(picked.some((one) => one.id === 'stairs')).toBe(false);
    expect(suggestIdeas(ideas, new Map(), 300_000, T, 7, 1)).toHaveLength(7);
    const first = Array.from({ length: 50 }, (_unused, seed) => suggestIdeas(ideas, new Map(), 60_000, T, 2, seed)).flat();
    expect(first.filter((one) => one.kind === 'relaxing' || one.kind === 'social').length).toBeGreaterThan(90);
  });

  it('go round, learn what is finished, and never bring back what was refused', () => {
    const offered = (id: string, at: number, what: IdeaEvent['what'] = 'offered'): IdeaEvent => ({ idea: id, at, what });
    const soon = replayIdeas([offered('song', T), offered('chat', T), offered('window', T)]);
    expect(suggestIdeas(ideas, soon, 60_000, T + MINUTE, 2, 1).map((one) => one.id)).not.toContain('chat');
    const liked = replayIdeas(Array.from({ length: 12 }, (_unused, index) => [offered('neck', T + index), offered('neck', T + index, 'finished'), offered('song', T + index), offered('window', T + index), offered('chat', T + index)]).flat());
    expect(suggestIdeas(ideas, liked, 60_000, T + 24 * 60 * MINUTE, 1, 3)[0]?.id).toBe('neck');
    expect(suggestIdeas(ideas, replayIdeas([offered('song', T, 'not-for-me')]), 60_000, T + 24 * 60 * MINUTE, 7, 1).map((one) => one.id)).not.toContain('song');
  });
});

describe('breathing', () => {
  it('keeps six breaths a minute and sighs out twice as long, without a jump between phases', () => {
    const cycle = (id: string): number => BREATH_PATTERNS.find((pattern) => pattern.id === id)?.phases.reduce((sum, phase) => sum + phase.seconds, 0) ?? 0;
    expect([cycle('4-6'), cycle('5-5'), cycle('box')]).toEqual([10, 10, 16]);
    expect(BREATH_PATTERNS[0]?.phases.some((phase) => phase.kind === 'hold')).toBe(false);
    for (const pattern of BREATH_PATTERNS) {
      let last = breathAt(pattern.phases, 0)?.fullness ?? -1;
      for (let ms = 0; ms < 40_000; ms += 50) {
        const moment = breathAt(pattern.phases, ms);
        expect(Math.abs((moment?.fullness ?? 9) - last)).toBeLessThan(0.06);
        last = moment?.fullness ?? 9;
      }
    }
    expect(breathAt(patternOf([4, 0, 6, 0]), 11_000)).toMatchObject({ kind: 'in', secondsLeft: 3, cycle: 1 });
    expect(breathAt([], 5)).toBeUndefined();
  });
});

describe('the statement of breaks', () => {
  it('adds up per day and in total, and is the same text whatever order the days come in', () => {
    const day = (name: string, startedAt: number, granted: number, taken: number): ReturnType<typeof emptyLedger> => ({ ...emptyLedger(name), startedAt, effectiveMs: granted * 3_600_000, rest: { granted, taken, covered: 1, settled: granted, extra: 0, skipped: 1, runMs: 0, runGrants: 0 } });
    const days = [day('2026-05-05', T + 86_400_000, 8, 5), day('2026-05-04', T, 7, 7), emptyLedger('2026-05-06')];
    const statement = breakStatement(days, presetById('es')?.rules ?? DEFAULT_RULES, 'A. Agent', T + 2);
    expect(breakStatementSchema.parse(statement)).toEqual(statement);
    expect(statement.days.map((one) => [one.day, one.rest.owed])).toEqual([['2026-05-04', 0], ['2026-05-05', 2]]);
    expect(statement.totals.rest).toEqual({ granted: 15, taken: 12, covered: 2, owed: 2, skipped: 2 });
    expect(statement.sources[0]).toContain('iberley.es');
    expect(statementText(statement)).toBe(statementText(breakStatement(days.toReversed(), presetById('es')?.rules ?? DEFAULT_RULES, 'A. Agent', T + 2)));
    expect(JSON.parse(statementText(statement))).toEqual(statement);
  });
});
