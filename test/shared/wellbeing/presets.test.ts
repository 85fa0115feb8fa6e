import { describe, expect, it } from 'vitest';
import { fixedPoints } from '#shared/domain/wellbeing/account.ts';
import { shiftAt, withinHours } from '#shared/domain/wellbeing/hours.ts';
import { BREAK_PRESETS, DEFAULT_RULES, presetById } from '#shared/domain/wellbeing/presets.ts';
import { presetSchema, withMinimum, type BreakRules, type WorkingHours } from '#shared/domain/wellbeing/rules.ts';
import { breakClock } from '#shared/domain/wellbeing/view.ts';
import { desk, HOUR, MINUTE, SECOND } from './desk.ts';

const rules = (id: string): BreakRules => (presetById(id) as { rules: BreakRules }).rules;
const owed = (day: ReturnType<typeof desk>): number => breakClock(day.state()).owed.rest;
/** Works with keys every few seconds, in coarse ticks. */
const work = (day: ReturnType<typeof desk>, ms: number): void => day.run(ms, { tick: 10 * SECOND, input: 10 * SECOND });
const rest = (day: ReturnType<typeof desk>, kind: 'micro' | 'rest' | 'meal' = 'rest'): void => { const { lengthMs } = day.state().rules[kind] as { lengthMs: number }; day.send({ type: 'take', kind }); day.run(lengthMs, { tick: 10 * SECOND }); day.send({ type: 'input' }); };
/** Monday to Friday, the given ranges in hours. */
const weekdays = (...ranges: [number, number][]): WorkingHours => ({ days: Array.from({ length: 7 }, (_unused, day) => (day < 5 ? ranges.map(([from, to]) => ({ from: from * 60, to: to * 60 })) : [])) });

