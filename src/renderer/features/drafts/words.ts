import { en } from '#shared/messages/en.ts';
import { localize, type LocalText } from '#shared/domain/common.ts';
import { identityOf, isObject, nameIn, type Json } from '#shared/domain/authoring/merge.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import { languageName } from '#renderer/messages/language-name.ts';
import type { MessageKey, T } from '#renderer/messages/messages.tsx';
import { choiceKey } from './choice-words.ts';

export type Words = { t: T; language: string };
type Side = Json | undefined | null;

export function kindText(t: T, kind: KnowledgeKind): string {
  return t(`record.kind.${kind}` as MessageKey);
}

/** A place in a record as people call it: "Steps › Greet the caller › Answer “Yes” › Words". */
export function placeText(path: readonly string[], sides: readonly Side[], { t, language }: Words): string {
  const parts: string[] = [];
  let at = sides;
  for (const part of path) {
    if (part === '#order') parts.push(t('change.order'));
    else if (part.startsWith('@')) {
      const id = part.slice(1);
      at = at.map((side) => elementOf(side, id));
      const found = at.find(isThere);
      parts.push(`“${found === undefined ? id : elementTitle(found, id, language)}”`);
    } else {
      at = at.map((side) => (isThere(side) && isObject(side) ? side[part] : undefined));
      parts.push(fieldText(part, { t, language }));
    }
  }
  return parts.join(' › ');
}

/** The name of a field; a language tag by the name of the language. */
export function fieldText(name: string, { t, language }: Words): string {
  const key = `record.field.${name}`;
  if (Object.hasOwn(en, key)) return t(key as MessageKey);
  if (/^[a-z]{2,3}(-[A-Z]{2})?$/.test(name)) return languageName(name, language);
  return name;
}

/** A value as people read it; undefined where there is none. `record` tells the currency of amounts. */
export function valueText(path: readonly string[], value: Side, record: Side, words: Words): string {
  const { t, language } = words;
  if (!isThere(value)) return t('change.nothing');
  const name = path.at(-1) ?? '';
  if (typeof value === 'boolean') return t(value ? 'change.yes' : 'change.no');
  if (typeof value === 'number') {
    if (name === 'amount' || name === 'setupFee') return amountText(value, currencyOf(path, record), language);
    if (name === 'validFrom' || name === 'validUntil') return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(value);
    return new Intl.NumberFormat(language).format(value);
  }
  if (typeof value === 'string') return value === '' ? t('change.nothing') : saidText(name === '' ? (path.at(-2) ?? '') : name, value, words);
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object' || one === null)) return value.map((one) => valueText([...path, ''], one, record, words)).join(', ');
    return value.map((one, at) => valueText([...path, `@${at}`], one, record, words)).join('\n');
  }
  if (name === 'price' && typeof value['amount'] === 'number') {
    const from = value['validFrom'];
    const price = amountText(value['amount'], typeof value['currency'] === 'string' ? value['currency'] : 'EUR', language);
    return typeof from === 'number' ? t('change.price-from', { price, day: new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(from) }) : price;
  }
  return Object.entries(value)
    .filter(([key]) => key !== 'id')
    .map(([key, one]) => t('change.pair', { field: fieldText(key, words), value: valueText([...path, key], one, key === 'amount' ? value : record, words) }))
    .join('\n');
}

/** Choices by their words, languages by their name, days as they are written here; everything else as it stands. */
function saidText(field: string, value: string, { t, language }: Words): string {
  const choice = choiceKey(field, value);
  if (choice !== undefined) return t(choice);
  if (field === 'language') return languageName(value, language);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(`${value}T00:00:00Z`));
  return value;
}

function amountText(amount: number, currency: string, language: string): string {
  try {
    const format = new Intl.NumberFormat(language, { style: 'currency', currency });
    return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return `${amount} ${currency}`;
  }
}

/** The currency that stands beside an amount, or that of the record's price. */
function currencyOf(path: readonly string[], record: Side): string {
  let at = record;
  let found: string | undefined;
  for (const part of ['', ...path]) {
    if (part !== '') at = part.startsWith('@') ? elementOf(at, part.slice(1)) : isThere(at) && isObject(at) ? at[part] : undefined;
    if (isThere(at) && isObject(at) && typeof at['currency'] === 'string') found = at['currency'];
  }
  const price = isThere(record) && isObject(record) ? record['price'] : undefined;
  return found ?? (isThere(price) && isObject(price) && typeof price['currency'] === 'string' ? price['currency'] : 'EUR');
}

function isThere(side: Side): side is Json & {} {
  return side !== undefined && side !== null;
}

function elementOf(list: Side, id: string): Side {
  if (!Array.isArray(list)) return undefined;
  const identity = identityOf(list);
  return identity === undefined ? undefined : list.find((one) => isObject(one) && nameIn(one, identity) === id);
}

function elementTitle(one: Json, id: string, language: string): string {
  if (!isObject(one)) return id;
  const named = one['cue'] ?? one['label'] ?? one['title'] ?? one['name'];
  const text = typeof named === 'string' || (named !== undefined && isObject(named)) ? localize(named as LocalText, language) : '';
  return text === '' ? id : text;
}

/** What a draft is called on the screen: a new one nobody has named yet goes by no key it was given. */
export function draftTitle(t: T, kind: KnowledgeKind, title: string): string {
  return title === '' || new RegExp(`^${kind}-[0-9a-f]{8}$`).test(title) ? t('draft.untitled') : title;
}
