import { daySchema, LIMITS, SECTORS } from '../common.ts';
import type { Billing, Fact } from '../product.ts';

/** Words for how a price recurs, folded to lower case without accents, in the languages headers are known in. */
const INTERVALS: Readonly<Record<Billing['interval'], readonly string[]>> = {
  once: ['once', 'one off', 'one time', 'onetime', 'single', 'einmalig', 'einmal', 'unique', 'une fois', 'unico', 'una vez', 'una tantum', 'uma vez', 'eenmalig', 'jednorazowo', 'engang'],
  week: ['week', 'weekly', 'wk', 'per week', 'woche', 'wochentlich', 'semaine', 'hebdomadaire', 'semana', 'semanal', 'settimana', 'settimanale', 'wekelijks', 'tygodniowo', 'tydzien', 'vecka'],
  month: ['month', 'monthly', 'mo', 'mth', 'per month', 'monat', 'monatlich', 'mtl', 'mois', 'mensuel', 'mensuelle', 'par mois', 'mes', 'mensual', 'mensal', 'al mes', 'mese', 'mensile', 'maand', 'maandelijks', 'per maand', 'miesiac', 'miesiecznie', 'manad', 'manadsvis'],
  quarter: ['quarter', 'quarterly', 'per quarter', 'quartal', 'vierteljahrlich', 'quartalsweise', 'trimestre', 'trimestriel', 'trimestral', 'trimestrale', 'kwartaal', 'kwartalnie', 'kwartal', 'kvartal'],
  year: ['year', 'yearly', 'annual', 'annually', 'per year', 'yr', 'pa', 'jahr', 'jahrlich', 'an', 'annee', 'annuel', 'annuelle', 'par an', 'ano', 'anual', 'al ano', 'anno', 'annuale', 'jaar', 'jaarlijks', 'rok', 'rocznie', 'ar', 'arsvis'],
  usage: ['usage', 'per use', 'pay per use', 'metered', 'consumption', 'verbrauch', 'nach verbrauch', 'consommation', 'consumo', 'al consumo', 'verbruik', 'zuzycie', 'forbrukning'],
};
const INTERVAL_OF = new Map<string, Billing['interval']>(Object.entries(INTERVALS).flatMap(([interval, words]) => words.map((word) => [word, interval as Billing['interval']] as const)));

const YES = new Set(['yes', 'y', 'true', '1', 'x', 'ja', 'j', 'wahr', 'oui', 'o', 'vrai', 'si', 's', 'sim', 'verdadero', 'vero', 'tak', 't', 'incl', 'inkl', 'ttc']);
const NO = new Set(['no', 'n', 'false', '0', 'nein', 'falsch', 'non', 'faux', 'nao', 'falso', 'nee', 'nie', 'nej', 'excl', 'exkl', 'zzgl', 'ht']);

function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

export function readInterval(text: string): Billing['interval'] | undefined {
  return INTERVAL_OF.get(fold(text));
}

export function readYesNo(text: string): boolean | undefined {
  const word = fold(text);
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

/** `2026-10-19`, `19.10.2026` and times after a day; a day in the American or British slash order is left to the person. */
export function readDay(text: string): string | undefined {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text)?.[1];
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const day = iso ?? (dotted === null ? undefined : `${dotted[3]}-${(dotted[2] ?? '').padStart(2, '0')}-${(dotted[1] ?? '').padStart(2, '0')}`);
  if (day === undefined || !daySchema.safeParse(day).success) return undefined;
  const at = Date.parse(`${day}T00:00:00Z`);
  // 2026-02-30 parses as March on some engines: the day must survive the round trip.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? undefined : day;
}

/** `12`, `12 months`, `24 Monate`, `1 year`: whole months. */
export function readMonths(text: string): number | undefined {
  const match = /^(\d{1,4})\s*(\p{L}*)\.?$/u.exec(text);
  if (match === null) return undefined;
  const word = fold(match[2] ?? '');
  return Number(match[1]) * (/^(?:y|j|an|ro|lat|ar)/.test(word) ? 12 : 1);
}

/** `30`, `30 days`, `4 weeks`, `3 months`: whole days, a month counting 30. */
export function readDays(text: string): number | undefined {
  const match = /^(\d{1,4})\s*(\p{L}*)\.?$/u.exec(text);
  if (match === null) return undefined;
  const word = fold(match[2] ?? '');
  return Number(match[1]) * (/^(?:w|sem|sett|tyg|vec)/.test(word) ? 7 : /^(?:m)/.test(word) ? 30 : 1);
}

/** Values written `a | b`, `a; b` or on lines of their own; commas only where nothing else divides them. */
export function readList(text: string): string[] {
  const sign = /[|\n]/.test(text) ? /[|\n]/ : text.includes(';') ? ';' : ',';
  return [...new Set(text.split(sign).map((part) => part.trim()).filter((part) => part !== ''))];
}

/** A long number as spreadsheets show it when the column is narrow; the comma is its decimal sign, not one between codes. */
const SHORTENED = /(?:^|[|;\n/\s])\d(?:[.,]\d+)?e\+?\d+(?:$|[|;,\n/\s])/i;

/** The GTIN of a GS1 element string, which scanners of 2D codes give: `01` and 14 digits, then batch and date. */
function gtinOf(code: string): string {
  const body = /^(?:\]C1)?01(\d{13})(\d)\d+$/.exec(code);
  if (body === null || code.length <= 20) return code;
  const sum = (body[1] ?? '').split('').reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === Number(body[2]) ? `${body[1]}${body[2]}` : code;
}

/** Barcodes as digits, spaces and dashes taken out; undefined when a spreadsheet has shortened one to 5.01E+12. */
export function readBarcodes(text: string): string[] | undefined {
  if (SHORTENED.test(text)) return undefined;
  const parts = text.split(/[|;,\n/]/).map((part) => part.replace(/[\s-]/g, '').replace(/^'/, '')).map(gtinOf).filter((part) => part !== '');
  return [...new Set(parts)];
}

const FACT = /^(?<name>[^=:]+)[=:](?<value>.*?)(?:\s+@(?<day>\d{4}-\d{2}-\d{2})(?:\s+(?<by>.+))?)?$/s;

/** Facts written `name=value | name: value @2026-09-14 Who`; a string instead of a list names the part that is none. */
export function readFacts(text: string): Fact[] | string {
  const facts: Fact[] = [];
  for (const part of text.split(/[|\n]/).map((one) => one.trim()).filter((one) => one !== '')) {
    const found = FACT.exec(part)?.groups;
    const name = found?.['name']?.trim() ?? '';
    const value = found?.['value']?.trim() ?? '';
    if (name === '' || value === '' || name.length > LIMITS.line || value.length > LIMITS.text) return part;
    const day = found?.['day'];
    const by = found?.['by']?.trim();
    facts.push({ name, value, ...(day === undefined ? {} : { verifiedAt: day }), ...(by === undefined || by === '' ? {} : { verifiedBy: by }) });
  }
  return facts;
}

export function isSector(text: string): boolean {
  return (SECTORS as readonly string[]).includes(text);
}
