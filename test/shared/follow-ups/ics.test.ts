import { describe, expect, it } from 'vitest';
import { toIcs } from '#shared/domain/follow-ups/ics.ts';
import { urgencyOf, wakesAt, type FollowUp } from '#shared/domain/follow-ups/schema.ts';

const base: FollowUp = { id: 'f1', kind: 'call-back', state: 'open', text: 'Refund, as promised; \\ "today"\nsecond line', dueAt: Date.UTC(2026, 0, 8, 9), dueWords: 'tomorrow 10', createdAt: 0, snoozes: 0, name: 'Ada', number: '+4930123456' };

describe('calendar files', () => {
  it('escapes text and names the time in UTC', () => {
    const text = toIcs([base], Date.UTC(2026, 0, 7, 12));
    expect(text).toContain('DTSTART:20260108T090000Z\r\n');
    expect(text).toContain(String.raw`SUMMARY:Call back: Refund\, as promised\; \\ "today"`);
    expect(text.replaceAll('\r\n ', '')).toContain(String.raw`\nsecond line\nAda\, +4930123456`);
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
    expect(text.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true);
  });

  it('folds lines at 75 octets without cutting a character', () => {
    const text = toIcs([{ ...base, text: 'ü€🙂'.repeat(60) }], 0);
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n ', '')).toContain('ü€🙂'.repeat(60));
  });

  it('lets nobody add lines of their own', () => {
    const text = toIcs([{ ...base, text: 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT', name: 'a\rb' }], 0);
    expect(text.split('\r\n').filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
  });
});

describe('urgency', () => {
  it('follows the promised time, snoozed or not', () => {
    const at = (now: number) => urgencyOf({ ...base, dueAt: 1_000_000_000 }, now, 1_050_000_000);
    expect(at(0)).toBe('today');
    expect(at(1_000_000_000 - 60_000)).toBe('due');
    expect(at(1_000_000_001)).toBe('overdue');
    expect(urgencyOf({ ...base, dueAt: 2_000_000_000 }, 0, 1_000)).toBe('later');
    expect(urgencyOf({ ...base, state: 'done' }, 0, 1)).toBe('closed');
    expect(wakesAt({ dueAt: 5, snoozedUntil: 9 })).toBe(9);
  });
});
