import { createPublicKey, verify } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createPlannerStore, createWellbeingService, wellbeingRestorers } from '#main/features/wellbeing/index.ts';
import { createEraser } from '#main/db/erase.ts';
import { allCopies } from '#main/db/backup.ts';
import { openDatabase } from '#main/db/open.ts';
import { createLedger } from '#main/db/ledger.ts';
import { eraseWellbeing } from '#main/processes/wellbeing-erase.ts';
import { callNow } from '#main/processes/wellbeing-handlers.ts';
import { callRestorers, createCallsService } from '#main/features/calls/index.ts';
import { createTestClock } from '#main/lib/clock.ts';
import { createLiveRules } from '#main/lib/live-rules.ts';
import { NO_SIDE } from '#main/features/wellbeing/stored.ts';
import { DEFAULT_RULES } from '#shared/domain/wellbeing/presets.ts';
import { emptyLedger, initialPlanner, type Ledger } from '#shared/domain/wellbeing/state.ts';
import { allFiles, openTest, tempDir, testKey } from '../db/helpers.ts';

const restorers = [...callRestorers, ...wellbeingRestorers];
const MINUTE = 60_000;
const { masking } = createLiveRules();
const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

function desk(dir = tempDir(), key = testKey()) {
  const records = openTest(dir, key, { restorers });
  const clock = createTestClock();
  const ledger = createLedger({ db: records.db, journal: records.journal, clock });
  const planner = createPlannerStore({ db: records.db, ledger, touched: () => undefined, masking });
  const service = createWellbeingService({ db: records.db, ledger, clock, planner, masking });
  const calls = createCallsService({ db: records.db, journal: records.journal, clock, ledger });
  const eraser = createEraser({ records, ledger, restorers });
  let ids = 0;
  let open = true;
  const close = (): void => { if (open) records.close(); open = false; };
  closers.push(close);
  return { dir, key, records, clock, planner, service, calls, eraser, id: () => `cmd-${dir}-${(ids += 1)}`, close };
}

const day = (name: string, rest: Partial<Ledger['rest']>): Ledger => ({ ...emptyLedger(name), startedAt: Date.parse(`${name}T08:00:00Z`), effectiveMs: 240 * MINUTE, talkMs: 100 * MINUTE, rest: { ...emptyLedger(name).rest, ...rest } });

describe('the planner’s state', () => {
  it('ignores an older save that comes late', () => {
    const { planner, id } = desk();
    const save = { life: 'one', at: 5, entries: [] };
    planner.save(id(), { ...save, seq: 2, data: 'new' });
    planner.save(id(), { ...save, seq: 1, data: 'old' });
    expect(planner.load()).toEqual({ life: 'one', seq: 2, data: 'new' });
  });

  it('writes a log line and the state it belongs to together, once', () => {
    const { planner, service, id } = desk();
    const command = id();
    const save = { life: 'one', seq: 1, at: 5, data: '{}', entries: [{ type: 'break' as const, id: 'b1', entry: { at: 7, what: 'taken' as const, kind: 'rest' as const, ms: 300_000, counted: true } }] };
    planner.save(command, save);
    planner.save(command, save);
    planner.save(id(), { ...save, seq: 2 });
    expect(service.history(0, 10, '2026-01-01', '2026-12-31').breaks).toEqual([save.entries[0]?.entry]);
  });

  it('comes back from the journal when the database is lost', () => {
    const first = desk();
    first.service.addWins(first.id(), 'went-well', ['the caller with the lost parcel laughed']);
    first.close();
    for (const file of allFiles(first.dir)) if (file.includes('.db')) rmSync(file);
    const third = desk(first.dir, first.key);
    expect(third.service.wins()).toHaveLength(1);
  });

  it('lets the call that asks most of the agent decide', () => {
    expect(callNow([{ id: 'a', state: 'wrap-up' }, { id: 'b', state: 'ringing' }])).toEqual({ phase: 'ringing', callId: 'b' });
    expect(callNow([{ id: 'a', state: 'ringing' }, { id: 'b', state: 'on-hold' }])).toEqual({ phase: 'on-hold', callId: 'b' });
    expect(callNow([])).toEqual({ phase: 'none' });
  });
});

describe('the agent’s own book', () => {
  it('finds wins whatever the accents, newest first', () => {
    const { service, clock, id } = desk();
    service.addWins(id(), 'went-well', ['Café order saved']);
    clock.advance(10);
    service.addWins(id(), 'helped', ['found the cafe invoice', 'other']);
    expect(service.wins('CAFE').map((win) => win.text)).toEqual(['found the cafe invoice', 'Café order saved']);
    service.removeWin(id(), service.wins('invoice')[0]?.id ?? '');
    expect(service.wins('cafe')).toHaveLength(1);
  });

  it('counts what was finished per idea', () => {
    const { service, id } = desk();
    service.ideaUsed(id(), 'breathe-box', false);
    service.ideaUsed(id(), 'breathe-box', true);
    service.ideaUsed(id(), 'eyes-far', false);
    expect(service.ideas().map(({ idea, started, finished }) => [idea, started, finished])).toEqual([['breathe-box', 1, 1], ['eyes-far', 1, 0]]);
  });

  it('computes the gauge from calls, rests, marks and check-ins', () => {
    const { service, planner, calls, clock, id } = desk();
    const start = clock.now();
    for (let number = 0; number < 3; number += 1) {
      const { id: call } = calls.start(id(), { id: `c${number}`, direction: 'in' });
      calls.apply(id(), call, { type: 'answer' });
      clock.advance(10 * MINUTE);
      calls.apply(id(), call, { type: 'hang-up', by: 'caller' });
    }
    planner.save(id(), { life: 'l', seq: 1, at: 1, data: '{}', entries: [{ type: 'hardCall', id: 'h', at: clock.now(), kind: 'abusive' }] });
    const heavy = service.load(start, start + 86_400_000);
    expect(heavy.contributions.map((line) => line.key)).toEqual(['load.hardCall.abusive', 'load.sinceRest', 'load.row']);
    planner.save(id(), { life: 'l', seq: 2, at: 2, data: '{}', entries: [{ type: 'break', id: 'b', entry: { at: clock.now() + 5 * MINUTE, what: 'taken', kind: 'recovery', ms: 5 * MINUTE, counted: true } }] });
    clock.advance(6 * MINUTE);
    const rested = service.load(start, start + 86_400_000);
    expect(rested.level).toBeLessThan(heavy.level);
    expect(rested.course.length).toBeGreaterThan(2);
  });

  it('exports everything, with cells a spreadsheet does not run', () => {
    const { service, id } = desk();
    service.addWins(id(), 'went-well', ['=cmd("x"), "quoted"']);
    expect(service.exportOwn('csv').text).toContain(`"'=cmd(""x""), ""quoted"""`);
    expect(JSON.parse(service.exportOwn('json').text).wins[0].text).toBe('=cmd("x"), "quoted"');
  });
});

