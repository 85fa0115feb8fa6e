import type { T } from '#renderer/messages/messages.tsx';
import type { BreaksView } from '#shared/ipc/wellbeing.ts';

const MINUTE = 60_000;

/** "5 minutes", "90 s": a length as people say it. */
export function lengthText(ms: number, t: T): string {
  return ms % MINUTE !== 0 && ms < 2 * MINUTE ? t('breaks.seconds', { seconds: Math.round(ms / 1_000) }) : t('breaks.minutes', { minutes: Math.round(ms / MINUTE) });
}

/** `3:05`, for a countdown. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Hours and minutes of a duration. */
export function durationText(ms: number, t: T): string {
  const minutes = Math.round(ms / MINUTE);
  return t('my-day.duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** The words beside the ring, and whether it may look different. In a call it never does. */
export function clockWords(view: BreaksView, t: T): { text: string; due: boolean } {
  if (view.running !== null) return { text: t('breaks.clock.running', { left: countdown(view.running.leftMs) }), due: false };
  if (view.due !== null) return view.quiet ? { text: t('breaks.clock.after-call'), due: false } : { text: t('breaks.clock.due'), due: true };
  if (view.paused !== null) return { text: t('breaks.clock.paused'), due: false };
  if (view.nextInMs === null) return { text: t('breaks.clock.none'), due: false };
  return { text: t('breaks.clock.in', { minutes: Math.ceil(view.nextInMs / MINUTE) }), due: false };
}
