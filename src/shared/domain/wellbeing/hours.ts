import type { WorkingHours } from './rules.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A moment by two clocks. `offset`: minutes east of UTC where the desk is, at that moment. */
export interface Now {
  /** Monotonic ms of this process: never jumps, may or may not run while the machine sleeps. */
  readonly mono: number;
  /** UTC epoch ms: what the machine believes; may jump. */
  readonly wall: number;
  readonly offset: number;
}

/** Local calendar day `YYYY-MM-DD`. */
export function localDay(wall: number, offset: number): string {
  return new Date(wall + offset * MINUTE).toISOString().slice(0, 10);
}

/** Minutes since Monday 00:00 local time, with fraction. */
function minuteOfWeek(wall: number, offset: number): number {
  const local = wall + offset * MINUTE;
  const day = Math.floor(local / DAY);
  // 1 January 1970 was a Thursday: day 0 is weekday 3 counted from Monday.
  const weekday = (((day + 3) % 7) + 7) % 7;
  return weekday * 1_440 + (local - day * DAY) / MINUTE;
}

const WEEK = 7 * 1_440;

/** Whether working hours cover this moment; without hours every moment is covered. */
export function withinHours(hours: WorkingHours, wall: number, offset: number): boolean {
  if (hours === null) return true;
  const minute = minuteOfWeek(wall, offset);
  return hours.days.some((ranges, weekday) => ranges.some((range) => {
    const from = weekday * 1_440 + range.from;
    const to = weekday * 1_440 + range.to;
    return (minute >= from && minute < to) || (minute + WEEK >= from && minute + WEEK < to);
  }));
}

export interface Shift {
  /** Ms from the shift's start to this moment; below 0 when it has not begun. */
  readonly positionMs: number;
  /** Ms from the first range's start to the last range's end of that day. */
  readonly lengthMs: number;
}

/** The shift around or nearest to this moment; undefined on a day off or without hours. */
export function shiftAt(hours: WorkingHours, wall: number, offset: number): Shift | undefined {
  if (hours === null) return undefined;
  const minute = minuteOfWeek(wall, offset);
  const weekday = Math.floor(minute / 1_440);
  const shiftOf = (day: number): { from: number; to: number } | undefined => {
    const ranges = hours.days[((day % 7) + 7) % 7] ?? [];
    if (ranges.length === 0) return undefined;
    return { from: day * 1_440 + Math.min(...ranges.map((range) => range.from)), to: day * 1_440 + Math.max(...ranges.map((range) => range.to)) };
  };
  const yesterday = shiftOf(weekday - 1);
  const today = shiftOf(weekday);
  const chosen = yesterday !== undefined && minute < yesterday.to ? yesterday : today;
  if (chosen === undefined) return undefined;
  return { positionMs: Math.round((minute - chosen.from) * MINUTE), lengthMs: (chosen.to - chosen.from) * MINUTE };
}
