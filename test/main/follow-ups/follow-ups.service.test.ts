import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLedger } from '#main/db/ledger.ts';
import type { OpenedRecords } from '#main/db/open-records.ts';
import { callRestorers } from '#main/features/calls/index.ts';
import { createFollowUpsService, followUpRestorer } from '#main/features/follow-ups/index.ts';
import { createTestClock } from '#main/lib/clock.ts';
import { pausedScriptSchema } from '#shared/domain/scripts/pause.ts';
import { openTest, tempDir, testKey } from '../db/helpers.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const restorers = [...callRestorers, followUpRestorer];

function open(dir = tempDir(), key = testKey(), clock = createTestClock()) {
  const records: OpenedRecords = openTest(dir, key, { restorers });
  const ledger = createLedger({ db: records.db, journal: records.journal, clock });
  return { dir, key, clock, records, service: createFollowUpsService({ db: records.db, ledger, clock }) };
}

describe('follow-ups', () => {
  it('come back by themselves, soonest first, and stay overdue when snoozed', () => {
    const { service, clock } = open();
    const now = clock.now();
    const later = service.create('c1', { kind: 'promise', text: 'refund', dueAt: now + DAY, dueWords: 'tomorrow' }).id;
    const soon = service.create('c2', { kind: 'call-back', text: 'ring Ada', dueAt: now + 30 * MINUTE, dueWords: 'in 30 min', callId: 'call-1', scriptState: { step: 'payment' } }).id;
    expect(service.open().map((one) => one.id)).toEqual([soon, later]);
    expect(service.reminders()).toEqual({ due: [], overdue: 0, nextAt: now + 15 * MINUTE });
    clock.advance(40 * MINUTE);
    expect(service.reminders()).toMatchObject({ due: [{ id: soon }], overdue: 1 });
    service.reminded('r', soon);
    expect(service.reminders().due).toEqual([]);
    service.snooze('s', soon, clock.now() + 10 * MINUTE);
    expect(service.reminders()).toMatchObject({ due: [], overdue: 1, nextAt: clock.now() + 10 * MINUTE });
    clock.advance(10 * MINUTE);
    expect(service.reminders().due.map((one) => one.id)).toEqual([soon]);
    service.done('d', soon, 'reached her, card 4111 1111 1111 1111');
    expect(service.get(soon)).toMatchObject({ state: 'done', outcome: 'reached her, card 4111 11** **** 1111', scriptState: { step: 'payment' } });
    expect(service.open().map((one) => one.id)).toEqual([later]);
    expect(service.hasFor('call-1')).toBe(true);
    expect(service.ofCall('call-1')).toHaveLength(1);
  });

  it('sensitive values of a waiting script go when their time is over, or a day after it was closed; the walk stays', () => {
    const { service, clock, records } = open();
    let commands = 0;
    const forget = (): number => service.forgetSensitive(() => `forget-${(commands += 1)}`, clock.now(), 30);
    const walk = (sensitive: string[]) => ({
      format: 'callside.paused-script', version: 1, script: 'main', title: 'Main', cue: 'Ask', language: 'en', pausedAt: 1, call: {},
      checkpoint: { trail: [{ script: 'main', step: 'ask', frames: [], at: 1, by: 'start' }], fields: { pin: 'dog', day: '2026-05-29' }, said: [], owed: [], skipped: [], facts: [], missed: [], finished: false, scripts: ['main'] },
      ...(sensitive.length === 0 ? {} : { sensitive }),
    });
    const make = (id: string, sensitive: string[]): string => service.create(id, { kind: 'call-back', text: id, dueAt: clock.now() + 60 * DAY, dueWords: '', scriptState: walk(sensitive) }).id;
    const waiting = make('waiting', ['pin']);
    const closed = make('closed', ['pin']);
    const harmless = make('harmless', []);
    const fields = (id: string): unknown => pausedScriptSchema.parse(service.get(id)?.scriptState).checkpoint.fields;
    service.done('d', closed, 'reached her');
    expect(forget()).toBe(0);
    clock.advance(2 * DAY);
    expect(forget()).toBe(1);
    expect(fields(closed)).toEqual({ day: '2026-05-29' });
    expect(fields(waiting)).toEqual({ pin: 'dog', day: '2026-05-29' });
    clock.advance(29 * DAY);
    expect(forget()).toBe(1);
    expect(fields(waiting)).toEqual({ day: '2026-05-29' });
    expect(pausedScriptSchema.safeParse(service.get(waiting)?.scriptState).success).toBe(true);
    // A field nobody calls sensitive stays for as long as the follow-up.
    expect(fields(harmless)).toEqual({ pin: 'dog', day: '2026-05-29' });
    expect(forget()).toBe(0);
    const stored = records.db.prepare('SELECT script_state FROM follow_ups WHERE public_id <> ?').pluck().all(harmless);
    expect(JSON.stringify(stored)).not.toContain('dog');
  });

  it('a new due time clears the snooze', () => {
    const { service, clock } = open();
    const { id } = service.create('c', { kind: 'promise', text: 'x', dueAt: clock.now() + MINUTE, dueWords: '' });
    service.snooze('s', id, clock.now() + DAY);
    service.edit('e', { id, dueAt: clock.now() + 2 * MINUTE });
    expect(service.get(id)).not.toHaveProperty('snoozedUntil');
    expect(service.reminders().due.map((one) => one.id)).toEqual([id]);
  });

  it('survive the loss of the database', () => {
    const { dir, key, service, records, clock } = open();
    const { id } = service.create('c', { kind: 'promise', text: 'refund of 20', dueAt: clock.now() + DAY, dueWords: 'tomorrow' });
    service.snooze('s', id, clock.now() + 2 * DAY);
    records.close();
    writeFileSync(join(dir, 'records.db'), 'gone');
    const again = open(dir, key);
    expect(again.service.get(id)).toMatchObject({ text: 'refund of 20', snoozes: 1, state: 'open' });
    again.records.close();
  });

  it('keep open promises when closed ones expire', () => {
    const { service, clock } = open();
    const first = service.create('c1', { kind: 'promise', text: 'a', dueAt: clock.now(), dueWords: '' }).id;
    const second = service.create('c2', { kind: 'promise', text: 'b', dueAt: clock.now(), dueWords: '' }).id;
    service.done('d', first, '');
    clock.advance(100 * DAY);
    expect(service.purge('p', clock.now(), 90)).toEqual({ deleted: 1 });
    expect(service.open().map((one) => one.id)).toEqual([second]);
    expect(() => service.done('d2', first, '')).toThrow('not there any more');
  });
});
