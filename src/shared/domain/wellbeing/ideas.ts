import { z } from 'zod';
import { idSchema, instantSchema } from '../common.ts';
import type { BreakIdea } from '../desk-lists.ts';

/** What became of suggestions on this desk; it never leaves it. */
export const ideaEventSchema = z.strictObject({ at: instantSchema, idea: idSchema, what: z.enum(['offered', 'started', 'finished', 'dropped', 'not-for-me']) });
export type IdeaEvent = z.infer<typeof ideaEventSchema>;

interface IdeaTally { readonly offered: number; readonly started: number; readonly finished: number; readonly lastAt: number; readonly hidden: boolean }
export type IdeaHistory = ReadonlyMap<string, IdeaTally>;

const NONE: IdeaTally = { offered: 0, started: 0, finished: 0, lastAt: 0, hidden: false };

export function replayIdeas(events: Iterable<IdeaEvent>): IdeaHistory {
  const history = new Map<string, IdeaTally>();
  for (const { idea, what, at } of events) {
    const tally = history.get(idea) ?? NONE;
    history.set(idea, {
      offered: tally.offered + (what === 'offered' ? 1 : 0),
      started: tally.started + (what === 'started' ? 1 : 0),
      finished: tally.finished + (what === 'finished' ? 1 : 0),
      lastAt: Math.max(tally.lastAt, at),
      hidden: tally.hidden || what === 'not-for-me',
    });
  }
  return history;
}

/**
 * Relaxing and social breaks buffer a bad mood best; news and mail made it worse and are no kind of break
 * here at all (experts.illinois.edu, micro-break activities).
 */
const KIND_WEIGHT: Readonly<Record<BreakIdea['kind'], number>> = { relaxing: 1.3, social: 1.3, breathing: 1.1, walking: 1.1, stretching: 1, eyes: 1, water: 0.9 };

/** An idea offered lately waits, so that suggestions go round. */
const RECENT_MS = 3 * 3_600_000;

/**
 * Up to `count` ideas that fit the break, of different kinds, best first: what this agent tends to finish,
 * what was not offered lately, and a little of what was never tried.
 */
export function suggestIdeas(ideas: readonly BreakIdea[], history: IdeaHistory, breakMs: number, at: number, count: number, seed: number): BreakIdea[] {
  const fitting = ideas.filter((idea) => idea.seconds * 1_000 <= breakMs * 1.1 && history.get(idea.id)?.hidden !== true);
  const scored = fitting.map((idea, index) => ({ idea, score: score(idea, history.get(idea.id) ?? NONE, breakMs, at) + jitter(seed, index) }));
  scored.sort((left, right) => right.score - left.score);
  const picked: BreakIdea[] = [];
  for (const { idea } of scored) if (picked.length < count && picked.every((other) => other.kind !== idea.kind)) picked.push(idea);
  for (const { idea } of scored) if (picked.length < count && !picked.includes(idea)) picked.push(idea);
  return picked;
}

function score(idea: BreakIdea, tally: IdeaTally, breakMs: number, at: number): number {
  // Share finished of those offered, starting from one in two; sure of it only after some offers.
  const liked = (tally.finished + 1) / (tally.offered + 2);
  const recent = tally.lastAt > 0 && at - tally.lastAt < RECENT_MS ? 1 - (at - tally.lastAt) / RECENT_MS : 0;
  const fit = Math.min(1, (idea.seconds * 1_000) / breakMs);
  return KIND_WEIGHT[idea.kind] * liked * 2 + fit * 0.4 - recent * 1.5;
}

/** A small repeatable shuffle, at most 0.2. */
function jitter(seed: number, index: number): number {
  let value = Math.imul(seed ^ (index + 1), 2_654_435_761);
  value = Math.imul(value ^ (value >>> 15), 2_246_822_507);
  return ((value ^ (value >>> 13)) >>> 0) / 4_294_967_296 / 5;
}
