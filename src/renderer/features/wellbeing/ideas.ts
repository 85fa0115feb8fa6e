import type { BreakIdea } from '#shared/domain/desk-lists.ts';
import type { BreakKind } from '#shared/domain/wellbeing/rules.ts';
import type { IdeaUse } from '#shared/ipc/wellbeing.ts';

export type IdeaQuestion = { kind: BreakKind; lengthMs: number; now: number };

/** Relaxing and social pauses help most after calls (daily micro-breaks in a call centre, 632 days), so they start ahead. */
const BASE: Readonly<Record<BreakIdea['kind'], number>> = { relaxing: 1.5, social: 1.5, breathing: 1.2, walking: 1, stretching: 1, eyes: 0.8, water: 0.8 };
/** An idea used this recently rests itself. */
const FRESH_MS = 4 * 3_600_000;

/** Ideas that fit the break, best first: what this agent finishes rises, what was just used or is left unfinished sinks. */
export function rankIdeas(ideas: readonly BreakIdea[], uses: readonly IdeaUse[], { kind, lengthMs, now }: IdeaQuestion): BreakIdea[] {
  const used = new Map(uses.map((use) => [use.idea, use]));
  const fitting = ideas.filter((idea) => idea.seconds * 1_000 <= lengthMs * 1.1);
  const score = (idea: BreakIdea): number => {
    const use = used.get(idea.id);
    const finishing = use === undefined ? 0.5 : (use.finished + 1) / (Math.max(use.started, use.finished) + 2);
    const fresh = use !== undefined && now - use.at < FRESH_MS ? 2 * (1 - (now - use.at) / FRESH_MS) : 0;
    const recovery = kind === 'recovery' && idea.tags?.includes('recovery') === true ? 1 : 0;
    // A longer break is better filled than begun.
    const filling = Math.min(1, (idea.seconds * 1_000) / lengthMs) * 0.5;
    return BASE[idea.kind] + 2 * finishing + recovery + filling - fresh;
  };
  return fitting.map((idea) => ({ idea, points: score(idea) })).toSorted((left, right) => right.points - left.points || left.idea.id.localeCompare(right.idea.id)).map(({ idea }) => idea);
}

/** A page of `size` ideas, of different kinds as far as there are; pages go round. */
export function ideaPage(ranked: readonly BreakIdea[], page: number, size = 3): BreakIdea[] {
  const rest = [...ranked];
  const pages: BreakIdea[][] = [];
  while (rest.length > 0) {
    const chosen: BreakIdea[] = [];
    for (let place = 0; place < size && rest.length > 0; place += 1) {
      const other = rest.findIndex((idea) => chosen.every((one) => one.kind !== idea.kind));
      const [next] = rest.splice(Math.max(0, other), 1);
      if (next !== undefined) chosen.push(next);
    }
    pages.push(chosen);
  }
  return pages[page % Math.max(1, pages.length)] ?? [];
}

export type BreathPhase = { name: 'in' | 'sip' | 'hold' | 'out'; seconds: number; /** Size of the lungs at its end, 0 to 1. */ fill: number };

/**
 * The phases of a breathing exercise. Cyclic sighing is a breath in, a second short one on top and a long
 * breath out of about twice their length (10.1016/j.xcrm.2022.100895).
 */
export function breathPhases(idea: BreakIdea): BreathPhase[] {
  if (idea.pattern === undefined) return [];
  const [inhale, top, exhale, bottom] = idea.pattern;
  const sighs = idea.id.includes('sigh') || idea.tags?.includes('sigh') === true;
  const first: BreathPhase[] = sighs
    ? [{ name: 'in', seconds: inhale * (2 / 3), fill: 0.75 }, { name: 'sip', seconds: inhale / 3, fill: 1 }]
    : [{ name: 'in', seconds: inhale, fill: 1 }];
  const all: BreathPhase[] = [...first, { name: 'hold', seconds: top, fill: 1 }, { name: 'out', seconds: exhale, fill: 0 }, { name: 'hold', seconds: bottom, fill: 0 }];
  return all.filter((phase) => phase.seconds > 0);
}

/** Where in the cycle `ms` after its start is, and the whole seconds left of that phase. */
export function breathAt(phases: readonly BreathPhase[], ms: number): { index: number; leftSeconds: number } {
  const total = phases.reduce((sum, phase) => sum + phase.seconds, 0);
  if (total <= 0) return { index: 0, leftSeconds: 0 };
  let within = (ms / 1_000) % total;
  for (const [index, phase] of phases.entries()) {
    if (within < phase.seconds) return { index, leftSeconds: Math.max(1, Math.ceil(phase.seconds - within)) };
    within -= phase.seconds;
  }
  return { index: 0, leftSeconds: Math.ceil(phases[0]?.seconds ?? 0) };
}
