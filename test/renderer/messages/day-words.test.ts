import { describe, expect, it } from 'vitest';
import { readMoment, writeDay } from '#renderer/messages/day-words.ts';
import { parseDay } from '#shared/domain/scripts/validate.ts';

describe('a day in the language of the desk', () => {
  it.each([['en-GB', '31/12/2026'], ['en-US', '12/31/2026'], ['de-DE', '31.12.2026'], ['de-GB', '31.12.2026'], ['sv-SE', '2026-12-31'], ['ar-EG', '31/12/2026'], ['ar', '31/12/2026'], ['he-IL', '31.12.2026'], ['fa-IR', undefined]])(
    'is written for %s and read back as the same day, whatever calendar or digits the region has of its own',
    (language, shown) => {
      for (const day of ['2026-12-31', '2027-01-02', '2024-02-29']) expect(parseDay(writeDay(day, language), language)).toBe(day);
      if (shown !== undefined) expect(writeDay('2026-12-31', language)).toBe(shown);
    },
  );

  it.each([
    ['31\u200f/12\u200f/2026', 'ar', '2026-12-31'], ['\u0661/\u0662/\u0662\u0660\u0662\u0667', 'ar-EG', '2027-02-01'], ['\u06f2\u06f0\u06f2\u06f7/\u06f0\u06f2/\u06f0\u06f1', 'fa-IR', '2027-02-01'], ['\u20682026-12-31\u2069', 'he-IL', '2026-12-31'],
  ])('written from right to left, copied with its marks or typed in the digits of the keyboard, %j (%s) is %s', (text, language, day) => {
    expect(parseDay(text, language)).toBe(day);
  });

  it('leaves alone what is no day', () => {
    expect(writeDay('2026-02-31', 'en-GB')).toBe('2026-02-31');
    expect(writeDay('', 'en-GB')).toBe('');
  });
});

describe('a moment in the language of the desk', () => {
  it.each([
    ['31/12/2026 14:30', 'en-GB', '2026-12-31T14:30'], ['31.12.2026, 14:30', 'de-DE', '2026-12-31T14:30'], ['12/31/2026 2:30 pm', 'en-US', '2026-12-31T14:30'], ['31/12/2026', 'en-GB', '2026-12-31T00:00'],
    ['2026-12-31T14:30', 'de-DE', '2026-12-31T14:30'], ['31.12.2026 9 am', 'de-DE', '2026-12-31T09:00'], ['31/12/2026 25:00', 'en-GB', undefined], ['2026-12-31T99:99', 'en-GB', undefined], ['soon', 'en-GB', undefined], ['31\u200f/12\u200f/2026\u060c 14:30', 'ar', '2026-12-31T14:30'], ['\u0663\u0661/\u0661\u0662/\u0662\u0660\u0662\u0666 \u0661\u0664:\u0663\u0660', 'ar-EG', '2026-12-31T14:30'], ['14:30', 'en-GB', undefined],
  ])('%s (%s) is %s', (text, language, expected) => {
    expect(readMoment(text, language)).toBe(expected);
  });
});
