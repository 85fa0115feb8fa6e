import { buildGraph, type ScriptGraph } from './graph.ts';
import type { Field, Script, Step } from './schema.ts';

/** A script with its look-ups. */
export interface IndexedScript {
  readonly script: Script;
  readonly graph: ScriptGraph;
  step(id: string): Step | undefined;
  field(id: string): Field | undefined;
}

/** The scripts an engine may walk. Pin one library for the length of a call. */
export interface ScriptLibrary {
  get(id: string): IndexedScript | undefined;
  readonly ids: readonly string[];
}

function indexScript(script: Script): IndexedScript {
  const steps = new Map(script.steps.map((step) => [step.id, step]));
  const fields = new Map((script.fields ?? []).map((field) => [field.id, field]));
  return { script, graph: buildGraph(script), step: (id) => steps.get(id), field: (id) => fields.get(id) };
}

/** Indexes lazily: opening one script of five hundred costs one script. */
export function createScriptLibrary(scripts: readonly Script[]): ScriptLibrary {
  const sources = new Map(scripts.map((script) => [script.id, script]));
  const indexed = new Map<string, IndexedScript>();
  return {
    ids: [...sources.keys()],
    get(id) {
      const ready = indexed.get(id);
      if (ready !== undefined) return ready;
      const source = sources.get(id);
      if (source === undefined) return undefined;
      const made = indexScript(source);
      indexed.set(id, made);
      return made;
    },
  };
}
