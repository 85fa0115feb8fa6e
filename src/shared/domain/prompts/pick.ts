import { isMeantFor } from '../audience.ts';
import type { Sector } from '../common.ts';
import { fillText, type Segment, type SlotSources } from '../scripts/slots.ts';
import { hashNumber, phraseKeys } from './phrase.ts';
import type { Prompt, Situation, Wording } from './schema.ts';
import type { Phrase, PromptPreferences, PromptUsage } from './usage.ts';

/** What the agent asked for. Whatever is left out is not asked. */
export interface PromptQuery {
  readonly situation?: Situation;
  readonly framework?: string;
  readonly stage?: string;
  readonly language: string;
  readonly sector?: Sector;
  /** The queue of the call, or those of the desk while no call names one. */
  readonly queues?: readonly string[];
  readonly teams?: readonly string[];
  /** UTC epoch ms, for validity dates. */
  readonly at: number;
  readonly slots: SlotSources;
  /** How many to offer. */
  readonly limit: number;
  /** Names the call: equal seeds give equal picks, other calls begin with other words. */
  readonly seed: string;
}

/** Words ready to say. Never holds an empty slot. */
export interface Offer {
  readonly phrase: Phrase;
  readonly prompt: Prompt;
  readonly text: string;
  readonly segments: readonly Segment[];
  /** The wording without slots stood in, because a slot has no value. */
  readonly bare: boolean;
  readonly favourite: boolean;
  readonly personal: boolean;
}

export interface Picked {
  readonly offers: readonly Offer[];
  /** Fresh words are used up: everything that fits was shown in this call. */
  readonly exhausted: boolean;
  /** Nothing exists in the asked language; these are English. */
  readonly otherLanguage: boolean;
}

/**
 * The next words for a moment of the call. No phrase comes twice in one call: not after being shown, not
 * through another prompt, not with another name filled in, and no longer sentence of it either. Within
 * that, favourites and the agent's own words first, then the asked stage and tone, then wordings
 * whose slots are all known (concrete words satisfy callers more, see wellbeing-and-words), then
 * prompts said least in this call.
 */
export function pickPrompts(prompts: readonly Prompt[], preferences: PromptPreferences, usage: PromptUsage, query: PromptQuery): Picked {
  const own = new Set(preferences.personal.map((prompt) => prompt.id));
  const fitting = [...preferences.personal, ...prompts.filter((prompt) => !own.has(prompt.id))].filter((prompt) => fits(prompt, preferences, query));
  const spoken = fitting.filter((prompt) => speaks(prompt, query.language));
  const otherLanguage = spoken.length === 0 && fitting.length > 0;
  const pool = otherLanguage ? fitting.filter((prompt) => speaks(prompt, 'en')) : spoken;
  const candidates = pool.flatMap((prompt) => prompt.wordings.map((_wording, index) => ({ prompt, index })))
    .filter(({ prompt, index }) => !preferences.hidden.includes(`${prompt.id}#${index}`))
    .flatMap(({ prompt, index }) => candidate(prompt, index, own, preferences, usage, query));
  candidates.sort((left, right) => right.score - left.score || left.tie - right.tie);
  const taken = new Set<string>();
  const offers: Offer[] = [];
  const fromPrompt = new Set<string>();
  // First round: one wording of each prompt, so that a list of three is three different things to say.
  for (const round of [1, 2]) {
    for (const { offer } of candidates) {
      if (offers.length >= query.limit) break;
      if (offers.includes(offer) || (round === 1 && fromPrompt.has(offer.prompt.id))) continue;
      if (offer.phrase.keys.some((key) => taken.has(key))) continue;
      for (const key of offer.phrase.keys) taken.add(key);
      fromPrompt.add(offer.prompt.id);
      offers.push(offer);
    }
  }
  return { offers, exhausted: offers.length === 0 && pool.length > 0, otherLanguage: otherLanguage && offers.length > 0 };
}

