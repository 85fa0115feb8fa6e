import { useMemo } from 'react';
import { isDay } from '#shared/domain/scripts/format.ts';
import { plainDigits } from '#shared/domain/scripts/typed.ts';
import { parseDay, parseTime } from '#shared/domain/scripts/validate.ts';
import { useLanguage, useT } from './messages.tsx';

/** Reads and writes days as the desk's language does, with the time of day behind them where asked. */
export type LanguageDays = { read: (text: string) => string | undefined; write: (stored: string) => string; example: string; unreadable: string };

/** A day no month can be mistaken for, for the example in an empty field. */
const EXAMPLE = '2026-12-31';

/** The day words of the language in use. `time`: a moment `YYYY-MM-DDTHH:mm` of this desk's clock instead of a day. */
export function useDayWords({ time = false } = {}): LanguageDays {
  const t = useT();
  const language = useLanguage();
  return useMemo(() => {
    const write = (stored: string): string => (time ? writeMoment(stored, language) : writeDay(stored, language));
    const example = write(time ? `${EXAMPLE}T14:30` : EXAMPLE);
    return { read: (text) => (time ? readMoment(text, language) : parseDay(text.trim(), language)), write, example: t('common.for-example', { example }), unreadable: t('common.no-day', { example }) };
  }, [t, language, time]);
}

/**
 * `2026-12-31` as `31/12/2026`, `31.12.2026`, `12/31/2026`: always with four digits of the year, so that it can be read back, and
 * without the marks of direction some languages put between the parts: what is typed has none, and both have to look alike.
 */
export function writeDay(day: string, language: string): string {
  if (!isDay(day)) return day;
  return new Intl.DateTimeFormat(language, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' }).format(Date.parse(`${day}T00:00:00Z`)).replaceAll(/[\u061C\u200E\u200F]/g, '');
}

function writeMoment(moment: string, language: string): string {
  const [day = '', time = ''] = moment.split('T');
  return `${writeDay(day, language)} ${time.slice(0, 5)}`.trim();
}

/** The day may stand alone: then midnight is meant. */
export function readMoment(text: string, language: string): string | undefined {
  const trimmed = plainDigits(text).trim();
  const iso = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/.exec(trimmed);
  if (iso !== null) return isDay(iso[1] ?? '') && parseTime(iso[2] ?? '') !== undefined ? trimmed : undefined;
  const parts = /^(.*\d)[,\s]\s*(\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)$/i.exec(trimmed);
  const day = parseDay((parts?.[1] ?? trimmed).trim(), language);
  const time = parts === null ? '00:00' : parseTime(parts[2] ?? '');
  return day === undefined || time === undefined ? undefined : `${day}T${time}`;
}
