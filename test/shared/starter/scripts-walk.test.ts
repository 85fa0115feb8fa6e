import { describe, expect, it } from 'vitest';
import { apply } from '#shared/domain/scripts/engine.ts';
import type { FieldValue, ScriptEvent } from '#shared/domain/scripts/events.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { scriptSchema, type Field, type Script } from '#shared/domain/scripts/schema.ts';
import { currentVisit, emptyScriptState, isRefused, itemKey, type ScriptState } from '#shared/domain/scripts/state.ts';
import { viewOf, type ScriptView } from '#shared/domain/scripts/view.ts';
import { seeded } from '#test/helpers/seeded.ts';
import { readPackFolder } from './pack-files.ts';

const scripts = readPackFolder('scripts').map((file) => scriptSchema.parse(file.data));
const library = createScriptLibrary(scripts);
const SLOTS = { agent: { name: 'Sam' }, company: 'Northgate', today: '2026-03-02' } as const;

/** What an agent might type; numbers on both sides of every threshold the scripts use. */
function sample(field: Field, random: () => number): FieldValue {
  switch (field.type) {
    case 'number': return [0, 1, 2, 31][Math.floor(random() * 4)] ?? 0;
    case 'money': return [0, 24.5][Math.floor(random() * 2)] ?? 0;
    case 'date': return '2026-03-20';
    case 'time': return '10:30';
    case 'phone': return '+44 20 7946 0018';
    case 'email': return 'caller@example.org';
    case 'yes-no': return random() < 0.5;
    case 'choice': return field.choices?.[Math.floor(random() * (field.choices.length))]?.value ?? '';
    case 'text': case 'long-text': return field.pattern === undefined ? 'kettle' : '4711';
    default: return field.type satisfies never;
  }
}

interface Walk { readonly shown: Set<string>; readonly finished: boolean; readonly gaps: string[]; readonly refusals: string[] }

function step(state: ScriptState, event: ScriptEvent, refusals: string[]): ScriptState {
  const result = apply(state, event, library);
  if (!isRefused(result)) return result;
  refusals.push(`${event.type}: ${JSON.stringify(result.reason)}`);
  return state;
}

function fill(state: ScriptState, view: ScriptView, at: number, random: () => number, refusals: string[]): ScriptState {
  let now = state;
  for (const field of view.fields) {
    if (!field.required && random() < 0.5) continue;
    if (field.value !== undefined && random() < 0.7) continue;
    now = step(now, { type: 'setField', at, field: field.id, value: sample(field.definition, random) }, refusals);
  }
  return now;
}

/** Every other time the answer taken least so far, so that few walks see every way; else any, so that ways combine. */
function leastTaken(view: ScriptView, place: string, taken: Map<string, number>, random: () => number): string | undefined {
  // Three in four callers pass the identity check, or most walks would end before the script begins.
  const checked = view.answers.find((answer) => ['gi-whose/own', 'gi-check/all-match'].includes(`${view.step.id}/${answer.id}`));
  if (checked !== undefined && random() < 0.75) return checked.id;
  const offset = Math.floor(random() * Math.max(1, view.answers.length));
  const turned = [...view.answers.slice(offset), ...view.answers.slice(0, offset)];
  const count = (id: string): number => taken.get(`${place}/${id}`) ?? 0;
  const chosen = random() < 0.5 ? turned[0]?.id : turned.reduce<string | undefined>((best, answer) => (best === undefined || count(answer.id) < count(best) ? answer.id : best), undefined);
  if (chosen !== undefined) taken.set(`${place}/${chosen}`, count(chosen) + 1);
  return chosen;
}

/**
 * Walks a script with plausible answers and fields, as an agent who skips nothing would. With
 * `switched`, the call begins in another script and moves here once the caller is greeted.
 */
function walk(script: Script, seed: number, taken: Map<string, number>, switched: boolean): Walk {
  const random = seeded(seed);
  const result = { shown: new Set<string>(), gaps: [] as string[], refusals: [] as string[] };
  const first = switched ? 'general-enquiry' : script.id;
  let state = step(emptyScriptState('en'), { type: 'start', at: 0, script: first }, result.refusals);
  for (let at = 1; at < 400; at++) {
    if (switched && state.core !== null && itemKey(currentVisit(state.core).script, currentVisit(state.core).step) === 'general-enquiry/reason') {
      state = step(state, { type: 'switchScript', at, script: script.id }, result.refusals);
    }
    const view = viewOf(state, library, { language: 'en', wording: 'full', slots: SLOTS });
    if (view === null || view.status === 'finished' || state.core === null) return { ...result, finished: view?.status === 'finished' };
    const visit = currentVisit(state.core);
    const place = `${visit.script}/${visit.step}`;
    result.shown.add(place);
    for (const slot of view.say?.missing ?? []) result.gaps.push(`${place} {{${slot}}}`);
    for (const text of [view.cue, view.doThis ?? '']) if (text.includes('‹')) result.gaps.push(`${place} ${text}`);
    const before = state;
    state = fill(state, view, at, random, result.refusals);
    const answer = leastTaken(view, place, taken, random);
    state = answer === undefined ? step(state, { type: 'next', at }, result.refusals) : step(state, { type: 'answer', at, answer }, result.refusals);
    if (state === before) return { ...result, finished: false };
  }
  return { ...result, finished: false };
}

/** Steps of sub-scripts are reached from the scripts that call them. */
const seenAnywhere = new Set<string>();

function toShow(script: Script): string[] {
  // Junctions and doors to a sub-script are passed without being shown.
  return script.steps.filter((candidate) => candidate.say !== undefined || candidate.doThis !== undefined).map((candidate) => `${script.id}/${candidate.id}`);
}

describe.each(scripts.map((script) => ({ id: script.id, script })))('walking $id in the engine', ({ script }) => {
  it('always ends, is never refused, never shows a gap, and gets to every step', () => {
    const shown = new Set<string>();
    const taken = new Map<string, number>();
    for (let seed = 1; seed <= 150; seed++) {
      const switched = seed % 3 === 0 && script.id !== 'general-enquiry';
      const result = walk(script, seed, taken, switched);
      expect({ seed, finished: result.finished, gaps: result.gaps, refusals: result.refusals }).toEqual({ seed, finished: true, gaps: [], refusals: [] });
      for (const place of result.shown) { shown.add(place); seenAnywhere.add(place); }
    }
    // Sub-scripts are reached in full only from the scripts that call them; see below.
    const expected = script.kind === 'call' ? toShow(script) : [];
    expect(expected.filter((place) => !shown.has(place))).toEqual([]);
  });
});

describe('walking the sub-scripts', () => {
  it.each(scripts.filter((script) => script.kind === 'sub-script').map((script) => ({ id: script.id, script })))('$id is walked whole by its callers', ({ script }) => {
    expect(toShow(script).filter((place) => !seenAnywhere.has(place))).toEqual([]);
  });
});
