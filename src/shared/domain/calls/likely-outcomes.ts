import type { Disposition } from '../desk-lists.ts';
import { stem } from '../suggest/stem.ts';

/** What is known of the call and the desk when an outcome is asked for. */
export type OutcomeHints = {
  /** Title and tags of the scripts this call went through; without those that every call goes through. */
  scripts: readonly { title: string; tags: readonly string[] }[];
  /** Ids used on this desk lately, most used first. */
  frequent: readonly string[];
  sector: string;
};

/** A word of a script's title says more than one of its tags. */
const TITLE_WEIGHT = 2;
const SHORTEST_WORD = 4;
/** So many of the first places go to what fits the script; the rest keeps the desk's usual ones in sight. */
const FITTING = 6;

/**
 * Outcomes likeliest first: those that share words with the script walked, then what this desk uses most,
 * then the sector's own in their order, then all others. Nothing is left out, and the same call always
 * gives the same order, so that fingers can learn the digits.
 */
export function likelyOutcomes(outcomes: readonly Disposition[], { scripts, frequent, sector }: OutcomeHints): Disposition[] {
  const wanted = new Map<string, number>();
  for (const { title, tags } of scripts) {
    for (const word of words(tags.join(' '))) wanted.set(word, Math.max(wanted.get(word) ?? 0, 1));
    for (const word of words(title)) wanted.set(word, TITLE_WEIGHT);
  }
  const used = new Map(frequent.map((id, index) => [id, index]));
  const rows = outcomes.map((outcome) => ({
    outcome,
    fit: fitsSector(outcome, sector) ? [...words(`${outcome.group} ${outcome.label} ${(outcome.tags ?? []).join(' ')}`)].reduce((sum, word) => sum + (wanted.get(word) ?? 0), 0) : 0,
    used: used.get(outcome.id) ?? Number.MAX_SAFE_INTEGER,
    elsewhere: fitsSector(outcome, sector) ? 0 : 1,
  }));
  const usual = (a: (typeof rows)[number], b: (typeof rows)[number]): number => a.used - b.used || a.elsewhere - b.elsewhere || a.outcome.order - b.outcome.order;
  const fitting = rows.filter((row) => row.fit > 0).toSorted((a, b) => b.fit - a.fit || usual(a, b)).slice(0, FITTING);
  const rest = rows.filter((row) => !fitting.includes(row)).toSorted(usual);
  return [...fitting, ...rest].map((row) => row.outcome);
}

function fitsSector({ sectors }: Disposition, sector: string): boolean {
  return sectors === undefined || sectors.length === 0 || sectors.some((one) => one === sector);
}

/** Stems of the words that can carry meaning, each once. */
function words(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/\p{L}+/gu) ?? []).filter((word) => word.length >= SHORTEST_WORD).map((word) => stem(word)));
}
