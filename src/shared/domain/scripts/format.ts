import { localize } from '../common.ts';
import type { FieldValue } from './events.ts';
import type { Field } from './schema.ts';

/** Intl formatters are costly to make and immutable: one per language and style. */
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${options.style ?? ''} ${options.currency ?? ''}`;
  let format = numberFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, options);
    numberFormats.set(key, format);
  }
  return format;
}

function dateFormat(language: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    dateFormats.set(key, format);
  }
  return format;
}

/** `2026-05-01` → "Friday, 1 May" as the language writes it; undefined when it is no real day. */
export function formatDay(day: string, language: string, withYear = false): string | undefined {
  if (!isDay(day)) return undefined;
  const year = withYear ? { year: 'numeric' as const } : {};
  return dateFormat(language, withYear ? 'day-year' : 'day', { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(Date.parse(`${day}T00:00:00Z`));
}

export function formatTime(time: string, language: string): string | undefined {
  if (!isTime(time)) return undefined;
  return dateFormat(language, 'time', { hour: 'numeric', minute: '2-digit' }).format(Date.parse(`1970-01-01T${time}:00Z`));
}

export function formatMoney(amount: number, currency: string, language: string): string | undefined {
  try {
    return numberFormat(language, { style: 'currency', currency }).format(amount);
  } catch {
    return undefined; // not a currency code Intl can write
  }
}

/** A real calendar day, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/**
 * A captured value as words to say or read; undefined when there is nothing fit to say (empty, of the
 * wrong type, no such choice), so that no sentence ever carries a wrong value. A bare yes/no has no
 * place in a sentence either.
 */
export function formatFieldValue(field: Field, value: FieldValue | undefined, language: string): string | undefined {
  if (value === undefined || value === '') return undefined;
  switch (field.type) {
    case 'number': return typeof value === 'number' && Number.isFinite(value) ? numberFormat(language, { maximumFractionDigits: 6 }).format(value) : undefined;
    case 'money': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
      return field.currency === undefined ? numberFormat(language, { maximumFractionDigits: 6 }).format(value) : formatMoney(value, field.currency, language);
    }
    case 'date': return typeof value === 'string' ? formatDay(value, language) : undefined;
    case 'time': return typeof value === 'string' ? formatTime(value, language) : undefined;
    case 'choice': {
      const choice = field.choices?.find((candidate) => candidate.value === value);
      return choice === undefined ? undefined : nonEmpty(localize(choice.label, language));
    }
    case 'yes-no': return undefined;
    case 'text': case 'long-text': case 'phone': case 'email':
      return typeof value === 'string' ? nonEmpty(value) : typeof value === 'number' ? String(value) : undefined;
    default: return field.type satisfies never;
  }
}

function nonEmpty(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : trimmed;
}
