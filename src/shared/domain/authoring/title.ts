import { LIMITS } from '../common.ts';
import type { KnowledgeKind } from '../knowledge.ts';

/** A record, finished or not: only what it is called by is read. */
type Named = Readonly<Record<string, unknown>>;

/** What people call a record, finished or not; its key where it has no name yet. */
export function titleOf(kind: KnowledgeKind, record: Named, language: string): string {
  const named = kind === 'product' ? record['name'] : (record['title'] ?? record['label'] ?? record['name'] ?? record['question'] ?? record['words']);
  const said = textOf(named, language);
  return (said === '' ? keyOf(kind, record) : said).slice(0, LIMITS.line);
}

/** The key an unfinished record gives itself; empty where it has none. */
export function keyOf(kind: KnowledgeKind, record: Named): string {
  const key = record[kind === 'product' ? 'sku' : 'id'];
  return typeof key === 'string' ? key : '';
}

function textOf(value: unknown, language: string): string {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join(', ');
  if (typeof value !== 'object' || value === null) return '';
  const texts = value as Readonly<Record<string, unknown>>;
  return textOf(texts[language] ?? texts[language.split('-')[0] ?? ''] ?? texts['en'] ?? Object.values(texts)[0], language);
}
