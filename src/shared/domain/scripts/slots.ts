import { localize } from '../common.ts';
import type { CallFacts, FieldValue } from './events.ts';
import { formatDay, formatFieldValue } from './format.ts';
import type { Field } from './schema.ts';

/**
 * Slots in words to say: `{{orderNumber}}` (a captured field), `{{call.name}}`, `{{agent.name}}`,
 * `{{company}}`, `{{today}}`, or any extra the caller of this module gives. A slot without a value is
 * never shown as an empty or wrong word: an optional part `[[…]]` around it goes away, a form of
 * address set off by a comma ("Thank you, {{call.name}}.") goes away with its comma, and what remains
 * is shown as a marked gap with the field's name.
 */
export interface SlotSources {
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly field?: (id: string) => Field | undefined;
  readonly call: CallFacts;
  readonly agent?: { readonly name?: string };
  readonly company?: string;
  /** `YYYY-MM-DD` where the desk is. */
  readonly today?: string;
  readonly language: string;
  /** Further slots, ready to say. */
  readonly extra?: Readonly<Record<string, string>>;
}

export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: string; readonly text: string }
  | { readonly kind: 'gap'; readonly slot: string; readonly label: string };

export interface Filled {
  readonly segments: readonly Segment[];
  /** The words as one string; gaps appear as ‹label›. */
  readonly text: string;
  readonly missing: readonly string[];
}

const SLOT = /\{\{\s*([A-Za-z][A-Za-z0-9.]*)\s*\}\}/;

/** Names of all slots in a text. */
export function slotsIn(text: string): string[] {
  return [...text.matchAll(new RegExp(SLOT, 'g'))].map((match) => match[1] as string);
}

/** The words for one slot; undefined when there is nothing right to say. */
export function slotValue(name: string, sources: SlotSources): string | undefined {
  const extra = sources.extra !== undefined && Object.hasOwn(sources.extra, name) ? sources.extra[name]?.trim() : undefined;
  if (extra !== undefined && extra !== '') return extra;
  if (name.startsWith('call.')) return factText(sources.call, name.slice('call.'.length));
  if (name === 'agent.name') return sources.agent?.name?.trim() || undefined;
  if (name === 'company') return sources.company?.trim() || undefined;
  if (name === 'today') return sources.today === undefined ? undefined : formatDay(sources.today, sources.language);
  const id = name.startsWith('fields.') ? name.slice('fields.'.length) : name;
  const stored = Object.hasOwn(sources.fields, id) ? sources.fields[id] : undefined;
  const definition = sources.field?.(id);
  if (definition !== undefined) return formatFieldValue(definition, stored, sources.language);
  if (typeof stored === 'number') return formatFieldValue({ id, label: id, type: 'number' }, stored, sources.language);
  return typeof stored === 'string' && stored.trim() !== '' ? stored.trim() : undefined;
}

function factText(call: CallFacts, name: string): string | undefined {
  const stored = Object.hasOwn(call, name) ? call[name] : undefined;
  if (typeof stored === 'boolean' || stored === undefined) return undefined;
  return String(stored).trim() || undefined;
}

/** What to call a slot on screen when it has no value. */
function slotLabel(name: string, sources: SlotSources): string {
  const definition = sources.field?.(name.startsWith('fields.') ? name.slice('fields.'.length) : name);
  if (definition !== undefined) return localize(definition.label, sources.language);
  return name.replace(/^[a-z]+\./, '').replaceAll(/([A-Z])/g, ' $1').toLowerCase();
}

/** Fills a text. With `gaps: 'none'` the result is undefined when a needed slot has no value. */
export function fillText(text: string, sources: SlotSources): Filled {
  const known = (name: string): string | undefined => slotValue(name, sources);
  const segments: Segment[] = [];
  const missing = new Set<string>();
  const pattern = new RegExp(SLOT, 'g');
  const trimmed = dropVocatives(resolveOptional(text, known), known);
  let from = 0;
  for (const match of trimmed.matchAll(pattern)) {
    const name = match[1] as string;
    if (match.index > from) segments.push({ kind: 'text', text: trimmed.slice(from, match.index) });
    const words = known(name);
    if (words === undefined) missing.add(name);
    segments.push(words === undefined ? { kind: 'gap', slot: name, label: slotLabel(name, sources) } : { kind: 'slot', slot: name, text: words });
    from = match.index + match[0].length;
  }
  if (from < trimmed.length) segments.push({ kind: 'text', text: trimmed.slice(from) });
  const joined = segments.map((segment) => (segment.kind === 'gap' ? `‹${segment.label}›` : segment.text)).join('');
  return { segments, text: joined, missing: [...missing] };
}

/** `[[ … ]]` stays without its brackets when every slot in it is known, and goes otherwise. */
function resolveOptional(text: string, known: (name: string) => string | undefined): string {
  if (!text.includes('[[')) return text;
  return text.replaceAll(/\[\[((?:(?!\[\[|\]\])[\s\S])*)\]\]/g, (_whole, inner: string) =>
    slotsIn(inner).every((name) => known(name) !== undefined) ? inner : '').replaceAll(/ {2,}/g, ' ').replaceAll(/ +([.,!?;:])/g, '$1');
}

/** "…, {{call.name}}." → "….": only where comma and closing mark set the slot off on both sides. */
function dropVocatives(text: string, known: (name: string) => string | undefined): string {
  if (!text.includes('{{')) return text;
  const tail = text.replaceAll(/,\s*\{\{\s*([A-Za-z][A-Za-z0-9.]*)\s*\}\}(?=[.!?,;:…]|$)/g, (whole, name: string) =>
    (isAddress(name) && known(name) === undefined ? '' : whole));
  return tail.replaceAll(/(^|[.!?]\s+)\{\{\s*([A-Za-z][A-Za-z0-9.]*)\s*\}\},\s*(\p{L})/gu, (whole, before: string, name: string, first: string) =>
    (isAddress(name) && known(name) === undefined ? `${before}${first.toUpperCase()}` : whole));
}

/** Only names are forms of address; "…, {{date}}." is a fact and must not vanish. */
function isAddress(name: string): boolean {
  return name === 'call.name' || /name$/i.test(name);
}