describe('presets', () => {
  it('are six, sound, and each names its sources', () => {
    expect(BREAK_PRESETS.map((preset) => preset.id)).toEqual(['callside', 'uk', 'es', 'it', 'br', 'kr']);
    for (const preset of BREAK_PRESETS) {
      expect(presetSchema.parse(preset)).toEqual(preset);
      expect(preset.rules.preset).toBe(preset.id);
      expect(preset.sources.length).toBeGreaterThan(0);
      for (const source of preset.sources) expect(new URL(source.url).hostname).not.toBe('');
    }
  });

  it('Spain: five minutes for each effective hour, not added together, owed to the day\'s end', () => {
    const day = desk(rules('es'));
    work(day, 2 * HOUR);
    expect(owed(day)).toBe(2);
    day.send({ type: 'take', kind: 'rest', lengthMs: 10 * MINUTE });
    day.run(10 * MINUTE, { tick: 10 * SECOND });
    // Ten minutes in one piece are one pause, not two.
    expect(owed(day)).toBe(1);
    work(day, 3 * HOUR);
    expect(day.state().ledger.rest).toMatchObject({ granted: 5, taken: 1 });
    expect(owed(day)).toBe(4);
  });

  it('Spain: a pause up to fifteen minutes early is the hour\'s pause, an earlier one is one more', () => {
    const early = desk(rules('es'));
    work(early, 47 * MINUTE);
    rest(early);
    expect(early.state().ledger.rest).toMatchObject({ granted: 0, taken: 1, extra: 0 });
    work(early, 30 * MINUTE);
    expect(early.state().ledger.rest).toMatchObject({ granted: 1, taken: 1 });
    expect(early.cards()).toEqual([]);
    const tooEarly = desk(rules('es'));
    work(tooEarly, 30 * MINUTE);
    rest(tooEarly);
    expect(tooEarly.state().ledger.rest).toMatchObject({ taken: 0, extra: 1 });
  });

  it('Spain: postponed by fifteen minutes at most, and an absence is not a recorded pause', () => {
    const day = desk(rules('es'));
    work(day, HOUR);
    day.run(6 * SECOND);
    expect(day.cards()).toHaveLength(1);
    day.send({ type: 'postpone', ms: 10 * MINUTE });
    work(day, 10 * MINUTE);
    day.run(6 * SECOND);
    expect(day.cards()).toHaveLength(2);
    day.send({ type: 'postpone', ms: 10 * MINUTE });
    expect(day.seen.at(-1)?.effect).toEqual({ type: 'refused', reason: 'postponeLimit' });
    day.send({ type: 'lock' });
    day.run(6 * MINUTE);
    day.send({ type: 'unlock' });
    work(day, 5 * MINUTE);
    expect(owed(day)).toBe(1);
    expect(day.cards()).toHaveLength(2);
  });

  it('Spain: on a split shift the fractions of both halves count together', () => {
    const day = desk(rules('es'), weekdays([8, 12], [16, 20]));
    work(day, 3.5 * HOUR);
    day.send({ type: 'lock' });
    day.run(4.5 * HOUR, { tick: 20 * SECOND });
    day.send({ type: 'unlock' });
    work(day, 3.5 * HOUR);
    expect(day.state().ledger.rest.granted).toBe(7);
    expect(day.count('dayClosed')).toBe(0);
  });

  it('Italy: fifteen minutes after two hours, waiting for the system counted', () => {
    const day = desk(rules('it'));
    day.send({ type: 'idle', ms: 0 });
    work(day, HOUR);
    day.run(HOUR, { tick: 10 * SECOND, idle: true });
    expect(owed(day)).toBe(1);
    expect(day.cards()).toEqual(['120:rest']);
    rest(day);
    expect(owed(day)).toBe(0);
    work(day, 119 * MINUTE);
    expect(owed(day)).toBe(0);
  });

  it('Brazil: two of ten minutes and a meal, none in the first or last hour, six hours told once', () => {
    const day = desk(rules('br'), weekdays([8, 14]));
    work(day, 90 * MINUTE);
    expect(breakClock(day.state()).restInMs).toBe(30 * MINUTE);
    work(day, 4.5 * HOUR);
    day.run(10 * SECOND);
    expect(day.cards().map((card) => Number(card.split(':')[0])).every((minute) => minute >= 60 && minute <= 300)).toBe(true);
    expect(day.state().ledger).toMatchObject({ rest: { granted: 2 }, meal: { granted: 1 } });
    work(day, 20 * MINUTE);
    expect(day.seen.filter(({ effect }) => effect.type === 'dailyLimit')).toHaveLength(1);
    expect(fixedPoints(6 * HOUR, 2, HOUR)).toEqual([2 * HOUR, 4 * HOUR]);
    expect(fixedPoints(2.5 * HOUR, 2, HOUR)).toEqual([HOUR, 1.5 * HOUR]);
    expect(fixedPoints(HOUR, 1, HOUR)).toEqual([0.5 * HOUR]);
  });

  it('Brazil and Korea: after abuse the pause is offered at once, in wrap-up, and is owed until taken', () => {
    for (const id of ['br', 'kr']) {
      const day = desk(rules(id));
      work(day, 10 * MINUTE);
      day.send({ type: 'call', phase: 'talking' }, { type: 'hardCall', kind: 'abusive', lengthMs: 5 * MINUTE });
      day.run(MINUTE);
      expect(day.cards()).toEqual([]);
      day.send({ type: 'call', phase: 'wrap-up' });
      day.run(6 * SECOND);
      expect(day.cards()).toEqual(['11:recovery']);
      expect(breakClock(day.state()).owed.recovery).toBe(1);
      day.send({ type: 'take', kind: 'recovery' });
      expect(day.seen.some(({ effect }) => effect.type === 'notReady' && effect.reason === 'recovery')).toBe(true);
      day.run(5 * MINUTE);
      expect(breakClock(day.state())).toMatchObject({ owed: { recovery: 0 }, taken: { recovery: 1 } });
      day.send({ type: 'call', phase: 'none' });
      work(day, 5 * MINUTE);
      expect(day.cards()).toHaveLength(1);
    }
  });

  it('UK: five minutes after fifty; Callside: a minute after twenty-five, five after sixty', () => {
    const uk = desk(rules('uk'));
    work(uk, 50 * MINUTE);
    uk.run(6 * SECOND);
    expect(uk.cards()).toEqual(['50:rest']);
    const own = desk(rules('callside'));
    for (let hour = 0; hour < 2; hour++) {
      work(own, 25 * MINUTE);
      own.run(6 * SECOND);
      own.send({ type: 'take', kind: 'micro' });
      own.run(MINUTE);
      own.send({ type: 'input' });
      work(own, 35 * MINUTE);
      own.run(6 * SECOND);
      own.send({ type: 'take', kind: 'rest' });
      own.run(5 * MINUTE);
      own.send({ type: 'input' });
    }
    expect(own.cards().map((card) => card.split(':')[1])).toEqual(['micro', 'rest', 'micro', 'rest']);
    expect(breakClock(own.state())).toMatchObject({ owed: { rest: 0 }, taken: { micro: 2, rest: 2 } });
  });
});