describe('the statement of owed breaks', () => {
  const signed = (recovery: boolean) => {
    const { service, planner, id } = desk();
    planner.save(id(), {
      life: 'l', seq: 1, at: 1, data: JSON.stringify({ planner: { ...initialPlanner(DEFAULT_RULES), ledger: day('2026-01-06', { granted: 3, taken: 1 }) }, side: NO_SIDE }),
      entries: [{ type: 'day', at: 3, ledger: { ...day('2026-01-05', { granted: 4, taken: 4 }), recovery: { ...emptyLedger('2026-01-05').recovery, granted: 1 } } }],
    });
    const input = { fromDay: '2026-01-05', toDay: '2026-01-06', name: 'Ana', recovery };
    return { one: JSON.parse(service.statement(id(), input).text), two: JSON.parse(service.statement(id(), input).text) };
  };

  it('adds up what is owed, and verifies with the key it carries', () => {
    const { one, two } = signed(false);
    const body = JSON.parse(one.statement);
    expect(body.owed).toEqual({ micro: 0, rest: 2, meal: 0 });
    expect(body.days.map((entry: { day: string }) => entry.day)).toEqual(['2026-01-05', '2026-01-06']);
    const valid = (text: string): boolean => verify(null, Buffer.from(text), createPublicKey(one.publicKey), Buffer.from(one.signature, 'base64'));
    expect(valid(one.statement)).toBe(true);
    expect(valid(one.statement.replace('"owed":2', '"owed":9'))).toBe(false);
    expect(two.publicKey).toBe(one.publicKey);
  });

  it('tells of pauses after hard calls only on request', () => {
    expect(signed(false).one.statement).not.toContain('recovery');
    expect(JSON.parse(signed(true).one.statement).owed.recovery).toBe(1);
  });
});

describe('erasing', () => {
  const CANARY = 'CANARY-wellbeing-7731';
  const filled = () => {
    const one = desk();
    const { planner, service, calls, records, id } = one;
    calls.start(id(), { id: 'kept', direction: 'in' });
    calls.saveNote(id(), { callId: 'kept', text: 'a note that stays', seq: 1 });
    service.addWins(id(), 'went-well', [CANARY]);
    service.ideaUsed(id(), 'eyes-far', true);
    service.statement(id(), { fromDay: '2026-01-01', toDay: '2026-01-02', name: CANARY, recovery: false });
    planner.save(id(), { life: 'l1', seq: 1, at: 1, data: JSON.stringify({ x: CANARY }), entries: [{ type: 'checkIn', id: 'c', at: 5, value: 2, note: CANARY }, { type: 'hardCall', id: 'h', at: 5, kind: 'abusive', callId: 'kept' }] });
    records.backups.make();
    return one;
  };

  it('takes everything of the agent’s own out of every file and leaves the calls', () => {
    const { eraser, records, calls, id, key } = filled();
    let told = 0;
    const report = eraseWellbeing({ db: records.db, eraser, commandId: id(), erased: () => { told += 1; } });
    expect(report).toMatchObject({ complete: true, left: 0 });
    expect(told).toBe(1);
    expect(calls.get('kept')?.note.text).toBe('a note that stays');
    for (const file of allCopies(records.paths.backups)) {
      const copy = openDatabase({ file, kind: 'records', key, readonly: true });
      for (const restorer of wellbeingRestorers) expect(restorer.snapshot(copy, 0)).toEqual([]);
      copy.close();
    }
    expect(JSON.stringify(records.journal.records())).not.toContain(CANARY);
  });

  it('begins anew afterwards: what is written later stays', () => {
    const first = filled();
    eraseWellbeing({ db: first.records.db, eraser: first.eraser, commandId: first.id(), erased: () => undefined });
    first.service.ideaUsed(first.id(), 'eyes-far', true);
    first.planner.save(first.id(), { life: 'l2', seq: 1, at: 2, data: '{}', entries: [] });
    first.close();
    const again = desk(first.dir, first.key);
    expect(again.service.ideas()).toHaveLength(1);
    expect(again.planner.load()?.life).toBe('l2');
  });

  it('goes with everything else when the whole desk is erased', () => {
    const { eraser, records, id } = filled();
    expect(eraser.eraseAll(id())).toMatchObject({ complete: true, left: 0 });
    for (const restorer of wellbeingRestorers) expect(restorer.snapshot(records.db, 0)).toEqual([]);
  });
});
