import { createScriptLibrary, type ScriptLibrary } from '#shared/domain/scripts/library.ts';
import { apply, replay } from '#shared/domain/scripts/engine.ts';
import type { ScriptEvent } from '#shared/domain/scripts/events.ts';
import { scriptSchema, type Script, type Step } from '#shared/domain/scripts/schema.ts';
import { currentVisit, isRefused, type ScriptState } from '#shared/domain/scripts/state.ts';

export function script(id: string, steps: (Partial<Step> & { id: string })[], more: Partial<Script> = {}): Script {
  return scriptSchema.parse({
    id, kind: 'call', title: id, description: id, entry: steps[0]?.id, ...more,
    steps: steps.map((step) => ({ cue: step.id, ...step })),
  });
}

/** Event without its time. */
export type Act = ScriptEvent extends infer E ? (E extends { at: number } ? Omit<E, 'at'> : never) : never;

/** Walks a script; throws on a refusal, so that a test reads as the call goes. */
export function walker(scripts: Script[]): {
  library: ScriptLibrary; events: ScriptEvent[]; state: () => ScriptState; at: () => string;
  act: (...acts: Act[]) => void; refused: (act: Act) => string;
} {
  const library = createScriptLibrary(scripts);
  const events: ScriptEvent[] = [];
  let now = 1_700_000_000_000;
  let state = replay([], library);
  const attempt = (act: Act): ReturnType<typeof apply> => {
    now += 1_000;
    return apply(state, { ...act, at: now } as ScriptEvent, library);
  };
  return {
    library, events,
    state: () => state,
    at: () => { const core = state.core; return core === null ? '-' : `${currentVisit(core).script}/${currentVisit(core).step}`; },
    act: (...acts) => {
      for (const act of acts) {
        const result = attempt(act);
        if (isRefused(result)) throw new Error(`${act.type}: ${result.reason.key}`);
        events.push({ ...act, at: now } as ScriptEvent);
        state = result;
      }
    },
    refused: (act) => {
      const result = attempt(act);
      if (!isRefused(result)) throw new Error(`${act.type} was not refused`);
      return result.reason.key;
    },
  };
}
