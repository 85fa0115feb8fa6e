import { describe, expect, it } from 'vitest';
import { breakConfig, createIdleTrust, testRules, type BreakConfig } from '#main/features/wellbeing/index.ts';
import { watchPower } from '#main/electron/power.ts';
import { settingsSchema } from '#shared/domain/settings.ts';
import { CONFIG, MINUTE, testDesk } from './helpers.ts';

describe('a working day', () => {
  it('keeps a due break out of the call and shows it after wrap-up and a pause', async () => {
    const desk = testDesk();
    await desk.runner.start();
    await desk.setCall('talking');
    desk.pass(70 * MINUTE);
    expect(desk.views.every((view) => view.card === null)).toBe(true);
    expect(desk.view()).toMatchObject({ due: 'rest', quiet: true });
    await desk.setCall('wrap-up');
    desk.pass(MINUTE);
    expect(desk.view().card).toBeNull();
    await desk.setCall('none');
    desk.runner.signal('input');
    expect(desk.view().card).toBeNull();
    desk.pass(10_000);
    expect(desk.view().card).toMatchObject({ kind: 'rest', lengthMs: 5 * MINUTE, postpones: [5 * MINUTE, 10 * MINUTE] });
  });

  it('takes a break, tells why the desk is not ready, and logs it once', async () => {
    const desk = testDesk();
    await desk.runner.start();
    desk.pass(61 * MINUTE, true);
    desk.pass(20_000);
    const { refused } = await desk.runner.act({ type: 'take', kind: 'rest' });
    expect(refused).toBeUndefined();
    desk.pass(5 * MINUTE);
    await desk.runner.settled();
    expect(desk.reasons.slice(-2)).toEqual(['break', null]);
    const taken = desk.entries().filter((entry) => entry.type === 'break' && entry.entry.what === 'taken');
    expect(taken).toHaveLength(1);
    expect(desk.view().owed.rest).toBe(0);
  });

  it('ends a break at once when the phone rings and keeps what was due', async () => {
    const desk = testDesk();
    await desk.runner.start();
    desk.pass(61 * MINUTE, true);
    desk.pass(20_000);
    await desk.runner.act({ type: 'take', kind: 'rest' });
    desk.pass(2 * MINUTE);
    await desk.setCall('ringing');
    expect(desk.view()).toMatchObject({ running: null, card: null });
    expect(desk.view().owed.rest).toBe(1);
    await desk.setCall('none');
    desk.pass(60_000, false);
    expect(desk.view().card?.kind).toBe('rest');
  });

  it('refuses keys in flight, and takes them when the guard has passed', async () => {
    const desk = testDesk();
    await desk.runner.start();
    desk.pass(61 * MINUTE, true);
    while (desk.view().card === null) desk.pass(1_000);
    expect((await desk.runner.act({ type: 'skip', byKey: true })).refused).toBe('guard');
    desk.pass(3_000);
    expect((await desk.runner.act({ type: 'skip', byKey: true })).refused).toBeUndefined();
  });

  it('offers postponements only within the limits', async () => {
    const desk = testDesk(breakConfig(settingsSchema.parse({ breaks: { postpones: 1 } })));
    await desk.runner.start();
    desk.pass(61 * MINUTE, true);
    while (desk.view().card === null) desk.pass(1_000);
    expect((await desk.runner.act({ type: 'postpone', ms: 5 * MINUTE })).refused).toBeUndefined();
    expect(desk.view().card).toBeNull();
    desk.pass(6 * MINUTE, true);
    while (desk.view().card === null) desk.pass(1_000);
    expect(desk.view().card?.postpones).toEqual([]);
    expect((await desk.runner.act({ type: 'postpone', ms: 5 * MINUTE })).refused).toBe('postponeLimit');
  });
});

