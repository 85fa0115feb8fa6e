import { describe, expect, it } from 'vitest';
import { readDueWords } from '#shared/domain/follow-ups/due-words.ts';

/** Wednesday, 7 January 2026, 14:30 local time. */
const NOW = new Date(2026, 0, 7, 14, 30).getTime();
const local = (month: number, day: number, hour: number, minute = 0): number => new Date(2026, month - 1, day, hour, minute).getTime();

describe('due times in words', () => {
  it.each([
    ['tomorrow 10', local(1, 8, 10)],
    ['in 2 h', local(1, 7, 16, 30)],
    ['in 30 min', local(1, 7, 15)],
    ['in 1.5 hours', local(1, 7, 16)],
    ['Friday', local(1, 9, 9)],
    ['friday 9', local(1, 9, 9)],
    ['monday 14:00', local(1, 12, 14)],
    ['wednesday 16', local(1, 7, 16)],
    ['at 4', local(1, 7, 16)],
    ['4', local(1, 7, 16)],
    ['at 4:15', local(1, 7, 16, 15)],
    ['04:00', local(1, 8, 4)],
    ['9', local(1, 8, 9)],
    ['9:30', local(1, 8, 9, 30)],
    ['3pm', local(1, 7, 15)],
    ['tomorrow', local(1, 8, 9)],
    ['tomorrow morning', local(1, 8, 9)],
    ['tomorrow at noon', local(1, 8, 12)],
    ['this afternoon', local(1, 7, 15)],
    ['tonight', local(1, 7, 19)],
    ['eod', local(1, 7, 17)],
    ['tomorrow eod', local(1, 8, 17)],
    ['end of week', local(1, 9, 17)],
    ['today', local(1, 7, 17)],
    ['in 3 days', local(1, 10, 9)],
    ['15.1.', local(1, 15, 9)],
    ['15.01. 14:00', local(1, 15, 14)],
    ['2026-02-01 08:15', local(2, 1, 8, 15)],
  ])('%s', (words, at) => {
    expect(readDueWords(words, NOW)?.at).toBe(at);
  });

  it.each([
    ['morgen 10', 'de', local(1, 8, 10)],
    ['morgen früh', 'de', local(1, 8, 9)],
    ['übermorgen', 'de', local(1, 9, 9)],
    ['in einer Stunde', 'de', local(1, 7, 15, 30)],
    ['um 4', 'de', local(1, 7, 16)],
    ['demain 10h', 'fr', local(1, 8, 10)],
    ['mañana 10', 'es', local(1, 8, 10)],
    ['tomorrow 10', 'de-AT', local(1, 8, 10)],
  ])('%s in %s', (words, language, at) => {
    expect(readDueWords(words, NOW, { language })?.at).toBe(at);
  });

  it('reads nothing from the past and nothing without a time', () => {
    for (const words of ['yesterday', 'hello', '', '???', '31', 'last friday', '1999-01-01']) expect(readDueWords(words, NOW)).toBeUndefined();
  });

  it('says whether an hour was given, and gives the other words back', () => {
    expect(readDueWords('call Ada tomorrow 10', NOW)).toMatchObject({ hourSaid: true, rest: 'call Ada' });
    expect(readDueWords('Friday: send the invoice', NOW)).toMatchObject({ hourSaid: false, rest: 'send the invoice' });
  });

  it('"today" after hours is in an hour, never in the past', () => {
    const late = new Date(2026, 0, 7, 19, 0).getTime();
    expect(readDueWords('today', late)?.at).toBe(late + 3_600_000);
  });
});
