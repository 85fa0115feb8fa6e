import { localize } from '../common.ts';
import type { FieldValue } from './events.ts';
import { formatDay, formatFieldValue, formatTime, isDay, isTime } from './format.ts';
import { scriptMessage, type ScriptMessage } from './messages.ts';
import type { Field } from './schema.ts';
import { plainDigits } from './typed.ts';

/** What typed text became: a value of the field's type, an empty field, or a sentence about what is wrong. */
export type ParsedField =
  | { readonly kind: 'value'; readonly value: FieldValue }
  | { readonly kind: 'empty' }
  | { readonly kind: 'error'; readonly message: ScriptMessage };

const value = (parsed: FieldValue): ParsedField => ({ kind: 'value', value: parsed });
const error = (message: ScriptMessage): ParsedField => ({ kind: 'error', message });

/** Reads what an agent typed into `field`, in the language's own number and date order. */
export function parseField(field: Field, raw: string, language: string): ParsedField {
  const text = raw.trim();
  if (text === '') return { kind: 'empty' };
  const converted = convert(field, text, language);
  if (converted === undefined) return error(typeError(field, language));
  const problem = checkValue(field, converted, language);
  return problem === undefined ? value(converted) : error(problem);
}

/** What is wrong with a stored value; undefined when it is fine. `required` makes an empty one wrong. */
export function validateField(field: Field, stored: FieldValue | undefined, language: string, required = false): ScriptMessage | undefined {
  if (stored === undefined || (typeof stored === 'string' && stored.trim() === '')) {
    return required ? scriptMessage('field.error.required', { label: localize(field.label, language) }) : undefined;
  }
  return checkValue(field, stored, language);
}

function convert(field: Field, text: string, language: string): FieldValue | undefined {
  switch (field.type) {
    case 'number': case 'money': return parseNumber(text, language);
    case 'date': return parseDay(text, language);
    case 'time': return parseTime(text);
    case 'yes-no': return parseYesNo(text);
    case 'choice': {
      const folded = text.toLocaleLowerCase(language);
      const hit = field.choices?.find((choice) => choice.value === text || localize(choice.label, language).toLocaleLowerCase(language) === folded);
      return hit?.value;
    }
    case 'text': case 'long-text': case 'phone': case 'email': return text;
    default: return field.type satisfies never;
  }
}

function checkValue(field: Field, stored: FieldValue, language: string): ScriptMessage | undefined {
  const label = localize(field.label, language);
  switch (field.type) {
    case 'number': case 'money': return typeof stored === 'number' && Number.isFinite(stored) ? checkRange(field, stored, language) : typeError(field, language);
    case 'date': return typeof stored === 'string' && isDay(stored) ? undefined : typeError(field, language);
    case 'time': return typeof stored === 'string' && isTime(stored) ? undefined : typeError(field, language);
    case 'yes-no': return typeof stored === 'boolean' ? undefined : typeError(field, language);
    case 'choice': return field.choices?.some((choice) => choice.value === stored) === true ? undefined : typeError(field, language);
    case 'phone': return isPhone(stored) ? checkText(field, String(stored), label, language) : typeError(field, language);
    case 'email': return isEmail(stored) ? checkText(field, String(stored), label, language) : typeError(field, language);
    case 'text': case 'long-text': return checkText(field, String(stored), label, language);
    default: return field.type satisfies never;
  }
}

function checkRange(field: Field, amount: number, language: string): ScriptMessage | undefined {
  const label = localize(field.label, language);
  const shown = (limit: number): string => formatFieldValue(field, limit, language) ?? String(limit);
  if (field.min !== undefined && amount < field.min) return scriptMessage('field.error.min', { label, min: shown(field.min) });
  if (field.max !== undefined && amount > field.max) return scriptMessage('field.error.max', { label, max: shown(field.max) });
  return undefined;
}