function fits(prompt: Prompt, preferences: PromptPreferences, query: PromptQuery): boolean {
  if (query.situation !== undefined && prompt.situation !== query.situation) return false;
  if (query.framework !== undefined && prompt.framework !== query.framework && query.situation === undefined) return false;
  if (query.stage !== undefined && prompt.stage !== query.stage && query.situation === undefined) return false;
  if (preferences.hidden.includes(prompt.id)) return false;
  if (query.sector !== undefined && prompt.sectors !== undefined && prompt.sectors.length > 0 && !prompt.sectors.includes(query.sector)) return false;
  if ((prompt.validFrom ?? 0) > query.at || (prompt.validUntil ?? Number.POSITIVE_INFINITY) < query.at) return false;
  return isMeantFor(prompt, { teams: query.teams ?? [], queues: query.queues ?? [] });
}

function primary(language: string): string {
  return language.split('-')[0] ?? language;
}

function speaks(prompt: Prompt, language: string): boolean {
  return primary(prompt.language ?? 'en') === primary(language);
}

/** The prompts an agent of this language is offered: those in it, or the English ones where it has none. */
export function promptsIn(prompts: readonly Prompt[], language: string): readonly Prompt[] {
  const spoken = prompts.filter((prompt) => speaks(prompt, language));
  return spoken.length > 0 ? spoken : prompts.filter((prompt) => speaks(prompt, 'en'));
}

const templates = new WeakMap<Wording, string[]>();

/** Keys of a wording as written and of its bare form; worked out once. */
function templateKeys(wording: Wording): string[] {
  let keys = templates.get(wording);
  if (keys === undefined) {
    keys = phraseKeys(wording.bare === undefined ? [wording.text] : [wording.text, wording.bare]);
    templates.set(wording, keys);
  }
  return keys;
}

interface Candidate { readonly offer: Offer; readonly score: number; readonly tie: number }

function candidate(prompt: Prompt, index: number, own: ReadonlySet<string>, preferences: PromptPreferences, usage: PromptUsage, query: PromptQuery): Candidate[] {
  const wording = prompt.wordings[index] as Wording;
  // All forms of the wording share its keys: said with slots, it is not offered bare afterwards.
  const forms = templateKeys(wording);
  if (forms.some((key) => usage.seen.has(key))) return [];
  const words = wordsOf(wording, query.slots);
  if (words === undefined) return [];
  const asWritten = words.text === wording.text || words.text === wording.bare;
  const keys = asWritten ? forms : [...new Set([...forms, ...phraseKeys([words.text])])];
  if (keys.some((key) => usage.seen.has(key))) return [];
  const favourite = preferences.favourites.includes(`${prompt.id}#${index}`) || preferences.favourites.includes(prompt.id);
  const personal = own.has(prompt.id);
  const tone = usage.tone ?? preferences.tone;
  const score = (favourite ? 40 : 0) + (personal ? 20 : 0)
    + (query.stage !== undefined && prompt.stage === query.stage ? 16 : 0)
    + (query.framework !== undefined && prompt.framework === query.framework ? 8 : 0)
    + (prompt.tone === tone ? 6 : 0)
    + (words.concrete ? 4 : words.bare ? -1 : 0)
    + ((prompt.language ?? 'en') === query.language ? 1 : 0)
    - 3 * (usage.prompts.get(prompt.id) ?? 0);
  const offer: Offer = { phrase: { prompt: prompt.id, wording: index, keys }, prompt, text: words.text, segments: words.segments, bare: words.bare, favourite, personal };
  return [{ offer, score, tie: hashNumber(`${query.seed} ${prompt.id} ${index}`) }];
}

/** The wording with its slots filled, else its bare form, else nothing: never an empty or wrong value. */
export function wordsOf(wording: Wording, slots: SlotSources): { text: string; segments: readonly Segment[]; bare: boolean; concrete: boolean } | undefined {
  const full = fillText(wording.text, slots);
  if (full.missing.length === 0) {
    return { text: full.text, segments: full.segments, bare: false, concrete: full.segments.some((segment) => segment.kind === 'slot') };
  }
  if (wording.bare === undefined) return undefined;
  const bare = fillText(wording.bare, slots);
  return bare.missing.length === 0 ? { text: bare.text, segments: bare.segments, bare: true, concrete: false } : undefined;
}
