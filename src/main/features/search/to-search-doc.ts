import { localize, type LocalText } from '#shared/domain/common.ts';
import type { KnowledgeRecord, PackLine } from '#shared/domain/knowledge.ts';
import { priceAt, type Price } from '#shared/domain/product.ts';
import type { SearchDoc } from '#shared/domain/search/schema.ts';

/** All wordings of a text, so that each language is found. */
const everyText = (text: LocalText | undefined): string[] => (text === undefined ? [] : typeof text === 'string' ? [text] : Object.values(text));

type Base = { validFrom?: number | undefined; validUntil?: number | undefined; targets?: SearchDoc['targets'] | undefined; tags?: string[] | undefined };

function shared(record: Base): Pick<SearchDoc, 'validFrom' | 'validUntil' | 'targets'> {
  return {
    ...(record.validFrom === undefined ? {} : { validFrom: record.validFrom }),
    ...(record.validUntil === undefined ? {} : { validUntil: record.validUntil }),
    ...(record.targets === undefined ? {} : { targets: record.targets }),
  };
}

const digitsOf = new Map<string, number>();

/** A price in major units: the currency tells how many digits its minor unit has (ISO 4217 by way of Intl). */
export function majorUnits(price: Price): number {
  let digits = digitsOf.get(price.currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency: price.currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsOf.set(price.currency, digits);
  }
  return price.amount / 10 ** digits;
}

function productDoc(record: KnowledgeRecord<'product'>, now: number): SearchDoc {
  const fields: SearchDoc['fields'] = { title: record.name };
  const brand = record.brand ?? record.manufacturer;
  if (brand !== undefined) fields.brand = brand;
  if (record.model !== undefined) fields.model = record.model;
  if (record.type !== undefined) fields.type = record.type;
  if (record.category !== undefined) fields.category = record.category;
  if (record.barcodes !== undefined) fields.codes = record.barcodes;
  if (record.tags !== undefined) fields.keywords = record.tags;
  const text = [
    ...(record.description === undefined ? [] : [record.description]),
    ...(record.facts ?? []).map((fact) => `${fact.name} ${fact.value}`),
    ...(record.manufacturer === undefined || record.manufacturer === brand ? [] : [record.manufacturer]),
  ];
  if (text.length > 0) fields.text = text;
  const price = priceAt(record, now);
  return {
    kind: 'product', key: record.sku, fields, ...shared(record),
    ...(brand === undefined ? {} : { subtitle: brand }),
    ...(price === undefined ? {} : { price: majorUnits(price) }),
  };
}

function scriptDoc(record: KnowledgeRecord<'script'>, language: string): SearchDoc {
  const text = [...everyText(record.description), ...record.steps.flatMap((step) => [...everyText(step.cue), ...everyText(step.say)])];
  const title = localize(record.title, language);
  const keywords = [...(record.tags ?? []), ...(record.examples ?? []), ...everyText(record.title).filter((other) => other !== title)];
  return { kind: 'script', key: record.id, fields: { title, keywords, text }, ...shared(record) };
}

/**
 * A line of a pack as the index takes it, or undefined for kinds that are not searched.
 * @param language of the desk, for titles given in several
 * @param now UTC ms; of several prices the one in force then is filtered by
 */
export function toSearchDoc(line: PackLine, language = 'en', now = Date.now()): SearchDoc | undefined {
  switch (line.kind) {
    case 'product':
      return productDoc(line.record, now);
    case 'script':
      return scriptDoc(line.record, language);
    case 'article':
      return { kind: 'article', key: line.record.id, subtitle: line.record.summary, fields: { title: line.record.title, type: line.record.kind, keywords: line.record.tags ?? [], text: [line.record.summary, line.record.body] }, ...shared(line.record) };
    case 'prompt':
      return { kind: 'prompt', key: line.record.id, subtitle: line.record.wordings[0]?.text ?? '', fields: { title: line.record.title, type: line.record.situation, keywords: [...(line.record.tags ?? []), ...(line.record.triggers ?? [])], text: line.record.wordings.map((w) => w.text) }, ...shared(line.record) };
    case 'announcement':
      return { kind: 'announcement', key: line.record.id, fields: { title: line.record.title, keywords: line.record.tags ?? [], text: [line.record.body] }, ...shared(line.record) };
    default:
      return undefined;
  }
}
