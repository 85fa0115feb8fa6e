import { z } from 'zod';
import { idSchema, instantSchema, languageSchema, LIMITS } from '../common.ts';
import { callFactsSchema, checkpointSchema, type ScriptEventOf } from './events.ts';
import type { ScriptLibrary } from './library.ts';
import { findField } from './engine.ts';
import { currentVisit, lookUp, type ScriptState } from './state.ts';

/**
 * A script put aside: with a follow-up on this desk, or in a file for a colleague. Both carry the walk
 * itself (where, what was captured, said and owed) rather than the events, so that a changed script
 * cannot lead the replay astray.
 */
export const pausedScriptSchema = z.strictObject({
  format: z.literal('callside.paused-script'),
  version: z.literal(1),
  script: idSchema,
  title: z.string().max(LIMITS.line),
  /** Cue of the step on screen, for lists. */
  cue: z.string().max(LIMITS.line),
  language: languageSchema,
  pausedAt: instantSchema,
  call: callFactsSchema,
  checkpoint: checkpointSchema,
  /** Fields of the checkpoint that hold sensitive values: they have a retention of their own, shorter than a follow-up may wait. */
  sensitive: z.array(z.string().max(60)).min(1).max(200).optional(),
});
export type PausedScript = z.infer<typeof pausedScriptSchema>;

/** The state as a follow-up keeps it; undefined when no script is open. */
export function pauseScript(state: ScriptState, library: ScriptLibrary, at: number): PausedScript | undefined {
  const { core } = state;
  if (core === null) return undefined;
  const visit = currentVisit(core);
  const found = lookUp(library, visit);
  const words = (text: unknown): string => (typeof text === 'string' ? text : '').slice(0, LIMITS.line);
  const localized = (text: string | Record<string, string> | undefined): string =>
    words(typeof text === 'string' || text === undefined ? text : (text[state.language] ?? Object.values(text)[0]));
  const sensitive = Object.keys(core.fields).filter((id) => findField(core, id, library)?.sensitive === true);
  return {
    format: 'callside.paused-script', version: 1,
    script: core.scripts[core.scripts.length - 1] ?? visit.script,
    title: localized(found?.indexed.script.title) || visit.script,
    cue: localized(found?.step.cue) || visit.step,
    language: state.language, pausedAt: at, call: state.call, checkpoint: core,
    ...(sensitive.length === 0 ? {} : { sensitive }),
  };
}

/** The walk without the values of sensitive fields; whoever takes it up sees them as still to ask. */
export function withoutSensitive({ sensitive = [], ...paused }: PausedScript): PausedScript {
  const fields = Object.fromEntries(Object.entries(paused.checkpoint.fields).filter(([id]) => !sensitive.includes(id)));
  return { ...paused, checkpoint: { ...paused.checkpoint, fields } };
}

/** The event that opens a paused script again, in a new call or on another desk. */
export function resumeEvent(paused: PausedScript, at: number): ScriptEventOf<'start'> {
  return { type: 'start', at, script: paused.script, language: paused.language, call: paused.call, from: paused.checkpoint };
}

/** What leaves the desk in a hand-over file. */
export interface HandOverOptions {
  /** Values of fields marked sensitive. */
  readonly sensitive: boolean;
  /** The caller's name and number. */
  readonly caller: boolean;
}

const CALLER_FACTS: readonly string[] = ['name', 'number'];

/**
 * The content of a hand-over file. Sensitive values are left out unless the agent says otherwise; the
 * colleague then sees those fields as still to ask.
 */
export function handOver(state: ScriptState, library: ScriptLibrary, at: number, options: HandOverOptions): PausedScript | undefined {
  const paused = pauseScript(state, library, at);
  if (paused === undefined) return undefined;
  const kept = options.sensitive ? paused : withoutSensitive(paused);
  const call = options.caller ? paused.call : Object.fromEntries(Object.entries(paused.call).filter(([name]) => !CALLER_FACTS.includes(name)));
  return { ...kept, call };
}

/** Reads a hand-over file's text: hostile until it has passed the schema. */
export function parsePaused(text: string): { ok: true; paused: PausedScript } | { ok: false; problem: 'not-json' | 'not-a-paused-script' | 'too-new' } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'not-json' };
  }
  const head = z.object({ format: z.literal('callside.paused-script'), version: z.number() }).safeParse(data);
  if (!head.success) return { ok: false, problem: 'not-a-paused-script' };
  if (head.data.version > 1) return { ok: false, problem: 'too-new' };
  const parsed = pausedScriptSchema.safeParse(data);
  return parsed.success ? { ok: true, paused: parsed.data } : { ok: false, problem: 'not-a-paused-script' };
}
