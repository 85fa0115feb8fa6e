import Fuse from 'fuse.js';
import type { SearchHit } from '#shared/domain/search/schema.ts';
import { stripScope, type Scope, type SearchState } from './search.store.ts';

/** Something the palette can do or open that the window itself knows. */
export type PaletteEntry = {
  id: string;
  title: string;
  /** Second line: who, when. */
  detail?: string;
  /** Its key, shown at the end of the row. */
  keys?: string;
  run: () => void;
  /** What Ctrl+Enter copies; without it the entry runs. */
  copy?: string;
};

/** Of each kind at most so many under other results. */
const MOST = 6;
/** With nothing typed: promises that come next. */
const NEXT = 3;

export type OwnGroup = { id: 'follow-up' | 'command'; entries: readonly PaletteEntry[]; /** Fits better than anything the index found. */ first: boolean };

/** Entries of one kind that fit what was typed, best first. With its prefix alone all of them; with nothing typed a few. */
export function ownGroup(id: OwnGroup['id'], entries: readonly PaletteEntry[], state: Pick<SearchState, 'text' | 'scope' | 'answer'>): OwnGroup | undefined {
  const scope: Scope | undefined = state.scope;
  if (scope !== undefined && scope !== id) return undefined;
  const words = (scope === id ? stripScope(state.text) : state.text).trim();
  const shown = words === '' ? unasked(id, entries, scope) : fitting(entries, words);
  if (shown.length === 0) return undefined;
  return { id, entries: shown, first: words !== '' && beginsWith(shown[0], words) && !state.answer?.hits.some(isPlain) };
}

function unasked(id: OwnGroup['id'], entries: readonly PaletteEntry[], scope: Scope | undefined): readonly PaletteEntry[] {
  if (scope === id) return entries;
  return id === 'follow-up' ? entries.slice(0, NEXT) : [];
}

function fitting(entries: readonly PaletteEntry[], words: string): readonly PaletteEntry[] {
  const plain = entries.filter((entry) => beginsWith(entry, words));
  const alike = new Fuse(entries, { keys: [{ name: 'title', weight: 2 }, 'detail'], threshold: 0.3, ignoreLocation: true }).search(words, { limit: MOST }).map((hit) => hit.item);
  return [...new Set([...plain, ...alike])].slice(0, MOST);
}

/** Every word typed begins a word of the entry. */
function beginsWith(entry: PaletteEntry | undefined, typed: string): boolean {
  const known = split(`${entry?.title ?? ''} ${entry?.detail ?? ''}`);
  return split(typed).every((word) => known.some((one) => one.startsWith(word)));
}

function split(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Found as it was typed, not by a likeness. */
function isPlain(hit: SearchHit): boolean {
  return hit.matches.some((match) => match.reason === 'exact' || match.reason === 'prefix' || match.reason === 'code');
}
