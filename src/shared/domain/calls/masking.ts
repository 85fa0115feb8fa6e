import { cardLengths, LONGEST_CARD, passesLuhn, SHORTEST_CARD } from './card-numbers.ts';
import { digitRuns, type DigitGroup } from './digit-runs.ts';

/** A further kind of number the organisation wants kept out of notes. */
export type MaskPattern = {
  id: string;
  /** Regular expression source; matched without regard to case. */
  pattern: string;
  /** How many characters at the end stay readable. */
  keepLast?: number | undefined;
};

export type MaskOptions = {
  patterns?: readonly MaskPattern[];
  /** Where the agent is typing (UTF-16 index). A card number being typed there is masked from its 12th digit on. */
  caret?: number;
};

export type MaskResult = {
  text: string;
  /** How many pieces were masked. */
  masked: number;
  /** The first seven digits of each masked card: enough to find older drafts of it, not enough to be it. */
  cardStarts: string[];
  /** How many of `masked` are numbers still being typed at the caret: nobody can tell yet what they become. */
  held: number;
  /** What the screen may show: `text`, with the numbers still being typed as they were typed. */
  shown: string;
};

/** Patterns an organisation can switch on by name. */
export const MASK_PRESETS: Record<string, MaskPattern> = {
  iban: { id: 'iban', pattern: '\\b[A-Z]{2}[0-9]{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?\\b', keepLast: 4 },
  'us-ssn': { id: 'us-ssn', pattern: '\\b(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}\\b', keepLast: 4 },
  'uk-nino': { id: 'uk-nino', pattern: '\\b[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\\b' },
};

/** From this many digits on, what is being typed at the caret is treated as a card in the making. */
const DRAFT_FROM = 12;
/** Hardly any card in use is shorter than American Express. */
const USUAL_SHORTEST = 15;
const KEEP_FIRST = 6;
const KEEP_LAST = 4;

const CARD_WORD = /\b(?:card|credit|debit|visa|master ?card|amex|american express|maestro|diners|discover|jcb|pan|cc|karte|kreditkarte|kartennummer|tarjeta|carta|carte|cart[aã]o)\b/iu;
/** A label right before a number that says it is something else. */
const OTHER_LABEL =
  /(?:\b(?:ean|gtin|upc|barcode|imei|iccid|isbn|sku|iban|order|bestellung|bestellnummer|pedido|commande|ordine|tracking|parcel|shipment|sendung|sendungsnummer|invoice|rechnung|factura|facture|ticket|case|reference|ref|serial|meter|contract|vertrag|customer|kunde|phone|tel|mobile|fax|account)\b[ .:#-]*(?:no|nr|num|number|nummer|n[°º]|code|id)?[ .:#=-]*(?:is|was|ist)?[ :]*)$/iu;
/** Digits glued to capitals are part of a code ("1Z…", "RE2026…"). */
const CODE_BEFORE = /(?:^|[^\p{L}\p{N}])[A-Z0-9]{0,8}[A-Z]-?$/u;
const CVV_LABEL =
  /\b(?:cvv2?|cvc2?|csc|cid|cvn|card (?:verification|security) (?:code|value|number)|security code|pr[üu]fziffer|kartenpr[üu]fnummer|sicherheitscode|c[óo]digo de seguridad|codice di sicurezza|cryptogramme|c[óo]digo de seguran[çc]a)\b(?:[^\p{Nd}\n]{0,24})((?:\p{Nd}[ .-]?){2,3}\p{Nd})(?!\p{Nd})/giu;
/** What may follow a card without a label: an expiry date, then three or four digits. */
const TAIL = /^(?:[\s,;.:/|()-]|\b(?:exp(?:iry|ires)?|valid|thru|until|g[üu]ltig|bis|and|then)\b){0,16}(?:(?:0[1-9]|1[0-2])\s?[/.-]\s?(?:20)?\p{Nd}{2}(?:[\s,;.:|()-]|\b(?:and|then|code|back)\b){1,16})?(\p{Nd}{3,4})(?![\p{Nd}/.-]*\p{Nd})/iu;

type Span = { start: number; end: number };
/** `tail`: groups behind the number that may belong to it or be its code; they are hidden whole. */
type Card = { groups: DigitGroup[]; digits: string; tail?: DigitGroup[] };

/**
 * Masks card numbers to their first six and last four digits, removes card codes, and masks the
 * organisation's own patterns. Digits become `*` in place, so the caret of whoever is typing stays
 * where it was. Masking twice gives the same text.
 */
export function maskText(text: string, options: MaskOptions = {}): MaskResult {
  const runs = digitRuns(text);
  const found = runs.flatMap((run) => findCards(text, run));
  const drafts = options.caret === undefined ? [] : runs.flatMap((run) => findDraft(text, run, found, options.caret ?? 0));
  const drafted = new Set(drafts.flatMap((draft) => draft.groups));
  const cards = found.filter((card) => !card.groups.some((group) => drafted.has(group)));
  const settled = write(text, cards, [], options.patterns ?? []);
  const out = drafts.length === 0 ? settled : write(text, cards, drafts, options.patterns ?? []);
  return { ...out, cardStarts: [...cards, ...drafts].map((card) => card.digits.slice(0, KEEP_FIRST + 1)), held: drafts.length, shown: settled.text };
}

function write(text: string, cards: readonly Card[], drafts: readonly Card[], patterns: readonly MaskPattern[]): { text: string; masked: number } {
  const chars = [...Array(text.length).keys()].map((index) => text.charAt(index));
  for (const card of cards) {
    maskGroups(chars, card, KEEP_LAST);
    for (const group of card.tail ?? []) fill(chars, group, 0);
  }
  for (const draft of drafts) maskGroups(chars, draft, 0);
  let masked = cards.length + drafts.length;
  for (const span of cardCodes(text, cards)) {
    fill(chars, span, 0);
    masked += 1;
  }
  const out = applyPatterns(chars.join(''), patterns);
  return { text: out.text, masked: masked + out.masked };
}

/** Masks every text inside plain data, names included; a number long enough to be a card is looked at as text. */
export function maskData(value: unknown, options: MaskOptions = {}): unknown {
  if (typeof value === 'string') return maskText(value, options).text;
  if (typeof value === 'number' && Math.abs(value) >= 1e12) {
    const { text, masked } = maskText(String(value), options);
    return masked === 0 ? value : text;
  }
  if (Array.isArray(value)) return value.map((item) => maskData(item, options));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [maskText(name, options).text, maskData(inner, options)]));
}