/** For texts, `min` and `max` are lengths in characters. */
function checkText(field: Field, text: string, label: string, language: string): ScriptMessage | undefined {
  const length = Array.from(text).length;
  if (field.min !== undefined && length < field.min) return scriptMessage('field.error.tooShort', { label, min: field.min });
  if (field.max !== undefined && length > field.max) return scriptMessage('field.error.tooLong', { label, max: field.max });
  if (field.pattern === undefined) return undefined;
  const pattern = safePattern(field.pattern);
  // Only the first 200 characters are matched: no pattern may stall a call on a long paste.
  if (pattern === undefined || (text.length <= 200 && pattern.test(text))) return undefined;
  const help = field.patternHelp === undefined ? '' : localize(field.patternHelp, language);
  return help === '' ? scriptMessage('field.error.pattern', { label }) : scriptMessage('field.error.patternHelp', { label, help });
}

const patterns = new Map<string, RegExp | undefined>();

/**
 * A field's pattern as a whole-text match; undefined when it is refused: not a regular expression, looks
 * behind, refers back, or nests repetition (`(a+)+`), which can take exponential time.
 */
export function safePattern(source: string): RegExp | undefined {
  if (patterns.has(source)) return patterns.get(source);
  const made = patternProblem(source) === undefined ? new RegExp(`^(?:${source})$`, 'u') : undefined;
  if (patterns.size > 500) patterns.clear();
  patterns.set(source, made);
  return made;
}

/** Why a pattern is refused, for the linter. */
export function patternProblem(source: string): 'not-a-pattern' | 'lookbehind' | 'back-reference' | 'nested-repetition' | undefined {
  try {
    void new RegExp(`^(?:${source})$`, 'u');
  } catch {
    return 'not-a-pattern';
  }
  const bare = source.replaceAll(/\\[^1-9k]/g, '.').replaceAll(/\[(?:\\.|[^\]])*\]/g, '.');
  if (/\(\?<[=!]/.test(bare)) return 'lookbehind';
  if (/\\[1-9k]/.test(bare)) return 'back-reference';
  return nestsRepetition(bare) ? 'nested-repetition' : undefined;
}

/** An open-ended repetition of a group that itself repeats or chooses without bound. */
function nestsRepetition(bare: string): boolean {
  const stack: boolean[] = [];
  let inner = false;
  for (let at = 0; at < bare.length; at++) {
    const char = bare[at];
    if (char === '(') { stack.push(inner); inner = false; continue; }
    const rest = bare.slice(at + 1);
    if (char === ')') {
      const repeated = /^(?:[*+]|\{\d+,\}|\{\d+,\d{2,}\})/.test(rest);
      if (repeated && inner) return true;
      inner = (stack.pop() ?? false) || inner || repeated;
      continue;
    }
    if (char === '*' || char === '+' || char === '|' || /^\{\d+,\}/.test(bare.slice(at))) inner = true;
  }
  return false;
}

function typeError(field: Field, language: string): ScriptMessage {
  const label = localize(field.label, language);
  switch (field.type) {
    case 'number': return scriptMessage('field.error.number', { label, example: formatFieldValue(field, 12.5, language) ?? '12.5' });
    case 'money': return scriptMessage('field.error.number', { label, example: formatFieldValue({ ...field, type: 'number' }, 12.5, language) ?? '12.5' });
    case 'date': return scriptMessage('field.error.date', { label, example: `2026-05-29 (${formatDay('2026-05-29', language) ?? ''})` });
    case 'time': return scriptMessage('field.error.time', { label, example: formatTime('14:30', language) ?? '14:30' });
    case 'phone': return scriptMessage('field.error.phone', { label });
    case 'email': return scriptMessage('field.error.email', { label });
    case 'choice': return scriptMessage('field.error.choice', { label, choices: (field.choices ?? []).map((choice) => localize(choice.label, language)).join(', ') });
    case 'yes-no': return scriptMessage('field.error.yesNo', { label });
    case 'text': case 'long-text': return scriptMessage('field.error.pattern', { label });
    default: return field.type satisfies never;
  }
}

