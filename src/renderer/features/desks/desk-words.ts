import type { T } from '#renderer/messages/messages.tsx';
import { THERE_MS, type Lag } from '#shared/domain/news/desk-lag.ts';

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [['minute', 60_000], ['hour', 3_600_000], ['day', 86_400_000]];

/** "3 days ago" in the reader's language; `at` and `now` UTC ms. */
export function agoWords(at: number, now: number, language: string): string {
  const past = Math.max(0, now - at);
  const [unit, size] = STEPS.findLast(([, least]) => past >= least) ?? (['minute', 60_000] as const);
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(-Math.floor(past / size), unit);
}

export function seenWords(t: T, at: number, now: number, language: string): string {
  return now - at < THERE_MS ? t('desks.there') : agoWords(at, now, language);
}

export function lagWords(t: T, lag: Lag, now: number, language: string): string {
  if (lag.kind !== 'behind') return t(`desks.lag.${lag.kind}`);
  const behind = t('desks.lag.behind', { count: lag.releases });
  return lag.since === undefined || now - lag.since < 60_000 ? behind : t('desks.lag.since', { behind, ago: agoWords(lag.since, now, language) });
}
