import type { Announcement } from '../announcement.ts';
import { isValidAt } from '../audience.ts';

/** One acknowledgement: `digest` tells which wording of the announcement it was for. */
export type Acknowledgement = { announcement: string; digest: string; at: number };

/** A short name for what an announcement says: when its words change, it is asked for again. */
export function announcementDigest({ title, body, importance, acknowledge }: Announcement): string {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (const char of JSON.stringify([title, body, importance, acknowledge])) {
    const code = char.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 0x01000193) >>> 0;
    b = Math.imul(b + code, 0x85ebca6b) >>> 0;
  }
  return `${a.toString(16).padStart(8, '0')}${b.toString(16).padStart(8, '0')}`;
}

const RANK = { urgent: 0, important: 1, info: 2 } as const;

/** Announcements that hold now, the most important and newest first. */
export function currentAnnouncements(all: readonly Announcement[], now: number): Announcement[] {
  return all
    .filter((one) => isValidAt(one, now))
    .toSorted((a, b) => RANK[a.importance] - RANK[b.importance] || (b.validFrom ?? 0) - (a.validFrom ?? 0) || (a.id < b.id ? -1 : 1));
}

/** Whether the agent is still asked to acknowledge it. `dayStart`: local midnight, UTC epoch ms. */
export function needsAcknowledging(announcement: Announcement, acks: readonly Acknowledgement[], dayStart: number): boolean {
  if (announcement.acknowledge === 'no') return false;
  const digest = announcementDigest(announcement);
  const own = acks.find((ack) => ack.announcement === announcement.id && ack.digest === digest);
  if (own === undefined) return true;
  return announcement.acknowledge === 'daily' && own.at < dayStart;
}
