import { describe, expect, it } from 'vitest';
import type { Announcement } from '#shared/domain/announcement.ts';
import { announcementDigest, currentAnnouncements, needsAcknowledging } from '#shared/domain/news/due.ts';
import { touchShift } from '#shared/domain/news/shift.ts';
import { afterRating, cardsForToday, selfCheckSchema, type CheckProgress } from '#shared/domain/self-check.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 20, 9);
const news = (patch: Partial<Announcement>): Announcement => ({ id: 'a', title: 'A', body: 'b', importance: 'info', acknowledge: 'once', ...patch });

describe('announcements', () => {
  it('asks again when the words have changed, and daily ones on the next day only', () => {
    const once = news({});
    const ack = { announcement: 'a', digest: announcementDigest(once), at: NOW - DAY };
    expect(needsAcknowledging(once, [], NOW)).toBe(true);
    expect(needsAcknowledging(once, [ack], NOW)).toBe(false);
    expect(needsAcknowledging(news({ body: 'other words' }), [ack], NOW)).toBe(true);
    const daily = news({ acknowledge: 'daily' });
    const own = { announcement: 'a', digest: announcementDigest(daily), at: NOW - HOUR };
    expect(needsAcknowledging(daily, [own], NOW - 2 * HOUR)).toBe(false);
    expect(needsAcknowledging(daily, [own], NOW)).toBe(true);
    expect(needsAcknowledging(news({ acknowledge: 'no' }), [], NOW)).toBe(false);
  });

  it('shows what holds now, urgent before new', () => {
    const all = [news({ id: 'old', validUntil: NOW }), news({ id: 'later', validFrom: NOW + 1 }), news({ id: 'new', validFrom: NOW - 1 }), news({ id: 'urgent', importance: 'urgent' })];
    expect(currentAnnouncements(all, NOW).map(({ id }) => id)).toEqual(['urgent', 'new']);
  });
});

describe('the mark of the shift', () => {
  it('moves after a long pause and not over lunch, and never back with the clock', () => {
    const morning = touchShift(undefined, NOW);
    const noon = touchShift(touchShift(morning, NOW + 2 * HOUR), NOW + 5 * HOUR);
    expect(noon).toEqual({ last: NOW + 5 * HOUR, since: NOW });
    const next = touchShift(noon, NOW + DAY);
    expect(next).toEqual({ last: NOW + DAY, since: NOW + 5 * HOUR });
    expect(touchShift(next, NOW)).toEqual(next);
  });
});

describe('self-checks', () => {
  const card = (id: string) => selfCheckSchema.parse({ id, question: 'q', answer: 'a' });
  it('lets what is known come back later and later, and what is not known soon', () => {
    let known: CheckProgress | undefined;
    const gaps: number[] = [];
    for (let at = NOW, turn = 0; turn < 4; turn++, at = known.due) {
      known = afterRating('c', known, 'good', at);
      gaps.push(known.due - at);
    }
    expect(gaps[0]).toBeGreaterThanOrEqual(DAY);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    const forgotten = afterRating('c', known, 'again', known?.due ?? NOW);
    expect(forgotten.due - forgotten.reviewedAt).toBeLessThan(gaps[3] ?? 0);
    expect(forgotten.lapses).toBe(1);
  });

  it('asks what is longest due first, then new ones, and no more a day than the agent wants', () => {
    const seen = (id: string, due: number, at: number): CheckProgress => ({ ...afterRating(id, undefined, 'good', at), due });
    const cards = ['new', 'due', 'overdue', 'done', 'later'].map(card);
    const progress = [seen('due', NOW - HOUR, NOW - DAY), seen('overdue', NOW - DAY, NOW - 2 * DAY), seen('done', NOW + DAY, NOW - HOUR), seen('later', NOW + DAY, NOW - DAY)];
    const pace = { now: NOW, dayStart: NOW - 2 * HOUR };
    expect(cardsForToday(cards, progress, { ...pace, perDay: 10 }).map(({ id }) => id)).toEqual(['overdue', 'due', 'new']);
    expect(cardsForToday(cards, progress, { ...pace, perDay: 2 }).map(({ id }) => id)).toEqual(['overdue']);
    expect(cardsForToday(cards, progress, { ...pace, perDay: 0 })).toEqual([]);
  });

  it('has exactly one right choice', () => {
    expect(selfCheckSchema.safeParse({ id: 'c', question: 'q', answer: 'a', choices: [{ text: 'x', right: true }, { text: 'y', right: true }] }).success).toBe(false);
  });
});
