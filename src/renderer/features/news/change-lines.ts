import type { MessageKey, T } from '#renderer/messages/messages.tsx';
import { changesBetween } from '#shared/domain/authoring/changes.ts';
import type { Json } from '#shared/domain/authoring/merge.ts';
import type { NewsChange } from '#shared/domain/news/release-news.ts';
import { priceSchema } from '#shared/domain/product.ts';
import { en } from '#shared/messages/en.ts';

/** One difference in words: which part, what it was, what it is. Empty: nothing was or is there. */
export type ChangeLine = { id: string; part: string; before: string; after: string };

/** Lines shown of one record; a script written anew has hundreds. */
const MOST_LINES = 30;
/** Fields people never read: how a record is kept, not what it says. */
const SILENT = new Set(['verifiedAt', 'verifiedBy', 'owner', 'reviewDays', 'id', 'sku']);

/** What a change says, part by part, in the words of the desk. */
export function changeLines(change: NewsChange, t: T, language: string): { lines: ChangeLine[]; more: number } {
  const parse = (json: string | undefined): Json | undefined => (json === undefined ? undefined : (JSON.parse(json) as Json));
  const all = changesBetween(withPrice(parse(change.before), language), withPrice(parse(change.after), language)).filter(({ path }) => !SILENT.has(path[0] ?? ''));
  const lines = all.slice(0, MOST_LINES).map(({ path, before, after, what }): ChangeLine => ({
    id: path.join('/'),
    part: what === 'moved' ? `${partName(path.slice(0, -1), t)} (${t('news.part.moved')})` : partName(path, t),
    before: what === 'moved' ? '' : valueText(before, path, language),
    after: what === 'moved' ? '' : valueText(after, path, language),
  }));
  return { lines, more: all.length - lines.length };
}

/** A price changes as a whole: nobody reads minor units. */
function withPrice(record: Json | undefined, language: string): Json | undefined {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return record;
  const price = priceSchema.safeParse(record['price']);
  if (!price.success) return record;
  const { amount, currency, validFrom } = price.data;
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  const text = format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  return { ...record, price: validFrom === undefined ? text : `${text} · ${dayText(validFrom, language)}` };
}

const dayText = (at: number, language: string): string => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at);

/** `['steps', '@greet', 'say', 'de']` as people say it: "greet › Words to say (de)". */
function partName(path: readonly string[], t: T): string {
  const names = path.filter((part) => !['steps', 'wordings', 'answers', 'facts'].includes(part)).map((part) => {
    const key = `news.field.${part}`;
    if (Object.hasOwn(en, key)) return t(key as MessageKey);
    return part.startsWith('@') ? part.slice(1) : part;
  });
  return names.join(' › ');
}

function valueText(value: Json | undefined, path: readonly string[], language: string): string {
  if (value === undefined || value === null) return '';
  const last = path.at(-1) ?? '';
  if (typeof value === 'number' && /^valid(From|Until)$/.test(last)) return dayText(value, language);
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((one) => valueText(one as Json, path, language)).join(', ').slice(0, 2_000);
  return Object.values(value).map((one) => valueText(one as Json, path, language)).filter((text) => text !== '').join(' · ').slice(0, 2_000);
}