describe('postponing, skipping, resuming', () => {
  const hourly: BreakRules = { ...rules('callside'), micro: null };
  const cardAfter = (day: ReturnType<typeof desk>, ms: number): void => { work(day, ms); day.run(6 * SECOND); };

  it('postponing costs: the next session is shorter by as much', () => {
    const day = desk(hourly);
    cardAfter(day, HOUR);
    day.send({ type: 'postpone', ms: 10 * MINUTE });
    cardAfter(day, 10 * MINUTE);
    expect(day.cards()).toHaveLength(2);
    day.send({ type: 'take', kind: 'rest' });
    day.run(5 * MINUTE);
    day.send({ type: 'input' });
    cardAfter(day, 49 * MINUTE);
    expect(day.cards()).toHaveLength(2);
    cardAfter(day, MINUTE);
    expect(day.cards()).toHaveLength(3);
  });

  it('a skipped break stays owed, is not asked about again, and can be resumed', () => {
    const day = desk(hourly);
    cardAfter(day, HOUR);
    day.send({ type: 'skip', reason: 'queue is full' });
    cardAfter(day, 30 * MINUTE);
    expect(day.cards()).toHaveLength(1);
    expect(breakClock(day.state())).toMatchObject({ owed: { rest: 1 }, skipped: 'rest' });
    day.send({ type: 'resumeSkipped' });
    day.run(5 * MINUTE);
    expect(breakClock(day.state())).toMatchObject({ owed: { rest: 0 }, skipped: null });
    expect(day.state().ledger.rest).toMatchObject({ taken: 1, skipped: 0 });
    const reasons = day.seen.flatMap(({ effect }) => (effect.type === 'record' ? [effect.entry.reason] : []));
    expect(reasons).toContain('queue is full');
  });

  it('a break ended early stays due and comes back after a while, not at once', () => {
    const day = desk(hourly);
    cardAfter(day, HOUR);
    day.send({ type: 'take', kind: 'rest' });
    day.run(2 * MINUTE);
    day.send({ type: 'finish' }, { type: 'input' });
    cardAfter(day, 4 * MINUTE);
    expect(day.cards()).toHaveLength(1);
    expect(owed(day)).toBe(1);
    cardAfter(day, MINUTE);
    expect(day.cards()).toHaveLength(2);
  });

  it('a card nobody answers goes away by itself and returns, later each time', () => {
    const day = desk(hourly);
    cardAfter(day, HOUR);
    const shown = (): number[] => day.cards().map((card) => Number(card.split(':')[0]));
    for (let minute = 0; minute < 58; minute++) cardAfter(day, 54 * SECOND);
    expect(shown()).toEqual([60, 66, 77, 98]);
  });

  it('a micro-break nobody answers, or that was put off, does not keep the rest of the hour waiting', () => {
    const first = (act: (day: ReturnType<typeof desk>) => void): string | undefined => {
      const day = desk(DEFAULT_RULES);
      for (let minute = 0; minute < 64; minute++) {
        cardAfter(day, 54 * SECOND);
        act(day);
      }
      return day.cards().find((card) => card.endsWith(':rest'));
    };
    expect(first(() => undefined)).toBe('60:rest');
    expect(first((day) => { if (day.state().card?.kind === 'micro') day.send({ type: 'postpone', ms: 10 * MINUTE }); })).toBe('60:rest');
  });

  it('a recovery pause nobody wants is let go after three cards, and stays owed where it was granted', () => {
    const day = desk({ ...hourly, recovery: { immediate: false, granted: ['abusive'] } });
    day.send({ type: 'hardCall', kind: 'abusive', lengthMs: 5 * MINUTE });
    for (let minute = 0; minute < 50; minute++) cardAfter(day, 54 * SECOND);
    expect(day.cards().map((card) => card.split(':')[1])).toEqual(['recovery', 'recovery', 'recovery']);
    expect(breakClock(day.state()).owed.recovery).toBe(1);
  });

  it('calls a rest owed on screen only when it has drifted by more than fifteen minutes', () => {
    const day = desk(hourly);
    work(day, 70 * MINUTE);
    expect([owed(day), breakClock(day.state()).restsOverdue]).toEqual([1, 0]);
    work(day, 6 * MINUTE);
    expect([owed(day), breakClock(day.state()).restsOverdue]).toEqual([1, 1]);
    work(day, 50 * MINUTE);
    expect([owed(day), breakClock(day.state()).restsOverdue]).toEqual([2, 1]);
  });

  it('do-not-disturb silences cards and sounds, but not the pause the agent asked for', () => {
    const day = desk({ ...hourly, sound: true });
    day.send({ type: 'dnd', on: true });
    cardAfter(day, HOUR);
    expect(day.cards()).toEqual([]);
    day.send({ type: 'hardCall', kind: 'draining', lengthMs: 90 * SECOND });
    day.run(6 * SECOND);
    expect(day.cards()).toEqual(['60:recovery']);
    expect(day.count('sound')).toBe(0);
  });

  it('the quiet phase comes first: the clock changes while keys are busy, the card only in a natural pause', () => {
    const day = desk(hourly);
    day.run(HOUR + MINUTE, { input: 2 * SECOND });
    expect(day.seen.flatMap(({ effect }) => (effect.type === 'clock' ? [effect.level] : []))).toEqual(['soon', 'due']);
    expect(day.cards()).toEqual([]);
  });
});

