import { localize } from '../common.ts';
import { findField } from './engine.ts';
import type { FieldValue } from './events.ts';
import { isExit } from './graph.ts';
import type { ScriptLibrary } from './library.ts';
import type { ScriptMessage } from './messages.ts';
import { itemsAhead } from './must-say.ts';
import { missingRequired, offeredAnswers, routeOf } from './navigation.ts';
import { outlineOf, type OutlineItem } from './outline.ts';
import { mustSayLabel, trailOf, type TrailItem } from './path.ts';
import type { Field, Step } from './schema.ts';
import { fillText, type Filled } from './slots.ts';
import { slotSourcesOf, type ViewSlots } from './sources.ts';
import { currentVisit, itemKey, lookUp, type Context, type Core, type ScriptState } from './state.ts';
import { validateField } from './validate.ts';

export interface ViewOptions {
  readonly language: string;
  /** `cue`: the five words; `full`: the whole wording. */
  readonly wording: 'cue' | 'full';
  readonly slots: ViewSlots;
}

export interface AnswerView { readonly id: string; readonly key: string; readonly label: string }

export interface FieldView {
  readonly definition: Field;
  readonly id: string;
  readonly label: string;
  readonly value: FieldValue | undefined;
  readonly required: boolean;
  /** Wrong as it stands; an empty field is not wrong before the agent moves on. */
  readonly error: ScriptMessage | undefined;
  readonly placeholder: string | undefined;
}

export interface MustSayView {
  readonly item: string;
  readonly script: string;
  readonly step: string;
  readonly label: string;
  readonly state: 'said' | 'owed' | 'ahead';
}

/** Everything a pane needs to draw the script; no further look-ups. */
export interface ScriptView {
  readonly status: 'running' | 'paused' | 'finished';
  readonly script: { readonly id: string; readonly title: string };
  /** Titles of the scripts waiting for this one to return, outermost first. */
  readonly openScripts: readonly string[];
  readonly step: { readonly id: string; readonly line: 'verbatim' | 'talking-point'; readonly situation: string | undefined; readonly stage: string | undefined; readonly article: string | undefined; readonly mustSay: 'said' | 'owed' | 'ahead' | undefined };
  readonly cue: string;
  /** The wording to say; undefined when the step has none, or in cue form unless it is verbatim. */
  readonly say: Filled | undefined;
  readonly doThis: string | undefined;
  readonly answers: readonly AnswerView[];
  readonly fields: readonly FieldView[];
  readonly trail: readonly TrailItem[];
  readonly outline: readonly OutlineItem[];
  readonly mustSay: readonly MustSayView[];
  readonly owedCount: number;
  /** Steps left on the shortest way to the end, and how far along that makes the walk, 0 to 1. */
  readonly progress: { readonly done: number; readonly left: number; readonly fraction: number };
  /** `next` leads on (or ends the script). */
  readonly canNext: boolean;
  /** `next` would end the script or return to the calling one. */
  readonly nextEnds: boolean;
  readonly canBack: boolean;
  readonly canSkip: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly canReturn: boolean;
  /** Required fields still empty or wrong here. */
  readonly missing: readonly string[];
}

/** Keys in the order of answers: 1 to 9, then 0; further answers have no key. */
const ANSWER_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

/** What to draw; null before a script is started, or when the library no longer has the step. */
export function viewOf(state: ScriptState, library: ScriptLibrary, options: ViewOptions): ScriptView | null {
  const { core } = state;
  if (core === null) return null;
  const visit = currentVisit(core);
  const found = lookUp(library, visit);
  if (found === undefined) return null;
  const { step, indexed } = found;
  const { language } = options;
  const context: Context = { library, call: state.call, at: state.changedAt };
  const sources = slotSourcesOf(state, library, language, options.slots);
  const verbatim = step.line === 'verbatim';
  const say = step.say !== undefined && (options.wording === 'full' || verbatim) ? fillText(localize(step.say, language), sources) : undefined;
  const running = !core.finished;
  const route = running ? routeOf(step, core, context) : undefined;
  const ends = running && isExit(step);
  const offered = running ? offeredAnswers(step, core, context) : [];
  const mustSay = mustSayList(core, library, language);
  return {
    status: state.paused === null ? (core.finished ? 'finished' : 'running') : 'paused',
    script: { id: visit.script, title: localize(indexed.script.title, language) },
    openScripts: visit.frames.map((frame) => { const open = library.get(frame.script); return open === undefined ? frame.script : localize(open.script.title, language); }),
    step: {
      id: step.id, line: step.line ?? 'talking-point', situation: step.situation, stage: step.stage, article: step.article,
      mustSay: mustSay.find((item) => item.item === itemKey(visit.script, step.id))?.state,
    },
    cue: fillText(localize(step.cue, language), sources).text,
    say,
    doThis: step.doThis === undefined ? undefined : fillText(localize(step.doThis, language), sources).text,
    answers: offered.map((answer, index) => ({ id: answer.id, key: ANSWER_KEYS[index] ?? '', label: fillText(localize(answer.label, language), sources).text })),
    fields: fieldViews(step, core, library, language),
    trail: trailOf(state, library, language),
    outline: outlineOf(core, library, language),
    mustSay,
    owedCount: core.owed.length,
    progress: progressOf(core, library),
    canNext: state.paused === null && (route !== undefined || ends),
    nextEnds: ends,
    canBack: state.paused === null && (core.finished || core.trail.length > 1),
    canSkip: state.paused === null && running && (route !== undefined || ends || offered.length > 0),
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    canReturn: running && visit.frames.length > 0,
    missing: running ? missingRequired(step, indexed, core, state.language) : [],
  };
}

function fieldViews(step: Step, core: Core, library: ScriptLibrary, language: string): FieldView[] {
  return (step.capture ?? []).flatMap((capture) => {
    const definition = findField(core, capture.field, library);
    if (definition === undefined) return [];
    const stored = core.fields[capture.field];
    return [{
      definition, id: capture.field, label: localize(definition.label, language), value: stored, required: capture.required === true,
      error: validateField(definition, stored, language),
      placeholder: definition.placeholder === undefined ? undefined : localize(definition.placeholder, language),
    }];
  });
}

/**
 * The checklist: what was said, what is owed, and what lies ahead on every way to the end of the open
 * scripts. Lines that only some answers lead to appear when the walk makes them certain.
 */
function mustSayList(core: Core, library: ScriptLibrary, language: string): MustSayView[] {
  const states = new Map<string, 'said' | 'owed' | 'ahead'>();
  for (const entry of core.said) states.set(entry.item, 'said');
  for (const item of core.owed) states.set(item, 'owed');
  if (!core.finished) for (const item of itemsAhead(core, library)) if (!states.has(item)) states.set(item, 'ahead');
  return [...states].map(([item, state]) => {
    const slash = item.indexOf('/');
    return { item, script: item.slice(0, slash), step: item.slice(slash + 1), label: mustSayLabel(item, library, language), state };
  });
}

function progressOf(core: Core, library: ScriptLibrary): ScriptView['progress'] {
  const visit = currentVisit(core);
  const done = core.trail.filter((stop) => stop.left !== undefined).length;
  if (core.finished) return { done, left: 0, fraction: 1 };
  const distance = (place: { script: string; step: string }): number => {
    const indexed = library.get(place.script);
    const index = indexed?.graph.index.get(place.step);
    return index === undefined ? 0 : Math.max(0, indexed?.graph.toExit[index] ?? 0);
  };
  const left = 1 + distance(visit) + visit.frames.reduce((sum, frame) => sum + distance(frame), 0);
  return { done, left, fraction: done / (done + left) };
}