function isPhone(stored: FieldValue): boolean {
  if (typeof stored !== 'string' || !/^\+?[\d\s()./-]+$/.test(stored)) return false;
  const digits = stored.replaceAll(/\D/g, '').length;
  return digits >= 3 && digits <= 18;
}

function isEmail(stored: FieldValue): boolean {
  return typeof stored === 'string' && stored.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/u.test(stored);
}

/** Reads "1.234,50", "1,234.50", "12,5", "€ 12.50" by the language's own decimal sign; undefined when unclear. */
export function parseNumber(text: string, language: string): number | undefined {
  const parts = new Intl.NumberFormat(language).formatToParts(1234567.8);
  const decimal = plainDigits(parts.find((part) => part.type === 'decimal')?.value ?? '.');
  const group = plainDigits(parts.find((part) => part.type === 'group')?.value ?? ',');
  const bare = plainDigits(text).replaceAll(/^[^\d+-]*|[^\d]*$/g, '').replaceAll(/[\s'’\u00a0\u202f]/g, '');
  if (!/^[+-]?\d[\d.,]*$/.test(bare)) return undefined;
  let plain = bare;
  const grouped = new RegExp(`^[+-]?\\d{1,3}(?:\\${group}\\d{3})+(?:\\${decimal}\\d+)?$`);
  if (grouped.test(bare) && /[.,]/.test(group)) plain = bare.split(group).join('');
  plain = plain.split(decimal).join('.');
  // "12.50" typed where the decimal sign is a comma, or the other way round: one sign, not three digits after it.
  if (!/^[+-]?\d+(\.\d+)?$/.test(plain)) {
    const other = /^([+-]?\d+)[.,](\d{1,2})$/.exec(bare);
    if (other === null) return undefined;
    plain = `${other[1]}.${other[2]}`;
  }
  const parsed = Number(plain);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** Reads `2026-05-29`, `29.5.2026`, `29/05/2026` or `05/29/2026` in the language's own order. */
export function parseDay(typed: string, language: string): string | undefined {
  const text = plainDigits(typed);
  if (isDay(text)) return text;
  const match = /^(\d{1,4})[./\s-]+(\d{1,2})[./\s-]+(\d{1,4})$/.exec(text);
  if (match === null) return undefined;
  const order = new Intl.DateTimeFormat(language).formatToParts(0).filter((part) => ['day', 'month', 'year'].includes(part.type)).map((part) => part.type);
  if (text.includes('.')) order.splice(0, 3, 'day', 'month', 'year');
  if ((match[1] ?? '').length === 4) order.splice(0, 3, 'year', 'month', 'day');
  const pieces: Record<string, string> = {};
  order.forEach((name, position) => { pieces[name] = match[position + 1] ?? ''; });
  const year = (pieces['year'] ?? '').length === 2 ? `20${pieces['year']}` : (pieces['year'] ?? '');
  const day = `${year}-${(pieces['month'] ?? '').padStart(2, '0')}-${(pieces['day'] ?? '').padStart(2, '0')}`;
  return isDay(day) ? day : undefined;
}

/** Reads `14:30`, `14.30`, `1430`, `9`, `9am`, `2:30 pm`. */
export function parseTime(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*([ap])?\.?m?\.?$/i.exec(plainDigits(text).trim());
  if (match === null) return undefined;
  let hour = Number(match[1]);
  const half = match[3]?.toLowerCase();
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  if (half === 'p' && hour < 12) hour += 12;
  if (half === 'a' && hour === 12) hour = 0;
  const time = `${String(hour).padStart(2, '0')}:${match[2] ?? '00'}`;
  return isTime(time) ? time : undefined;
}

const YES = new Set(['yes', 'y', 'true', '1', 'ja', 'j', 'sí', 'si', 's', 'sim', 'oui', 'o']);
const NO = new Set(['no', 'n', 'false', '0', 'nein', 'não', 'nao', 'non']);

function parseYesNo(text: string): boolean | undefined {
  const folded = text.toLowerCase();
  if (YES.has(folded)) return true;
  return NO.has(folded) ? false : undefined;
}