describe('working hours and policy', () => {
  it('shows no card outside working hours, however many ranges a day has', () => {
    const day = desk({ ...rules('callside'), micro: null }, weekdays([8, 9], [10, 12]));
    work(day, 61 * MINUTE);
    day.run(10 * SECOND);
    expect(day.cards()).toEqual([]);
    work(day, 59 * MINUTE);
    day.run(10 * SECOND);
    expect(day.cards()).toEqual(['120:rest']);
  });

  it('knows shifts past midnight, weekends and daylight saving', () => {
    const night: WorkingHours = { days: [[{ from: 1_320, to: 1_800 }], [], [], [], [], [], [{ from: 1_320, to: 1_800 }]] };
    const monday = Date.UTC(2026, 4, 4);
    expect(withinHours(night, monday + 23 * HOUR, 0)).toBe(true);
    expect(withinHours(night, monday + 29 * HOUR, 0)).toBe(true);
    expect(withinHours(night, monday + 31 * HOUR, 0)).toBe(false);
    expect(withinHours(night, monday + 5 * HOUR, 0)).toBe(true);
    expect(withinHours(night, monday + 20 * HOUR, 120)).toBe(true);
    expect(withinHours(null, monday, 0)).toBe(true);
    expect(shiftAt(night, monday + 25 * HOUR, 0)).toEqual({ positionMs: 3 * HOUR, lengthMs: 8 * HOUR });
    expect(shiftAt(weekdays([8, 12], [13, 17]), monday + 7 * HOUR, 60)).toEqual({ positionMs: 0, lengthMs: 9 * HOUR });
    expect(shiftAt(weekdays([8, 12]), monday - 24 * HOUR, 0)).toBeUndefined();
  });

  it('an organisation\'s minimum can only give the agent more', () => {
    const own = rules('callside');
    const merged = withMinimum(own, rules('it'));
    expect(merged.rest).toMatchObject({ lengthMs: 15 * MINUTE, grant: { kind: 'continuous', everyMs: 60 * MINUTE } });
    expect(merged.micro).toEqual(own.micro);
    expect(merged.idleAfterMs).toBeNull();
    expect(withMinimum(own, rules('br'))).toMatchObject({ dailyLimitMs: 6 * HOUR, edgeMs: HOUR, recovery: { immediate: true }, meal: { lengthMs: 20 * MINUTE } });
    expect(withMinimum(own, rules('es')).rest).toMatchObject({ grant: { kind: 'effective' }, absenceSettles: false });
    expect(withMinimum(own, own)).toEqual(own);
  });

  it('new rules in the middle of the day make at most one break due', () => {
    const day = desk({ ...rules('it'), idleAfterMs: null });
    work(day, 100 * MINUTE);
    day.send({ type: 'rules', rules: { ...rules('callside'), micro: null, rest: { lengthMs: 5 * MINUTE, absenceSettles: true, grant: { kind: 'continuous', everyMs: 10 * MINUTE } } } });
    work(day, MINUTE);
    expect(owed(day)).toBe(1);
  });
});
