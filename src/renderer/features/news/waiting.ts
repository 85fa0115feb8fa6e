import type { Announcement } from '#shared/domain/announcement.ts';
import { currentAnnouncements, needsAcknowledging } from '#shared/domain/news/due.ts';
import type { NewsState } from './news.store.ts';

/** Local midnight of the day `now` lies in, UTC epoch ms. */
export function dayStart(now: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

/** Announcements this agent is still asked to confirm, the most important first. */
export function toConfirm(announcements: readonly Announcement[], state: NewsState, now: number): Announcement[] {
  if (state.kind !== 'ready') return [];
  return currentAnnouncements(announcements, now).filter((one) => needsAcknowledging(one, state.acknowledged, dayStart(now)));
}

/** What the rail counts: announcements to confirm, and replies not read. Never a demand: it waits for as long as it takes. */
export function newsCount(announcements: readonly Announcement[], state: NewsState, now: number): number {
  if (state.kind !== 'ready') return 0;
  const unread = state.flags.filter(({ reply, readAt }) => reply !== undefined && readAt === undefined).length;
  return toConfirm(announcements, state, now).length + unread;
}
