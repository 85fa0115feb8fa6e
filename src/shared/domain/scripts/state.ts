import type { CallFacts, Checkpoint, FieldValue, Frame, HowArrived, Visit } from './events.ts';
import type { IndexedScript, ScriptLibrary } from './library.ts';
import type { ScriptMessage } from './messages.ts';
import type { RuleContext } from './rules.ts';
import type { Step } from './schema.ts';

/** The walked part of a script: the part undo and pause deal with. */
export type Core = Checkpoint;

/**
 * A script in use. Plain data. `past` and `future` share structure with `core`, so a step back costs
 * nothing; they hold at most UNDO_DEPTH entries.
 */
export interface ScriptState {
  readonly version: 1;
  /** Null until a script is started. */
  readonly core: Core | null;
  readonly past: readonly Core[];
  readonly future: readonly Core[];
  readonly call: CallFacts;
  readonly language: string;
  readonly paused: { readonly at: number; readonly reason: 'follow-up' | 'hand-over' | 'interruption' } | null;
  readonly startedAt: number;
  readonly changedAt: number;
}

export const UNDO_DEPTH = 500;
/** Scripts inside scripts. */
export const MAX_DEPTH = 16;

export function emptyScriptState(language = 'en'): ScriptState {
  return { version: 1, core: null, past: [], future: [], call: {}, language, paused: null, startedAt: 0, changedAt: 0 };
}

/** An operation that cannot be done, with the sentence to show. State is unchanged. */
export interface Refused {
  readonly refused: true;
  readonly reason: ScriptMessage;
  /** Fields in the way, for `requiredMissing`. */
  readonly fields?: readonly string[];
}

export function isRefused(result: ScriptState | Refused): result is Refused {
  return 'refused' in result;
}

/** Thrown inside the engine, caught in `apply`. */
export class Refusal extends Error {
  readonly reason: ScriptMessage;
  readonly fields: readonly string[] | undefined;
  constructor(reason: ScriptMessage, fields?: readonly string[]) {
    super(reason.key);
    this.reason = reason;
    this.fields = fields;
  }
}

/** Where in which script, with the scripts waiting for its return. */
export interface Position {
  readonly script: string;
  readonly step: string;
  readonly frames: readonly Frame[];
  readonly returned: boolean;
}

/** What every rule of the engine may look at. */
export interface Context {
  readonly library: ScriptLibrary;
  readonly call: CallFacts;
  readonly at: number;
}

/** Names a must-say item or a skipped step. */
export function itemKey(script: string, step: string): string {
  return `${script}/${step}`;
}

export function splitItemKey(item: string): { script: string; step: string } {
  const slash = item.indexOf('/');
  return { script: item.slice(0, slash), step: item.slice(slash + 1) };
}

export function currentVisit(core: Core): Visit {
  return core.trail[core.trail.length - 1] as Visit;
}

export function positionOf(visit: Visit): Position {
  return { script: visit.script, step: visit.step, frames: visit.frames, returned: visit.returned === true };
}

export function visitOf(position: Position, at: number, by: HowArrived): Visit {
  const base = { script: position.script, step: position.step, frames: [...position.frames], at, by };
  return position.returned ? { ...base, returned: true } : base;
}

export function ruleContext(fields: Readonly<Record<string, FieldValue>>, call: CallFacts): RuleContext {
  return { fields, call };
}

/** The script and step of a position; undefined when the library no longer has them. */
export function lookUp(library: ScriptLibrary, position: { script: string; step: string }): { indexed: IndexedScript; step: Step } | undefined {
  const indexed = library.get(position.script);
  const step = indexed?.step(position.step);
  return indexed === undefined || step === undefined ? undefined : { indexed, step };
}
