import { casual as german } from 'chrono-node/de';
import { casual as english } from 'chrono-node/en';
import { casual as spanish } from 'chrono-node/es';
import { casual as french } from 'chrono-node/fr';
import { casual as italian } from 'chrono-node/it';
import { casual as dutch } from 'chrono-node/nl';
import { casual as portuguese } from 'chrono-node/pt';

type Parser = Pick<typeof english, 'parse'>;
type Found = ReturnType<Parser['parse']>[number];
const PARSERS: Record<string, Parser> = { en: english, de: german, es: spanish, fr: french, it: italian, nl: dutch, pt: portuguese };

export type DueWords = {
  /** UTC epoch milliseconds. */
  at: number;
  /** False when only a day was said and the hour is the start of the working day. */
  hourSaid: boolean;
  /** What is left when the time is taken out: "call Ada tomorrow 10" leaves "call Ada". */
  rest: string;
};

export type DueOptions = {
  /** BCP 47 tag of the agent's language; English is understood in every language. */
  language?: string;
  /** Local hours between which a bare hour is meant; "at 4" is 16:00 in an office. */
  dayStart?: number;
  dayEnd?: number;
};

const BACKWARDS = /\b(?:last|past|ago|previous|letzten?|vergangenen?|vor|dernier|pasado|scorso|passado|vorige)\b/iu;
const HOUR_MS = 3_600_000;

/**
 * Reads a due time as agents type it: "tomorrow 10", "in 2 h", "Friday", "15.1. 14:30", "eod".
 * Pure but for the local time zone of the process. Undefined when no time to come can be read.
 */
export function readDueWords(words: string, now: number, options: DueOptions = {}): DueWords | undefined {
  const { dayStart = 9, dayEnd = 17 } = options;
  const text = plainWords(words, now, dayStart, dayEnd);
  const language = (options.language ?? 'en').split('-')[0] ?? 'en';
  const own = PARSERS[language];
  const found = first(english, text, now) ?? (own === undefined ? undefined : first(own, text, now));
  const better = own !== undefined && own !== english ? longer(first(own, text, now), found) : found;
  // The parser moves "last Friday" to the next one when asked for times to come.
  if (better === undefined || BACKWARDS.test(better.text)) return undefined;
  const hourSaid = better.start.isCertain('hour');
  const at = hourSaid ? better.start.date().getTime() : dayOnly(better, now, dayStart, dayEnd);
  if (at <= now) return undefined;
  const rest = `${text.slice(0, better.index)} ${text.slice(better.index + better.text.length)}`.replaceAll(/\s+/g, ' ').trim();
  return { at, hourSaid, rest: rest.replace(/^[,;:-]+\s*|\s*[,;:-]+$/g, '') };
}

function first(parser: Parser, text: string, now: number): Found | undefined {
  return parser.parse(text, { instant: new Date(now) }, { forwardDate: true }).toSorted((a, b) => b.text.length - a.text.length)[0];
}

function longer(a: Found | undefined, b: Found | undefined): Found | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.text.length > a.text.length ? b : a;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const DAY_WORD =
  '(?:today|tomorrow|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|heute|morgen|übermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|hoy|mañana|lunes|martes|miércoles|jueves|viernes|sábado|domingo|aujourd\'hui|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|oggi|domani|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|hoje|amanhã|vandaag|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|\\d{4}-\\d{2}-\\d{2})';
const BARE_HOUR = new RegExp(`(${DAY_WORD}),?\\s+(?:at\\s+|um\\s+|à\\s+|a las\\s+|alle\\s+|às\\s+|om\\s+)?(\\d{1,2})(?:\\s*(?:h|uhr|heures?|uur))?(?=$|[\\s,;])(?!\\s*(?:am|pm|[:.h]\\d|min|hours?|days?))`, 'iu');

/** Turns office shorthand into words every parser knows. */
function plainWords(words: string, now: number, dayStart: number, dayEnd: number): string {
  const today = new Date(now);
  return words
    .trim()
    .replace(/\b(\d{1,2})\.(\d{1,2})\.(?:(\d{4}|\d{2})\b)?/u, (whole, day: string, month: string, year: string | undefined) => isoDay(today, Number(day), Number(month), year) ?? whole)
    .replace(/\b(?:end of (?:the )?week|eow)\b/iu, `friday ${pad(dayEnd)}:00`)
    .replace(/\b(?:(?:by |at )?(?:end of (?:the )?(?:day|business)|eod|eob|cob)|feierabend)\b/iu, `${pad(dayEnd)}:00`)
    .replace(/\b(?:früh|in the morning|morning)(?=$|\s)/iu, `${pad(dayStart)}:00`)
    .replace(BARE_HOUR, (whole, day: string, hour: string) => (Number(hour) < 24 ? `${day} ${officeHour(hour, dayStart)}:00` : whole))
    .replace(/^(?:at |um )?(\d{1,2})$/iu, (whole, hour: string) => (Number(hour) < 24 ? `${officeHour(hour, dayStart)}:00` : whole))
    .replace(/(?<![\d:.-])([1-6]):([0-5]\d)(?!\s*(?:am|pm|:|\d))/iu, (_whole, hour: string, minute: string) => `${officeHour(hour, dayStart)}:${minute}`);
}

/** "at 4" is 16:00 in an office; "04" is what was typed. */
function officeHour(hour: string, dayStart: number): string {
  const value = Number(hour);
  return pad(hour.length === 1 && value >= 1 && value < Math.min(dayStart, 7) ? value + 12 : value);
}

function isoDay(today: Date, day: number, month: number, year: string | undefined): string | undefined {
  if (day < 1 || day > 31 || month < 1 || month > 12) return undefined;
  const said = year === undefined ? undefined : Number(year.length === 2 ? `20${year}` : year);
  const thisYear = today.getFullYear();
  const passed = month < today.getMonth() + 1 || (month === today.getMonth() + 1 && day < today.getDate());
  return `${said ?? (passed ? thisYear + 1 : thisYear)}-${pad(month)}-${pad(day)}`;
}

/** A day without an hour: the start of that working day; "today" means its end. */
function dayOnly(found: Found, now: number, dayStart: number, dayEnd: number): number {
  const date = found.start.date();
  const today = new Date(now);
  const isToday = date.toDateString() === today.toDateString();
  const part = found.start.get('meridiem') === 1 && /afternoon|nachmittag|tarde|après-midi|pomeriggio|middag/iu.test(found.text) ? 15 : /night|evening|abend|noche|soir|sera|noite|avond/iu.test(found.text) ? 19 : dayStart;
  date.setHours(isToday && part === dayStart ? dayEnd : part, 0, 0, 0);
  return isToday && date.getTime() <= now ? now + HOUR_MS : date.getTime();
}
