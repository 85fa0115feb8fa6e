import { describe, expect, it } from 'vitest';
import { plannerEventSchema } from '#shared/domain/wellbeing/events.ts';
import { presetById } from '#shared/domain/wellbeing/presets.ts';
import type { BreakRules } from '#shared/domain/wellbeing/rules.ts';
import { parsePlannerState } from '#shared/domain/wellbeing/stored-state.ts';
import { breakClock } from '#shared/domain/wellbeing/view.ts';
import { desk, HOUR, MINUTE, SECOND } from './desk.ts';

const rules = (presetById('callside') as { rules: BreakRules }).rules;
/** Only the hourly rest, so that a timeline is about one thing. */
const hourly: BreakRules = { ...rules, micro: null };
const worked = (day: ReturnType<typeof desk>): number => day.state().ledger.rest.runMs;

describe('bugs of the best-known break timers', () => {
  for (const monoRuns of [true, false]) {
    it(`a break does not fire right after waking (Stretchly 121, BreakTimer 53, Safe Eyes 324, Workrave 539), monotonic clock ${monoRuns ? 'running' : 'stopped'} in sleep`, () => {
      const day = desk(hourly);
      day.run(61 * MINUTE, { input: 3 * SECOND });
      day.send({ type: 'sleep' });
      day.jump(monoRuns ? 2 * HOUR : 0, 2 * HOUR);
      day.send({ type: 'wake' });
      day.run(10 * MINUTE, { input: 6 * SECOND });
      expect(day.cards()).toEqual([]);
      expect(breakClock(day.state()).owed.rest).toBe(0);
      day.run(51 * MINUTE, { input: 6 * SECOND });
      expect(day.cards()).toHaveLength(1);
    });
  }

  it('nor after waking that nobody announced, nor when the machine stood still without a word', () => {
    const day = desk(hourly);
    day.run(61 * MINUTE, { input: 3 * SECOND });
    day.send({ type: 'sleep' });
    day.jump(0, HOUR);
    day.run(10 * MINUTE, { input: 6 * SECOND });
    expect(day.cards()).toEqual([]);
    const stood = desk(hourly);
    stood.run(61 * MINUTE, { input: 3 * SECOND });
    stood.jump(HOUR, HOUR);
    stood.run(10 * MINUTE, { input: 6 * SECOND });
    expect(stood.cards()).toEqual([]);
  });

  it('a brief lock does not reset progress (Stretchly 1279), a long one is the break', () => {
    const day = desk(hourly);
    day.run(50 * MINUTE, { input: 10 * SECOND });
    day.send({ type: 'lock' });
    day.run(2 * MINUTE);
    day.send({ type: 'unlock' });
    expect(worked(day)).toBe(50 * MINUTE);
    day.run(10 * MINUTE + 10 * SECOND, { input: 6 * SECOND });
    expect(day.cards()).toEqual(['62:rest']);
    day.send({ type: 'lock' });
    expect(day.state().card).toBeNull();
    day.run(5 * MINUTE);
    day.send({ type: 'unlock' });
    day.run(5 * MINUTE, { input: 6 * SECOND });
    expect(day.cards()).toHaveLength(1);
    expect(breakClock(day.state())).toMatchObject({ due: null, owed: { rest: 0 } });
  });

  it('a pause the agent set outlives sleep, lock and restart (Stretchly 259), and ends when it said it would', () => {
    const day = desk(hourly);
    day.run(30 * MINUTE, { input: 10 * SECOND });
    day.send({ type: 'pause' });
    day.send({ type: 'sleep' });
    day.jump(0, MINUTE);
    day.send({ type: 'wake' }, { type: 'lock' });
    day.run(MINUTE);
    day.send({ type: 'unlock' });
    day.restart();
    day.run(2 * HOUR, { input: 6 * SECOND });
    expect(day.cards()).toEqual([]);
    expect(breakClock(day.state()).paused).toBe('by-agent');
    day.send({ type: 'unpause' });
    day.run(10 * SECOND);
    expect(day.cards()).toHaveLength(1);
    const timed = desk(hourly);
    timed.send({ type: 'pause', ms: 90 * MINUTE });
    timed.run(89 * MINUTE, { input: 6 * SECOND });
    expect(timed.cards()).toEqual([]);
    timed.run(2 * MINUTE, { input: 6 * SECOND });
    expect(timed.cards()).toHaveLength(1);
  });

  it('a break can never freeze the desk (Stretchly 1807): it ends by itself, by hand, by a call, and over a restart', () => {
    const day = desk(hourly);
    day.send({ type: 'take', kind: 'rest' });
    day.run(MINUTE);
    day.restart();
    expect(breakClock(day.state()).running?.leftMs).toBe(4 * MINUTE);
    day.run(4 * MINUTE);
    expect(day.state().running).toBeNull();
    day.send({ type: 'take', kind: 'rest' }, { type: 'finish' });
    expect(day.state().running).toBeNull();
    day.send({ type: 'take', kind: 'rest' }, { type: 'call', phase: 'ringing' });
    expect(day.state().running).toBeNull();
    day.send({ type: 'call', phase: 'none' }, { type: 'take', kind: 'rest' }, { type: 'sleep' });
    day.jump(0, HOUR);
    day.send({ type: 'wake' });
    expect(day.state().running).toBeNull();
    expect(day.count('sound')).toBe(0);
  });

  it('the timer is alive after resume, also when unlock or wake were never told (Workrave 682)', () => {
    for (const [asleep, told] of [['sleep', true], ['sleep', false], ['lock', false]] as const) {
      const day = desk(hourly);
      day.send({ type: asleep });
      day.run(20 * SECOND);
      if (told) day.send({ type: 'wake' });
      day.run(61 * MINUTE, { input: 6 * SECOND });
      expect(day.cards()).toHaveLength(1);
    }
  });

  it('nothing pops up in a call (Stretchly 1553, 969, Workrave 255), whatever happens in it', () => {
    const day = desk({ ...rules, sound: true });
    day.run(24 * MINUTE, { input: 6 * SECOND });
    for (const phase of ['ringing', 'talking', 'on-hold', 'talking'] as const) {
      day.send({ type: 'call', phase });
      day.run(20 * MINUTE, { input: 60 * SECOND });
      day.send({ type: 'hardCall', kind: 'threat', lengthMs: 10 * MINUTE }, { type: 'unlock' }, { type: 'wake' }, { type: 'rules', rules: { ...rules, sound: true } }, { type: 'unpause' }, { type: 'dnd', on: false });
      day.send({ type: 'take', kind: 'rest' }, { type: 'resumeSkipped' }, { type: 'postpone', ms: 60_000 }, { type: 'skip' });
    }
    expect(day.seen.filter(({ effect, phase }) => phase !== 'none' && effect.type !== 'refused')).toEqual([]);
  });

  it('listening is work, without a key for an hour (Workrave 672, 317, Stretchly 1560)', () => {
    const day = desk(hourly);
    day.send({ type: 'idle', ms: 0 }, { type: 'call', phase: 'talking' });
    day.run(50 * MINUTE, { idle: true });
    day.send({ type: 'call', phase: 'on-hold' });
    day.run(12 * MINUTE, { idle: true });
    expect(worked(day)).toBe(62 * MINUTE);
    day.send({ type: 'lock' });
    day.run(10 * MINUTE);
    expect(worked(day)).toBe(72 * MINUTE);
    day.send({ type: 'call', phase: 'none' }, { type: 'unlock' });
    day.run(6 * SECOND);
    expect(day.cards()).toEqual(['72:rest']);
  });

  it('a changed clock is not taken for sleep (BreakTimer), nor for anything else', () => {
    for (const jump of [HOUR, -HOUR, 24 * HOUR, -24 * HOUR, 45 * SECOND]) {
      const day = desk(hourly);
      day.run(40 * MINUTE, { input: 6 * SECOND });
      day.jump(0, jump);
      day.run(19 * MINUTE + 50 * SECOND, { input: 6 * SECOND });
      expect(worked(day)).toBe(59 * MINUTE + 50 * SECOND);
      expect(day.cards()).toEqual([]);
      day.run(30 * SECOND, { input: 6 * SECOND });
      expect(day.cards()).toHaveLength(1);
      expect(day.count('clockChanged')).toBe(1);
      expect(day.count('dayClosed')).toBe(0);
    }
  });

  it('a frozen process in a call is not an absence, a machine asleep for hours is', () => {
    const day = desk(hourly);
    day.send({ type: 'call', phase: 'talking' });
    day.run(30 * MINUTE);
    day.jump(2 * MINUTE, 2 * MINUTE);
    day.send({ type: 'tick' });
    expect(worked(day)).toBe(32 * MINUTE);
    day.jump(3 * HOUR, 3 * HOUR);
    day.send({ type: 'tick' });
    expect(worked(day)).toBe(0);
  });

  it('many breaks missed in a row never come as a row (no backlog)', () => {
    const day = desk(rules);
    day.send({ type: 'call', phase: 'talking' });
    day.run(6 * HOUR, { tick: 10 * SECOND });
    day.send({ type: 'call', phase: 'none' });
    day.run(7 * SECOND);
    expect(day.cards()).toHaveLength(1);
    day.send({ type: 'take', kind: 'rest' });
    day.run(5 * MINUTE);
    day.run(24 * MINUTE, { input: 6 * SECOND });
    expect(day.cards()).toHaveLength(1);
  });

  it('a key in flight when the card appears does not answer it', () => {
    const day = desk(hourly);
    day.run(HOUR + SECOND, { input: 3 * SECOND });
    while (day.state().card === null) day.run(SECOND);
    day.run(SECOND);
    day.send({ type: 'skip', byKey: true });
    day.send({ type: 'take', kind: 'rest', byKey: true });
    expect(day.state().card?.kind).toBe('rest');
    expect(day.state().running).toBeNull();
    day.run(2 * SECOND);
    day.send({ type: 'take', kind: 'rest', byKey: true });
    expect(day.state().running?.kind).toBe('rest');
  });

  it('a system that reports input all the time (Wayland) does not keep a due break away for ever', () => {
    const day = desk(hourly);
    for (let second = 0; second < 63 * 60; second++) { day.run(SECOND); day.send({ type: 'idle', ms: 0 }); }
    expect(day.cards()).toEqual([]);
    for (let second = 0; second < 3 * 60; second++) { day.run(SECOND); day.send({ type: 'idle', ms: 0 }); }
    expect(day.cards()).toHaveLength(1);
    // Keys in our own windows still keep it away.
    const busy = desk(hourly);
    for (let second = 0; second < 80 * 60; second++) { busy.run(SECOND, { input: SECOND }); busy.send({ type: 'idle', ms: 0 }); }
    expect(busy.cards()).toEqual([]);
  });

  it('a flickering call (a duplicate event, a ring that stops) takes nothing away and shows nothing twice', () => {
    const day = desk(hourly);
    day.run(HOUR + 10 * SECOND, { input: 20 * SECOND });
    day.run(10 * SECOND);
    expect(day.cards()).toHaveLength(1);
    for (let ring = 0; ring < 5; ring++) {
      day.send({ type: 'call', phase: 'ringing' }, { type: 'call', phase: 'ringing' });
      day.run(2 * SECOND);
      day.send({ type: 'call', phase: 'none' }, { type: 'call', phase: 'none' });
      day.run(2 * SECOND);
    }
    expect(day.cards()).toHaveLength(1);
    day.run(5 * SECOND);
    expect(day.cards()).toHaveLength(2);
  });
});