/** The digits of a text without anything between them, to compare drafts of a number. */
export function digitsOnly(text: string): string {
  return digitRuns(text).flat().map((group) => group.digits).join('');
}

function maskGroups(chars: string[], card: Card, keepLast: number): void {
  let position = 0;
  for (const group of card.groups) {
    const asWord = group.end - group.start !== group.digits.length;
    if (asWord) {
      const hide = position + group.digits.length > KEEP_FIRST && position < card.digits.length - keepLast;
      if (hide) for (let at = group.start; at < group.end; at += 1) chars[at] = at === group.start ? '*'.repeat(group.digits.length) : '';
      position += group.digits.length;
      continue;
    }
    for (let at = group.start; at < group.end; at += 1) {
      if (position >= KEEP_FIRST && position < card.digits.length - keepLast) chars[at] = '*';
      position += 1;
    }
  }
}

function fill(chars: string[], span: Span, keepLast: number): void {
  for (let at = span.start; at < span.end - keepLast; at += 1) {
    if (!/\s/u.test(chars[at] ?? '')) chars[at] = '*';
  }
}

/**
 * The non-overlapping cards of a run: well-formed groupings first, then the shortest from the same
 * place. Groups that would make a longer valid number of it are hidden too: they are the rest of
 * the number or its code, and nobody can tell which.
 */
function findCards(text: string, run: readonly DigitGroup[]): Card[] {
  const candidates: (Card & { rank: number; from: number; to: number })[] = [];
  for (let from = 0; from < run.length; from += 1) {
    let digits = '';
    for (let to = from; to < run.length && digits.length < LONGEST_CARD; to += 1) {
      digits += run[to]?.digits ?? '';
      if (digits.length < SHORTEST_CARD || digits.length > LONGEST_CARD) continue;
      const groups = run.slice(from, to + 1);
      if (isCard(text, groups, digits)) candidates.push({ groups, digits, from, to, rank: groupingRank(text, groups) });
    }
  }
  candidates.sort((a, b) => a.rank - b.rank || a.from - b.from || a.to - b.to);
  const reach = new Map<number, number>();
  for (const { from, to } of candidates) reach.set(from, Math.max(to, reach.get(from) ?? 0));
  const used = new Set<number>();
  const taken: Card[] = [];
  for (const { from, to, groups, digits } of candidates) {
    const span = groups.map((_group, step) => from + step);
    if (span.some((index) => used.has(index))) continue;
    // The groups behind it are hidden but not used up: the next number may begin there.
    for (const index of span) used.add(index);
    taken.push({ groups, digits, tail: run.slice(to + 1, (reach.get(from) ?? to) + 1) });
  }
  return taken;
}

const CANONICAL = new Set(['4-4-4-4', '4-6-5', '4-6-4', '4-4-4-4-3', '4-4-4-4-2', '4-3-3-3', '4-4-4-1']);

