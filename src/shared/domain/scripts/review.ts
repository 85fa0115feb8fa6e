import type { ScriptEvent } from './events.ts';
import type { ScriptLibrary } from './library.ts';
import { itemsAhead } from './must-say.ts';
import { mustSayLabel, summarisePath, trailOf } from './path.ts';
import type { ScriptState } from './state.ts';

/**
 * A look back at a walk, for practice: made of the very events and state a call is made of. It says what
 * was there, names what to try, and gives no marks.
 */
export interface ReviewedStep {
  readonly script: string;
  readonly step: string;
  readonly cue: string;
  readonly ms: number;
  readonly visits: number;
}

export interface WalkReview {
  readonly finished: boolean;
  /** From start to the last event, pauses not counted. */
  readonly totalMs: number;
  /** Time per step, in the order first reached. */
  readonly steps: readonly ReviewedStep[];
  readonly said: readonly string[];
  /** Must-say lines passed over. */
  readonly owed: readonly string[];
  /** Must-say lines certainly ahead when the walk ended. */
  readonly notReached: readonly string[];
  readonly skipped: readonly string[];
  /** Required fields left open. */
  readonly missed: readonly string[];
  readonly backs: number;
  readonly jumps: number;
  readonly notes: readonly ReviewNote[];
}

export const REVIEW_MESSAGES = {
  'review.allSaid': 'Every line that must be said was said ({count}).',
  'review.owed': 'Passed over: {label}. Say it before you close; its step is one key away.',
  'review.notReached': 'Still ahead when you stopped: {label}.',
  'review.missed': 'Left open: {label}. If the caller cannot say it, carry on without it and note why.',
  'review.longStep': 'You stayed longest at “{cue}” ({seconds} s). Read it once before the next call and the words will come faster.',
  'review.noBacks': 'You found the way without going back.',
  'review.backs': 'You went back {count} times. The outline shows what comes next.',
  'review.facts': 'You noted {count, plural, one {a fact} other {# facts}} nobody asked for, and carried on in place.',
  'review.finished': 'You brought the call to its end.',
} as const;

export interface ReviewNote {
  readonly key: keyof typeof REVIEW_MESSAGES;
  readonly params: Readonly<Record<string, string | number>>;
  /** Praise first, then what to try. */
  readonly kind: 'good' | 'try';
}

/** A step this much longer than the usual one of the walk is worth a word. */
const LONG_FACTOR = 2.5;
const LONG_AT_LEAST_MS = 20_000;

export function reviewWalk(events: readonly ScriptEvent[], state: ScriptState, library: ScriptLibrary, language: string): WalkReview {
  const summary = summarisePath(state, library, language);
  const { core } = state;
  const steps = timePerStep(events, state, library, language);
  const ahead = core === null || core.finished ? [] : itemsAhead(core, library).filter((item) => !core.owed.includes(item) && core.said.every((entry) => entry.item !== item));
  const walk = {
    finished: core?.finished ?? false,
    totalMs: steps.reduce((sum, step) => sum + step.ms, 0),
    steps, said: summary.said, owed: summary.owed,
    notReached: ahead.map((item) => mustSayLabel(item, library, language)),
    skipped: summary.skipped, missed: summary.missed,
    backs: events.filter((event) => event.type === 'back' || event.type === 'undo').length,
    jumps: events.filter((event) => event.type === 'jump').length,
  };
  return { ...walk, notes: notesOn(walk, summary.facts.length) };
}

/** Time between events belongs to the step that was on screen, wherever the walk went afterwards. */
function timePerStep(events: readonly ScriptEvent[], state: ScriptState, library: ScriptLibrary, language: string): ReviewedStep[] {
  const times = new Map<string, ReviewedStep>();
  const pauses = pausesOf(events);
  const last = events[events.length - 1]?.at ?? state.changedAt;
  for (const item of trailOf(state, library, language)) {
    const until = item.spent === undefined ? last : item.at + item.spent;
    const paused = pauses.reduce((sum, pause) => sum + Math.max(0, Math.min(until, pause.to) - Math.max(item.at, pause.from)), 0);
    const key = `${item.script}/${item.step}`;
    const before = times.get(key);
    times.set(key, { script: item.script, step: item.step, cue: item.cue, ms: (before?.ms ?? 0) + Math.max(0, until - item.at - paused), visits: (before?.visits ?? 0) + 1 });
  }
  return [...times.values()];
}

function pausesOf(events: readonly ScriptEvent[]): { from: number; to: number }[] {
  const pauses: { from: number; to: number }[] = [];
  let from: number | null = null;
  for (const event of events) {
    if (event.type === 'pause') from = event.at;
    if (event.type === 'resume' && from !== null) { pauses.push({ from, to: event.at }); from = null; }
  }
  if (from !== null) pauses.push({ from, to: Number.POSITIVE_INFINITY });
  return pauses;
}

function notesOn(walk: Omit<WalkReview, 'notes'>, facts: number): ReviewNote[] {
  const notes: ReviewNote[] = [];
  const good = (key: ReviewNote['key'], params: ReviewNote['params'] = {}): void => { notes.push({ key, params, kind: 'good' }); };
  const attempt = (key: ReviewNote['key'], params: ReviewNote['params']): void => { notes.push({ key, params, kind: 'try' }); };
  if (walk.finished) good('review.finished');
  if (walk.said.length > 0 && walk.owed.length === 0 && walk.notReached.length === 0) good('review.allSaid', { count: walk.said.length });
  if (walk.finished && walk.backs === 0) good('review.noBacks');
  if (facts > 0) good('review.facts', { count: facts });
  for (const label of walk.owed) attempt('review.owed', { label });
  for (const label of walk.notReached) attempt('review.notReached', { label });
  for (const label of walk.missed) attempt('review.missed', { label });
  const slow = slowest(walk.steps);
  if (slow !== undefined) attempt('review.longStep', { cue: slow.cue, seconds: Math.round(slow.ms / 1_000) });
  if (walk.backs > 2) attempt('review.backs', { count: walk.backs });
  return notes;
}

function slowest(steps: readonly ReviewedStep[]): ReviewedStep | undefined {
  const sorted = [...steps].sort((left, right) => left.ms - right.ms);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const longest = sorted[sorted.length - 1];
  if (middle === undefined || longest === undefined || longest.ms < LONG_AT_LEAST_MS) return undefined;
  return longest.ms >= middle.ms * LONG_FACTOR ? longest : undefined;
}
