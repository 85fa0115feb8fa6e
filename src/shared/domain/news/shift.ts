/** A pause longer than any meal: whoever comes back after it begins a new shift (ms). */
export const SHIFT_GAP_MS = 4 * 3_600_000;

/** When this desk was last worked at, and when the shift before the present one ended. UTC epoch ms. */
export type ShiftMark = { last: number; since: number };

/** The mark after somebody worked at the desk at `now`. "Since your last shift" counts from `since`. */
export function touchShift(mark: ShiftMark | undefined, now: number): ShiftMark {
  if (mark === undefined) return { last: now, since: now };
  // A clock that was set back must not begin a shift in the past.
  if (now <= mark.last) return mark;
  return { last: now, since: now - mark.last > SHIFT_GAP_MS ? mark.last : mark.since };
}