describe('what the machine does', () => {
  it('takes sleep for rest and shows nothing on waking up', async () => {
    const desk = testDesk();
    await desk.runner.start();
    desk.pass(59 * MINUTE, true);
    desk.runner.signal('sleep');
    desk.jump(8 * MINUTE);
    desk.runner.signal('wake');
    desk.pass(30_000);
    expect(desk.view()).toMatchObject({ due: null, card: null });
    desk.pass(50 * MINUTE, true);
    desk.pass(20_000);
    expect(desk.view().card?.kind).not.toBe('rest');
  });

  it('takes the day up after a crash where it was', async () => {
    const desk = testDesk();
    await desk.runner.start();
    desk.pass(59 * MINUTE, true);
    await desk.runner.settled();
    const again = testDesk(CONFIG, desk.disk);
    again.setClock(desk.now() + 20_000);
    await again.runner.start();
    again.pass(2 * MINUTE, true);
    again.pass(10_000);
    expect(again.view().card?.kind).toBe('rest');
    expect(Math.round(again.view().workedMs / MINUTE)).toBeGreaterThanOrEqual(61);
  });

  it('loses no log line while the disk refuses, and writes none twice', async () => {
    const desk = testDesk();
    await desk.runner.start();
    desk.pass(61 * MINUTE, true);
    desk.pass(20_000);
    await desk.runner.settled();
    desk.disk.failing = true;
    await desk.runner.act({ type: 'skip', reason: 'queue is full' });
    await desk.runner.settled();
    expect(desk.warnings).toHaveLength(1);
    desk.disk.failing = false;
    desk.pass(5_000);
    await desk.runner.settled();
    desk.pass(5_000);
    await desk.runner.settled();
    expect(desk.entries().filter((entry) => entry.type === 'break' && entry.entry.what === 'skipped')).toHaveLength(1);
  });

  it('persists every tick with a number that only grows', async () => {
    const desk = testDesk();
    await desk.runner.start();
    for (let tick = 0; tick < 20; tick += 1) { desk.pass(5_000); await desk.runner.settled(); }
    const seqs = desk.disk.saves.map((save) => save.seq);
    expect(seqs.length).toBeGreaterThanOrEqual(20);
    expect(seqs).toEqual([...new Set(seqs)].toSorted((left, right) => left - right));
  });

  it('believes idle times only once they were seen to grow', () => {
    const trust = createIdleTrust();
    expect(trust(0)).toBeUndefined();
    expect(trust(undefined)).toBeUndefined();
    expect(trust(6_000)).toBe(6_000);
    expect(trust(0)).toBe(0);
  });

  it('survives a system without lock signals and without idle times', () => {
    const heard: string[] = [];
    const listeners = new Map<string, () => void>();
    const power = watchPower((signal) => heard.push(signal), {
      on: (name, listener) => {
        if (name.includes('screen')) throw new Error('not on this system');
        listeners.set(name, listener);
      },
      removeListener: (name) => listeners.delete(name),
    });
    listeners.get('suspend')?.();
    listeners.get('resume')?.();
    expect(heard).toEqual(['sleep', 'wake']);
    expect(power.idleMs()).toBeUndefined();
    power.stop();
    expect(listeners.size).toBe(0);
  });
});

describe('a hard call', () => {
  const support = { people: [{ name: 'Ines', how: 'ext. 12' }], words: 'Go and get her.' };

  it('is marked in the call and offered with contacts only after it', async () => {
    const desk = testDesk({ ...CONFIG, support });
    await desk.runner.start();
    await desk.setCall('talking');
    await desk.runner.act({ type: 'hardCall', kind: 'threat' });
    desk.pass(3 * MINUTE);
    expect(desk.view()).toMatchObject({ offer: null, card: null });
    await desk.setCall('wrap-up');
    desk.pass(20_000);
    expect(desk.view()).toMatchObject({ offer: null, card: null });
    await desk.setCall('none');
    desk.pass(20_000);
    expect(desk.view().card).toMatchObject({ kind: 'recovery', hardCall: 'threat' });
    expect(desk.view().offer).toMatchObject({ offerMs: 10 * MINUTE, support: { people: support.people } });
    await desk.runner.act({ type: 'take', kind: 'recovery', lengthMs: 12 * MINUTE });
    expect(desk.view()).toMatchObject({ offer: null, running: { kind: 'recovery', lengthMs: 12 * MINUTE } });
    expect(desk.reasons.at(-1)).toBe('recovery');
  });

  it('is granted once per call however often its mark is corrected', async () => {
    const { rules } = breakConfig(settingsSchema.parse({ breaks: { preset: 'br' } }));
    const desk = testDesk({ ...CONFIG, rules });
    await desk.runner.start();
    await desk.setCall('talking');
    await desk.runner.act({ type: 'hardCall', kind: 'draining' });
    await desk.runner.act({ type: 'hardCall', kind: 'abusive' });
    desk.runner.markHardCall('abusive', 'call-1');
    await desk.runner.settled();
    expect(desk.view().owed.recovery).toBe(1);
    const marks = desk.entries().filter((entry) => entry.type === 'hardCall');
    expect(new Set(marks.map((mark) => mark.type === 'hardCall' && mark.id)).size).toBe(1);
    expect(marks.at(-1)).toMatchObject({ kind: 'abusive' });
  });

  it('shows nobody to turn to for a draining call', async () => {
    const desk = testDesk({ ...CONFIG, support });
    await desk.runner.start();
    await desk.runner.act({ type: 'hardCall', kind: 'draining' });
    expect(desk.view().offer).toMatchObject({ kind: 'draining', offerMs: 90_000, support: null });
  });
});

