import { useEffect, useState } from 'react';

/**
 * Milliseconds since `startedAt` (UTC epoch ms), refreshed on the second of that very clock, so that several clocks
 * on the screen tick together with what they show. Nothing is stored: the value is derived at each render.
 * `endedAt` freezes it; `null` start gives 0.
 */
export function useElapsed(startedAt: number | null, endedAt: number | null = null, now: () => number = Date.now): number {
  const [, tick] = useState(0);
  const running = startedAt !== null && endedAt === null;
  useEffect(() => {
    if (!running) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const next = (): void => {
      const phase = (((now() - startedAt) % 1000) + 1000) % 1000;
      timer = setTimeout(() => {
        tick((count) => count + 1);
        next();
      }, 1000 - phase + 2);
    };
    next();
    return () => clearTimeout(timer);
  }, [running, startedAt, now]);
  if (startedAt === null) return 0;
  return Math.max(0, (endedAt ?? now()) - startedAt);
}

/** `mm:ss` under an hour, `h:mm:ss` from there; negative counts as zero. */
export function formatClock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return `${String(minutes).padStart(2, '0')}:${seconds}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${seconds}`;
}
