import type { KnowledgeKind } from '../../src/shared/domain/knowledge.ts';
import { locateYaml } from './read-yaml.ts';
import type { SourceProblem, SourceRecord } from './source.ts';

/**
 * `de/scripts/late-delivery.yaml`, `de/frameworks.yaml`: words in another language for records written elsewhere.
 * `de/fields.yaml` holds the fields of all scripts, because one field reads the same wherever it is asked for.
 */
const PLACE = /^([a-z]{2})\/(?:scripts\/([^/]+)|(frameworks|dispositions|break-ideas|fields))\.ya?ml$/;
const LISTS: Readonly<Record<string, KnowledgeKind>> = { frameworks: 'framework', dispositions: 'disposition', 'break-ideas': 'break-idea' };

export function isTranslation(file: string): boolean {
  return PLACE.test(file);
}

type Words = string | readonly string[] | { readonly [key: string]: Words };

/**
 * Puts the words of one translation file into the records they belong to. The file repeats only what is said, in the
 * shape of the record; members of a list stand under their `id` or `value`, and a lone text there is the label.
 */
export function addTranslation(file: string, text: string, records: readonly SourceRecord[]): SourceProblem[] {
  const [, language = '', script, list = ''] = PLACE.exec(file) ?? [];
  const { value, placeOf, problems } = locateYaml(file, text);
  if (problems.length > 0) return problems;
  const tell = (path: readonly string[], message: string): void => void problems.push({ file, place: placeOf(path), message });
  const find = (kind: KnowledgeKind, id: string): SourceRecord | undefined => records.find((record) => record.kind === kind && isObject(record.value) && record.value['id'] === id);
  if (list === 'fields') {
    addFields(value, language, records, tell);
    return problems;
  }
  const entries = script === undefined ? Object.entries(isObject(value) ? value : {}) : [[script, value] as const];
  for (const [id, words] of entries) {
    const path = script === undefined ? [id] : [];
    const record = find(script === undefined ? (LISTS[list] ?? 'framework') : 'script', id);
    if (record === undefined) tell(path, `no record "${id}" to translate`);
    else record.value = merged(record.value, words as Words, language, path, tell);
  }
  return problems;
}

function addFields(value: unknown, language: string, records: readonly SourceRecord[], tell: Tell): void {
  for (const [id, words] of Object.entries(isObject(value) ? value : {})) {
    let used = false;
    for (const record of records) {
      if (record.kind !== 'script' || !isObject(record.value) || !Array.isArray(record.value['fields'])) continue;
      const fields = record.value['fields'] as unknown[];
      if (!fields.some((field) => named(field, id))) continue;
      used = true;
      record.value = { ...record.value, fields: fields.map((field) => (named(field, id) ? merged(field, words as Words, language, [id], tell) : field)) };
    }
    if (!used) tell([id], `no script has a field "${id}"`);
  }
}

type Tell = (path: readonly string[], message: string) => void;

function merged(base: unknown, words: Words, language: string, path: readonly string[], tell: Tell): unknown {
  if (typeof words === 'string') {
    if (typeof base === 'string') return { en: base, [language]: words };
    if (isObject(base) && 'label' in base) return { ...base, label: merged(base['label'], words, language, path, tell) };
    if (isObject(base) && 'en' in base) return { ...base, [language]: words };
    tell(path, 'nothing is said here to translate');
    return base;
  }
  // Words callers use: those of the other language stand beside the first ones.
  if (Array.isArray(words)) return Array.isArray(base) ? [...(base as unknown[]), ...(words as string[])] : base;
  if (Array.isArray(base)) {
    const members = base as unknown[];
    const strange = Object.keys(words).filter((key) => !members.some((one) => named(one, key)));
    for (const key of strange) tell([...path, key], `no "${key}" in this list`);
    return members.map((one) => {
      const key = Object.keys(words).find((name) => named(one, name));
      return key === undefined ? one : merged(one, (words as Record<string, Words>)[key] ?? '', language, [...path, key], tell);
    });
  }
  if (!isObject(base)) {
    tell(path, 'nothing is said here to translate');
    return base;
  }
  const changed: Record<string, unknown> = { ...base };
  for (const [key, inner] of Object.entries(words)) {
    if (key in base) changed[key] = merged(base[key], inner, language, [...path, key], tell);
    else tell([...path, key], `the record has no "${key}"`);
  }
  return changed;
}

function named(member: unknown, key: string): boolean {
  return isObject(member) && (member['id'] === key || member['value'] === key);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