describe('questions', () => {
  it('are never asked in a call, never too often, and only if wanted', async () => {
    const quiet = testDesk();
    await quiet.runner.start();
    quiet.pass(5 * 60 * MINUTE, true);
    quiet.pass(20_000);
    expect(quiet.views.some((view) => view.ask !== null)).toBe(false);

    const desk = testDesk({ ...CONFIG, rules: { ...CONFIG.rules, micro: null, rest: null, idleAfterMs: null }, asks: { perDay: 2, everyMs: 60 * MINUTE, shiftStart: false, shiftEnd: false } });
    await desk.runner.start();
    await desk.setCall('talking');
    desk.pass(90 * MINUTE);
    expect(desk.views.some((view) => view.ask !== null)).toBe(false);
    expect((await desk.runner.act({ type: 'checkIn', value: 2 })).refused).toBe('inCall');
    await desk.setCall('none');
    desk.pass(30_000);
    expect(desk.view().ask).toBe('check-in');
    await desk.runner.act({ type: 'checkIn', value: 2, note: 'loud today' });
    expect(desk.view().ask).toBeNull();
    let asked = 0;
    let before: string | null = null;
    for (let minute = 0; minute < 300; minute += 1) {
      desk.pass(MINUTE);
      if (desk.view().ask !== null && before === null) asked += 1;
      before = desk.view().ask;
    }
    expect(asked).toBe(1);
  });

  it('asks for a good memory once, at the start of the shift', async () => {
    const desk = testDesk({ ...CONFIG, asks: { ...CONFIG.asks, shiftStart: true } });
    await desk.runner.start();
    desk.pass(2 * MINUTE, true);
    desk.pass(10_000);
    expect(desk.view().ask).toBe('shift-start');
    await desk.runner.act({ type: 'dropAsk' });
    desk.pass(10 * MINUTE);
    expect(desk.view().ask).toBeNull();
  });
});

describe('the end of a shift', () => {
  const endOf = async (hours: BreakConfig['hours']): Promise<number | undefined> => {
    const desk = testDesk({ ...CONFIG, hours, rules: { ...CONFIG.rules, micro: null, rest: null, idleAfterMs: null }, asks: { ...CONFIG.asks, shiftEnd: true } });
    await desk.runner.start();
    const began = desk.now();
    for (let minute = 0; minute < 9 * 60; minute += 1) {
      desk.pass(50_000, true);
      desk.pass(10_000);
      if (desk.view().ask === 'shift-end') {
        await desk.runner.act({ type: 'dropAsk' });
        desk.pass(20 * MINUTE);
        expect(desk.view().ask).toBeNull();
        return Math.round((desk.now() - began) / MINUTE) - 20;
      }
    }
    return undefined;
  };

  it('brings the question for three good lines once, a quarter of an hour before working hours end', async () => {
    // Monday, 8:00 to 12:00.
    expect(await endOf({ days: Array.from({ length: 7 }, () => [{ from: 480, to: 720 }]) })).toBe(225);
  });

  it('brings it on a desk without working hours as well, towards the end of an ordinary day', async () => {
    expect(await endOf(null)).toBe(465);
  });
});

describe('settings', () => {
  it('cannot go below the minimum of the organisation', () => {
    const { rules } = breakConfig(settingsSchema.parse({ breaks: { preset: 'it', minimum: 'es' } }));
    expect(rules.rest).toMatchObject({ lengthMs: 15 * MINUTE, grant: { kind: 'effective', everyMs: 60 * MINUTE } });
  });

  it('ignores test rules in a packaged app', () => {
    expect(testRules('{"naturalPauseMs":0}', true)).toBeUndefined();
    expect(testRules('{"naturalPauseMs":0}', false)?.naturalPauseMs).toBe(0);
  });

  it('forgets the day when everything was erased', async () => {
    const desk = testDesk();
    await desk.runner.start();
    desk.pass(61 * MINUTE, true);
    await desk.runner.settled();
    const life = desk.disk.saves.at(-1)?.life;
    desk.runner.reset();
    await desk.runner.settled();
    expect(desk.disk.saves.at(-1)?.life).not.toBe(life);
    expect(desk.view()).toMatchObject({ workedMs: 0, owed: { rest: 0 } });
  });
});