/** 0: the way cards print it, or one piece; 1: dictated in small groups or split once; 2: nobody reads a card like that. */
function groupingRank(text: string, groups: readonly DigitGroup[]): number {
  if (groups.length === 1) return 0;
  const sizes = groups.map((group) => group.digits.length);
  if (CANONICAL.has(sizes.join('-'))) return 0;
  if (sizes.every((size) => size <= 4)) return 1;
  // Split once, by a line end or a space; with a dash or a word between, such halves are two numbers.
  if (groups.length === 2) return sizes.every((size) => size >= 4) && /^[\s,]+$/u.test(text.slice(groups[0]?.end, groups[1]?.start)) ? 1 : 2;
  return groups.length <= 4 && sizes.every((size) => size >= 3 && size <= 6) ? 1 : 2;
}

function isCard(text: string, groups: readonly DigitGroup[], digits: string): boolean {
  if (!passesLuhn(digits) || /^(\d)\1*$/.test(digits)) return false;
  const start = groups[0]?.start ?? 0;
  const before = text.slice(Math.max(0, start - 80), start);
  if (/\+\s?\(?$/u.test(before)) return false;
  const rank = groupingRank(text, groups);
  if (CARD_WORD.test(before)) return rank < 2 || cardLengths(digits).includes(digits.length);
  if (rank === 2 || !cardLengths(digits).includes(digits.length)) return false;
  // A number that names itself as something else is that, unless it is grouped as only cards are.
  return groups.length > 1 || (!OTHER_LABEL.test(before) && !CODE_BEFORE.test(before));
}

/** A card number in the making, ending at the caret. */
function findDraft(text: string, run: readonly DigitGroup[], cards: readonly Card[], caret: number): Card[] {
  const last = run.at(-1);
  if (last === undefined || caret < last.end || text.slice(last.end, caret).trim() !== '') return [];
  // Thirteen digits of a sixteen-digit number can pass the check by chance: at the caret they are no card yet.
  const unfinished = (card: Card): boolean => card.groups.at(-1) === last && card.digits.length < USUAL_SHORTEST && mayGrow(card.digits);
  const inCard = new Set(cards.filter((card) => !unfinished(card)).flatMap((card) => card.groups));
  // A card has at most nineteen groups of one digit each.
  for (let from = Math.max(0, run.length - LONGEST_CARD); from < run.length; from += 1) {
    const groups = run.slice(from);
    const digits = groups.map((group) => group.digits).join('');
    if (digits.length < DRAFT_FROM || digits.length >= LONGEST_CARD) continue;
    if (groups.some((group) => inCard.has(group))) continue;
    const start = groups[0]?.start ?? 0;
    const before = text.slice(Math.max(0, start - 80), start);
    const named = CARD_WORD.test(before);
    if ((mayGrow(digits) || named) && groupingRank(text, groups) < 2 && !/\+\s?\(?$/u.test(before) && (named || (!OTHER_LABEL.test(before) && !CODE_BEFORE.test(before)))) return [{ groups, digits }];
  }
  return [];
}

/** Whether a network has longer numbers that begin like this. */
function mayGrow(digits: string): boolean {
  return cardLengths(digits).some((length) => length > digits.length);
}

/** Where card codes stand: after a label anywhere, or right behind a card. */
function cardCodes(text: string, cards: readonly Card[]): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(CVV_LABEL)) {
    const code = match[1] ?? '';
    const end = (match.index ?? 0) + match[0].length;
    spans.push({ start: end - code.length, end });
  }
  for (const card of cards) {
    const end = (card.tail?.at(-1) ?? card.groups.at(-1))?.end ?? 0;
    const tail = TAIL.exec(text.slice(end, end + 60));
    const code = tail?.[1];
    if (tail === null || code === undefined) continue;
    const at = end + tail[0].lastIndexOf(code);
    if (!spans.some((span) => at < span.end && at + code.length > span.start)) spans.push({ start: at, end: at + code.length });
  }
  return spans;
}

function applyPatterns(text: string, patterns: readonly MaskPattern[]): { text: string; masked: number } {
  let out = text;
  let masked = 0;
  for (const { pattern, keepLast = 0 } of patterns) {
    out = out.replace(compile(pattern), (match) => {
      masked += 1;
      return match.slice(0, match.length - keepLast).replaceAll(/[\p{L}\p{Nd}]/gu, '*') + match.slice(match.length - keepLast);
    });
  }
  return { text: out, masked };
}

const compiled = new Map<string, RegExp>();

/** Policy is checked when it is read; a pattern that does not compile matches nothing here. */
function compile(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  let regex: RegExp;
  try {
    regex = new RegExp(pattern, 'giu');
  } catch {
    regex = /(?!)/g;
  }
  compiled.set(pattern, regex);
  return regex;
}

/** Whether a policy pattern can be used: compiles, is not too long and matches no empty text. */
export function isUsablePattern(pattern: string): boolean {
  if (pattern.length === 0 || pattern.length > 400) return false;
  try {
    return !new RegExp(pattern, 'giu').test('');
  } catch {
    return false;
  }
}