describe('clocks', () => {
  it('daylight saving moves the wall display, not the work counted', () => {
    for (const shift of [60, -60]) {
      const day = desk(hourly);
      day.run(30 * MINUTE, { input: 6 * SECOND });
      day.now.offset += shift;
      day.run(29 * MINUTE, { input: 6 * SECOND });
      expect(worked(day)).toBe(59 * MINUTE);
      expect(day.count('clockChanged')).toBe(0);
    }
  });

  it('a crash in the middle of anything picks up where the last tick was', () => {
    const day = desk(rules);
    for (let piece = 0; piece < 40; piece++) {
      day.run(MINUTE + piece * SECOND, { input: 6 * SECOND });
      day.restart();
    }
    const whole = desk(rules);
    for (let piece = 0; piece < 40; piece++) whole.run(MINUTE + piece * SECOND, { input: 6 * SECOND });
    expect(day.state().ledger).toEqual(whole.state().ledger);
    expect(day.cards()).toEqual(whole.cards());
  });

  it('a night closes the day once, with what was owed; a long lunch does not', () => {
    const day = desk(hourly, null, Date.UTC(2026, 4, 4, 11));
    day.run(2 * HOUR, { input: 3 * SECOND, tick: 3 * SECOND });
    day.send({ type: 'lock' });
    day.run(3 * HOUR + MINUTE, { tick: 10 * SECOND });
    day.send({ type: 'unlock' });
    expect(day.count('dayClosed')).toBe(0);
    expect(breakClock(day.state()).owed.rest).toBe(1);
    day.run(30 * MINUTE, { input: 3 * SECOND, tick: 3 * SECOND });
    day.send({ type: 'sleep' });
    day.jump(0, 8 * HOUR);
    day.send({ type: 'wake' }, { type: 'input' });
    day.run(MINUTE, { input: 3 * SECOND });
    const closed = day.seen.flatMap(({ effect }) => (effect.type === 'dayClosed' ? [effect.ledger] : []));
    expect(closed.map((ledger) => [ledger.day, ledger.rest.granted, ledger.rest.taken, ledger.rest.covered])).toEqual([['2026-05-04', 2, 0, 1]]);
    expect(day.state().ledger).toMatchObject({ day: '2026-05-05', effectiveMs: MINUTE });
  });

  it('a night shift past midnight stays one day', () => {
    const day = desk(hourly, null, Date.UTC(2026, 4, 4, 22));
    day.run(6 * HOUR, { input: 9 * SECOND, tick: 9 * SECOND });
    expect(day.count('dayClosed')).toBe(0);
    expect(day.state().ledger.effectiveMs).toBe(6 * HOUR);
  });

  it('state read from a damaged file is refused, not trusted', () => {
    const day = desk(rules);
    expect(parsePlannerState(JSON.parse(JSON.stringify(day.state())))).toEqual(day.state());
    // What was worked and taken is never guessed; anything else begins anew.
    expect(parsePlannerState({ ...day.state(), quietMs: Number.NaN, pendingMs: -1 })).toEqual({ ...day.state(), quietMs: 0, pendingMs: 0 });
    for (const ledger of [null, {}, { ...day.state().ledger, rest: null }, { ...day.state().ledger, day: '2026' }]) expect(parsePlannerState({ ...day.state(), ledger })).toBeUndefined();
    for (const damaged of [null, 7, 'x', [], { version: 2 }]) expect(parsePlannerState(damaged)).toBeUndefined();
  });
});

describe('what the planner may hear', () => {
  it('has no input from voice, face or the rhythm of keys', () => {
    const kinds = plannerEventSchema.options.map((option) => option.shape.type.value);
    expect(kinds.sort()).toEqual(['boot', 'call', 'dnd', 'finish', 'hardCall', 'hours', 'idle', 'input', 'lock', 'pause', 'postpone', 'resumeSkipped', 'rules', 'skip', 'sleep', 'take', 'tick', 'unlock', 'unpause', 'wake']);
    expect(plannerEventSchema.safeParse({ type: 'input', key: 'a' }).success).toBe(false);
  });
});
