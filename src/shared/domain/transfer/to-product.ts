import { productSchema, type Fact, type Product } from '../product.ts';
import type { Converter, RowDraft } from './convert.ts';
import { problem, type Problem } from './problems.ts';
import type { Mapping } from './targets.ts';

export type ToProduct = { ok: true; product: Product } | { ok: false; problems: Problem[] };

/**
 * Makes the product a row stands for. With `existing`, what the file does not tell stays as it is
 * (`merge`) or goes (`replace`). The result has passed the product schema.
 */
export function toProduct(draft: RowDraft, existing: Product | undefined, mode: Mapping['existing'], columnOf: Converter['columnOf']): ToProduct {
  const value = existing === undefined || mode === 'replace' ? standalone(draft) : merged(existing, draft);
  const missing = missingIn(value, columnOf);
  if (missing.length > 0) return { ok: false, problems: missing };
  const parsed = productSchema.safeParse(value);
  if (parsed.success) return { ok: true, product: parsed.data };
  return { ok: false, problems: parsed.error.issues.slice(0, 20).map((issue) => fromIssue(issue, columnOf)) };
}

/** A price cell may be empty while the row still says whether tax is included: that alone is no price. */
function standalone(draft: RowDraft): Record<string, unknown> {
  const { price, billing, ...rest } = draft;
  return {
    ...rest,
    ...(price?.amount === undefined ? {} : { price }),
    ...(billing === undefined ? {} : { billing: billing.interval === undefined && !needsInterval(billing) ? { interval: 'once', ...billing } : billing }),
  };
}

/** A term or notice without an interval would be read out as a price paid once: the file must say. */
function needsInterval(billing: NonNullable<RowDraft['billing']>): boolean {
  return billing.termMonths !== undefined || billing.noticeDays !== undefined;
}

function merged(existing: Product, draft: RowDraft): Record<string, unknown> {
  const { price, billing, facts, ...rest } = draft;
  const newPrice = price?.amount === undefined ? (existing.price === undefined ? undefined : { ...existing.price, ...price }) : { ...keptTax(existing), ...price };
  const newBilling = billing === undefined ? existing.billing : { ...existing.billing, ...billing };
  return {
    ...existing, ...rest,
    ...(newPrice === undefined ? {} : { price: newPrice }),
    ...(newBilling === undefined ? {} : { billing: newBilling.interval === undefined && !needsInterval(newBilling) ? { interval: 'once', ...newBilling } : newBilling }),
    ...(facts === undefined ? {} : { facts: mergeFacts(existing.facts ?? [], facts) }),
  };
}

/** Whether tax is included is a habit of the catalogue and stays; a start date belonged to the old price. */
function keptTax({ price }: Product): { taxIncluded?: boolean } {
  return price?.taxIncluded === undefined ? {} : { taxIncluded: price.taxIncluded };
}

/** New values take the place of facts of the same name; an equal value keeps who verified it. */
function mergeFacts(old: readonly Fact[], fresh: readonly Fact[]): Fact[] {
  const byName = new Map(fresh.map((fact) => [fact.name.toLowerCase(), fact]));
  const kept = old.map((fact) => {
    const now = byName.get(fact.name.toLowerCase());
    if (now === undefined) return fact;
    byName.delete(fact.name.toLowerCase());
    return now.value === fact.value ? { ...fact, ...now, name: fact.name } : now;
  });
  return [...kept, ...byName.values()];
}

function missingIn(value: Record<string, unknown>, columnOf: Converter['columnOf']): Problem[] {
  const out: Problem[] = [];
  if (value['sku'] === undefined) out.push(problem('missing-sku', columnOf('sku'), ''));
  if (value['name'] === undefined) out.push(problem('missing-name', columnOf('name'), ''));
  const billing = value['billing'];
  if (typeof billing === 'object' && billing !== null && !('interval' in billing)) out.push(problem('interval-missing', columnOf('interval'), ''));
  return out;
}

type Issue = { code: string; path: readonly PropertyKey[]; input?: unknown; message: string; maximum?: unknown; minimum?: unknown };

/** The few limits only the schema knows: ranges of numbers, totals after merging. */
function fromIssue(issue: Issue, columnOf: Converter['columnOf']): Problem {
  const column = columnOf(issue.path.slice(0, 2).map(String).join('.')) || columnOf(String(issue.path[0] ?? ''));
  const value = typeof issue.input === 'string' || typeof issue.input === 'number' ? String(issue.input) : '';
  if (issue.code === 'too_big' && typeof issue.maximum === 'number') return problem('out-of-range', column, value, { max: issue.maximum });
  return problem('other', column, value, { detail: issue.message.slice(0, 200) });
}
