import { localize, type InOneLanguage, type LocalText } from './common.ts';
import type { KnowledgeKind, KnowledgeRecord } from './knowledge.ts';

/** Kinds whose words an author may give in several languages inside one record, and which screens want in one. */
export type LocalKind = 'framework' | 'disposition' | 'not-ready-reason' | 'break-idea' | 'note-template';

/** Which keys hold such words, on any level of the record. */
const WORDS: Readonly<Record<LocalKind, ReadonlySet<string>>> = {
  framework: new Set(['title', 'use', 'cue']),
  disposition: new Set(['group', 'label']),
  'not-ready-reason': new Set(['label']),
  'break-idea': new Set(['title', 'text']),
  'note-template': new Set(['title', 'text']),
};

export function isLocalKind(kind: KnowledgeKind): kind is LocalKind {
  return Object.hasOwn(WORDS, kind);
}

/** The record with its words in `language`, or in the nearest language it has. */
export function inLanguage<K extends LocalKind>(kind: K, record: KnowledgeRecord<K>, language: string): InOneLanguage<KnowledgeRecord<K>> {
  const fallback = (record as { language?: string | undefined }).language ?? 'en';
  const walk = (value: unknown, key: string): unknown => {
    if (WORDS[kind].has(key)) return localize(value as LocalText, language, fallback);
    if (Array.isArray(value)) return value.map((one) => walk(one, ''));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
  };
  return walk(record, '') as InOneLanguage<KnowledgeRecord<K>>;
}

/** Every text of a record that may be given in several languages, with where it stands. Texts that were never written are left out. */
export function localTextsOf(kind: LocalKind, record: unknown): { path: (string | number)[]; text: LocalText }[] {
  const walk = (value: unknown, path: (string | number)[]): { path: (string | number)[]; text: LocalText }[] => {
    if (WORDS[kind].has(String(path.at(-1) ?? ''))) return value === '' || value === undefined ? [] : [{ path, text: value as LocalText }];
    if (Array.isArray(value)) return value.flatMap((one, at) => walk(one, [...path, at]));
    return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, inner]) => walk(inner, [...path, name])) : [];
  };
  return walk(record, []);
}
