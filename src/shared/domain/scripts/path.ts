import { localize } from '../common.ts';
import type { HowArrived, HowLeft, Visit } from './events.ts';
import { findField } from './engine.ts';
import { formatFieldValue } from './format.ts';
import type { ScriptLibrary } from './library.ts';
import { lookUp, splitItemKey, type Core, type ScriptState } from './state.ts';

/** One stop of the trail, ready to show. `index` is its place, 0 first. */
export interface TrailItem {
  readonly index: number;
  readonly script: string;
  readonly scriptTitle: string;
  readonly step: string;
  readonly cue: string;
  /** Label of the answer the agent picked there. */
  readonly answer?: string;
  readonly by: HowArrived;
  readonly leftBy?: HowLeft;
  readonly at: number;
  /** Milliseconds on the step; undefined for the present one. */
  readonly spent?: number;
  /** How many scripts are open around it. */
  readonly depth: number;
}

export function trailOf(state: ScriptState, library: ScriptLibrary, language: string): TrailItem[] {
  return (state.core?.trail ?? []).map((visit, index) => trailItem(visit, index, library, language));
}

function trailItem(visit: Visit, index: number, library: ScriptLibrary, language: string): TrailItem {
  const found = lookUp(library, visit);
  const answer = visit.left?.answer === undefined ? undefined : found?.step.answers?.find((candidate) => candidate.id === visit.left?.answer);
  return {
    index,
    script: visit.script,
    scriptTitle: found === undefined ? visit.script : localize(found.indexed.script.title, language),
    step: visit.step,
    cue: found === undefined ? visit.step : localize(found.step.cue, language),
    ...(answer === undefined ? {} : { answer: localize(answer.label, language) }),
    by: visit.by,
    ...(visit.left === undefined ? {} : { leftBy: visit.left.by, spent: Math.max(0, visit.left.at - visit.at) }),
    at: visit.at,
    depth: visit.frames.length,
  };
}

/** What wrap-up tells about the script: plain facts, in walking order; the same state gives the same lines. */
export interface PathSummary {
  readonly scripts: readonly { readonly id: string; readonly title: string; readonly finished: boolean }[];
  /** Questions answered, the last answer of each step counting. */
  readonly answers: readonly { readonly cue: string; readonly answer: string }[];
  /** Captured fields with words, sensitive ones only named. */
  readonly fields: readonly { readonly id: string; readonly label: string; readonly value: string | null; readonly sensitive: boolean }[];
  readonly facts: readonly string[];
  readonly said: readonly string[];
  readonly owed: readonly string[];
  readonly skipped: readonly string[];
  /** Labels of required fields carried on without. */
  readonly missed: readonly string[];
}

export function summarisePath(state: ScriptState, library: ScriptLibrary, language: string): PathSummary {
  const { core } = state;
  if (core === null) return { scripts: [], answers: [], fields: [], facts: [], said: [], owed: [], skipped: [], missed: [] };
  const trail = trailOf(state, library, language);
  const answers = new Map<string, { cue: string; answer: string }>();
  for (const item of trail) if (item.answer !== undefined) answers.set(`${item.script}/${item.step}`, { cue: item.cue, answer: item.answer });
  const last = core.scripts.length - 1;
  return {
    scripts: core.scripts.map((id, index) => ({ id, title: scriptTitle(id, library, language), finished: index === last && core.finished })),
    answers: [...answers.values()],
    fields: Object.keys(core.fields).map((id) => fieldLine(core, id, library, language)),
    facts: core.facts.map((fact) => fact.text),
    said: core.said.map((entry) => mustSayLabel(entry.item, library, language)),
    owed: core.owed.map((item) => mustSayLabel(item, library, language)),
    skipped: [...new Set([...trail.filter((item) => item.leftBy === 'skip').map((item) => item.cue), ...core.skipped.map((item) => stepCue(item, library, language))])],
    missed: core.missed.map((id) => fieldLine(core, id, library, language).label),
  };
}

function fieldLine(core: Core, id: string, library: ScriptLibrary, language: string): PathSummary['fields'][number] {
  const definition = findField(core, id, library);
  const stored = core.fields[id];
  if (definition === undefined) return { id, label: id, value: stored === undefined ? null : String(stored), sensitive: false };
  const label = localize(definition.label, language);
  if (definition.sensitive === true) return { id, label, value: null, sensitive: true };
  const words = formatFieldValue(definition, stored, language);
  return { id, label, value: words ?? (stored === undefined ? null : String(stored)), sensitive: false };
}

function scriptTitle(id: string, library: ScriptLibrary, language: string): string {
  const indexed = library.get(id);
  return indexed === undefined ? id : localize(indexed.script.title, language);
}

export function mustSayLabel(item: string, library: ScriptLibrary, language: string): string {
  const { script, step } = splitItemKey(item);
  const found = lookUp(library, { script, step });
  if (found === undefined) return step;
  return localize(found.step.mustSay ?? found.step.cue, language);
}

function stepCue(item: string, library: ScriptLibrary, language: string): string {
  const found = lookUp(library, splitItemKey(item));
  return found === undefined ? item : localize(found.step.cue, language);
}
